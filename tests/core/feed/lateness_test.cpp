#include "core/feed/lateness.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Lateness, HasBucketsThatGrowWithoutGaps) {
    for (std::size_t bucket = 0; bucket + 1 < lateness_buckets; ++bucket) {
        const Ticks bound = lateness_bound(bucket);
        EXPECT_EQ(lateness_bucket(bound - Ticks{1}), bucket);
        EXPECT_EQ(lateness_bucket(bound), bucket + 1);
        const bool next_is_open = bucket + 2 == lateness_buckets;
        EXPECT_TRUE(next_is_open || lateness_bound(bucket + 1) <= bound + bound / 2) << "by half at most";
    }
    EXPECT_EQ(lateness_bound(0), Ticks{seconds{15}});
    EXPECT_EQ(lateness_bound(4), Ticks{minutes{1}});
    EXPECT_EQ(lateness_bucket(Ticks::max()), lateness_buckets - 1);
    EXPECT_EQ(lateness_bucket(-Ticks{hours{1}}), 0U);
}

TEST(Lateness, SaysByWhenAShareOfTheRowsHadBeenSeen) {
    Lateness lateness;
    EXPECT_EQ(lateness.within(0.5), Ticks{0}) << "nothing was measured";
    for (int i = 0; i < 980; ++i)
        lateness.add(seconds{50});
    for (int i = 0; i < 19; ++i)
        lateness.add(minutes{5});
    lateness.add(hours{2});
    EXPECT_EQ(lateness.total(), 1000);
    EXPECT_EQ(lateness.within(0.5), Ticks{minutes{1}});
    EXPECT_EQ(lateness.within(0.98), Ticks{minutes{1}});
    EXPECT_EQ(lateness.within(0.99), Ticks{minutes{6}});
    EXPECT_EQ(lateness.within(0.999), Ticks{minutes{6}});
    EXPECT_EQ(lateness.within(1.0), Ticks{hours{2}}) << "never more than the worst";
    EXPECT_EQ(lateness.worst, Ticks{hours{2}});
}

TEST(Lateness, OfTwoPassesIsTheirSum) {
    Lateness one;
    one.add(seconds{20});
    Lateness other;
    other.add(seconds{20});
    other.add(hours{3});
    one += other;
    EXPECT_EQ(one.total(), 3);
    EXPECT_EQ(one.rows.at(1), 2);
    EXPECT_EQ(one.worst, Ticks{hours{3}});
}

}  // namespace
}  // namespace entrawatch
