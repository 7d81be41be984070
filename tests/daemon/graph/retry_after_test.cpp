#include "daemon/graph/retry_after.hpp"

#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;

const Instant said_at = *parse_iso("2026-03-01T12:00:00Z");

TEST(HttpDate, IsRead) {
    EXPECT_EQ(parse_http_date("Sun, 01 Mar 2026 12:00:30 GMT"), said_at + 30s);
    EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 00:00:00 GMT"), parse_iso("2024-02-29T00:00:00Z"));
}

TEST(HttpDate, AnythingElseIsNone) {
    for (const char* text :
         {"", "soon", "Sun, 01 Mar 2026 12:00:30 UTC", "Sun, 30 Feb 2026 12:00:30 GMT",
          "Sun, 01 Mrz 2026 12:00:30 GMT", "Sun, 01 Mar 2026 24:00:30 GMT", "Sun, 01 Mar 2026 12:60:30 GMT",
          "Sun, +1 Mar 2026 12:00:30 GMT", "Sun, 01 Mar 2026 12:00:30 GMT ", "Sunday, 01-Mar-26 12:00:30 GMT",
          "Sun, 00 Mar 2026 12:00:30 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

TEST(RetryAfter, TakesSeconds) {
    EXPECT_EQ(retry_after({{"Retry-After", "30"}}, said_at), Ticks{30s});
    EXPECT_EQ(retry_after({{"retry-after", " 0 "}}, said_at), Ticks{0});
}

TEST(RetryAfter, IsAnHourAtMost) {
    EXPECT_EQ(retry_after({{"Retry-After", "3601"}}, said_at), Ticks{1h});
    EXPECT_EQ(retry_after({{"Retry-After", "99999999999999999999"}}, said_at), Ticks{1h});
    EXPECT_EQ(retry_after({{"Retry-After", "Sun, 01 Mar 2037 12:00:30 GMT"}}, said_at), Ticks{1h});
}

TEST(RetryAfter, TakesADateAgainstTheAnswersOwnClock) {
    EXPECT_EQ(retry_after({{"Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT"}}, said_at), Ticks{30s});
    // The server's clock is ten minutes ahead of ours.
    const http::Headers skewed{{"Date", "Sun, 01 Mar 2026 12:10:00 GMT"},
                               {"Retry-After", "Sun, 01 Mar 2026 12:10:20 GMT"}};
    EXPECT_EQ(retry_after(skewed, said_at), Ticks{20s});
    EXPECT_EQ(retry_after({{"Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT"}}, said_at), Ticks{0});
}

TEST(RetryAfter, IsAbsentWhenItMeansNothing) {
    for (const char* text : {"", "-1", "1.5", "30s", "soon"})
        EXPECT_FALSE(retry_after({{"Retry-After", text}}, said_at)) << text;
    EXPECT_FALSE(retry_after({}, said_at));
}

}  // namespace
}  // namespace entrawatch::graph
