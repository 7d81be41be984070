#include "daemon/graph/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/base/text.hpp"

namespace entrawatch::graph {

namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr Ticks longest = std::chrono::hours{1};

// Digits only; nullopt when there is anything else.
std::optional<int> number(std::string_view text) {
    int value = 0;
    const char* end = text.data() + text.size();
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc::result_out_of_range) return std::numeric_limits<int>::max();
    return stop == end ? std::optional{value} : std::nullopt;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
    // Fixed places: the weekday is not checked, the rest is.
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" || text[19] != ':' ||
        text[22] != ':')
        return std::nullopt;
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const auto day = number(text.substr(5, 2));
    const auto year = number(text.substr(12, 4));
    const auto hour = number(text.substr(17, 2));
    const auto minute = number(text.substr(20, 2));
    const auto second = number(text.substr(23, 2));
    if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1U},
        std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

std::optional<Ticks> retry_after(const http::Headers& headers, Instant now) {
    const std::string_view text = trim(headers.get("Retry-After"));
    if (const auto seconds = number(text)) return std::min<Ticks>(std::chrono::seconds{*seconds}, longest);
    const auto date = parse_http_date(text);
    if (!date) return std::nullopt;
    const Instant from = parse_http_date(trim(headers.get("Date"))).value_or(now);
    return std::clamp<Ticks>(*date - from, Ticks{0}, longest);
}

}  // namespace entrawatch::graph
