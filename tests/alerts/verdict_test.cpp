#include "alerts/verdict.hpp"
#include "tests/support/times.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(Verdict, JudgesEveryClassOfAnswer) {
    struct Row {
        int status;
        Verdict verdict;
    };
    const std::vector<Row> rows{
        {0, Verdict::transient},       {100, Verdict::transient},     {200, Verdict::delivered},
        {202, Verdict::delivered},     {204, Verdict::delivered},     {299, Verdict::delivered},
        {301, Verdict::misconfigured}, {302, Verdict::misconfigured}, {307, Verdict::misconfigured},
        {400, Verdict::misconfigured}, {401, Verdict::misconfigured}, {403, Verdict::misconfigured},
        {404, Verdict::misconfigured}, {405, Verdict::misconfigured}, {408, Verdict::transient},
        {410, Verdict::gone},          {411, Verdict::misconfigured}, {413, Verdict::too_large},
        {415, Verdict::misconfigured}, {418, Verdict::misconfigured}, {422, Verdict::misconfigured},
        {425, Verdict::transient},     {429, Verdict::throttled},     {500, Verdict::transient},
        {502, Verdict::transient},     {503, Verdict::transient},     {504, Verdict::transient},
        {599, Verdict::transient},     {999, Verdict::transient},     {-1, Verdict::transient},
    };
    for (const Row& row : rows)
        EXPECT_EQ(name_of(judge({row.status, false, ""})), name_of(row.verdict)) << row.status;
}

TEST(Verdict, TakesA503ForThrottlingOnlyWhenItSaysForHowLong) {
    EXPECT_EQ(judge({503, false, "120"}), Verdict::throttled);
    EXPECT_EQ(judge({503, false, "Sun, 22 Nov 2026 10:05:00 GMT"}), Verdict::throttled);
    EXPECT_EQ(judge({503, false, "soon"}), Verdict::transient);
    EXPECT_EQ(judge({500, false, "120"}), Verdict::transient);
}

TEST(Verdict, CallsABadCertificateTheOperatorsMatterWhateverTheStatus) {
    EXPECT_EQ(judge({0, true, ""}), Verdict::misconfigured);
}

TEST(Verdict, HasOneWordForEach) {
    EXPECT_EQ(name_of(Verdict::delivered), "delivered");
    EXPECT_EQ(name_of(Verdict::throttled), "throttled");
    EXPECT_EQ(name_of(Verdict::transient), "transient");
    EXPECT_EQ(name_of(Verdict::misconfigured), "misconfigured");
    EXPECT_EQ(name_of(Verdict::too_large), "too_large");
    EXPECT_EQ(name_of(Verdict::gone), "gone");
}

TEST(RetryAfter, IsSecondsOrADate) {
    EXPECT_EQ(parse_retry_after("3", ten), seconds{3});
    EXPECT_EQ(parse_retry_after(" 120 ", ten), seconds{120});
    EXPECT_EQ(parse_retry_after("0", ten), seconds{0});
    EXPECT_EQ(parse_retry_after("Sun, 22 Nov 2026 10:00:30 GMT", ten), seconds{30});
}

TEST(RetryAfter, IsCappedAtAnHour) {
    EXPECT_EQ(parse_retry_after("3601", ten), hours{1});
    EXPECT_EQ(parse_retry_after("1000000000", ten), hours{1});
    EXPECT_EQ(parse_retry_after("99999999999999999999999999", ten), hours{1});
    EXPECT_EQ(parse_retry_after("Tue, 22 Nov 2033 10:00:00 GMT", ten), hours{1});
}

TEST(RetryAfter, IsNowWhenTheDateHasPassed) {
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", ten), Ticks{0});
}

TEST(RetryAfter, IsAbsentWhenItIsNegativeOrGarbage) {
    for (const char* header :
         {"", " ", "-1", "+5", "1e9", "abc", "3.5", "10s", "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, 31 Feb 2027 08:49:37 GMT", "Sun, 06 Nov 2027 24:00:00 GMT", "Sun, 06 Nov 2027 08:60:00 GMT",
          "Sun, 06 Xyz 2027 08:49:37 GMT", "Sun, -6 Nov 2027 08:49:37 GMT",
          "Sun, 06 Nov 2027 08:49:37 GMT, 5"}) {
        EXPECT_EQ(parse_retry_after(header, ten), std::nullopt) << header;
    }
}

}  // namespace
}  // namespace entrawatch
