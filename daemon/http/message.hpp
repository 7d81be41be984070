// HTTP messages as plain values, and URLs. What the client sends, what the server answers, what tests
// compare.
#pragma once

#include <initializer_list>
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

// The longest URL taken, in bytes: a next link of Graph may be 64 KiB.
inline constexpr std::size_t max_url_bytes = std::size_t{64} * 1024;

struct Url {
    std::string scheme;  // https | http; of a peer: tls | tcp
    std::string host;    // lower case, without brackets
    std::string port;    // always filled in, 1..65535
    std::string target;  // path and query, verbatim, at least "/"

    // Refuses user information, other schemes, fragments, control characters, blanks and bytes beyond ASCII.
    // Errors never quote the URL.
    [[nodiscard]] static Result<Url> parse(std::string_view text);
    // "tls://host:port" or "tcp://host:port", of a receiver that speaks no HTTP.
    [[nodiscard]] static Result<Url> parse_peer(std::string_view text);
    [[nodiscard]] bool is_secure() const { return scheme == "https" || scheme == "tls"; }
    [[nodiscard]] bool same_origin(const Url& other) const;
    [[nodiscard]] bool is_loopback() const;         // 127.0.0.0/8, ::1 or localhost
    [[nodiscard]] bool is_link_local() const;       // 169.254.0.0/16, written as an address
    [[nodiscard]] bool has_address() const;         // the host is a literal IP address
    [[nodiscard]] std::string origin() const;       // "https://host:port", for logs: the rest may be secret
    [[nodiscard]] std::string host_header() const;  // "host" or "host:port", IPv6 in brackets
};

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
