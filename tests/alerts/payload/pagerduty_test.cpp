#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

json event_of(const Told& told) {
    return json_of(told.as(DestinationType::pagerduty));
}

TEST(PagerDuty, IsTriggeredUnderTheAlertsKey) {
    const AlertStory story;
    const Told told{story};
    EXPECT_EQ(told.as(DestinationType::pagerduty).path, "/v2/enqueue");
    const json event = event_of(told);
    EXPECT_EQ(event["routing_key"], "key-0123");
    EXPECT_EQ(event["event_action"], "trigger");
    EXPECT_EQ(event["dedup_key"], told.alert().dedup_key);
    EXPECT_EQ(event["client"], "Entrawatch");
    const json& payload = event["payload"];
    EXPECT_EQ(
        payload["summary"],
        "[CRITICAL] Privileged role assigned outside PIM: deploy-bot gave the role Global Administrator "
        "to mallory@contoso.example outside PIM");
    EXPECT_EQ(payload["source"], "entra/contoso");
    EXPECT_EQ(payload["severity"], "critical");
    EXPECT_EQ(payload["timestamp"], "2026-11-22T10:00:00.123Z");
    EXPECT_EQ(payload["component"], "mallory@contoso.example (user)");
    EXPECT_EQ(payload["group"], "contoso");
    EXPECT_EQ(payload["class"], "pim/role-assigned-outside-pim");
    EXPECT_EQ(payload["custom_details"], json::parse(told.body())["data"]);
    EXPECT_EQ(event["links"][1], (json{{"href", "https://runbooks.example.com/pr-1"}, {"text", "Runbook"}}));
}

TEST(PagerDuty, AcknowledgesAndResolvesTheSameIncident) {
    const AlertStory story;
    for (const auto& [type, action] :
         {std::pair{"alert.acknowledged", "acknowledge"}, std::pair{"alert.resolved", "resolve"}}) {
        const Told told{story, type};
        EXPECT_EQ(event_of(told), (json{{"routing_key", "key-0123"},
                                        {"event_action", action},
                                        {"dedup_key", told.alert().dedup_key}}));
    }
    EXPECT_EQ(event_of(Told{story, "alert.updated"})["event_action"], "trigger");
    EXPECT_EQ(event_of(Told{story, "watch.recovered"})["event_action"], "resolve");
}

TEST(PagerDuty, HasAWordForEachSeverityAndWakesNobodyForATest) {
    AlertStory story;
    const auto word = [&](Severity severity, bool test = false) {
        story.finding.lead.severity = severity;
        return event_of(Told{story, "alert.opened", test})["payload"]["severity"].get<std::string>();
    };
    EXPECT_EQ(word(Severity::critical), "critical");
    EXPECT_EQ(word(Severity::high), "error");
    EXPECT_EQ(word(Severity::medium), "warning");
    EXPECT_EQ(word(Severity::low), "info");
    EXPECT_EQ(word(Severity::informational), "info");
    EXPECT_EQ(word(Severity::critical, true), "info");
}

TEST(PagerDuty, ShowsWhatNamesHide) {
    AlertStory story;
    story.event.actor.name = "eve\u202Egpj.exe";
    EXPECT_EQ(event_of(Told{story})["payload"]["custom_details"]["actor"]["name"], "eve\\u{202e}gpj.exe");
}

// A stored body larger than ours: what a later version may store must still be taken.
Told told_with(const AlertStory& story, std::size_t events, std::size_t others) {
    json body = json::parse(Told{story}.body());
    body["data"]["events"] = std::vector<std::string>(events, std::string(1000, 'e'));
    for (std::size_t i = 0; i < others; ++i)
        body["data"]["other" + std::to_string(i)] = std::string(1000, 'o');
    return Told::of_body(story, body.dump());
}

TEST(PagerDuty, LeavesOutEventsThenLongDetails) {
    const AlertStory story;
    const RenderedRequest events_go = told_with(story, 300, 0).as(DestinationType::pagerduty);
    EXPECT_THAT(events_go.shed, ElementsAre("events"));
    EXPECT_LE(events_go.body.size(), 256U * 1024);
    const json details = json_of(events_go)["payload"]["custom_details"];
    EXPECT_FALSE(details.contains("events"));
    EXPECT_EQ(details["shed"], json::array({"events"}));
    const RenderedRequest long_go = told_with(story, 300, 300).as(DestinationType::pagerduty);
    EXPECT_THAT(long_go.shed, ElementsAre("events", "long_details"));
    EXPECT_LE(long_go.body.size(), 12U * 1024);
    EXPECT_THAT(long_go.body, HasSubstr("deploy-bot"));
}

}  // namespace
}  // namespace entrawatch
