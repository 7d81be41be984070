#include "alerts/alert.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/base/text.hpp"
#include "tests/alerts/alert_story.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;

TEST(Merge, MakesOneAlertOfRulesThatTellOfOneActTheSeverestLeading) {
    Rule directory;
    Rule pim;
    Rule other;
    directory.act = pim.act = "role-assigned";
    other.act = "credential-added";
    const auto merged = merge({AlertStory::a_finding(directory, Severity::high, "x"),
                               AlertStory::a_finding(other, Severity::low, "x"),
                               AlertStory::a_finding(pim, Severity::critical, "x"),
                               AlertStory::a_finding(directory, Severity::high, "y")});
    ASSERT_EQ(merged.size(), 3U);
    EXPECT_EQ(merged[0].lead.rule, &pim);
    ASSERT_EQ(merged[0].others.size(), 1U);
    EXPECT_EQ(merged[0].others[0].rule, &directory);
    EXPECT_EQ(merged[1].lead.rule, &other);
    EXPECT_EQ(merged[2].lead.subject, "y");
}

TEST(Merge, KeepsWhatAFilterSuppressesApartFromWhatIsTold) {
    Rule first;
    Rule second;
    first.act = second.act = "role-assigned";
    RuleFilter filter;
    filter.id = "f1";
    Finding suppressed = AlertStory::a_finding(first, Severity::critical, "x");
    suppressed.filter = &filter;
    const auto merged = merge({suppressed, AlertStory::a_finding(second, Severity::low, "x")});
    ASSERT_EQ(merged.size(), 2U);
    EXPECT_EQ(merged[1].lead.rule, &second) << "the other rule is told as if the first had found nothing";
    const AlertStory story;
    EXPECT_EQ(dedup_key(story.tenant, merged[0].lead),
              "suppressed|f1|" + dedup_key(story.tenant, merged[1].lead));
}

TEST(Merge, LetsTheFirstOfEquallySevereRulesLead) {
    Rule first;
    Rule second;
    first.act = second.act = "role-assigned";
    const auto merged =
        merge({AlertStory::a_finding(first, Severity::high), AlertStory::a_finding(second, Severity::high)});
    ASSERT_EQ(merged.size(), 1U);
    EXPECT_EQ(merged[0].lead.rule, &first);
    EXPECT_TRUE(merge({}).empty());
}

TEST(DedupKey, IsTenantActAndSubject) {
    const AlertStory story;
    EXPECT_EQ(dedup_key(story.tenant, story.finding.lead),
              "11111111-2222-3333-4444-555555555555|role-assigned|0b0b0b0b-0000-4000-8000-00000000000b");
}

TEST(DedupKey, EndsInAHashWhenItWouldBeTooLong) {
    AlertStory story;
    story.finding.lead.subject = std::string(300, 'x') + "1";
    const std::string one = dedup_key(story.tenant, story.finding.lead);
    story.finding.lead.subject.back() = '2';
    const std::string two = dedup_key(story.tenant, story.finding.lead);
    EXPECT_LE(one.size(), 255U);
    EXPECT_NE(one, two) << "what was cut still counts";
    for (int length = 150; length < 320; ++length) {
        story.finding.lead.subject.clear();
        for (int i = 0; i < length; i += 4)
            story.finding.lead.subject += "\U0001F511";
        const std::string key = dedup_key(story.tenant, story.finding.lead);
        EXPECT_LE(key.size(), 255U);
        EXPECT_TRUE(is_valid_utf8(key));
    }
}

TEST(DedupKey, KeepsARehearsalApartFromTheRealThing) {
    const AlertStory story;
    EXPECT_NE(dedup_key(story.tenant, story.finding.lead, true), dedup_key(story.tenant, story.finding.lead));
}

AlertRow alert_between(std::string_view first, std::string_view last, Severity severity = Severity::high) {
    AlertRow row;
    row.first_event_at = at(first);
    row.last_event_at = at(last);
    row.severity = severity;
    row.window = hours{1};
    return row;
}

TEST(Decide, FollowsItsTable) {
    const AlertRow open = alert_between("2026-11-22T10:00:00Z", "2026-11-22T12:30:00Z");
    AlertRow resolved = open;
    resolved.state = "resolved";
    AlertRow acknowledged = open;
    acknowledged.state = "acknowledged";
    struct Row {
        const char* what;
        std::optional<AlertRow> newest;
        const char* time;
        Severity severity;
        AlertDecision decision;
    };
    constexpr auto count = AlertDecision::count;
    constexpr auto raise = AlertDecision::raise;
    const std::vector<Row> rows{
        {"no alert yet", std::nullopt, "2026-11-22T10:00:00Z", Severity::low, AlertDecision::open},
        {"a repeat", open, "2026-11-22T12:40:00Z", Severity::high, count},
        {"a milder repeat", open, "2026-11-22T12:40:00Z", Severity::low, count},
        {"a severer repeat", open, "2026-11-22T12:40:00Z", Severity::critical, raise},
        {"at the end of the window", open, "2026-11-22T13:30:00Z", Severity::high, count},
        {"after the window", open, "2026-11-22T13:30:00.0000001Z", Severity::high, AlertDecision::open},
        {"a late row in the middle", open, "2026-11-22T11:00:00Z", Severity::high, count},
        {"a late row before the first", open, "2026-11-22T09:00:00Z", Severity::high, count},
        {"a late row before the window", open, "2026-11-22T08:59:59Z", Severity::critical,
         AlertDecision::open},
        {"acknowledged is not over", acknowledged, "2026-11-22T12:40:00Z", Severity::high, count},
        {"resolved is over", resolved, "2026-11-22T12:30:01Z", Severity::high, AlertDecision::open},
        {"a late row of what was resolved", resolved, "2026-11-22T11:00:00Z", Severity::high, count},
        {"a severer row of what was resolved", resolved, "2026-11-22T11:00:00Z", Severity::critical,
         AlertDecision::open},
    };
    Rule rule;
    for (const Row& row : rows)
        EXPECT_EQ(decide(AlertStory::a_finding(rule, row.severity), at(row.time), row.newest), row.decision)
            << row.what;
}

TEST(OpenAlert, HoldsWhatTheStoreNeeds) {
    const AlertStory story;
    const AlertRow alert = open_alert(story.input());
    EXPECT_EQ(alert.id, story.input().alert_id);
    EXPECT_EQ(alert.dedup_key, story.input().key);
    EXPECT_EQ(alert.rule_name, "pim/role-assigned-outside-pim");
    EXPECT_EQ(alert.severity, Severity::critical);
    EXPECT_EQ(alert.state, "open");
    EXPECT_EQ(alert.count, 1);
    EXPECT_EQ(alert.first_event_at, story.event.time);
    EXPECT_EQ(alert.last_event_at, story.event.time);
    EXPECT_EQ(alert.opened_at, story.now);
    EXPECT_EQ(alert.window, hours{24});
    EXPECT_FALSE(alert.test);
}

TEST(CountedAlert, MovesCountAndTimesAndListsTheEvent) {
    AlertStory story;
    AlertRow alert = open_alert(story.input());
    const Instant first = story.event.time;
    story.event.id = "Directory_0002";
    story.event.time = first + seconds{30};
    alert = counted_alert(alert, story.input(), false);
    story.event.id = "Directory_0000";
    story.event.time = first - seconds{30};
    alert = counted_alert(alert, story.input(), false);
    EXPECT_EQ(alert.count, 3);
    EXPECT_EQ(alert.first_event_at, first - seconds{30});
    EXPECT_EQ(alert.last_event_at, first + seconds{30});
    const json data = json::parse(alert.data);
    EXPECT_EQ(data["count"], 3);
    EXPECT_EQ(data["first_event_at"], to_iso(first - seconds{30}));
    EXPECT_EQ(data["last_event_at"], to_iso(first + seconds{30}));
    std::vector<std::string> ids;
    for (const json& event : data["events"])
        ids.push_back(event["id"]);
    EXPECT_THAT(ids, ElementsAre("Directory_0001", "Directory_0002", "Directory_0000"));
}

TEST(CountedAlert, ListsTwentyEventsAndCountsTheRest) {
    AlertStory story;
    AlertRow alert = open_alert(story.input());
    for (int i = 2; i <= 50; ++i) {
        story.event.id = "Directory_" + std::to_string(i);
        alert = counted_alert(alert, story.input(), false);
    }
    const json data = json::parse(alert.data);
    EXPECT_EQ(data["count"], 50);
    EXPECT_EQ(data["events"].size(), 20U);
}

TEST(CountedAlert, ListsARevisedEventOnce) {
    AlertStory story;
    AlertRow alert = open_alert(story.input());
    alert = counted_alert(alert, story.input(), false);
    EXPECT_EQ(json::parse(alert.data)["events"].size(), 1U);
}

TEST(CountedAlert, TakesAnEchoForNoRepeat) {
    AlertStory story;
    AlertRow alert = open_alert(story.input());
    story.event.id = "PIM_1";
    story.event.correlation_id = "c0ffee00-0000-4000-8000-000000000002";
    EXPECT_EQ(counted_alert(alert, story.input(), false).told_count, 1) << "this one is a repeat";
    story.event.echo = true;
    alert = counted_alert(alert, story.input(), false);
    EXPECT_EQ(alert.count, 2);
    EXPECT_EQ(alert.told_count, 2);
}

TEST(CountedAlert, RemembersAMilderRuleThatTellsOfTheSameAct) {
    AlertStory story;
    AlertRow alert = open_alert(story.input());
    Rule echo = story.rule;
    echo.id = "6a1d3f0e-0000-4000-8000-000000000002";
    echo.name = "pim/echo";
    story.finding.lead = AlertStory::a_finding(echo, Severity::low);
    alert = counted_alert(alert, story.input(), false);
    alert = counted_alert(alert, story.input(), false);
    const json data = json::parse(alert.data);
    EXPECT_EQ(data["rule"]["name"], "pim/role-assigned-outside-pim");
    EXPECT_EQ(alert.severity, Severity::critical);
    ASSERT_EQ(data["context"]["also"].size(), 1U);
    EXPECT_EQ(data["context"]["also"][0]["name"], "pim/echo");
}

TEST(CountedAlert, TellsTheSevererStoryWhenItIsRaised) {
    AlertStory story;
    Rule mild = story.rule;
    mild.id = "6a1d3f0e-0000-4000-8000-000000000003";
    mild.name = "pim/mild";
    const Finding severe = story.finding.lead;
    story.finding.lead = AlertStory::a_finding(mild, Severity::medium);
    AlertRow alert = open_alert(story.input());
    const std::string id = alert.id;
    const std::string opened = json::parse(alert.data)["detected_at"];

    story.finding.lead = severe;
    story.event.id = "Directory_0002";
    story.event.actor.name = "another-bot";
    story.now += hours{1};
    alert = counted_alert(alert, story.input(), true);

    const json data = json::parse(alert.data);
    EXPECT_EQ(alert.id, id);
    EXPECT_EQ(data["alert_id"], id);
    EXPECT_EQ(alert.severity, Severity::critical);
    EXPECT_EQ(data["severity"], "critical");
    EXPECT_EQ(alert.rule_name, story.rule.name);
    EXPECT_EQ(data["rule"]["name"], story.rule.name);
    EXPECT_EQ(data["actor"]["name"], "another-bot");
    EXPECT_EQ(data["detected_at"], opened);
    EXPECT_EQ(data["count"], 2);
    EXPECT_EQ(data["events"].size(), 2U);
    EXPECT_EQ(data["context"]["also"][0]["name"], "pim/mild");
}

TEST(CountedAlert, RebuildsDataThatCannotBeRead) {
    const AlertStory story;
    for (const char* data : {"", "{", "[]", "null", "{\"rule\":7,\"context\":[],\"events\":{\"a\":1}}"}) {
        AlertRow alert = open_alert(story.input());
        alert.data = data;
        for (const bool raised : {false, true}) {
            const json counted = json::parse(counted_alert(alert, story.input(), raised).data);
            EXPECT_EQ(counted["count"], 2) << data;
            EXPECT_EQ(counted["events"].size(), 1U) << data;
        }
    }
}

TEST(Ids, OfAlertsSortByTime) {
    const std::string entropy = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
    const std::string early = make_alert_id(at("2026-11-22T10:00:00.000Z"), entropy);
    const std::string late = make_alert_id(at("2026-11-22T10:00:00.001Z"), std::string(10, '\0'));
    EXPECT_LT(early, late);
    EXPECT_EQ(early.size(), 31U);
    EXPECT_EQ(early.substr(0, 5), "alrt_");
    EXPECT_EQ(early, make_alert_id(at("2026-11-22T10:00:00.000Z"), entropy + "ignored"));
    EXPECT_NE(early, make_alert_id(at("2026-11-22T10:00:00.000Z"), "0123456789"));
}

TEST(Ids, OfWebhooksAreTheSameForTheSamePromise) {
    const std::string id = make_webhook_id("alrt_1", "soc", 1);
    EXPECT_EQ(id, make_webhook_id("alrt_1", "soc", 1));
    EXPECT_EQ(id.size(), 30U);
    EXPECT_EQ(id.find('.'), std::string::npos);
    const std::set<std::string> different{
        id, make_webhook_id("alrt_1", "soc", 2), make_webhook_id("alrt_1", "soc1", 1),
        make_webhook_id("alrt_1s", "oc", 1), make_webhook_id("alrt_2", "soc", 1)};
    EXPECT_EQ(different.size(), 5U);
}

}  // namespace
}  // namespace entrawatch
