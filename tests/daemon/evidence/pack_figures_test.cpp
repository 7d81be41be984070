#include "daemon/evidence/pack_figures.hpp"

#include <gtest/gtest.h>

namespace entrawatch::test {
namespace {

TEST(Durations, PercentilesAreNeverTooSmallAndAtMostASixteenthTooLarge) {
    Durations durations;
    for (int i = 1; i <= 1000; ++i)
        durations.add(std::chrono::milliseconds{i});
    for (const double share : {0.01, 0.5, 0.95, 0.99}) {
        const Ticks exact = std::chrono::milliseconds{static_cast<int>(share * 1000)};
        EXPECT_GE(durations.percentile(share), exact) << share;
        EXPECT_LE(durations.percentile(share), exact * 17 / 16) << share;
    }
    EXPECT_EQ(durations.percentile(1), Ticks{std::chrono::seconds{1}});
    EXPECT_EQ(durations.longest(), Ticks{std::chrono::seconds{1}});
    EXPECT_EQ(durations.count(), 1000);
}

TEST(Durations, SmallOnesAreExactAndNegativeOnesZero) {
    Durations durations;
    EXPECT_EQ(durations.percentile(0.5), Ticks{0});
    durations.add(Ticks{-5});
    EXPECT_EQ(durations.percentile(0.5), Ticks{0});
    durations.add(Ticks{31});
    EXPECT_EQ(durations.percentile(1), Ticks{31});
    durations.add(Ticks::max());
    EXPECT_EQ(durations.percentile(1), Ticks::max());
}

}  // namespace
}  // namespace entrawatch::test
