#include "daemon/http/message.hpp"

#include <arpa/inet.h>
#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch::http {

namespace {

constexpr std::size_t max_host_bytes = 253;

bool is_token_character(char c) {
    return is_ascii_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

tl::unexpected<Error> bad_url(std::string what) {
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

Result<std::string> parse_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.size() > 5 || error != std::errc{} || end != text.data() + text.size() || port < 1 ||
        port > 65535) {
        return bad_url("the port of the URL must be a number from 1 to 65535");
    }
    return std::to_string(port);
}

// "host", "host:port" or "[v6]:port" into `url`; the scheme's own port where none is given.
Result<> parse_authority(std::string_view authority, Url& url) {
    std::string_view host = authority;
    std::string_view rest;
    const bool bracketed = authority.starts_with('[');
    if (bracketed) {
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos)
            return bad_url("the URL has an opening bracket without a closing one");
        host = authority.substr(1, end - 1);
        rest = authority.substr(end + 1);
    } else if (const std::size_t colon = authority.find(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        rest = authority.substr(colon);
    }
    url.host = to_lower_ascii(host);
    if (bracketed ? !is_ipv6(url.host) : !is_host_name(url.host))
        return bad_url("the URL has no valid host name");
    url.port = url.scheme == "https" ? "443" : "80";
    if (rest.empty()) return {};
    if (!rest.starts_with(':')) return bad_url("the URL has something other than a port after its host");
    auto port = parse_port(rest.substr(1));
    if (!port) return fail(port.error());
    url.port = std::move(*port);
    return {};
}

}  // namespace

void Headers::set(std::string name, std::string value) {
    std::erase_if(list_, [&](const auto& header) { return equal_ignoring_ascii_case(header.first, name); });
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    list_.emplace_back(std::move(name), std::move(value));
}

std::string_view Headers::get(std::string_view name) const {
    for (const auto& [key, value] : list_) {
        if (equal_ignoring_ascii_case(key, name)) return value;
    }
    return {};
}

bool is_valid_header(std::string_view name, std::string_view value) {
    const auto is_value_character = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7F);
    };
    return !name.empty() && std::ranges::all_of(name, is_token_character) &&
           std::ranges::all_of(value, is_value_character);
}

Result<Url> Url::parse(std::string_view text) {
    if (text.size() > max_url_bytes) return fail(ErrorCode::too_large, "the URL is longer than 64 KiB");
    if (!std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; })) {
        return bad_url(
            "the URL contains a blank, a control character or a byte beyond ASCII; percent-encode it");
    }
    const std::size_t colon = text.find("://");
    Url url;
    if (colon != std::string_view::npos) url.scheme = to_lower_ascii(text.substr(0, colon));
    if (url.scheme != "https" && url.scheme != "http")
        return bad_url("the URL must begin with https:// (or http:// on loopback)");
    text.remove_prefix(colon + 3);
    if (text.find('#') != std::string_view::npos)
        return bad_url("the URL has a fragment (#…), which is never sent; remove it");
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const std::string_view authority = text.substr(0, end);
    if (authority.find('@') != std::string_view::npos) {
        return bad_url("the URL carries a user name or password; use a header or a file for secrets");
    }
    if (auto parsed = parse_authority(authority, url); !parsed) return fail(parsed.error());
    url.target = text.substr(end);
    if (!url.target.starts_with('/')) url.target.insert(url.target.begin(), '/');
    return url;
}

Result<Url> Url::parse_peer(std::string_view text) {
    const bool secure = starts_with_ignoring_ascii_case(text, "tls://");
    if (!secure && !starts_with_ignoring_ascii_case(text, "tcp://"))
        return bad_url("the address must begin with tls:// (or tcp:// on loopback)");
    text.remove_prefix(std::string_view{"tls://"}.size());
    auto url = parse((secure ? "https://" : "http://") + std::string{text});
    if (!url) return url;
    if (url->target != "/" || !text.ends_with(":" + url->port))
        return bad_url("the address must be scheme, host and port only");
    url->scheme = secure ? "tls" : "tcp";
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

std::string Url::origin() const {
    return scheme + "://" + (is_ipv6(host) ? "[" + host + "]" : host) + ":" + port;
}

std::string Url::host_header() const {
    const std::string name = is_ipv6(host) ? "[" + host + "]" : host;
    return port == (scheme == "https" ? "443" : "80") ? name : name + ":" + port;
}

}  // namespace entrawatch::http
