#include "daemon/pruning.hpp"

#include <gtest/gtest.h>

#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;

TEST(Pruning, KeepsAsLongAsTheSettingsSay) {
    TenantSettings tenant;
    tenant.retention = hours{24 * 400};
    tenant.feeds[FeedId::sign_ins_interactive].retention = hours{24 * 30};
    const auto since = kept_since(tenant, noon);
    EXPECT_EQ(since.at(FeedId::directory_audits), noon - hours{24 * 400});
    EXPECT_EQ(since.at(FeedId::sign_ins_interactive), noon - hours{24 * 30});
    EXPECT_EQ(retention_in_words(tenant), "retention 400 d; sign_ins_interactive 30 d");
}

TEST(Pruning, NeverTakesWhatAWindowStillLooksBackOn) {
    TenantSettings tenant;
    tenant.retention = hours{24};
    EXPECT_EQ(kept_since(tenant, noon).at(FeedId::directory_audits), noon - longest_look_back - hours{24});
    EXPECT_EQ(needed_since(noon).at(FeedId::directory_audits), noon - longest_look_back - hours{24});
}

TEST(Pruning, LeavesFeedsAloneThatListHowThingsStand) {
    const auto since = kept_since({}, noon);
    for (const Feed& feed : all_feeds())
        EXPECT_EQ(since.contains(feed.id), feed.id != FeedId::posture && !is_snapshot(feed)) << feed.name;
}

}  // namespace
}  // namespace entrawatch
