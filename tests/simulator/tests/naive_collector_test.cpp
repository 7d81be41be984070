// The simulated tenant must be able to fail a collector: the naive one loses events against it, the
// overlapping one does not.
#include "tests/simulator/naive_collector.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/simulator/noise.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array all = {FeedId::directory_audits,          FeedId::sign_ins_interactive,
                            FeedId::sign_ins_non_interactive,  FeedId::sign_ins_service_principal,
                            FeedId::sign_ins_managed_identity, FeedId::provisioning,
                            FeedId::risk_detections,           FeedId::service_principal_risk_detections};

struct Shortfall {
    int missing = 0;   // never collected
    int outdated = 0;  // collected, but not in its newest form
};

Shortfall compare(const Tenant& tenant, const Collected& collected, Instant now) {
    Shortfall shortfall;
    for (const LedgerEntry& entry : tenant.ledger(now)) {
        const auto found = collected.find({entry.feed, entry.id});
        if (found == collected.end()) {
            ++shortfall.missing;
        } else if (found->second != entry.sha256) {
            ++shortfall.outdated;
        }
    }
    return shortfall;
}

class CollectorTest : public testing::Test {
  protected:
    CollectorTest() {
        tenant_.options().enforce_limits = false;  // simulated minutes pass at once
        Noise{42, 1.0}.fill(tenant_, {noon(), noon() + hours{2}}, 6);
    }
    // Calls poll(feed, now) for every feed at each step, until the latest row has been visible for a while.
    template <class Poll>
    void run(Ticks step, Poll poll) {
        for (Instant now = noon(); now <= end_; now += step) {
            for (const FeedId feed : all)
                ASSERT_TRUE(poll(feed, now)) << to_iso(now);
        }
    }

    Tenant tenant_{42};
    const Instant end_ = noon() + hours{5};
};

TEST_F(CollectorTest, NaiveCursorLosesEvents) {
    NaiveCollector collector{tenant_};
    run(minutes{1}, [&](FeedId feed, Instant now) { return collector.poll(feed, now); });
    const Shortfall shortfall = compare(tenant_, collector.collected(), end_);
    EXPECT_GT(tenant_.ledger(end_).size(), 500U);
    EXPECT_GT(shortfall.missing, 20);
    EXPECT_GT(shortfall.outdated, 5);
}

TEST_F(CollectorTest, OverlappingWindowsLoseNothing) {
    OverlappingCollector collector{tenant_};
    run(minutes{5}, [&](FeedId feed, Instant now) {
        const bool warm = now.time_since_epoch() % minutes{15} == Ticks{0};
        return collector.poll(feed, warm ? Ticks{minutes{135}} : Ticks{minutes{20}}, now);
    });
    const Shortfall shortfall = compare(tenant_, collector.collected(), end_);
    EXPECT_EQ(shortfall.missing, 0);
    EXPECT_EQ(shortfall.outdated, 0);
    EXPECT_EQ(collector.collected().size(), tenant_.ledger(end_).size());
}

TEST_F(CollectorTest, OverlappingWindowsLoseNothingOnEmptyAndShortPages) {
    tenant_.options().empty_pages = true;
    tenant_.options().shrink_pages = true;
    OverlappingCollector collector{tenant_};
    run(minutes{30}, [&](FeedId feed, Instant now) { return collector.poll(feed, minutes{180}, now); });
    EXPECT_EQ(compare(tenant_, collector.collected(), end_).missing, 0);
}

}  // namespace
}  // namespace entrawatch::simulator
