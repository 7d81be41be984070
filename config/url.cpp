#include "config/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

struct Parts {
    bool secure = false;
    bool has_port = false;
    std::string host;       // without brackets
    std::string_view rest;  // from the first '/' or '?', or empty
};

struct Schemes {
    std::string_view what;
    std::string_view secure;
    std::string_view plain;
};
constexpr Schemes web{"URL", "https://", "http://"};
constexpr Schemes peer{"address", "tls://", "tcp://"};

bool has_forbidden_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte >= 0x7F || c == '\\' || c == '"' || c == '<' || c == '>';
    });
}

bool is_port(std::string_view text) {
    int port = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && stop == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_ip6(const std::string& host) {
    in6_addr ignored{};
    return inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_';
    });
}

bool is_loopback(const std::string& host) {
    in_addr four{};
    if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
    return host == "::1" || equal_ignoring_ascii_case(host, "localhost");
}

Result<Parts> parse(std::string_view text, const Schemes& schemes) {
    const std::string the = "the " + std::string{schemes.what};
    Parts parts;
    parts.secure = starts_with_ignoring_ascii_case(text, schemes.secure);
    if (!parts.secure && !starts_with_ignoring_ascii_case(text, schemes.plain)) {
        return fail(ErrorCode::invalid, the + " must start with " + std::string{schemes.secure});
    }
    if (has_forbidden_characters(text)) {
        return fail(ErrorCode::invalid,
                    the + " holds a blank or another character that must be percent-encoded");
    }
    if (text.find('#') != std::string_view::npos) {
        return fail(ErrorCode::invalid, the + " holds a fragment (#…), which is never sent: leave it out");
    }
    text.remove_prefix(parts.secure ? schemes.secure.size() : schemes.plain.size());
    std::string_view authority = text.substr(0, text.find_first_of("/?"));
    parts.rest = text.substr(authority.size());
    if (authority.find('@') != std::string_view::npos) {
        return fail(ErrorCode::invalid, the + " holds a user name (…@): leave it out");
    }
    const bool bracketed = authority.substr(0, 1) == "[";
    const auto close = bracketed ? authority.find(']') : std::string_view::npos;
    const auto colon = bracketed ? (close == std::string_view::npos ? close : authority.find(':', close))
                                 : authority.find(':');
    parts.has_port = colon != std::string_view::npos;
    if (parts.has_port && !is_port(authority.substr(colon + 1))) {
        return fail(ErrorCode::invalid, the + "'s port must be a number from 1 to 65535");
    }
    authority = authority.substr(0, colon);
    parts.host = std::string{bracketed && authority.size() > 2 ? authority.substr(1, authority.size() - 2)
                                                               : authority};
    if (bracketed ? authority.back() != ']' || !is_ip6(parts.host) : !is_host_name(parts.host)) {
        return fail(ErrorCode::invalid, the + "'s host is no name or address");
    }
    return parts;
}

Result<> check(const Parts& parts) {
    if (parts.secure || is_loopback(parts.host)) return {};
    return fail(ErrorCode::invalid, "plain http is taken to a loopback address only: use https");
}

}  // namespace

Result<> check_url(std::string_view text) {
    const auto parts = parse(text, web);
    if (!parts) return fail(parts.error());
    return check(*parts);
}

Result<> check_origin(std::string_view text) {
    const auto parts = parse(text, web);
    if (!parts) return fail(parts.error());
    if (!parts->rest.empty() && parts->rest != "/") {
        return fail(ErrorCode::invalid,
                    "the URL must be scheme, host and port only, such as https://127.0.0.1:8443");
    }
    return check(*parts);
}

Result<> check_peer(std::string_view text) {
    const auto parts = parse(text, peer);
    if (!parts) return fail(parts.error());
    if (!parts->rest.empty() || !parts->has_port) {
        return fail(ErrorCode::invalid,
                    "the address must be scheme, host and port only, such as tls://syslog.example:6514");
    }
    if (parts->secure || is_loopback(parts->host)) return {};
    return fail(ErrorCode::invalid,
                "what is sent by tcp:// can be read and changed on the way, so it is taken to a loopback "
                "address only: use tls://");
}

}  // namespace entrawatch
