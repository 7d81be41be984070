// Url: an address taken apart, and whether one that stands in the settings may be used. The only parser of
// URLs: settings, Graph's links, requests that come in and requests that go out all pass it.
//
// Errors never quote the text: a webhook URL is a secret. Read next: proxy.hpp, daemon/http/message.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace entrawatch {

// The longest URL taken, in bytes: a next link of Graph may be 64 KiB.
inline constexpr std::size_t max_url_bytes = std::size_t{64} * 1024;

struct Url {
    std::string scheme;  // https | http; of a peer: tls | tcp; of a proxy: https | http | socks5h
    std::string host;    // lower case, without brackets
    std::string port;    // always filled in, 1..65535
    std::string target;  // path and query, verbatim, at least "/"

    // Refuses user information, other schemes, fragments, control characters, blanks, bytes beyond ASCII, and
    // IPv4 addresses that are written in another way than as four decimal numbers.
    [[nodiscard]] static Result<Url> parse(std::string_view text);
    // "tls://host:port" or "tcp://host:port", of a receiver that speaks no HTTP.
    [[nodiscard]] static Result<Url> parse_peer(std::string_view text);
    // "http://host:port", "https://…", "socks5h://…"; "socks5://…" is taken as the latter.
    [[nodiscard]] static Result<Url> parse_proxy(std::string_view text);

    [[nodiscard]] bool is_secure() const { return scheme == "https" || scheme == "tls"; }
    [[nodiscard]] bool same_origin(const Url& other) const;
    [[nodiscard]] bool is_loopback() const;           // 127.0.0.0/8, ::1 or localhost
    [[nodiscard]] bool is_link_local() const;         // 169.254.0.0/16, written as an address
    [[nodiscard]] bool has_address() const;           // the host is a literal IP address
    [[nodiscard]] std::string origin() const;         // "https://host:port", for logs: the rest may be secret
    [[nodiscard]] std::string host_header() const;    // "host" or "host:port", IPv6 in brackets
    [[nodiscard]] std::string host_and_port() const;  // "host:port", IPv6 in brackets
};

// https to any host, http to a loopback address only; nothing that must be percent-encoded.
[[nodiscard]] Result<> check_url(std::string_view text);
// check_url, and nothing behind host and port (one trailing slash is allowed).
[[nodiscard]] Result<> check_origin(std::string_view text);
// Where syslog is taken: tls://host:port, or tcp://host:port of a loopback address.
[[nodiscard]] Result<> check_peer(std::string_view text);

}  // namespace entrawatch
