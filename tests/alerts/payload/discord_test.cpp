#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

json embed_of(const Told& told) {
    return json_of(told.as(DestinationType::discord))["embeds"][0];
}

TEST(Discord, IsSentOneEmbedAndAskedToSaySoWhenItIsNotSaved) {
    const AlertStory story;
    const RenderedRequest request = Told{story}.as(DestinationType::discord);
    EXPECT_EQ(request.query, "wait=true");
    EXPECT_EQ(request.path, "");
    const json embed = json_of(request)["embeds"][0];
    EXPECT_EQ(embed["title"], "\\[CRITICAL\\] Privileged role assigned outside PIM");
    EXPECT_EQ(embed["color"], 0xB00020);
    EXPECT_EQ(embed["fields"][0],
              (json{{"name", "Actor"}, {"value", "deploy\\-bot \\(app, 198.51.100.7\\)"}, {"inline", true}}));
    EXPECT_EQ(embed["fields"].back()["name"], "Events");
    EXPECT_THAT(embed["url"].get<std::string>(), HasSubstr("https://entra.microsoft.com/"));
}

TEST(Discord, PingsNobodyAndLinksNowhere) {
    AlertStory story;
    story.event.actor.name = "@everyone <@&1> [x](https://evil.example)";
    const json body = json_of(Told{story}.as(DestinationType::discord));
    EXPECT_EQ(body["allowed_mentions"], (json{{"parse", json::array()}}));
    EXPECT_THAT(body.dump(), Not(HasSubstr("@everyone")));
    EXPECT_THAT(body.dump(), Not(HasSubstr("[x](")));
}

TEST(Discord, LeavesOutFieldsThenMostOfTheDescription) {
    AlertStory story;
    swell(story, 12, 300);
    const Told told{story};
    EXPECT_THAT(told.as(DestinationType::discord).shed, ElementsAre("fields"));
    EXPECT_EQ(embed_of(told)["fields"].size(), 6U);
    EXPECT_THAT(embed_of(told)["footer"]["text"].get<std::string>(), HasSubstr("Left out: fields."));
    const std::string marks(1000, '*');
    story.event.actor.name = story.event.targets[0].name = story.rule.name = marks;
    story.tenant.name = story.finding.lead.summary = story.rule.title = marks;
    const RenderedRequest request = Told{story}.as(DestinationType::discord);
    EXPECT_THAT(request.shed, ElementsAre("fields", "description"));
    EXPECT_LE(json_of(request)["embeds"][0]["description"].get<std::string>().size(), 302U);
}

TEST(Discord, KeepsTheLastOfTheTwentyFiveFieldsForTheEvents) {
    AlertStory story;
    swell(story, 40, 10);
    const json fields = embed_of(Told{story})["fields"];
    EXPECT_EQ(fields.size(), 25U);
    EXPECT_EQ(fields.back()["name"], "Events");
}

}  // namespace
}  // namespace entrawatch
