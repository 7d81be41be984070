// HTTP messages as plain values. What the client sends, what the server answers, what tests compare. Read
// next: config/url.hpp.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/url.hpp"
#include "core/base/error.hpp"

namespace entrawatch::http {

// Names are compared without ASCII case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> list) : list_(list) {}
    void set(std::string name, std::string value);  // replaces
    void add(std::string name, std::string value);  // keeps what is there, as a peer may send
    [[nodiscard]] std::string_view get(std::string_view name) const;  // the first; empty when absent
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return list_; }

  private:
    std::vector<std::pair<std::string, std::string>> list_;
};

// A name of RFC 9110 token characters, a value without control characters other than tab: nothing that could
// end a line early.
[[nodiscard]] bool is_valid_header(std::string_view name, std::string_view value);

// The one of the settings: what is sent was checked by the same parser.
using entrawatch::Url;

struct Request {
    std::string method = "GET";
    Url url;
    Headers headers;
    std::string body;
    std::string peer{};   // server side: who asks, "127.0.0.1:53412"
    std::string local{};  // and which of our addresses was asked
};

struct Response {
    int status = 0;
    Headers headers;
    std::string body;            // decoded when it came gzipped
    std::string remote_address;  // "127.0.0.1:8443", client side
};

}  // namespace entrawatch::http
