#include "daemon/window_walk.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using namespace std::chrono_literals;
using graph::Outcome;

Span span_of(Ticks length) {
    return {instant_of(0), instant_of(0) + length};
}

TEST(WindowWalk, EndsOnlyWithoutANextLink) {
    WindowWalk walk{span_of(20min)};
    EXPECT_EQ(walk.after_page("/page2"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_page("/page3"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_page(""), WalkStep::done);
}

TEST(WindowWalk, TakesALinkSeenBeforeForAFaultAndNotForTheEnd) {
    WindowWalk walk{span_of(20min)};
    EXPECT_EQ(walk.after_page("/a"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_page("/b"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_page("/a"), WalkStep::begin_again);
}

TEST(WindowWalk, BeginsAgainWhenTheSkipTokenDied) {
    WindowWalk walk{span_of(20min)};
    EXPECT_EQ(walk.after_page("/a"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_failure(Outcome::restart_window), WalkStep::begin_again);
    EXPECT_EQ(walk.after_page("/a"), WalkStep::follow_link) << "the same link in a new walk is no loop";
}

TEST(WindowWalk, SplitsAWindowWhoseTokensKeepDying) {
    WindowWalk walk{span_of(20min)};
    for (int i = 0; i < WindowWalk::max_restarts; ++i) {
        EXPECT_EQ(walk.after_failure(Outcome::restart_window), WalkStep::begin_again);
    }
    EXPECT_EQ(walk.after_failure(Outcome::restart_window), WalkStep::split);
    EXPECT_EQ(walk.reason(), "the skip token died");
}

TEST(WindowWalk, SplitsAWindowThatIsTooSlow) {
    WindowWalk walk{span_of(6h)};
    EXPECT_EQ(walk.after_failure(Outcome::too_slow), WalkStep::split);
}

TEST(WindowWalk, GivesUpAWindowThatCannotBeSplit) {
    WindowWalk walk{span_of(1min)};
    EXPECT_EQ(walk.after_failure(Outcome::too_slow), WalkStep::give_up);
    EXPECT_GT(walk.delay(0.5), Ticks{0}) << "not in a tight loop";
}

TEST(WindowWalk, RepeatsTheSameLinkAfterThrottlingForEver) {
    WindowWalk walk{span_of(20min)};
    for (int i = 0; i < 1000; ++i)
        EXPECT_EQ(walk.after_failure(Outcome::throttled), WalkStep::repeat_link);
    EXPECT_EQ(walk.delay(0.5), Ticks{0}) << "the limiter waits, not the walk";
}

TEST(WindowWalk, RepeatsAPageThatDidNotComeAndThenPlansAnew) {
    WindowWalk walk{span_of(20min)};
    Ticks last{0};
    for (int i = 0; i < WindowWalk::max_repeats; ++i) {
        EXPECT_EQ(walk.after_failure(Outcome::transient), WalkStep::repeat_link);
        EXPECT_GT(walk.delay(0.0), last);
        last = walk.delay(0.0);
    }
    EXPECT_EQ(walk.after_failure(Outcome::transient), WalkStep::give_up);
}

TEST(WindowWalk, ForgetsFailuresWhenAPageCame) {
    WindowWalk walk{span_of(20min)};
    for (int i = 0; i < WindowWalk::max_repeats; ++i)
        static_cast<void>(walk.after_failure(Outcome::transient));
    EXPECT_EQ(walk.after_page("/next"), WalkStep::follow_link);
    EXPECT_EQ(walk.after_failure(Outcome::transient), WalkStep::repeat_link);
}

TEST(WindowWalk, ParksTheFeedAndSpeaksOfARefusedQuery) {
    WindowWalk walk{span_of(20min)};
    EXPECT_EQ(walk.after_failure(Outcome::parked), WalkStep::park);
    EXPECT_EQ(walk.after_failure(Outcome::bad_request), WalkStep::give_up);
    EXPECT_EQ(walk.reason(), "Graph refused the query");
}

TEST(WindowWalk, NeverWaitsLongerThanAMinute) {
    WindowWalk walk{span_of(20min)};
    for (int i = 0; i < 20; ++i) {
        static_cast<void>(walk.after_failure(Outcome::transient));
        EXPECT_LE(walk.delay(0.999), Ticks{60s});
    }
}

TEST(WindowWalk, EndsAWindowOfEndlessPages) {
    WindowWalk walk{span_of(6h)};
    WalkStep step = WalkStep::follow_link;
    int pages = 0;
    for (; step == WalkStep::follow_link && pages <= WindowWalk::max_pages; ++pages) {
        step = walk.after_page("/page" + std::to_string(pages));
    }
    EXPECT_EQ(step, WalkStep::split);
}

TEST(Halves, JoinWithoutGapOrOverlap) {
    const auto both = halves(span_of(Ticks{2min} + Ticks{1}));
    ASSERT_TRUE(both.has_value());
    EXPECT_EQ(both->first.from, instant_of(0));
    EXPECT_EQ(both->first.to, both->second.from);
    EXPECT_EQ(both->second.to, span_of(Ticks{2min} + Ticks{1}).to);
    EXPECT_FALSE(halves(span_of(Ticks{2min} - Ticks{1})).has_value());
}

}  // namespace
}  // namespace entrawatch
