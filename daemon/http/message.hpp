// HTTP messages as plain values, and URLs. What the client sends, what the server answers, what tests compare.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace entrawatch::http {

// Names are compared without ASCII case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> list) : list_(list) {}
    void set(std::string name, std::string value);            // replaces
    [[nodiscard]] std::string_view get(std::string_view name) const;  // empty when absent
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return list_; }

  private:
    std::vector<std::pair<std::string, std::string>> list_;
};

struct Url {
    std::string scheme;  // https | http
    std::string host;    // without brackets
    std::string port;    // always filled in
    std::string target;  // path and query, verbatim, at least "/"

    // Refuses user information, other schemes, control characters and blanks. Errors never quote the URL.
    [[nodiscard]] static Result<Url> parse(std::string_view text);
    [[nodiscard]] bool same_origin(const Url& other) const;
    [[nodiscard]] bool is_loopback() const;  // 127.0.0.0/8, ::1 or localhost
    [[nodiscard]] std::string origin() const;  // "https://host:port", for logs: the rest may be secret
};

struct Request {
    std::string method = "GET";
    Url url;
    Headers headers;
    std::string body;
};

struct Response {
    int status = 0;
    Headers headers;
    std::string body;            // decoded when it came gzipped
    std::string remote_address;  // "127.0.0.1:8443", client side
};

}  // namespace entrawatch::http
