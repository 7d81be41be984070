// Redactor: takes secrets out of whatever is logged or stored as text. One for the whole process, used on the
// I/O thread only.
//
// Knows every loaded secret as it is, URL-encoded and in base64; whole webhook URLs are secrets. Used by Log
// and by the delivery worker for answer excerpts. Rebuilt on reload (old secrets stay known: they may still
// be in flight).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"

namespace entrawatch {

class Redactor {
  public:
    // Shorter ones would black out ordinary words.
    static constexpr std::size_t min_secret_bytes = 6;

    void add(std::string_view secret);
    void add_url(std::string_view url);
    void add_credential(const Credential& credential);
    void add_proxy(const SharedProxy& proxy);
    void add_all(const Settings& settings);
    // Every occurrence of a secret becomes "[redacted]".
    [[nodiscard]] std::string redact(std::string text) const;

  private:
    std::vector<std::string> needles_;  // longest first
};

}  // namespace entrawatch
