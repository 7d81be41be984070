#include "core/base/time.hpp"

#include <gtest/gtest.h>

#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using namespace std::chrono_literals;

TEST(Time, ReadsZeroToSevenFractionDigits) {
    EXPECT_EQ(ticks_of(at("1970-01-01T00:00:01Z")), 10'000'000);
    EXPECT_EQ(ticks_of(at("1970-01-01T00:00:00.5Z")), 5'000'000);
    EXPECT_EQ(ticks_of(at("1970-01-01T00:00:00.48Z")), 4'800'000);
    EXPECT_EQ(ticks_of(at("1970-01-01T00:00:00.1488417Z")), 1'488'417);
}

TEST(Time, CutsFractionsAtSevenDigits) {
    EXPECT_EQ(at("2024-12-16 16:32:16.087554099"), at("2024-12-16T16:32:16.0875540Z"));
}

TEST(Time, OrdersWhereTextComparisonIsWrong) {
    // 'Z' > '.', so as text the first would be later.
    EXPECT_LT(at("2026-01-01T00:00:41Z"), at("2026-01-01T00:00:41.6Z"));
}

TEST(Time, AppliesOffsets) {
    EXPECT_EQ(at("2026-10-02T23:25:10-05:00"), at("2026-10-03T04:25:10Z"));
    EXPECT_EQ(at("2026-10-02T23:25:10.5+00:00"), at("2026-10-02T23:25:10.5Z"));
    EXPECT_EQ(at("2026-10-02T05:30:00+0530"), at("2026-10-02T00:00:00Z"));
}

TEST(Time, ReadsOneDigitHours) {
    EXPECT_EQ(at("2022-09-09T9:59:27.958Z"), at("2022-09-09T09:59:27.958Z"));
}

TEST(Time, ReadsTheZeroDate) {
    EXPECT_EQ(to_iso(at("0001-01-01T08:00:00Z")), "0001-01-01T08:00:00Z");
}

TEST(Time, RefusesWhatIsNoTime) {
    for (const auto* text :
         {"", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z",
          "2026-01-01T00:00:00Z)", "2026-01-01T00:00:00.", "2026-01-01T00:00:00.12345678901Z",
          "2026-01-01T00:60:00Z", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00+99:00"}) {
        EXPECT_FALSE(parse_iso(text).has_value()) << text;
    }
}

TEST(Time, PrintsWhatItRead) {
    for (const auto* text :
         {"2026-10-02T23:25:10.1488417Z", "2026-10-02T23:25:10Z", "2026-10-02T23:25:10.05Z",
          "1969-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"}) {
        EXPECT_EQ(to_iso(at(text)), text);
    }
}

TEST(Time, PrintsMillisecondsAlwaysWithThreeDigits) {
    EXPECT_EQ(to_iso_millis(at("2026-11-22T10:00:00.1239999Z")), "2026-11-22T10:00:00.123Z");
    EXPECT_EQ(to_iso_millis(at("2026-11-22T10:00:00Z")), "2026-11-22T10:00:00.000Z");
}

TEST(Time, FloorsDaysBeforeTheEpoch) {
    EXPECT_EQ(day_of(at("1969-12-31T23:59:59Z")), -1);
    EXPECT_EQ(day_of(at("1970-01-01T00:00:00Z")), 0);
}

TEST(ExportTime, ReadsTheAmericanForms) {
    EXPECT_EQ(parse_export_time("8/22/2022 6:07:16 PM"), at("2022-08-22T18:07:16Z"));
    EXPECT_EQ(parse_export_time("4/28/2021, 2:08:45.221 PM"), at("2021-04-28T14:08:45.221Z"));
    EXPECT_EQ(parse_export_time("4/28/2021 12:00:01 AM"), at("2021-04-28T00:00:01Z"));
    EXPECT_EQ(parse_export_time("4/28/2021 13:00:01"), at("2021-04-28T13:00:01Z"));
    EXPECT_FALSE(parse_export_time("28/4/2021 2:08:45 PM").has_value());
    EXPECT_FALSE(parse_export_time("4/28/2021 13:08:45 PM").has_value());
    EXPECT_FALSE(parse_export_time("2021-04-28T02:08:45Z").has_value());
}

TEST(Duration, ReadsOneNumberAndOneUnit) {
    EXPECT_EQ(parse_duration("90s"), Ticks{90s});
    EXPECT_EQ(parse_duration("15m"), Ticks{15min});
    EXPECT_EQ(parse_duration("2h"), Ticks{2h});
    EXPECT_EQ(parse_duration("30d"), Ticks{24h * 30});
    EXPECT_EQ(parse_duration("4w"), Ticks{24h * 28});
}

TEST(Duration, RefusesTheRest) {
    for (const auto* text :
         {"", "s", "0s", "-5m", "5", "5 m", "5mm", "1.5h", "99999999999999999999d", "999999999d"}) {
        EXPECT_FALSE(parse_duration(text).has_value()) << text;
    }
}

TEST(HumanTime, IsAbsoluteOrRelativeToNow) {
    const Instant now = at("2026-11-25T12:00:00Z");
    EXPECT_EQ(parse_human_time("-2h", now), at("2026-11-25T10:00:00Z"));
    EXPECT_EQ(parse_human_time("now", now), now);
    EXPECT_EQ(parse_human_time("2026-11-01", now), at("2026-11-01T00:00:00Z"));
    EXPECT_FALSE(parse_human_time("2h ago", now).has_value());
}

TEST(Words, SayTheTwoLargestUnits) {
    EXPECT_EQ(to_words(Ticks{2h + 15min + 3s}), "2 h 15 min");
    EXPECT_EQ(to_words(Ticks{45s}), "45 s");
    EXPECT_EQ(to_words(Ticks{120ms}), "120 ms");
    EXPECT_EQ(to_words(Ticks{0}), "0 s");
    EXPECT_EQ(to_words(-Ticks{61s}), "-1 min 1 s");
}

}  // namespace
}  // namespace entrawatch
