#include "alerts/verdict.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr Ticks longest_pause = std::chrono::hours{1};

// `width` digits at the front of `text`, taken off it; nullopt when there are none.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + width, value);
    if (error != std::errc{} || stop != text.data() + width || value < 0) return std::nullopt;
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, std::string_view expected) {
    if (text.substr(0, expected.size()) != expected) return false;
    text.remove_prefix(expected.size());
    return true;
}

std::optional<unsigned> take_month(std::string_view& text) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::find(months.begin(), months.end(), text.substr(0, 3));
    if (found == months.end()) return std::nullopt;
    text.remove_prefix(3);
    return static_cast<unsigned>(found - months.begin()) + 1;
}

// The fixed form of HTTP dates: "Sun, 06 Nov 1994 08:49:37 GMT". Servers no longer send the two older ones.
std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::size_t weekday = 5;  // "Sun, ", which says nothing that the date does not
    if (text.size() < weekday || text.substr(3, 2) != ", ") return std::nullopt;
    text.remove_prefix(weekday);
    const auto day = take_number(text, 2);
    if (!day || !take(text, " ")) return std::nullopt;
    const auto month = take_month(text);
    if (!month || !take(text, " ")) return std::nullopt;
    const auto year = take_number(text, 4);
    if (!year || !take(text, " ")) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || text != " GMT" || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{*month},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

std::optional<Ticks> parse_seconds(std::string_view text) {
    if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    // Only digits: the one possible error is a number too great for us.
    if (result.ec != std::errc{}) return longest_pause;
    return std::min<Ticks>(std::chrono::seconds{std::min<std::int64_t>(number, 3600)}, longest_pause);
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::delivered:
            return "delivered";
        case Verdict::throttled:
            return "throttled";
        case Verdict::transient:
            return "transient";
        case Verdict::misconfigured:
            return "misconfigured";
        case Verdict::too_large:
            return "too_large";
        case Verdict::gone:
            return "gone";
    }
    return "transient";
}

Verdict judge(const Answer& answer) {
    if (answer.must_be_mended) return Verdict::misconfigured;
    const int status = answer.status;
    if (status >= 200 && status < 300) return Verdict::delivered;
    if (status == 410) return Verdict::gone;
    if (status == 413) return Verdict::too_large;
    if (status == 429) return Verdict::throttled;
    // Read against the epoch: whether it says anything does not depend on when it is asked.
    if (status == 503 && parse_retry_after(answer.retry_after, Instant{})) return Verdict::throttled;
    if (status == 408 || status == 425) return Verdict::transient;
    if (status >= 300 && status < 500) return Verdict::misconfigured;
    return Verdict::transient;
}

std::optional<Ticks> parse_retry_after(std::string_view header, Instant now) {
    header = trim(header);
    if (auto seconds = parse_seconds(header)) return seconds;
    const auto date = parse_http_date(header);
    if (!date) return std::nullopt;
    return std::clamp<Ticks>(*date - now, Ticks{0}, longest_pause);
}

}  // namespace entrawatch
