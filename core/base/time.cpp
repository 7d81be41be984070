#include "core/base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::int64_t ticks_per_second = 10'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const std::int64_t q = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

// Reads from the left of a text; every step says whether it succeeded.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t least, std::size_t most) {
        std::size_t n = 0;
        int value = 0;
        while (n < rest_.size() && n < most && rest_[n] >= '0' && rest_[n] <= '9') {
            value = value * 10 + (rest_[n] - '0');
            ++n;
        }
        if (n < least) return std::nullopt;
        rest_.remove_prefix(n);
        return value;
    }
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_any(std::string_view set) {
        if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // ".f…": up to nine digits count, the first seven are kept; absent is zero.
    std::optional<std::int64_t> fraction() {
        if (!take('.')) return 0;
        std::int64_t value = 0;
        std::size_t n = 0;
        while (n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9') {
            if (n >= 9) return std::nullopt;
            if (n < 7) value = value * 10 + (rest_[n] - '0');
            ++n;
        }
        if (n == 0) return std::nullopt;
        rest_.remove_prefix(n);
        for (std::size_t i = n; i < 7; ++i)
            value *= 10;
        return value;
    }
    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

struct Date {
    int year = 0, month = 0, day = 0;
};
struct Clock {
    int hour = 0, minute = 0, second = 0;
    std::int64_t fraction = 0;
};

std::optional<Instant> compose(const Date& d, const Clock& c, int zone_minutes) {
    const std::chrono::year_month_day ymd{std::chrono::year{d.year},
                                          std::chrono::month{static_cast<unsigned>(d.month)},
                                          std::chrono::day{static_cast<unsigned>(d.day)}};
    // A leap second is read as the second after it: Graph does not send them, exports may.
    if (!ymd.ok() || d.year < 1 || c.hour > 23 || c.minute > 59 || c.second > 60) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days{ymd}.time_since_epoch().count();
    const std::int64_t seconds =
        days * seconds_per_day + (std::int64_t{c.hour} * 60 + c.minute - zone_minutes) * 60 + c.second;
    return instant_of(seconds * ticks_per_second + c.fraction);
}

std::optional<Date> iso_date(Cursor& in) {
    const auto year = in.digits(4, 4);
    if (!year || !in.take('-')) return std::nullopt;
    const auto month = in.digits(1, 2);
    if (!month || !in.take('-')) return std::nullopt;
    const auto day = in.digits(1, 2);
    if (!day) return std::nullopt;
    return Date{*year, *month, *day};
}

std::optional<Clock> clock_of(Cursor& in) {
    const auto hour = in.digits(1, 2);
    if (!hour || !in.take(':')) return std::nullopt;
    const auto minute = in.digits(2, 2);
    if (!minute) return std::nullopt;
    Clock clock{*hour, *minute, 0, 0};
    if (in.take(':')) {
        const auto second = in.digits(2, 2);
        const auto fraction = second ? in.fraction() : std::nullopt;
        if (!fraction) return std::nullopt;
        clock.second = *second;
        clock.fraction = *fraction;
    }
    return clock;
}

// Minutes east of UTC; nothing or Z is UTC.
std::optional<int> zone_of(Cursor& in) {
    if (in.done() || in.take_any("Zz")) return 0;
    const bool east = in.take('+');
    if (!east && !in.take('-')) return std::nullopt;
    const auto hours = in.digits(2, 2);
    if (!hours) return std::nullopt;
    in.take(':');
    const auto minutes = in.digits(2, 2);
    if (!minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    const int total = *hours * 60 + *minutes;
    return east ? total : -total;
}

std::string formatted(Instant t, std::string_view fraction) {
    const std::int64_t seconds = floor_div(ticks_of(t), ticks_per_second);
    const std::int64_t days = floor_div(seconds, seconds_per_day);
    const std::int64_t in_day = seconds - days * seconds_per_day;
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
    std::array<char, 64> buffer{};
    const int n = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                                static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                                static_cast<unsigned>(ymd.day()), static_cast<int>(in_day / 3600),
                                static_cast<int>(in_day / 60 % 60), static_cast<int>(in_day % 60));
    std::string text{buffer.data(), static_cast<std::size_t>(n)};
    text += fraction;
    text += 'Z';
    return text;
}

std::int64_t fraction_of(Instant t) {
    return ticks_of(t) - floor_div(ticks_of(t), ticks_per_second) * ticks_per_second;
}

}  // namespace

std::int64_t day_of(Instant t) {
    return floor_div(ticks_of(t), ticks_per_second * seconds_per_day);
}

std::string to_iso(Instant t) {
    const std::int64_t fraction = fraction_of(t);
    if (fraction == 0) return formatted(t, "");
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), ".%07d", static_cast<int>(fraction));
    std::string_view text{digits.data()};
    while (text.back() == '0')
        text.remove_suffix(1);
    return formatted(t, text);
}

std::string to_iso_millis(Instant t) {
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), ".%03d", static_cast<int>(fraction_of(t) / 10'000));
    return formatted(t, digits.data());
}

std::optional<Instant> parse_iso(std::string_view text) {
    Cursor in{trim(text)};
    const auto date = iso_date(in);
    if (!date) return std::nullopt;
    if (in.done()) return compose(*date, Clock{}, 0);
    if (!in.take_any("Tt ")) return std::nullopt;
    const auto clock = clock_of(in);
    if (!clock) return std::nullopt;
    const auto zone = zone_of(in);
    if (!zone || !in.done()) return std::nullopt;
    return compose(*date, *clock, *zone);
}

std::optional<Instant> parse_export_time(std::string_view text) {
    Cursor in{trim(text)};
    const auto month = in.digits(1, 2);
    if (!month || !in.take('/')) return std::nullopt;
    const auto day = in.digits(1, 2);
    if (!day || !in.take('/')) return std::nullopt;
    const auto year = in.digits(4, 4);
    if (!year) return std::nullopt;
    in.take(',');
    if (!in.take(' ')) return std::nullopt;
    auto clock = clock_of(in);
    if (!clock) return std::nullopt;
    const std::string half = to_lower_ascii(trim(in.rest()));
    if (half == "am" || half == "pm") {
        if (clock->hour < 1 || clock->hour > 12) return std::nullopt;
        clock->hour = clock->hour % 12 + (half == "pm" ? 12 : 0);
    } else if (!half.empty()) {
        return std::nullopt;
    }
    return compose(Date{*year, *month, *day}, *clock, 0);
}

std::optional<Ticks> parse_duration(std::string_view text) {
    text = trim(text);
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    if (error != std::errc{} || amount <= 0 || unit.size() != 1) return std::nullopt;
    std::int64_t seconds = 0;
    switch (unit.front()) {
        case 's':
            seconds = 1;
            break;
        case 'm':
            seconds = 60;
            break;
        case 'h':
            seconds = 3600;
            break;
        case 'd':
            seconds = seconds_per_day;
            break;
        case 'w':
            seconds = 7 * seconds_per_day;
            break;
        default:
            return std::nullopt;
    }
    constexpr std::int64_t century = 36'525 * seconds_per_day;
    if (amount > century / seconds) return std::nullopt;
    return Ticks{amount * seconds * ticks_per_second};
}

std::optional<Instant> parse_human_time(std::string_view text, Instant now) {
    text = trim(text);
    if (text == "now") return now;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        const auto duration = parse_duration(text.substr(1));
        if (!duration) return std::nullopt;
        return text.front() == '-' ? now - *duration : now + *duration;
    }
    return parse_iso(text);
}

std::string to_words(Ticks duration) {
    std::int64_t seconds = duration.count() / ticks_per_second;
    if (seconds < 0) return "-" + to_words(-duration);
    if (seconds == 0 && duration.count() != 0) return std::to_string(duration.count() / 10'000) + " ms";
    const std::array<std::pair<std::int64_t, const char*>, 4> units{
        {{seconds_per_day, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
    std::string text;
    int shown = 0;
    for (const auto& [size, name] : units) {
        const std::int64_t n = seconds / size;
        seconds -= n * size;
        if (n == 0 || shown == 2) continue;
        text += (text.empty() ? "" : " ") + std::to_string(n) + " " + name;
        ++shown;
    }
    return text.empty() ? "0 s" : text;
}

}  // namespace entrawatch
