#include "alerts/payload/native.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/text.hpp"
#include "tests/alerts/alert_story.hpp"
#include "tests/alerts/schema_check.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

SchemaCheck shipped_schema() {
    std::ifstream file{std::string{ENTRAWATCH_SOURCE_DIR} + "/alerts/webhook.schema.json"};
    return SchemaCheck{json::parse(file)};
}

std::string body_of(const AlertStory& story, std::string_view type = "alert.opened") {
    return notification_body(type, story.now, open_alert(story.input()));
}

json data_of(const AlertStory& story) {
    return json::parse(body_of(story))["data"];
}

TEST(NativeBody, TellsTheWholeStoryInTheOrderOfTheContract) {
    AlertStory story;
    story.event.changes = {decode_change("Role.DisplayName", std::nullopt, std::nullopt)};
    story.event.changes[0].has_new = true;
    story.event.changes[0].new_value = "Global Administrator";
    EXPECT_EQ(
        body_of(story),
        R"({"type":"alert.opened","timestamp":"2026-11-22T10:00:00.123Z","data":{)"
        R"("alert_id":")" +
            story.input().alert_id +
            R"(","tenant":"contoso","tenant_id":"11111111-2222-3333-4444-555555555555",)"
            R"("rule":{"id":"6a1d3f0e-0000-4000-8000-000000000001","name":"pim/role-assigned-outside-pim",)"
            R"("title":"Privileged role assigned outside PIM","scenario":"PR-1","attack":["T1098.003"],)"
            R"("runbook":"https://runbooks.example.com/pr-1"},"severity":"critical",)"
            R"("summary":"deploy-bot gave the role Global Administrator to mallory@contoso.example outside PIM",)"
            R"("actor":{"kind":"app","id":"0a0a0a0a-0000-4000-8000-00000000000a","name":"deploy-bot","ip":"198.51.100.7"},)"
            R"("target":{"kind":"user","id":"0b0b0b0b-0000-4000-8000-00000000000b","name":"mallory@contoso.example"},)"
            R"("changes":[{"property":"Role.DisplayName","new":"Global Administrator"}],)"
            R"("differences":[{"property":"Role.DisplayName","what":"role","new":"Global Administrator",)"
            R"("text":"role: set to Global Administrator"}],)"
            R"("context":{"actor_emergency":false,"target_emergency":false,"ms_pim":false,)"
            R"("role":{"id":"62e90394-69f5-4237-9190-012177145e10","name":"Global Administrator","tier":"critical"},)"
            R"("severity_reasons":["the role is tier 0"],"directory_read_at":"2026-11-22T09:00:00Z"},)"
            R"("events":[{"feed":"directory_audits","id":"Directory_0001","time":"2026-11-22T09:58:00.1234567Z",)"
            R"("activity":"Add member to role","correlation_id":"c0ffee00-0000-4000-8000-000000000001","outcome":"success"}],)"
            R"("count":1,"first_event_at":"2026-11-22T09:58:00.1234567Z","last_event_at":"2026-11-22T09:58:00.1234567Z",)"
            R"("detected_at":"2026-11-22T10:00:00.123Z",)"
            R"("dedup_key":"11111111-2222-3333-4444-555555555555|role-assigned|0b0b0b0b-0000-4000-8000-00000000000b",)"
            R"("drill":false,"test":false,"links":{"entra":)"
            R"("https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/)"
            R"(0b0b0b0b-0000-4000-8000-00000000000b"}}})");
}

TEST(NativeBody, FitsTheSchemaThatShips) {
    AlertStory story;
    Rule other = story.rule;
    other.id = "6a1d3f0e-0000-4000-8000-000000000002";
    story.finding.others = {AlertStory::a_finding(other, Severity::low)};
    story.event.targets.push_back({"group", "0c0c0c0c-0000-4000-8000-00000000000c", "admins"});
    story.event.context.emergency_name = "breakglass1";
    story.event.client = "Browser";
    story.event.location = "London, England, GB";
    story.event.risk_level = "high";
    const std::string value = "\"x\"";
    story.event.changes = {decode_change("Role.DisplayName", value, value)};
    EXPECT_THAT(shipped_schema().faults(json::parse(body_of(story))), IsEmpty());
    AlertRow updated = counted_alert(open_alert(story.input()), story.input(), true);
    EXPECT_THAT(shipped_schema().faults(json::parse(notification_body("alert.updated", story.now, updated))),
                IsEmpty());
}

// A group that nobody names was excluded from a policy, which no longer demands MFA.
void weaken(AlertStory& story, const std::string& excluded = "0b0b0b0b-0000-4000-8000-00000000000b") {
    const std::string before =
        R"({"state":"enabled","conditions":{"users":{"excludeUsers":[]}},"grantControls":{"builtInControls":["mfa"]}})";
    const std::string after =
        R"({"state":"enabled","conditions":{"users":{"excludeUsers":[")" + excluded + "\"]}}}";
    story.event.changes = {decode_change("ConditionalAccessPolicy", before, after)};
}

TEST(NativeBody, TellsInWordsWhatWasChanged) {
    AlertStory story;
    weaken(story);
    story.rule.differences = "what changed is not stated";
    story.finding.lead.summary = "deploy-bot changed a policy: ";
    const Directory directory{
        {{"0b0b0b0b-0000-4000-8000-00000000000b", "breakglass1@contoso.example"}}, {}, {}};
    AlertInput input = story.input();
    input.directory = &directory;
    const AlertRow alert = open_alert(input);
    const json data = json::parse(alert.data);
    const std::string excluded = "breakglass1@contoso.example (0b0b0b0b-0000-4000-8000-00000000000b)";
    EXPECT_EQ(data["differences"], (json{{{"property", "ConditionalAccessPolicy"},
                                          {"what", "removed requirement"},
                                          {"old", "MFA"},
                                          {"text", "removed requirement: MFA"}},
                                         {{"property", "ConditionalAccessPolicy"},
                                          {"what", "excluded user"},
                                          {"new", excluded},
                                          {"text", "excluded user: " + excluded}}}));
    EXPECT_EQ(data["summary"],
              "deploy-bot changed a policy: removed requirement: MFA; excluded user: " + excluded);
    EXPECT_EQ(alert.summary, data["summary"]);
    EXPECT_FALSE(data.contains("further_differences"));
    EXPECT_THAT(shipped_schema().faults(json::parse(notification_body("alert.opened", story.now, alert))),
                IsEmpty());
}

TEST(NativeBody, LeavesTheSentenceOfARuleThatDoesNotAskForDifferences) {
    AlertStory story;
    weaken(story);
    EXPECT_EQ(data_of(story)["summary"], story.finding.lead.summary);
}

TEST(NativeBody, SaysSoWhereARuleAsksForDifferencesAndThereAreNone) {
    AlertStory story;
    story.rule.differences = "what changed is not stated";
    story.finding.lead.summary = "deploy-bot changed a policy: ";
    EXPECT_EQ(data_of(story)["summary"], "deploy-bot changed a policy: what changed is not stated");
}

TEST(NativeBody, EscapesWhatADifferenceShows) {
    AlertStory story;
    weaken(story, "eve\u202Egpj");
    EXPECT_EQ(data_of(story)["differences"][1]["text"], "excluded user: eve\\u{202e}gpj");
}

TEST(NativeBody, CountsTheDifferencesThatItLeavesOut) {
    AlertStory story;
    const std::string before = "[1]";
    const std::string after = "[2]";
    for (std::size_t i = 0; i < 34; ++i)
        story.event.changes.push_back(decode_change("P" + std::to_string(i), before, after));
    EXPECT_EQ(data_of(story)["differences"].size(), 30U);
    EXPECT_EQ(data_of(story)["further_differences"], 4);
    for (std::size_t i = 0; i < 60; ++i)
        story.event.targets.push_back({"user", std::string(1000, '\x01'), std::string(1000, '\x01')});
    const std::string body = body_of(story);
    const json data = json::parse(body)["data"];
    ASSERT_THAT(data["shed"], testing::Contains("changes"));
    EXPECT_EQ(data["differences"].size(), 10U);
    EXPECT_EQ(data["further_differences"], 24);
    EXPECT_THAT(shipped_schema().faults(json::parse(body)), IsEmpty());
}

TEST(NativeBody, TellsNoSecretInADifference) {
    AlertStory story;
    const std::string before = R"({"clientSecret":"CANARY-1"})";
    const std::string after = R"({"clientSecret":"CANARY-2"})";
    story.event.changes = {decode_change("IdentityProvider", before, after)};
    const std::string body = body_of(story);
    EXPECT_THAT(body, Not(HasSubstr("CANARY")));
    EXPECT_THAT(body, HasSubstr("client secret: changed, [redacted]"));
}

TEST(NativeBody, IsHeldToTheSchemaStrictly) {
    const AlertStory story;
    json body = json::parse(body_of(story));
    body["data"]["actor"].erase("kind");
    body["data"]["count"] = 0;
    body["data"]["severity"] = "loud";
    body["data"]["events"][0]["time"] = "yesterday";
    body["data"]["surprise"] = 1;
    EXPECT_EQ(shipped_schema().faults(body).size(), 5U);
}

TEST(NativeBody, LeavesAbsentFactsOutButAlwaysNamesAnActor) {
    AlertStory story;
    story.event = Event{};
    story.event.id = "x";
    story.event.feed = FeedId::sign_ins_interactive;
    story.rule.scenario.clear();
    story.rule.attack.clear();
    story.rule.runbook.clear();
    story.finding.lead.severity_reasons.clear();
    AlertInput input = story.input();
    input.directory_read_at.reset();
    const json data = json::parse(open_alert(input).data);
    EXPECT_EQ(data["actor"], (json{{"kind", "unknown"}}));
    EXPECT_EQ(data["context"], (json{{"actor_emergency", false}, {"target_emergency", false}}));
    for (const char* key : {"target", "changes", "links"})
        EXPECT_FALSE(data.contains(key)) << key;
    for (const char* key : {"scenario", "attack", "runbook"})
        EXPECT_FALSE(data["rule"].contains(key)) << key;
}

TEST(NativeBody, SaysWhatIsNotKnown) {
    AlertStory story;
    story.event.context.actor_is_ms_pim = Known::unresolved;
    story.event.context.role_tier.clear();
    const json context = data_of(story)["context"];
    EXPECT_EQ(context["ms_pim"], "unresolved");
    EXPECT_EQ(context["role"]["tier"], "unresolved");
}

TEST(NativeBody, MarksATest) {
    const AlertStory story;
    AlertInput input = story.input();
    input.test = true;
    EXPECT_EQ(json::parse(open_alert(input).data)["test"], true);
    EXPECT_TRUE(open_alert(input).test);
}

TEST(NativeBody, IsValidUtf8WhateverTheNamesHold) {
    const std::vector<std::string> hostile{"\xff\xfe\x80",
                                           "\xed\xa0\x80 lone surrogate",
                                           "\xf0\x9f\x94",
                                           std::string(5000, '\x80'),
                                           "\"}],\"severity\":\"low\"",
                                           std::string("nul\0inside", 10),
                                           "line\nbreak\ttab\x1b[31m",
                                           "\u202Etxt.exe",
                                           "\u200Bzero\u2066width",
                                           "<!channel> @everyone",
                                           std::string(3000, 'a'),
                                           [] {
                                               std::string keys;
                                               for (int i = 0; i < 5000; ++i)
                                                   keys += "\U0001F511";
                                               return keys;
                                           }()};
    for (const std::string& name : hostile) {
        AlertStory story;
        story.event.actor.name = story.event.targets[0].name = story.event.activity = story.event.id = name;
        story.event.role->name = story.rule.title = story.finding.lead.summary = name;
        story.finding.lead.severity_reasons = {name};
        story.event.changes = {decode_change(name, name, name)};
        const std::string body = body_of(story);
        EXPECT_TRUE(is_valid_utf8(body));
        EXPECT_LE(body.size(), body_budget);
        const json read = json::parse(body, nullptr, false);
        ASSERT_FALSE(read.is_discarded());
        EXPECT_THAT(shipped_schema().faults(read), IsEmpty());
        EXPECT_EQ(read["data"]["severity"], "critical");
        EXPECT_LE(read["data"]["actor"]["name"].get<std::string>().size(), longest_text);
    }
}

TEST(NativeBody, KeepsNamesFaithfulButEscapesTheSummary) {
    AlertStory story;
    story.event.actor.name = "eve\u202Egpj.exe";
    story.finding.lead.summary = "eve\u202Egpj.exe did\nit \x1b[31m";
    const json data = data_of(story);
    EXPECT_EQ(data["actor"]["name"], "eve\u202Egpj.exe");
    EXPECT_EQ(data["summary"], "eve\\u{202e}gpj.exe did\\x0ait \\x1b[31m");
}

// A story that grows with every argument.
void grow(AlertStory& story, std::size_t changes, std::size_t text, std::size_t targets) {
    for (std::size_t i = 0; i < changes; ++i) {
        Change change;
        change.property = "P" + std::to_string(i);
        change.has_old = change.has_new = true;
        change.old_value = change.new_value = std::string(text, '\x01');  // six bytes each in JSON
        story.event.changes.push_back(std::move(change));
    }
    for (std::size_t i = 0; i < targets; ++i)
        story.event.targets.push_back({"user", std::string(text, '\x01'), std::string(text, '\x01')});
}

TEST(NativeBody, ShedsStepByStepAndSaysSo) {
    struct Row {
        std::size_t changes, text, targets;
        std::vector<std::string> shed;
    };
    const std::vector<Row> rows{
        {4, 1000, 0, {}},
        {12, 450, 0, {"events", "changes"}},
        {10, 450, 10, {"events", "changes", "bystanders"}},
        {10, 1000, 2, {"events", "changes", "bystanders", "texts"}},
    };
    for (const Row& row : rows) {
        AlertStory story;
        grow(story, row.changes, row.text, row.targets);
        const std::string body = body_of(story);
        EXPECT_LE(body.size(), body_budget);
        const json data = json::parse(body)["data"];
        EXPECT_EQ(data.value("shed", std::vector<std::string>{}), row.shed) << row.changes << " changes";
        EXPECT_THAT(shipped_schema().faults(json::parse(body)), IsEmpty());
    }
}

TEST(NativeBody, KeepsWhatIdentifiesTheAlertWhenAllElseMustGo) {
    AlertStory story;
    grow(story, 10, 1000, 0);
    AlertRow alert = open_alert(story.input());
    // As a later version, or a hand in the database, might have left it.
    json data = json::parse(alert.data);
    for (int i = 0; i < 500; ++i)
        data["added_" + std::to_string(i)] = std::string(250, '\x01');
    alert.data = data.dump();
    const std::string body = notification_body("alert.opened", story.now, alert);
    EXPECT_LE(body.size(), body_budget);
    const json shed = json::parse(body)["data"];
    EXPECT_EQ(shed["shed"].back(), "details");
    EXPECT_EQ(shed["alert_id"], alert.id);
    EXPECT_EQ(shed["rule"]["name"], alert.rule_name);
    EXPECT_EQ(shed["actor"]["name"], "deploy-bot");
    EXPECT_EQ(shed["target"]["name"], "mallory@contoso.example");
    EXPECT_THAT(shipped_schema().faults(json::parse(body)), IsEmpty());
}

TEST(NativeBody, FallsBackOnTheRowWhenTheStoredDataCannotBeRead) {
    const AlertStory story;
    AlertRow alert = open_alert(story.input());
    alert.data = "{ broken";
    const json body = json::parse(notification_body("alert.resolved", story.now, alert));
    EXPECT_EQ(body["type"], "alert.resolved");
    EXPECT_EQ(body["data"]["alert_id"], alert.id);
    EXPECT_EQ(body["data"]["summary"], alert.summary);
    EXPECT_EQ(body["data"]["actor"]["kind"], "unknown");
}

TEST(EntraLink, LeadsToTheTargetElseToTheActor) {
    const std::string portal = "https://entra.microsoft.us";
    AlertStory story;
    EXPECT_THAT(data_of(story)["links"]["entra"].get<std::string>(), HasSubstr("userId/0b0b0b0b"));
    story.event.targets[0].kind = "group";
    story.tenant.portal = portal;
    EXPECT_THAT(data_of(story)["links"]["entra"].get<std::string>(),
                HasSubstr(portal + "/#view/Microsoft_AAD_IAM/GroupDetails"));
    story.event.targets[0].kind = "policy";
    EXPECT_FALSE(data_of(story).contains("links")) << "an app without its client id has no page we know";
    story.event.actor.app_id = "0d0d0d0d-0000-4000-8000-00000000000d";
    EXPECT_THAT(data_of(story)["links"]["entra"].get<std::string>(), HasSubstr("objectId/0a0a0a0a"));
    story.event.actor.kind = ActorKind::user;
    EXPECT_THAT(data_of(story)["links"]["entra"].get<std::string>(), HasSubstr("userId/0a0a0a0a"));
}

TEST(EntraLink, IsMadeOfGuidsOnlyAndNeverWithoutAPortal) {
    AlertStory story;
    story.event.targets[0].id = "../../evil?x=0b0b0b0b-0000-4000-8000";
    EXPECT_FALSE(data_of(story).contains("links"));
    story.event.targets[0].id = story.event.actor.id;
    story.tenant.portal.clear();
    EXPECT_FALSE(data_of(story).contains("links"));
}

}  // namespace
}  // namespace entrawatch
