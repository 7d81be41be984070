// Secret: a value that must never be printed. No operator<<, no text form; zeroised when it goes.
//
// Read from files or systemd credentials only. Every loaded secret is known to the redactor (daemon/log),
// which removes it, plain, URL-encoded and base64, from whatever is logged or stored as text.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace entrawatch {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    ~Secret();
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept;
    // Assignment swaps, so that the value given up is zeroised as well.
    Secret& operator=(Secret other) noexcept;

    // The one way to the value: named so that a reviewer sees it.
    [[nodiscard]] std::string_view reveal() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }

  private:
    std::string value_;
};

}  // namespace entrawatch
