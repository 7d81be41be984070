#include "config/value_forms.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "config/url.hpp"
#include "core/base/guid.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {

// `parse` reads a value of the setting's type and the ends of its limits, "least..most", alike.
template <class Parse>
std::optional<std::string> out_of_range(std::string_view text, const Setting& setting, Parse parse) {
    const auto value = parse(text);
    if (!value) return "must be " + std::string{words_for(setting.type)};
    const auto dots = setting.limits.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    const std::string_view least = setting.limits.substr(0, dots);
    const std::string_view most = setting.limits.substr(dots + 2);
    if (*value >= parse(least) && *value <= parse(most)) return std::nullopt;
    return "must be from " + std::string{least} + " to " + std::string{most};
}

std::optional<std::string> wrong_choice(std::string_view text, const Setting& setting) {
    const auto known = split_choices(setting.limits);
    if (std::find(known.begin(), known.end(), text) != known.end()) return std::nullopt;
    const std::string near = nearest(text, known);
    return "must be one of: " + joined(known) + (near.empty() ? "" : "; did you mean `" + near + "`?");
}

template <class T>
std::optional<std::string> words_of(const Result<T>& result) {
    if (result) return std::nullopt;
    return "is refused: " + result.error().what;
}

}  // namespace

std::optional<std::int64_t> parse_size(std::string_view text) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit = text.substr(static_cast<std::size_t>(stop - text.data()));
    constexpr std::int64_t most = 1'000'000;
    if (error != std::errc{} || number < 0 || number > most) return std::nullopt;
    if (unit == "MB") return number * 1'000'000;
    if (unit == "GB") return number * 1'000'000'000;
    if (unit == "TB") return number * 1'000'000'000'000;
    return std::nullopt;
}

std::optional<int> parse_number(std::string_view text) {
    int number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return number;
}

bool is_short_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::optional<ListenAddress> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    ListenAddress out;
    const std::string_view port = text.substr(colon + 1);
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (error != std::errc{} || stop != port.data() + port.size() || out.port < 0 || out.port > 65535)
        return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    out.host = std::string{host};
    in_addr four{};
    in6_addr six{};
    if (bracketed) {
        if (inet_pton(AF_INET6, out.host.c_str(), &six) != 1) return std::nullopt;
        out.loopback = IN6_IS_ADDR_LOOPBACK(&six) != 0;
    } else if (out.host == "localhost") {
        out.loopback = true;
    } else {
        if (inet_pton(AF_INET, out.host.c_str(), &four) != 1) return std::nullopt;
        out.loopback = (ntohl(four.s_addr) >> 24U) == 127;
    }
    return out;
}

std::optional<std::string> wrong_form(std::string_view text, bool quoted, const Setting& setting) {
    const std::string expected = "must be " + std::string{words_for(setting.type)};
    switch (setting.type) {
        case SettingType::flag:
            return !quoted && (text == "true" || text == "false") ? std::nullopt : std::optional{expected};
        case SettingType::name:
            return is_short_name(text) ? std::nullopt : std::optional{expected};
        case SettingType::guid:
            return is_guid(text) ? std::nullopt : std::optional{expected};
        case SettingType::number:
            return out_of_range(text, setting, parse_number);
        case SettingType::duration:
            return out_of_range(text, setting, parse_duration);
        case SettingType::size:
            return out_of_range(text, setting, parse_size);
        case SettingType::choice:
            return wrong_choice(text, setting);
        case SettingType::origin:
            return words_of(check_origin(text));
        case SettingType::url:
            return words_of(check_url(text));
        case SettingType::peer:
            return words_of(check_peer(text));
        case SettingType::own_proxy:
            if (text == "off") return std::nullopt;
            [[fallthrough]];
        case SettingType::proxy:
            return words_of(Url::parse_proxy(text));
        case SettingType::file:
            return text.find('\0') == std::string_view::npos ? std::nullopt : std::optional{expected};
        case SettingType::address:
            return text == "off" || parse_listen(text) ? std::nullopt : std::optional{expected};
        case SettingType::text:
        case SettingType::map:
        case SettingType::list:
        case SettingType::texts:
        case SettingType::lists:
            break;
    }
    return std::nullopt;
}

}  // namespace entrawatch
