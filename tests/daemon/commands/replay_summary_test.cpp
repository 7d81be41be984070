#include "daemon/commands/replay_summary.hpp"

#include <gmock/gmock.h>

#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

AlertRow replayed(std::string rule, Instant when, Severity severity, std::int64_t count = 1) {
    AlertRow alert = sample_alert("alrt_" + rule);
    alert.rule_name = std::move(rule);
    alert.severity = severity;
    alert.first_event_at = alert.last_event_at = when;
    alert.count = count;
    alert.unsilenceable = false;
    alert.data = R"({"actor":{"kind":"user","name":"ada"}})";
    return alert;
}

TEST(ReplaySummary, CountsByRuleDayAndActorTheMostFrequentFirst) {
    const std::vector<AlertRow> alerts{replayed("a", ten, Severity::low),
                                       replayed("b", ten, Severity::medium, 3),
                                       replayed("b", noon + std::chrono::hours{24}, Severity::critical, 4)};
    const auto rules = summarize_replay({alerts, {}, {}, noon});
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules[0].rule, "b");
    EXPECT_EQ(rules[0].alerts, 2);
    EXPECT_EQ(rules[0].events, 7);
    EXPECT_EQ(rules[0].severity, Severity::critical);
    EXPECT_EQ(rules[0].first, ten);
    EXPECT_EQ(rules[0].last, noon + std::chrono::hours{24});
    EXPECT_THAT(rules[0].per_day, ElementsAre(Pair("2026-11-22", 1), Pair("2026-11-23", 1)));
    EXPECT_THAT(rules[0].actors, ElementsAre(Pair("ada", 2)));
}

TEST(ReplaySummary, CountsWhatAMuteWouldHideFromEverybody) {
    MuteRow mute = sample_mute("mute_1", "");
    mute.severity_at_most = Severity::medium;
    const std::vector<MuteRow> mutes{mute};
    const std::vector<std::string> destinations{"soc"};
    const std::vector<AlertRow> alerts{replayed("a", ten, Severity::low), replayed("a", ten, Severity::high)};
    EXPECT_EQ(summarize_replay({alerts, mutes, destinations, ten}).front().muted, 1);
    EXPECT_EQ(summarize_replay({alerts, {}, destinations, ten}).front().muted, 0);
    EXPECT_EQ(summarize_replay({alerts, mutes, {}, ten}).front().muted, 0)
        << "nobody would have heard anyway";
}

TEST(ReplaySummary, ToleratesAlertsWithoutAnActor) {
    AlertRow alert = replayed("a", ten, Severity::low);
    alert.data = "no JSON";
    EXPECT_THAT(summarize_replay({std::span{&alert, 1}, {}, {}, ten}).front().actors,
                ElementsAre(Pair("unknown", 1)));
}

TEST(MostFrequent, NamesTheFirstAndCountsTheRest) {
    EXPECT_EQ(most_frequent({{"a", 1}, {"b", 3}, {"c", 2}}, 2), "b (3), c (2) and 1 more");
    EXPECT_EQ(most_frequent({{"a", 1}}, 2), "a (1)");
    EXPECT_EQ(most_frequent({}, 2), "");
}

}  // namespace
}  // namespace entrawatch::test
