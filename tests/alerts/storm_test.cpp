#include "alerts/storm.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "tests/alerts/alert_story.hpp"

namespace entrawatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Storm, TellsOfCountsAtTwoTenAHundredAndSoOn) {
    std::vector<std::int64_t> told_at;
    std::int64_t told = 1;
    for (std::int64_t count = 2; count <= 20'000; ++count) {
        if (!count_is_due(told, count)) continue;
        told = count;
        told_at.push_back(count);
    }
    EXPECT_EQ(told_at, (std::vector<std::int64_t>{2, 10, 100, 1000, 10'000}));
}

TEST(Storm, TellsOfACountThatWasPassedInOneStep) {
    EXPECT_TRUE(count_is_due(3, 12));
    EXPECT_FALSE(count_is_due(12, 99));
    EXPECT_FALSE(count_is_due(10, 10));
    EXPECT_TRUE(count_is_due(0, 2));
    EXPECT_FALSE(count_is_due(1, 1));
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(count_is_due(5, most));
    EXPECT_FALSE(count_is_due(most, most));
}

TEST(Storm, SaysInTheAlertThatItIsToldForItsCount) {
    const AlertStory story;
    AlertRow alert = open_alert(story.input());
    EXPECT_EQ(alert.told_count, 1);
    alert.count = 10;
    alert = count_told(alert, ten);
    EXPECT_EQ(alert.told_count, 10);
    EXPECT_EQ(alert.told_at, ten);
    EXPECT_NE(alert.data.find(R"("update":"count")"), std::string::npos);
}

TEST(Storm, TakesRowsOfOneActForNoRepeat) {
    AlertStory story;
    const AlertRow opened = open_alert(story.input());
    story.event.id = "Directory_0002";  // of the same correlation id
    const AlertRow same_act = counted_alert(opened, story.input(), false);
    EXPECT_EQ(same_act.count, 2);
    EXPECT_EQ(same_act.told_count, 2) << "there is nothing more to tell";
    story.event.id = "Directory_0003";
    story.event.correlation_id = "c0ffee00-0000-4000-8000-000000000009";
    const AlertRow repeated = counted_alert(same_act, story.input(), false);
    EXPECT_EQ(repeated.count, 3);
    EXPECT_EQ(repeated.told_count, 2);
    story.event.id = "Directory_0004";
    EXPECT_EQ(counted_alert(repeated, story.input(), false).told_count, 2)
        << "a count that is still to be told is not swallowed";
    story.event.correlation_id.clear();
    Rule other = story.rule;
    other.id = "6a1d3f0e-0000-4000-8000-000000000002";
    story.finding.lead.rule = &other;
    EXPECT_EQ(counted_alert(opened, story.input(), false).told_count, 2)
        << "another rule that tells of the same act";
}

TEST(Storm, GivesMachinesNoBudgetAndPeoplesChannelsTheirs) {
    for (const auto type : {DestinationType::webhook, DestinationType::file, DestinationType::splunk_hec,
                            DestinationType::syslog, DestinationType::sentinel})
        EXPECT_FALSE(is_limited(budget_of(type)));
    for (const auto type : {DestinationType::slack, DestinationType::teams, DestinationType::discord,
                            DestinationType::mattermost, DestinationType::pagerduty})
        EXPECT_TRUE(is_limited(budget_of(type)));
    EXPECT_EQ(allowance(budget_of(DestinationType::webhook), {}, ten), std::numeric_limits<int>::max());
    EXPECT_EQ(allowance(budget_of(DestinationType::slack), {}, ten), 5);
}

TEST(Storm, NeverLetsMorePassThanALimitWithinItsSpan) {
    std::mt19937 dice{7};
    for (const auto type : {DestinationType::slack, DestinationType::teams, DestinationType::discord,
                            DestinationType::pagerduty}) {
        const Budget budget = budget_of(type);
        SentTimes sent;
        std::vector<Instant> all;
        Instant now = ten;
        for (int step = 0; step < 4000; ++step) {
            now += milliseconds{dice() % 400};
            if (allowance(budget, sent, now) == 0) {
                const Instant next = next_allowance(budget, sent, now);
                ASSERT_GT(next, now);
                EXPECT_EQ(allowance(budget, sent, next - Ticks{1}), 0);
                EXPECT_GT(allowance(budget, sent, next), 0);
                continue;
            }
            EXPECT_EQ(next_allowance(budget, sent, now), now);
            note_sent(sent, budget, now);
            all.push_back(now);
        }
        EXPECT_LE(sent.size(), 100U) << "what no limit looks back to is forgotten";
        for (const BudgetLimit& limit : budget.limits) {
            if (limit.messages == 0) continue;
            for (std::size_t i = static_cast<std::size_t>(limit.messages); i < all.size(); ++i)
                ASSERT_GE(all[i] - all[i - static_cast<std::size_t>(limit.messages)], limit.span);
        }
    }
}

TEST(Storm, SurvivesAClockThatIsSetBack) {
    const Budget budget = budget_of(DestinationType::slack);
    SentTimes sent;
    note_sent(sent, budget, ten);
    note_sent(sent, budget, ten - minutes{10});
    EXPECT_EQ(sent.size(), 2U);
    EXPECT_EQ(allowance(budget, sent, ten), 3);
}

TEST(Storm, ChoosesWhatAWorkerDoesNext) {
    EXPECT_EQ(turn({3, 0, 3}, 5, {}, ten), Turn::send) << "there is room for all";
    EXPECT_EQ(turn({9, 2, 7}, 0, {}, ten), Turn::send_critical_first) << "they wait for no budget";
    EXPECT_EQ(turn({9, 0, 9}, 0, {}, ten), Turn::wait);
    EXPECT_EQ(turn({9, 0, 9}, 1, {}, ten), Turn::fold);
    EXPECT_EQ(turn({9, 0, 4}, 1, {}, ten), Turn::send) << "too few for a digest";
    EXPECT_EQ(turn({9, 0, 9}, 1, ten - seconds{14}, ten), Turn::send) << "a digest was sent just now";
    EXPECT_EQ(turn({9, 0, 9}, 1, ten - seconds{15}, ten), Turn::fold);
    EXPECT_EQ(turn({0, 0, 0}, 0, {}, ten), Turn::send) << "there is nothing to wait for";
}

}  // namespace
}  // namespace entrawatch
