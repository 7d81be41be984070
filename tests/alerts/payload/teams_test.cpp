#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

json card_of(const Told& told) {
    return json_of(told.as(DestinationType::teams))["attachments"][0]["content"];
}

// The card as its lines are read.
std::vector<std::string> lines_of(const json& card) {
    std::vector<std::string> lines;
    for (const json& block : card["body"]) {
        std::string line;
        for (const json& run : block["inlines"])
            line += run["text"].get<std::string>();
        lines.push_back(line);
    }
    return lines;
}

TEST(Teams, IsSentAnAdaptiveCardInTheEnvelopeOfWorkflows) {
    const AlertStory story;
    const Told told{story};
    const json body = json_of(told.as(DestinationType::teams));
    EXPECT_EQ(body["type"], "message");
    EXPECT_EQ(body["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
    EXPECT_TRUE(body["attachments"][0]["contentUrl"].is_null());
    const json card = card_of(told);
    EXPECT_EQ(card["version"], "1.4");
    EXPECT_EQ(card["body"][0]["inlines"][0]["color"], "Attention");
    EXPECT_THAT(
        lines_of(card),
        ElementsAre("[CRITICAL] Privileged role assigned outside PIM",
                    "deploy-bot gave the role Global Administrator to mallory@contoso.example outside PIM",
                    "Actor: deploy-bot (app, 198.51.100.7)", "Target: mallory@contoso.example (user)",
                    "Time: 2026-11-22T09:58:00.1234567Z", "Tenant: contoso",
                    "Rule: pim/role-assigned-outside-pim (PR-1)", "Alert: " + told.alert().id,
                    "Role: Global Administrator (tier: critical)", "Why this severity: the role is tier 0",
                    "ATT&CK: T1098.003", "2026-11-22T09:58:00.1234567Z Add member to role, success"));
    EXPECT_EQ(card["actions"][1], (json{{"type", "Action.OpenUrl"},
                                        {"title", "Runbook"},
                                        {"url", "https://runbooks.example.com/pr-1"}}));
}

TEST(Teams, ShowsMarkdownAndMentionsAsTheyStand) {
    AlertStory story;
    story.event.actor.name = "<at>everyone</at> [x](https://evil.example)";
    const json card = card_of(Told{story});
    EXPECT_THAT(card.dump(), HasSubstr("<at>everyone</at> [x](https://evil.example) (app, "));
    EXPECT_FALSE(card["msteams"].contains("entities"));
    for (const json& block : card["body"])
        EXPECT_EQ(block["type"], "RichTextBlock") << "the one element whose runs know no Markdown";
}

TEST(Teams, LeavesOutFactsBeyondTwelveThenEventsThenDetails) {
    AlertStory story;
    swell(story, 15, 600);
    const Told facts_go{story};
    EXPECT_THAT(facts_go.as(DestinationType::teams).shed, ElementsAre("facts"));
    EXPECT_THAT(lines_of(card_of(facts_go)), testing::SizeIs(2 + 12 + 1 + 1));
    EXPECT_THAT(lines_of(card_of(facts_go)).back(), HasSubstr("Left out: facts."));
    AlertStory long_names;
    // A character takes three bytes, so few of them pass the budget.
    std::string arrows;
    for (int i = 0; i < 340; ++i)
        arrows += "→";
    swell(long_names, 15, 600);
    for (Change& change : long_names.event.changes)
        change.old_value = change.new_value = arrows;
    long_names.event.activity = long_names.event.client = long_names.event.location = arrows;
    long_names.event.actor.name = long_names.event.targets[0].name = long_names.rule.title = arrows;
    long_names.rule.name = long_names.tenant.name = long_names.finding.lead.summary = arrows;
    const RenderedRequest request = Told{long_names}.as(DestinationType::teams);
    EXPECT_THAT(request.shed, ElementsAre("facts", "events", "details"));
    EXPECT_LE(request.body.size(), 20'000U);
}

}  // namespace
}  // namespace entrawatch
