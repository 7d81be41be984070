#include "alerts/retry_policy.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant created = *parse_iso("2026-11-22T10:00:00Z");

RetryInput failed(int failures, Ticks age, double dice = 0.0) {
    return {Verdict::transient, failures, created, created + age, std::nullopt, dice};
}

std::optional<Ticks> delay_of(const RetryInput& input) {
    const auto at = next_attempt(input);
    return at ? std::optional{*at - input.now} : std::nullopt;
}

TEST(RetryPolicy, DoublesFromTwoSecondsUpToTheCap) {
    // With the dice at 0 half of each delay is left.
    const std::vector<Ticks> delays{seconds{1},   seconds{2},   seconds{4},  seconds{8},
                                    seconds{16},  seconds{32},  seconds{64}, seconds{128},
                                    seconds{256}, seconds{450}, seconds{450}};
    for (std::size_t i = 0; i < delays.size(); ++i)
        EXPECT_EQ(delay_of(failed(static_cast<int>(i) + 1, minutes{1})), delays[i]) << i;
}

TEST(RetryPolicy, SlowsToAnHourAfterTheFirstDay) {
    EXPECT_EQ(delay_of(failed(40, hours{24} - seconds{1})), seconds{450});
    EXPECT_EQ(delay_of(failed(40, hours{24})), minutes{30});
    EXPECT_EQ(delay_of(failed(1'000'000'000, hours{48})), minutes{30});
}

TEST(RetryPolicy, SpreadsBetweenHalfAndTheWholeDelay) {
    EXPECT_EQ(delay_of(failed(2, seconds{5}, 0.0)), seconds{2});
    EXPECT_EQ(delay_of(failed(2, seconds{5}, 0.5)), seconds{3});
    EXPECT_EQ(delay_of(failed(2, seconds{5}, 7.0)), seconds{4})
        << "dice that are off the table count as the most";
}

TEST(RetryPolicy, WaitsAtLeastAsLongAsTheReceiverAsks) {
    RetryInput input = failed(1, seconds{1});
    input.verdict = Verdict::throttled;
    input.retry_after = minutes{20};
    EXPECT_EQ(delay_of(input), minutes{20});
    input.retry_after = Ticks{0};
    EXPECT_EQ(delay_of(input), seconds{1}) << "zero seconds are no wish";
}

TEST(RetryPolicy, TakesAThrottledFirstAttemptThatDoesNotCount) {
    RetryInput input = failed(0, seconds{1});
    input.verdict = Verdict::throttled;
    EXPECT_EQ(delay_of(input), seconds{1});
}

TEST(RetryPolicy, TriesSlowlyWhatAnOperatorMustMend) {
    for (const Verdict verdict : {Verdict::misconfigured, Verdict::too_large}) {
        RetryInput input = failed(1, seconds{1}, 1.0);
        input.verdict = verdict;
        EXPECT_EQ(delay_of(input), minutes{5});
        input.failures = 2;
        EXPECT_EQ(delay_of(input), minutes{30});
        input.failures = 9;
        EXPECT_EQ(delay_of(input), hours{2});
    }
    RetryInput gone = failed(1, seconds{1}, 1.0);
    gone.verdict = Verdict::gone;
    EXPECT_EQ(delay_of(gone), hours{1}) << "held, not discarded";
}

TEST(RetryPolicy, MakesADeadLetterAtTheHorizon) {
    EXPECT_EQ(next_attempt(failed(50, delivery_horizon)), std::nullopt);
    EXPECT_EQ(next_attempt(failed(50, delivery_horizon + hours{1})), std::nullopt);
    EXPECT_EQ(next_attempt(failed(50, delivery_horizon - seconds{1})), created + delivery_horizon)
        << "one last try";
    RetryInput asked = failed(50, delivery_horizon - minutes{10});
    asked.retry_after = minutes{11};
    EXPECT_EQ(next_attempt(asked), std::nullopt) << "the receiver must not be tried before it allows";
}

TEST(RetryPolicy, HasNothingToRetryWhenDelivered) {
    RetryInput input = failed(1, seconds{1});
    input.verdict = Verdict::delivered;
    EXPECT_EQ(next_attempt(input), std::nullopt);
}

TEST(RetryPolicy, TreatsADeliveryFromTheFutureAsNew) {
    EXPECT_EQ(delay_of(failed(40, -hours{100})), seconds{450});
}

TEST(RetryPolicy, KeepsItsPromisesForAnyInput) {
    std::mt19937 random{20261122};  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same run every time
    const auto pick = [&](std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>{from, to}(random);
    };
    constexpr std::array verdicts{Verdict::throttled, Verdict::transient, Verdict::misconfigured,
                                  Verdict::too_large, Verdict::gone};
    int tried = 0;
    for (int i = 0; i < 20'000; ++i) {
        RetryInput input = failed(static_cast<int>(pick(0, 5000)), seconds{pick(-1000, 8L * 24 * 3600)});
        input.verdict = verdicts.at(static_cast<std::size_t>(pick(0, 4)));
        input.dice = static_cast<double>(pick(0, 999'999)) / 1e6;
        if (pick(0, 1) == 1) input.retry_after = seconds{pick(0, 3600)};
        const auto at = next_attempt(input);
        if (!at) {
            EXPECT_GE(input.now + input.retry_after.value_or(Ticks{0}), created + delivery_horizon);
            continue;
        }
        ++tried;
        EXPECT_GT(*at, input.now);
        EXPECT_GE(*at, input.now + input.retry_after.value_or(Ticks{0}));
        EXPECT_LE(*at, std::max(created, input.now) + delivery_horizon);
        EXPECT_LE(*at - input.now, hours{2});
    }
    EXPECT_GT(tried, 10'000);
}

}  // namespace
}  // namespace entrawatch
