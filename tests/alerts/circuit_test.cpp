#include "alerts/circuit.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = *parse_iso("2026-11-22T10:00:00Z");

Circuit failing(Circuit circuit, int times, Instant at) {
    for (int i = 0; i < times; ++i)
        circuit = after(circuit, Verdict::transient, std::nullopt, at);
    return circuit;
}

TEST(Circuit, LetsANewDestinationBeTriedAtOnce) {
    EXPECT_LE(may_try_at({}, start), start);
}

TEST(Circuit, OpensAfterFiveFailuresInARowAndNotBefore) {
    const Circuit four = failing({}, 4, start);
    EXPECT_FALSE(four.open);
    EXPECT_LE(may_try_at(four, start), start);
    const Circuit five = failing(four, 1, start);
    EXPECT_TRUE(five.open);
    EXPECT_EQ(may_try_at(five, start), start + seconds{15});
}

TEST(Circuit, StartsCountingAnewAfterAnyOtherAnswer) {
    for (const Verdict verdict :
         {Verdict::delivered, Verdict::misconfigured, Verdict::too_large, Verdict::throttled}) {
        Circuit circuit = after(failing({}, 4, start), verdict, std::nullopt, start);
        EXPECT_EQ(circuit.failures_in_a_row, 0) << name_of(verdict);
        EXPECT_FALSE(failing(circuit, 4, start).open);
    }
}

TEST(Circuit, ProbesEverLessOftenUpToFiveMinutes) {
    Circuit circuit = failing({}, 5, start);
    Instant now = start;
    for (const Ticks delay : {Ticks{seconds{30}}, Ticks{minutes{1}}, Ticks{minutes{2}}, Ticks{minutes{4}},
                              Ticks{minutes{5}}, Ticks{minutes{5}}}) {
        now = may_try_at(circuit, now);
        circuit = failing(circuit, 1, now);
        EXPECT_EQ(may_try_at(circuit, now) - now, delay);
    }
}

TEST(Circuit, DoesNotTakeAnAttemptUnderWayWhenItOpenedForAProbe) {
    const Circuit open = failing({}, 5, start);
    const Circuit still = failing(open, 1, start + seconds{10});
    EXPECT_EQ(may_try_at(still, start), start + seconds{15});
    EXPECT_EQ(still.probe_delay, seconds{15});
}

TEST(Circuit, ClosesWithASuccessfulProbe) {
    const Circuit open = failing({}, 5, start);
    const Circuit closed = after(open, Verdict::delivered, std::nullopt, start + seconds{15});
    EXPECT_FALSE(closed.open);
    EXPECT_LE(may_try_at(closed, start + seconds{15}), start + seconds{15});
    EXPECT_EQ(closed.probe_delay, seconds{15});
}

TEST(Circuit, PausesForAsLongAsTheReceiverAsksAndNeverShorter) {
    Circuit circuit = after({}, Verdict::throttled, minutes{10}, start);
    EXPECT_EQ(may_try_at(circuit, start), start + minutes{10});
    circuit = after(circuit, Verdict::throttled, seconds{1}, start + seconds{5});
    EXPECT_EQ(may_try_at(circuit, start), start + minutes{10});
    // An answer to an earlier attempt that still comes in does not lift the pause.
    circuit = after(circuit, Verdict::delivered, std::nullopt, start + seconds{6});
    EXPECT_EQ(may_try_at(circuit, start), start + minutes{10});
}

TEST(Circuit, PausesShortlyWhenTheReceiverDoesNotSayForHowLong) {
    EXPECT_EQ(may_try_at(after({}, Verdict::throttled, std::nullopt, start), start), start + seconds{2});
}

TEST(Circuit, HoldsThePauseWhileItIsOpen) {
    Circuit circuit = failing({}, 4, start);
    circuit = after(circuit, Verdict::transient, minutes{3}, start);
    EXPECT_TRUE(circuit.open);
    EXPECT_EQ(may_try_at(circuit, start), start + minutes{3});
}

TEST(Circuit, StaysOpenForGoodWhenTheReceiverIsGone) {
    Circuit circuit = after({}, Verdict::gone, std::nullopt, start);
    EXPECT_EQ(may_try_at(circuit, start), Instant::max());
    circuit = failing(circuit, 10, start + minutes{60});
    EXPECT_EQ(may_try_at(circuit, start + minutes{60}), Instant::max());
}

}  // namespace
}  // namespace entrawatch
