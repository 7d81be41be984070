#include "daemon/commands/alert_story.hpp"

#include <gmock/gmock.h>

#include "tests/support/followed.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Instant now = at("2026-11-22T12:00:00Z");

AlertDossier dossier() {
    AlertDossier result;
    result.tenant = "contoso";
    AlertRow& alert = result.alert;
    alert.id = "alrt_01";
    alert.rule_id = "11111111-aaaa-4000-8000-000000000001";
    alert.rule_name = "pim/role-given";
    alert.title = "Role given";
    alert.scenario = "PR-1";
    alert.severity = Severity::high;
    alert.summary = "admin gave a role to eve";
    alert.dedup_key = "t|role|eve";
    alert.window = std::chrono::hours{1};
    alert.opened_at = at("2026-11-22T10:00:00Z");
    alert.first_event_at = at("2026-11-22T08:00:00Z");
    alert.last_event_at = at("2026-11-22T09:00:00Z");
    alert.count = 2;
    result.data = OrderedJson::parse(R"({
        "rule": {"runbook": "https://runbooks.contoso.example/roles"},
        "actor": {"kind": "user", "id": "id-1", "name": "admin@contoso.example", "ip": "192.0.2.10"},
        "target": {"kind": "user", "id": "id-2", "name": "eve@contoso.example"},
        "other_targets": [{"kind": "role", "id": "id-3"}],
        "changes": [{"property": "Role.DisplayName", "new": "Global Administrator"}, {"property": "Flag", "old": true, "new": false}],
        "context": {"ms_pim": "unresolved", "severity_reasons": ["the role is tier 0"]},
        "links": {"entra": "https://entra.microsoft.com/#x"}})");
    result.events.push_back({1, FeedId::directory_audits, "Directory_1", at("2026-11-22T08:00:00Z"),
                             at("2026-11-22T08:05:00Z"), "Add member to role", "corr-1"});
    return result;
}

DeliveryHistory delivery(std::string state, Instant due, std::vector<AttemptRow> attempts = {}) {
    DeliveryHistory history;
    history.delivery.destination = "soc";
    history.delivery.webhook_id = "msg_1";
    history.delivery.type = "alert.opened";
    history.delivery.state = std::move(state);
    history.delivery.severity = Severity::high;
    history.delivery.created_at = at("2026-11-22T10:00:00Z");
    history.delivery.due_at = due;
    history.attempts = std::move(attempts);
    return history;
}

AttemptRow attempt(int number, int status, std::string verdict, std::string detail = {}) {
    AttemptRow row;
    row.number = number;
    row.http_status = status;
    row.verdict = std::move(verdict);
    row.detail = std::move(detail);
    row.remote_address = status == 0 ? "" : "203.0.113.5:443";
    row.started_at = at("2026-11-22T10:00:00Z");
    row.ended_at = at("2026-11-22T10:00:00.250Z");
    return row;
}

TEST(AlertStory, TellsWhatWhoToWhatAndWhen) {
    const std::string story = story_of(dossier());
    EXPECT_THAT(story, HasSubstr("HIGH  PR-1  Role given\nadmin gave a role to eve\n"));
    EXPECT_THAT(story, HasSubstr("user admin@contoso.example (id-1) from 192.0.2.10"));
    EXPECT_THAT(story, HasSubstr("to what     user eve@contoso.example (id-2)"));
    EXPECT_THAT(story, HasSubstr("and         role id-3"));
    EXPECT_THAT(story, HasSubstr("2 times from 2026-11-22T08:00:00.000Z to 2026-11-22T09:00:00.000Z"));
}

TEST(AlertStory, TellsBeforeAndAfter) {
    const std::string story = story_of(dossier());
    EXPECT_THAT(story, HasSubstr("Role.DisplayName: (nothing) -> Global Administrator"));
    EXPECT_THAT(story, HasSubstr("Flag: true -> false"));
}

TEST(AlertStory, TellsInWordsWhatDiffersInsteadOfTheValues) {
    AlertDossier told = dossier();
    told.data["differences"] = OrderedJson::parse(
        R"([{"what": "removed requirement", "old": "MFA", "text": "removed requirement: MFA"}])");
    told.data["further_differences"] = 7;
    const std::string story = story_of(told);
    EXPECT_THAT(story, HasSubstr("Before and after\n  removed requirement: MFA\n"));
    EXPECT_THAT(story, HasSubstr("… and 7 further: entrawatch alerts show --format json alrt_01"));
    EXPECT_THAT(story, Not(HasSubstr("Role.DisplayName")));
}

TEST(AlertStory, TellsWhatTheDirectorySaysAlsoWhatItDoesNotKnow) {
    EXPECT_THAT(story_of(dossier()), HasSubstr("ms_pim: unresolved"));
}

TEST(AlertStory, TellsTheEventsAndWhatToDo) {
    const std::string story = story_of(dossier());
    EXPECT_THAT(story, HasSubstr("directory_audits  Add member to role  Directory_1"));
    EXPECT_THAT(story, HasSubstr("correlation corr-1"));
    EXPECT_THAT(story, HasSubstr("https://runbooks.contoso.example/roles"));
    EXPECT_THAT(story, HasSubstr("https://entra.microsoft.com/#x"));
    EXPECT_THAT(story, HasSubstr("entrawatch rules show pim/role-given"));
}

TEST(AlertStory, ListsAtMostTwentyEventsAndSaysWhereTheOthersAre) {
    AlertDossier many = dossier();
    many.events.assign(30, many.events.front());
    const std::string story = story_of(many);
    std::size_t shown = 0;
    for (std::size_t found = story.find("  Directory_1"); found != std::string::npos;
         found = story.find("  Directory_1", found + 1))
        ++shown;
    EXPECT_EQ(shown, 20U);
    EXPECT_THAT(story, HasSubstr("--format json alrt_01"));
}

TEST(AlertStory, TellsEachAttemptOfADelivery) {
    AlertDossier told = dossier();
    told.deliveries.push_back(
        delivery("delivered", now, {attempt(1, 503, "transient", "busy"), attempt(2, 200, "delivered")}));
    const std::string story = story_of(told);
    EXPECT_THAT(story, HasSubstr("soc  alert.opened  delivered  msg_1"));
    EXPECT_THAT(story, HasSubstr("attempt 1 at 2026-11-22T10:00:00.000Z: transient, HTTP 503 from "
                                 "203.0.113.5:443, 250 ms\n        busy"));
    EXPECT_THAT(story, HasSubstr("attempt 2"));
}

TEST(AlertStory, MarksATest) {
    AlertDossier test = dossier();
    test.alert.test = true;
    EXPECT_THAT(story_of(test), HasSubstr("a test, not a real event"));
    EXPECT_THAT(story_of(dossier()), Not(HasSubstr("a test")));
}

TEST(AlertStory, SurvivesDataThatIsMissingOrOfOtherTypes) {
    AlertDossier odd = dossier();
    for (
        const char* data :
        {"null", "{}", R"({"actor": 1, "target": [], "changes": {}, "context": 7, "links": "x", "rule": []})",
         R"({"differences": [1, null, {"text": {"a": 1}}], "further_differences": "x"})",
         R"({"changes": [1, null, {"property": {"a": 1}}], "other_targets": {"a": 1}, "context": {"severity_reasons": [1]}})"}) {
        odd.data = OrderedJson::parse(data);
        EXPECT_THAT(story_of(odd), HasSubstr("Role given"));
        EXPECT_THAT(trail_of(odd, now), HasSubstr("pim/role-given"));
    }
}

TEST(AlertStory, EveryValueFromOutsideIsSafeToPrint) {
    const std::string evil = "\x1b[2J\u202E\nforged line";
    AlertDossier hostile = dossier();
    hostile.alert.summary = hostile.alert.title = hostile.alert.scenario = hostile.alert.dedup_key = evil;
    hostile.data["actor"]["name"] = hostile.data["target"]["name"] = hostile.data["changes"][0]["new"] = evil;
    hostile.data["context"][evil] = evil;
    hostile.data["context"]["severity_reasons"][0] = evil;
    hostile.data["rule"]["runbook"] = evil;
    hostile.events[0].id = hostile.events[0].activity = hostile.events[0].correlation_id = evil;
    hostile.deliveries.push_back(delivery(evil, now, {attempt(1, 500, evil, evil)}));
    for (const std::string& text : {story_of(hostile), trail_of(hostile, now)}) {
        EXPECT_THAT(text, Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, Not(HasSubstr("\u202E")));
        EXPECT_THAT(text, Not(HasSubstr("\nforged line")));
    }
}

TEST(AlertTrail, TellsRuleSubjectDedupAndCount) {
    const std::string trail = trail_of(dossier(), now);
    EXPECT_THAT(
        trail,
        HasSubstr("rule pim/role-given (11111111-aaaa-4000-8000-000000000001, scenario PR-1) concluded"));
    EXPECT_THAT(trail, HasSubstr("because the role is tier 0"));
    EXPECT_THAT(trail, HasSubstr("the key t|role|eve, so one was opened at 2026-11-22T10:00:00.000Z"));
    EXPECT_THAT(trail, HasSubstr("a repeat within 1 h"));
    EXPECT_THAT(trail, HasSubstr("counted 2 events"));
    EXPECT_THAT(trail,
                HasSubstr("directory_audits Directory_1 at 2026-11-22T08:00:00.000Z, received 5 min later"));
}

TEST(AlertTrail, SaysWhenItWasRoutedToNobody) {
    EXPECT_THAT(trail_of(dossier(), now), HasSubstr("routed to nobody"));
}

TEST(AlertTrail, SaysWhoWasToldAtWhichStepAndWhy) {
    AlertDossier told = dossier();
    told.deliveries.push_back(delivery("delivered", now));
    told.deliveries.push_back(delivery("due", now));
    told.deliveries[1].delivery.destination = "duty";
    told.deliveries[1].follow_up = test::escalation_to("duty", now);
    const std::string trail = trail_of(told, now);
    EXPECT_THAT(trail,
                HasSubstr("because nobody acknowledged for 15 min; escalated from soc (escalation 1)"));
    EXPECT_LT(trail.find("to duty"), trail.find("because nobody"));
    EXPECT_EQ(to_json(told)["deliveries"][1]["follow_up"]["step"], 1);
    EXPECT_TRUE(to_json(told)["deliveries"][0]["follow_up"].is_null());
}

TEST(AlertTrail, SaysWhatBecomesOfEachDeliveryNext) {
    const std::vector<std::pair<DeliveryHistory, std::string>> cases{
        {delivery("delivered", now), "nothing further is tried"},
        {delivery("dead", now), "redeliver"},
        {delivery("leased", now), "being sent now"},
        {delivery("due", now - std::chrono::minutes{1}), "due since 2026-11-22T11:59:00.000Z"},
        {delivery("due", now + std::chrono::minutes{5}), "next try at 2026-11-22T12:05:00.000Z, in 5 min"}};
    for (const auto& [history, expected] : cases) {
        AlertDossier routed = dossier();
        routed.deliveries = {history};
        EXPECT_THAT(trail_of(routed, now), HasSubstr(expected));
        EXPECT_THAT(trail_of(routed, now),
                    HasSubstr("to soc at 2026-11-22T10:00:00.000Z: alert.opened (high) as msg_1"));
    }
}

}  // namespace
}  // namespace entrawatch
