// Noise is the same for the same seed, covers every feed, comes as late as published, and changes afterwards
// as the real feeds do.
#include "tests/simulator/noise.hpp"
#include "core/base/percent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/lateness.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string text_of_ledger(std::uint64_t seed, double lateness) {
    Tenant tenant{1};
    Noise{seed, lateness}.fill(tenant, {noon(), noon() + hours{1}}, 5);
    std::string text;
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{24})) {
        text += entry.id + " " + entry.sha256 + " " + to_iso(entry.visible_from) + "\n";
    }
    return text;
}

TEST(Noise, IsTheSameForTheSameSeed) {
    EXPECT_EQ(text_of_ledger(9, 1.0), text_of_ledger(9, 1.0));
    EXPECT_NE(text_of_ledger(9, 1.0), text_of_ledger(10, 1.0));
    EXPECT_NE(text_of_ledger(9, 1.0), text_of_ledger(9, 0.1));
}

TEST(Noise, KeepsTheRateAndCoversEveryFeed) {
    Tenant tenant{1};
    Noise{2, 1.0}.fill(tenant, {noon(), noon() + hours{4}}, 5);
    std::map<FeedId, int> counts;
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{24})) {
        ++counts[entry.feed];
        EXPECT_GE(entry.event_time, noon());
        EXPECT_LT(entry.event_time, noon() + hours{4} + seconds{6});
        EXPECT_GT(entry.visible_from, entry.event_time);
    }
    EXPECT_EQ(counts.size(), 8U);
    EXPECT_NEAR(static_cast<double>(tenant.size()), 1200, 240);
    EXPECT_GT(counts[FeedId::sign_ins_non_interactive], counts[FeedId::sign_ins_interactive]);
}

TEST(Noise, NeverTouchesTheEmergencyAccount) {
    Tenant tenant{1};
    tenant.options().enforce_limits = false;
    Noise{3, 0.1}.fill(tenant, {noon(), noon() + hours{3}}, 5);
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{24})) {
        const std::string& json = tenant.find(entry.feed, entry.id)->revisions.back().json;
        EXPECT_EQ(json.find(cast().emergency.id), std::string::npos);
    }
}

TEST(Noise, RevisesRiskDetectionsAndSomeSignIns) {
    Tenant tenant{1};
    Noise{4, 1.0}.fill(tenant, {noon(), noon() + hours{8}}, 5);
    std::map<FeedId, int> revised;
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{48})) {
        const Record& record = *tenant.find(entry.feed, entry.id);
        if (record.revisions.size() < 2) continue;
        ++revised[entry.feed];
        EXPECT_NE(record.revisions.front().json, record.revisions.back().json);
        EXPECT_LT(record.revisions.front().visible_from, record.revisions.back().visible_from);
    }
    EXPECT_GT(revised[FeedId::risk_detections], 10);
    EXPECT_GT(revised[FeedId::service_principal_risk_detections], 5);
    EXPECT_GT(revised[FeedId::sign_ins_interactive], 10);
    EXPECT_EQ(revised[FeedId::directory_audits], 0);
}

TEST(Noise, FindsRevisedRiskByItsUpdateTime) {
    Tenant tenant{1};
    tenant.options().token_life = hours{72};
    tenant.options().enforce_limits = false;
    Noise{4, 1.0}.fill(tenant, {noon(), noon() + hours{5}}, 5);
    Asker asker{tenant};
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{48})) {
        if (entry.feed != FeedId::risk_detections) continue;
        const Record& record = *tenant.find(entry.feed, entry.id);
        const Instant changed = record.revisions.back().visible_from;
        const std::string filter = "lastUpdatedDateTime ge " + to_iso(changed - Ticks{1}) +
                                   " and lastUpdatedDateTime le " + to_iso(changed);
        EXPECT_THAT(ids_of(asker.page(risk_path + "?$filter=" + percent_encoded(filter), changed)),
                    testing::Contains(entry.id));
    }
}

TEST(Lateness, FollowsThePublishedCurve) {
    Dice dice{8};
    int within_two = 0;
    int within_five = 0;
    Ticks latest{0};
    for (int i = 0; i < 10000; ++i) {
        const Ticks late = draw_lateness(dice, 1.0);
        within_two += late <= minutes{2} ? 1 : 0;
        within_five += late <= minutes{5} ? 1 : 0;
        latest = std::max(latest, late);
        ASSERT_GE(late, Ticks{seconds{5}});
    }
    EXPECT_NEAR(within_two, 9500, 100);
    EXPECT_NEAR(within_five, 9900, 50);
    EXPECT_GT(latest, Ticks{minutes{60}});
    EXPECT_LE(latest, Ticks{hours{2}});
}

TEST(Lateness, IsScaledAsAWhole) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Dice one{seed};
        Dice tenth{seed};
        EXPECT_EQ(draw_lateness(tenth, 0.1), scaled(draw_lateness(one, 1.0), 0.1));
    }
}

TEST(Dice, MakesGuidsOfVersionFour) {
    Dice dice{1};
    for (int i = 0; i < 100; ++i)
        EXPECT_THAT(dice.guid(), testing::MatchesRegex(
                                     "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

}  // namespace
}  // namespace entrawatch::simulator
