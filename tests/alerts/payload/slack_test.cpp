#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

json message_of(const Told& told) {
    return json_of(told.as(DestinationType::slack));
}

std::vector<std::string> fields_of(const json& body) {
    std::vector<std::string> fields;
    for (const json& block : body["blocks"]) {
        for (const json& field : block.value("fields", json::array()))
            fields.push_back(field["text"]);
    }
    return fields;
}

TEST(Slack, TellsTheStoryInBlocks) {
    const AlertStory story;
    const Told told{story};
    const json body = message_of(told);
    EXPECT_EQ(body["blocks"][0]["text"], (json{{"type", "plain_text"},
                                               {"text", "[CRITICAL] Privileged role assigned outside PIM"},
                                               {"emoji", false}}));
    EXPECT_EQ(body["blocks"][1]["text"]["text"],
              "deploy-bot gave the role Global Administrator to mallory@contoso.example outside PIM");
    EXPECT_THAT(fields_of(body),
                ElementsAre("Actor\ndeploy-bot (app, 198.51.100.7)", "Target\nmallory@contoso.example (user)",
                            "Time\n2026-11-22T09:58:00.1234567Z", "Tenant\ncontoso",
                            "Rule\npim/role-assigned-outside-pim (PR-1)", "Alert\n" + told.alert().id,
                            "Role\nGlobal Administrator (tier: critical)",
                            "Why this severity\nthe role is tier 0", "ATT&amp;CK\nT1098.003"));
    EXPECT_THAT(body["blocks"].dump(), HasSubstr("Add member to role, success"));
    EXPECT_THAT(body["blocks"].back()["elements"][1]["text"], "<https://runbooks.example.com/pr-1|Runbook>");
    EXPECT_EQ(
        body["text"],
        "[CRITICAL] Privileged role assigned outside PIM\ndeploy-bot gave the role Global Administrator "
        "to mallory@contoso.example outside PIM");
}

TEST(Slack, TellsWhatWasChangedInWords) {
    AlertStory story;
    const std::string before = R"({"state":"enabled","grantControls":{"builtInControls":["mfa"]}})";
    const std::string after = R"({"state":"disabled","x":["a","b"]})";
    story.event.changes = {decode_change("ConditionalAccessPolicy", before, after)};
    const auto fields = fields_of(message_of(Told{story}));
    EXPECT_THAT(fields,
                testing::IsSupersetOf({"state\non → off", "removed requirement\nMFA", "x\nadded a, b"}));
    EXPECT_THAT(fields, Not(testing::Contains(HasSubstr("builtInControls"))));
}

TEST(Slack, CountsTheDifferencesThatItDoesNotShow) {
    AlertStory story;
    const std::string before = "[1]";
    const std::string after = "[2]";
    for (std::size_t i = 0; i < 34; ++i)
        story.event.changes.push_back(decode_change("P" + std::to_string(i), before, after));
    EXPECT_THAT(fields_of(message_of(Told{story})),
                testing::IsSupersetOf({"P0\n1 → 2", "Further differences\n15"}));
}

TEST(Slack, SaysWhatHappenedToTheAlert) {
    const AlertStory story;
    const auto heading = [&](const char* type, bool test = false) {
        return message_of(Told{story, type, test})["blocks"][0]["text"]["text"].get<std::string>();
    };
    EXPECT_THAT(heading("alert.updated"), HasSubstr("[CRITICAL] Raised: "));
    EXPECT_THAT(heading("alert.resolved"), HasSubstr("[CRITICAL] Resolved: "));
    EXPECT_THAT(heading("alert.opened", true), testing::StartsWith("TEST [CRITICAL] "));
    const Told of_no_rule = Told::of_body(story, R"({"data":{"severity":"low"}})", "digest");
    EXPECT_EQ(message_of(of_no_rule)["blocks"][0]["text"]["text"], "[LOW] Digest");
}

TEST(Slack, LetsNoNameMentionAnybodyOrBeALink) {
    AlertStory story;
    story.event.actor.name = "<!channel> <https://evil.example|click>";
    story.event.targets[0].name = "eve\u202Egpj.exe\nTarget: nobody";
    const std::string body = message_of(Told{story}).dump();
    EXPECT_THAT(body, Not(HasSubstr("<!channel>")));
    EXPECT_THAT(body, HasSubstr("&lt;!channel&gt;"));
    EXPECT_THAT(body, Not(HasSubstr("<https://evil")));
    EXPECT_THAT(body, HasSubstr("eve\\\\u{202e}gpj.exe\\\\x0aTarget: nobody"));
}

TEST(Slack, PutsNoLinkThatCouldEndEarly) {
    AlertStory story;
    story.rule.runbook = "https://runbooks.example/x|<!channel>";
    EXPECT_THAT(message_of(Told{story})["blocks"].dump(), Not(HasSubstr("Runbook")));
    story.rule.runbook = "javascript:alert(1)";
    EXPECT_THAT(message_of(Told{story})["blocks"].dump(), Not(HasSubstr("Runbook")));
    story.rule.runbook = "https://runbooks.example/x?a=1&b=2";
    EXPECT_THAT(message_of(Told{story})["blocks"].dump(),
                HasSubstr("<https://runbooks.example/x?a=1&amp;b=2|Runbook>"));
}

TEST(Slack, LeavesOutEventsThenFieldsThenLinksAndSaysSo) {
    AlertStory story;
    story.event.activity = std::string(1000, 'a');
    swell(story, 4, 800);
    EXPECT_THAT(Told{story}.as(DestinationType::slack).shed, ElementsAre());
    swell(story, 1, 870);
    EXPECT_THAT(Told{story}.as(DestinationType::slack).shed, ElementsAre("events"));
    swell(story, 1, 870);
    const Told fields_go{story};
    const RenderedRequest request = fields_go.as(DestinationType::slack);
    EXPECT_THAT(request.shed, ElementsAre("events", "fields"));
    EXPECT_EQ(fields_of(json_of(request)).size(), 6U);
    EXPECT_EQ(json_of(request)["blocks"].back()["elements"].back()["text"],
              "Left out: events, fields. In full: entrawatch alerts show " + fields_go.alert().id);
}

TEST(Slack, IsATextAloneWhenTheNamesAreTooLong) {
    AlertStory story;
    const std::string ampersands(1000, '&');
    story.event.actor.name = story.event.targets[0].name = story.rule.name = story.rule.title = ampersands;
    story.finding.lead.summary = std::string(1000, '<');
    story.tenant.name = ampersands;
    const Told told{story};
    const json body = message_of(told);
    EXPECT_THAT(told.as(DestinationType::slack).shed, ElementsAre("events", "fields", "context", "blocks"));
    EXPECT_FALSE(body.contains("blocks"));
    EXPECT_THAT(body["text"].get<std::string>(), HasSubstr("Alert: " + told.alert().id));
}

}  // namespace
}  // namespace entrawatch
