#include "core/rules/correlation.hpp"

#include <gmock/gmock.h>

#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant after(int seconds) {
    return noon + std::chrono::seconds{seconds};
}

CorrelationHit hit(int seconds, std::string value = {}, int step = 0, std::int64_t event = 0) {
    return {step, value.empty() ? std::to_string(seconds) : std::move(value), after(seconds), after(seconds),
            event};
}

Correlation correlation(CorrelationType type, std::int64_t at_least, std::size_t steps = 1) {
    Correlation made;
    made.type = type;
    made.at_least = at_least;
    made.steps.resize(steps);
    made.timespan = std::chrono::seconds{60};
    return made;
}

std::vector<int> seconds_of(const std::vector<CorrelationHit>& hits) {
    std::vector<int> seconds;
    for (const CorrelationHit& one : hits)
        seconds.push_back(
            static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(one.first_at - noon).count()));
    return seconds;
}

TEST(Correlated, CountsEventsWithinTheTimeSpanBothEndsIncluded) {
    const auto three = correlation(CorrelationType::event_count, 3);
    EXPECT_THAT(seconds_of(correlated(three, std::vector{hit(0), hit(30), hit(60)}, after(60))),
                ElementsAre(0, 30, 60));
    EXPECT_THAT(correlated(three, std::vector{hit(0), hit(30), hit(61)}, after(61)), IsEmpty());
}

TEST(Correlated, DoesNotCareInWhichOrderTheEventsCame) {
    const auto three = correlation(CorrelationType::event_count, 3);
    EXPECT_THAT(seconds_of(correlated(three, std::vector{hit(50), hit(0), hit(20)}, after(20))),
                ElementsAre(0, 20, 50));
}

TEST(Correlated, LeavesOutASpanThatTheEventDoesNotLieIn) {
    const auto three = correlation(CorrelationType::event_count, 3);
    const std::vector hits{hit(0), hit(1), hit(2), hit(500)};
    EXPECT_THAT(correlated(three, hits, after(500)), IsEmpty());
    EXPECT_THAT(seconds_of(correlated(three, hits, after(1))), ElementsAre(0, 1, 2));
}

TEST(Correlated, CountsDifferentValuesAndNotEvents) {
    const auto three = correlation(CorrelationType::value_count, 3);
    EXPECT_THAT(correlated(three, std::vector{hit(0, "a"), hit(1, "b"), hit(2, "a"), hit(3, "b")}, after(3)),
                IsEmpty());
    EXPECT_THAT(seconds_of(correlated(three, std::vector{hit(0, "a"), hit(1, "b"), hit(2, "a"), hit(3, "c")},
                                      after(3))),
                ElementsAre(0, 1, 2, 3));
}

TEST(Correlated, AsksForEveryStepInWhateverOrder) {
    const auto both = correlation(CorrelationType::temporal, 1, 2);
    EXPECT_THAT(correlated(both, std::vector{hit(0, "", 1), hit(1, "", 1)}, after(1)), IsEmpty());
    EXPECT_THAT(seconds_of(correlated(both, std::vector{hit(0, "", 1), hit(40, "", 0)}, after(40))),
                ElementsAre(0, 40));
}

TEST(Correlated, AsksForTheStepsInTheirOrder) {
    const auto ordered = correlation(CorrelationType::temporal_ordered, 1, 3);
    EXPECT_THAT(correlated(ordered, std::vector{hit(0, "", 1), hit(10, "", 0), hit(20, "", 2)}, after(20)),
                IsEmpty());
    EXPECT_THAT(
        seconds_of(correlated(
            ordered, std::vector{hit(0, "", 0), hit(5, "", 2), hit(10, "", 1), hit(20, "", 2)}, after(10))),
        ElementsAre(0, 5, 10, 20));
}

TEST(Correlated, HoldsForAFirstStepThatComesLast) {
    const auto ordered = correlation(CorrelationType::temporal_ordered, 1, 2);
    EXPECT_THAT(seconds_of(correlated(ordered, std::vector{hit(30, "", 1), hit(0, "", 0)}, after(0))),
                ElementsAre(0, 30));
}

// Against the definition, tried for every span: with random hits the answer is the same.
TEST(Correlated, IsWhatTryingEverySpanFinds) {
    std::uint64_t state = 7;
    const auto dice = [&](int sides) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((state >> 33U) % static_cast<std::uint64_t>(sides));
    };
    int held = 0;
    for (int round = 0; round < 2000; ++round) {
        const bool values = dice(2) == 0;
        const auto rule =
            correlation(values ? CorrelationType::value_count : CorrelationType::event_count, 2 + dice(4));
        std::vector<CorrelationHit> hits;
        for (int i = dice(9); i >= 0; --i)
            hits.push_back(hit(
                dice(200), values ? std::string(1, static_cast<char>('a' + dice(5))) : std::to_string(i)));
        const Instant at = hits.back().first_at;
        bool expected = false;
        for (Instant from = at - rule.timespan; from <= at; from += std::chrono::seconds{1}) {
            std::set<std::string> seen;
            for (const CorrelationHit& one : hits) {
                if (one.first_at >= from && one.first_at <= from + rule.timespan) seen.insert(one.value);
            }
            expected = expected || static_cast<std::int64_t>(seen.size()) >= rule.at_least;
        }
        held += expected ? 1 : 0;
        ASSERT_EQ(!correlated(rule, hits, at).empty(), expected) << "round " << round;
    }
    EXPECT_GT(held, 200);
    EXPECT_LT(held, 1800);
}

}  // namespace
}  // namespace entrawatch
