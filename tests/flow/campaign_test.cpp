// The short form of the campaign (`make campaign`): a few of Graph's odd ways at once, and a daemon that is
// killed meanwhile.
#include <gtest/gtest.h>

#include "tests/simulator/campaign/campaign.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::flow {
namespace {

using namespace simulator;

TEST(Campaign, LosesNothingTellsNothingTwiceAndCallsNothingCompleteThatIsNot) {
    const test::TempFolder folder;
    CampaignSettings settings;
    settings.estate = {std::filesystem::path{ENTRAWATCH_BINARY_DIR} / "entrawatch",
                       folder.path() / "campaign",
                       {},
                       "    poll_interval: 5s\n    backfill: 2h\n"};
    for (const char* name : {"late-rows", "odd-pages", "repeats", "server-errors"})
        settings.behaviours.push_back(find_behaviour(name));
    settings.seeds = 1;
    settings.first_seed = 4;
    settings.live = std::chrono::seconds{12};
    settings.history = std::chrono::hours{1};
    settings.history_per_minute = 2;
    settings.troubles.kills = 2;
    settings.troubles.locks = true;
    const auto report = test::must(run_campaign(settings, [](const std::string&) {}));
    EXPECT_TRUE(report.clean()) << table_of(report);
    EXPECT_EQ(report.rows.size(), 4U);
    EXPECT_EQ(report.troubles.kills, 2);
    for (const CampaignRow& row : report.rows) {
        EXPECT_GT(row.score.events_expected, 60) << row.behaviour->name;
        EXPECT_GT(row.score.windows, 12) << row.behaviour->name;
        EXPECT_EQ(row.score.alerts_expected, 4) << row.behaviour->name;
    }
}

}  // namespace
}  // namespace entrawatch::flow
