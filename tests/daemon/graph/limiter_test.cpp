#include "daemon/graph/limiter.hpp"

#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;

constexpr SteadyInstant start{1000s};

TEST(Limiter, NeverStartsMoreThanFiveReportsInAnyTenSeconds) {
    Limiter limiter{BudgetGroup::reports};
    std::vector<SteadyInstant> starts;
    SteadyInstant now = start;
    for (int i = 0; i < 40; ++i) {
        now = std::max(now, limiter.may_start(now));
        limiter.started(now);
        starts.push_back(now);
    }
    for (std::size_t i = 5; i < starts.size(); ++i)
        EXPECT_GT(starts[i] - starts[i - 5], 10s) << i;
}

TEST(Limiter, FiveReportsMayStartAtOnce) {
    Limiter limiter{BudgetGroup::reports};
    for (int i = 0; i < 5; ++i) {
        EXPECT_LE(limiter.may_start(start), start) << i;
        limiter.started(start);
    }
    EXPECT_GT(limiter.may_start(start), start);
}

TEST(Limiter, IdentityProtectionIsOneASecond) {
    Limiter limiter{BudgetGroup::identity_protection};
    limiter.started(start);
    EXPECT_GT(limiter.may_start(start), start + 1s);
    EXPECT_LE(limiter.may_start(start), start + 2s);
}

TEST(Limiter, DirectoryReadsAreFarFromTheLimit) {
    Limiter limiter{BudgetGroup::directory};
    for (int i = 0; i < 50; ++i)
        limiter.started(start);
    EXPECT_LE(limiter.may_start(start), start);
}

TEST(Limiter, WaitsTheWholeRetryAfter) {
    Limiter limiter{BudgetGroup::reports};
    limiter.throttled(start, Ticks{30s}, 0.0);
    EXPECT_EQ(limiter.may_start(start), start + 30s);
    EXPECT_EQ(limiter.may_start(start + 31s), start + 31s);
}

TEST(Limiter, ARetryAfterOfNothingOrAnAgeIsBounded) {
    Limiter impatient{BudgetGroup::reports};
    impatient.throttled(start, Ticks{0}, 0.0);
    EXPECT_EQ(impatient.may_start(start), start + 1s);
    Limiter patient{BudgetGroup::reports};
    patient.throttled(start, Ticks{100h}, 0.0);
    EXPECT_EQ(patient.may_start(start), start + 1h);
}

TEST(Limiter, WithoutRetryAfterThePauseDoublesUpToAMinute) {
    Limiter limiter{BudgetGroup::reports};
    SteadyInstant now = start;
    for (const auto pause : {2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        limiter.throttled(now, std::nullopt, 0.0);
        EXPECT_EQ(limiter.may_start(now), now + pause);
        now = limiter.may_start(now);
    }
}

TEST(Limiter, JitterLengthensThePauseByAQuarterAtMost) {
    Limiter limiter{BudgetGroup::reports};
    limiter.throttled(start, std::nullopt, 1.0);
    EXPECT_EQ(limiter.may_start(start), start + 2500ms);
}

TEST(Limiter, ASuccessEndsTheDoubling) {
    Limiter limiter{BudgetGroup::reports};
    limiter.throttled(start, std::nullopt, 0.0);
    limiter.throttled(start + 10s, std::nullopt, 0.0);
    limiter.succeeded();
    limiter.throttled(start + 100s, std::nullopt, 0.0);
    EXPECT_EQ(limiter.may_start(start + 100s), start + 102s);
}

TEST(Limiter, RefusalsOfOneBurstDoNotDouble) {
    Limiter limiter{BudgetGroup::reports};
    for (int i = 0; i < 5; ++i)
        limiter.throttled(start, std::nullopt, 0.0);
    EXPECT_EQ(limiter.may_start(start), start + 2s);
}

TEST(Limiter, AShorterRetryAfterNeverShortensAPause) {
    Limiter limiter{BudgetGroup::reports};
    limiter.throttled(start, Ticks{30s}, 0.0);
    limiter.throttled(start + 1s, Ticks{2s}, 0.0);
    EXPECT_EQ(limiter.may_start(start + 1s), start + 30s);
}

TEST(Limiter, IdentityProtectionPausesFiveSecondsAtLeast) {
    Limiter limiter{BudgetGroup::identity_protection};
    limiter.throttled(start, std::nullopt, 0.0);
    EXPECT_EQ(limiter.may_start(start), start + 5s);
    limiter.throttled(start + 5s, Ticks{1s}, 0.0);
    EXPECT_EQ(limiter.may_start(start + 5s), start + 10s);
}

}  // namespace
}  // namespace entrawatch::graph
