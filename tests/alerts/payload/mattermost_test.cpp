#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Mattermost, IsSentATextAndAnAttachment) {
    const AlertStory story;
    const json body = json_of(Told{story}.as(DestinationType::mattermost));
    EXPECT_EQ(body["text"],
              "**\\[CRITICAL\\] Privileged role assigned outside PIM**\ndeploy\\-bot gave the role Global "
              "Administrator to mallory@contoso.example outside PIM");
    const json& attachment = body["attachments"][0];
    EXPECT_EQ(attachment["color"], "#b00020");
    EXPECT_EQ(attachment["fields"][1],
              (json{{"short", true}, {"title", "Target"}, {"value", "mallory@contoso.example \\(user\\)"}}));
    EXPECT_THAT(attachment["text"].get<std::string>(),
                HasSubstr("Add member to role, success\n[Open in Entra](https://entra.microsoft.com/"));
    EXPECT_THAT(attachment["text"].get<std::string>(),
                HasSubstr("[Runbook](https://runbooks.example.com/pr-1)"));
}

TEST(Mattermost, CallsNobody) {
    AlertStory story;
    story.event.actor.name = "@channel (@all) @here";
    story.finding.lead.summary = "@channel did it";
    const std::string body = Told{story}.as(DestinationType::mattermost).body;
    for (const char* mention : {"@channel", "@all", "@here"})
        EXPECT_THAT(body, Not(HasSubstr(mention)));
}

TEST(Mattermost, IsAShortTextWhenTheAttachmentIsTooLong) {
    AlertStory story;
    swell(story, 20, 900);
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::mattermost);
    EXPECT_THAT(request.shed, ElementsAre("attachments"));
    const json body = json_of(request);
    EXPECT_FALSE(body.contains("attachments"));
    EXPECT_THAT(body["text"].get<std::string>(), HasSubstr("\nTenant: contoso\n"));
    EXPECT_THAT(body["text"].get<std::string>(), HasSubstr("Left out: attachments. In full: "));
}

}  // namespace
}  // namespace entrawatch
