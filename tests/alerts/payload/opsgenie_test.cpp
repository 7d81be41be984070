#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(Opsgenie, IsSentAnAlertUnderTheAlertsAlias) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::opsgenie);
    EXPECT_EQ(request.path, "/v2/alerts");
    EXPECT_THAT(request.headers, ElementsAre(Pair("authorization", "GenieKey key-0123")));
    const json alert = json_of(request);
    EXPECT_EQ(alert["message"], "[CRITICAL] Privileged role assigned outside PIM");
    EXPECT_EQ(alert["alias"], told.alert().dedup_key);
    EXPECT_EQ(alert["tags"], json::array({"entrawatch", "contoso", "critical", "PR-1"}));
    EXPECT_EQ(alert["entity"], "mallory@contoso.example (user)");
    EXPECT_EQ(alert["priority"], "P1");
    EXPECT_EQ(alert["details"]["Actor"], "deploy-bot (app, 198.51.100.7)");
    EXPECT_EQ(alert["details"]["Runbook"], "https://runbooks.example.com/pr-1");
    EXPECT_THAT(alert["description"].get<std::string>(),
                HasSubstr("Rule: pim/role-assigned-outside-pim (PR-1)\n"));
}

TEST(Opsgenie, ClosesAndAcknowledgesByAlias) {
    const AlertStory story;
    const RenderedRequest closed = Told{story, "alert.resolved"}.as(DestinationType::opsgenie);
    EXPECT_EQ(closed.path,
              "/v2/alerts/11111111-2222-3333-4444-555555555555%7Crole-assigned%7C0b0b0b0b-0000-4000-8000-"
              "00000000000b/close");
    EXPECT_EQ(closed.query, "identifierType=alias");
    EXPECT_FALSE(json_of(closed).contains("message"));
    EXPECT_THAT(Told(story, "alert.acknowledged").as(DestinationType::opsgenie).path,
                testing::EndsWith("/acknowledge"));
}

TEST(Opsgenie, EncodesAnAliasThatWouldLeaveItsPlaceInThePath) {
    AlertStory story;
    story.finding.lead.subject = "../../x?y=1#z ä";
    EXPECT_THAT(Told(story, "alert.resolved").as(DestinationType::opsgenie).path,
                testing::EndsWith("%7C..%2F..%2Fx%3Fy%3D1%23z%20%C3%A4/close"));
}

TEST(Opsgenie, HasAPriorityForEachSeverity) {
    AlertStory story;
    const auto priority = [&](Severity severity, bool test = false) {
        story.finding.lead.severity = severity;
        return json_of(Told(story, "alert.opened", test).as(DestinationType::opsgenie))["priority"];
    };
    EXPECT_EQ(priority(Severity::high), "P2");
    EXPECT_EQ(priority(Severity::medium), "P3");
    EXPECT_EQ(priority(Severity::low), "P4");
    EXPECT_EQ(priority(Severity::informational), "P5");
    EXPECT_EQ(priority(Severity::critical, true), "P5");
}

TEST(Opsgenie, LeavesOutDetailsAndTheEndOfTheDescription) {
    AlertStory story;
    swell(story, 20, 500);
    const Told told{story};
    EXPECT_THAT(told.as(DestinationType::opsgenie).shed, ElementsAre("details"));
    json body = json::parse(told.body());
    for (int i = 0; i < 20; ++i)
        body["data"]["events"].push_back({{"time", "t"}, {"activity", std::string(1000, 'a')}});
    const Told long_description = Told::of_body(story, body.dump());
    const RenderedRequest request = long_description.as(DestinationType::opsgenie);
    EXPECT_THAT(request.shed, ElementsAre("details", "description"));
    EXPECT_THAT(json_of(request)["description"].get<std::string>(),
                testing::EndsWith(", full: " + told.alert().id + "]"));
}

TEST(Opsgenie, TakesNoTagFromAName) {
    AlertStory story;
    story.finding.lead.summary = "<script>alert(1)</script>";
    EXPECT_THAT(json_of(Told{story}.as(DestinationType::opsgenie))["description"].get<std::string>(),
                Not(HasSubstr("<")));
}

}  // namespace
}  // namespace entrawatch
