// Instants and spans, at the 100 ns precision of Graph, and their text forms.
//
// Everything below daemon/ takes `now` as an argument; only daemon/clock reads a clock. Wall time (Instant)
// is for what is stored and shown, steady time for intervals inside the process: the two are never mixed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

// 100 ns ticks: one digit more than microseconds, because Graph prints seven.
using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
using Instant = std::chrono::time_point<std::chrono::system_clock, Ticks>;
using SteadyInstant = std::chrono::steady_clock::time_point;

struct TimePoint {
    Instant wall;
    SteadyInstant steady;
};

// A half-open span of event time: from <= t < to.
struct Span {
    Instant from;
    Instant to;
    friend bool operator==(const Span&, const Span&) = default;
    [[nodiscard]] bool empty() const { return to <= from; }
    [[nodiscard]] Ticks length() const { return to - from; }
};

[[nodiscard]] constexpr Instant instant_of(std::int64_t ticks) {
    return Instant{Ticks{ticks}};
}
[[nodiscard]] constexpr std::int64_t ticks_of(Instant t) {
    return t.time_since_epoch().count();
}
// Days since 1970-01-01, floored; the first column of every index.
[[nodiscard]] std::int64_t day_of(Instant t);

// "2026-10-02T23:25:10.1488417Z": 0 to 7 fraction digits, trailing zeros cut, as Graph prints.
[[nodiscard]] std::string to_iso(Instant t);
// Milliseconds, always three digits: "2026-10-02T23:25:10.148Z". For webhook bodies and logs.
[[nodiscard]] std::string to_iso_millis(Instant t);

// ISO 8601 with 0 to 9 fraction digits (cut at seven), Z or ±hh:mm, one-digit hours accepted, `T` or a blank
// between date and time; no zone means UTC. Years 1 to 9999. nullopt when it is no time.
[[nodiscard]] std::optional<Instant> parse_iso(std::string_view text);
// The forms the Azure Monitor exports add: "8/22/2022 6:07:16 PM", "4/28/2021, 2:08:45.221 PM".
[[nodiscard]] std::optional<Instant> parse_export_time(std::string_view text);
// A time a person types: ISO 8601, a date, or relative to now: "-2h", "-30d", "now". Units s m h d w.
[[nodiscard]] std::optional<Instant> parse_human_time(std::string_view text, Instant now);
// "90s", "15m", "2h", "30d", "4w". Positive; nullopt when it is none or overflows 100 years.
[[nodiscard]] std::optional<Ticks> parse_duration(std::string_view text);
// "2 h 15 min", "45 s": for people.
[[nodiscard]] std::string to_words(Ticks duration);

}  // namespace entrawatch
