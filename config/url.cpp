#include "config/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_host_bytes = 253;

// The schemes that one kind of URL may have, and how messages speak of it.
struct Kind {
    std::string_view what;
    std::span<const std::string_view> schemes;
    std::string_view expected;
    std::string_view about_users;
};
constexpr std::array<std::string_view, 2> web_schemes{"https", "http"};
constexpr std::array<std::string_view, 2> peer_schemes{"tls", "tcp"};
constexpr std::array<std::string_view, 4> proxy_schemes{"http", "https", "socks5h", "socks5"};
constexpr Kind web_kind{"URL", web_schemes, "https://", "leave it out"};
constexpr Kind peer_kind{"address", peer_schemes, "tls://", "leave it out"};
constexpr Kind proxy_kind{"proxy's URL", proxy_schemes, "http://, https:// or socks5h://",
                          "put USER:PASSWORD into a file of its own and name that file"};

std::string the(const Kind& kind, std::string_view rest) {
    return "the " + std::string{kind.what} + std::string{rest};
}

tl::unexpected<Error> refused(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

bool is_ipv4(const std::string& host) {
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

bool is_ipv6(const std::string& host) {
    in6_addr address{};
    return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= max_host_bytes && host.front() != '-' && host.front() != '.' &&
           host.find("..") == std::string_view::npos && std::ranges::all_of(host, [](char c) {
               return is_ascii_alphanumeric(c) || c == '-' || c == '.' || c == '_';
           });
}

// "127.1", "2130706433", "0x7f.1": resolvers take these for addresses, whoever reads them may not.
bool looks_like_an_odd_address(const std::string& host) {
    std::string_view last = host;
    if (last.ends_with('.')) last.remove_suffix(1);
    last = last.substr(last.rfind('.') + 1);  // npos + 1 is 0
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !is_ipv4(host) && (std::ranges::all_of(last, is_digit) || last.starts_with("0x"));
}

Result<std::string> parse_port(std::string_view text, const Kind& kind) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.size() > 5 || error != std::errc{} || end != text.data() + text.size() || port < 1 ||
        port > 65535) {
        return refused(the(kind, "'s port must be a number from 1 to 65535"));
    }
    return std::to_string(port);
}

std::string usual_port(const std::string& scheme) {
    if (scheme == "https") return "443";
    return scheme == "http" ? "80" : "";
}

// "host", "host:port" or "[v6]:port" into `url`; the port stays empty where none is given.
Result<> parse_authority(std::string_view authority, const Kind& kind, Url& url) {
    std::string_view host = authority;
    std::string_view rest;
    const bool bracketed = authority.starts_with('[');
    if (bracketed) {
        const std::size_t end = authority.find(']');
        host = end == std::string_view::npos ? std::string_view{} : authority.substr(1, end - 1);
        if (end != std::string_view::npos) rest = authority.substr(end + 1);
    } else if (const std::size_t colon = authority.find(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        rest = authority.substr(colon);
    }
    url.host = to_lower_ascii(host);
    const bool is_host = bracketed ? is_ipv6(url.host) : is_host_name(url.host);
    if (!is_host || (!rest.empty() && !rest.starts_with(':')))
        return refused(the(kind, "'s host is no name or address"));
    if (!bracketed && looks_like_an_odd_address(url.host))
        return refused(the(kind, "'s host is an address that must be written as four decimal numbers"));
    if (rest.empty()) return {};
    auto port = parse_port(rest.substr(1), kind);
    if (!port) return fail(port.error());
    url.port = std::move(*port);
    return {};
}

// The port stays empty where none is given.
Result<Url> parse_as(std::string_view text, const Kind& kind) {
    if (text.size() > max_url_bytes) return fail(ErrorCode::too_large, the(kind, " is longer than 64 KiB"));
    const std::size_t colon = std::min(text.find("://"), text.size());
    Url url;
    url.scheme = to_lower_ascii(text.substr(0, colon));
    if (colon == text.size() || std::ranges::find(kind.schemes, url.scheme) == kind.schemes.end())
        return refused(the(kind, " must start with ") + std::string{kind.expected});
    if (!std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; }))
        return refused(the(kind, " holds a blank or another character that must be percent-encoded"));
    if (text.find('#') != std::string_view::npos)
        return refused(the(kind, " holds a fragment (#…), which is never sent: leave it out"));
    text.remove_prefix(colon + 3);
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const std::string_view authority = text.substr(0, end);
    if (authority.find('@') != std::string_view::npos)
        return refused(the(kind, " holds a user name (…@): ") + std::string{kind.about_users});
    if (auto parsed = parse_authority(authority, kind, url); !parsed) return fail(parsed.error());
    url.target = text.substr(end);
    return url;
}

Result<> check(const Url& url) {
    if (url.is_secure() || url.is_loopback()) return {};
    return refused("plain http is taken to a loopback address only: use https");
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
    auto url = parse_as(text, web_kind);
    if (!url) return url;
    if (url->port.empty()) url->port = usual_port(url->scheme);
    if (!url->target.starts_with('/')) url->target.insert(url->target.begin(), '/');
    return url;
}

Result<Url> Url::parse_peer(std::string_view text) {
    auto url = parse_as(text, peer_kind);
    if (!url) return url;
    if (!url->target.empty() || url->port.empty()) {
        return refused("the address must be scheme, host and port only, such as tls://syslog.example:6514");
    }
    url->target = "/";
    return url;
}

Result<Url> Url::parse_proxy(std::string_view text) {
    auto url = parse_as(text, proxy_kind);
    if (!url) return url;
    if ((!url->target.empty() && url->target != "/") || url->port.empty()) {
        return refused(
            "the proxy's URL must be scheme, host and port only, such as http://proxy.example:3128");
    }
    if (url->scheme == "socks5") url->scheme = "socks5h";
    url->target = "/";
    return url;
}

bool Url::same_origin(const Url& other) const {
    return scheme == other.scheme && port == other.port && equal_ignoring_ascii_case(host, other.host);
}

bool Url::is_loopback() const {
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_ipv4(host));
}

bool Url::is_link_local() const {
    return host.starts_with("169.254.") && is_ipv4(host);
}

bool Url::has_address() const {
    return is_ipv4(host) || is_ipv6(host);
}

std::string Url::host_and_port() const {
    return (is_ipv6(host) ? "[" + host + "]" : host) + ":" + port;
}

std::string Url::origin() const {
    return scheme + "://" + host_and_port();
}

std::string Url::host_header() const {
    if (port != usual_port(scheme)) return host_and_port();
    return is_ipv6(host) ? "[" + host + "]" : host;
}

Result<> check_url(std::string_view text) {
    const auto url = Url::parse(text);
    if (!url) return fail(url.error());
    // Links of Graph may hold them; whoever writes a URL by hand should not.
    if (text.find_first_of("\\\"<>") != std::string_view::npos)
        return refused("the URL holds a blank or another character that must be percent-encoded");
    return check(*url);
}

Result<> check_origin(std::string_view text) {
    if (const auto checked = check_url(text); !checked) return checked;
    if (Url::parse(text)->target == "/") return {};
    return refused("the URL must be scheme, host and port only, such as https://127.0.0.1:8443");
}

Result<> check_peer(std::string_view text) {
    const auto url = Url::parse_peer(text);
    if (!url) return fail(url.error());
    if (url->is_secure() || url->is_loopback()) return {};
    return refused(
        "what is sent by tcp:// can be read and changed on the way, so it is taken to a loopback address "
        "only: use tls://");
}

}  // namespace entrawatch
