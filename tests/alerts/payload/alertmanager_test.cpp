#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;

json alert_of(const Told& told) {
    return json_of(told.as(DestinationType::alertmanager))[0];
}

TEST(Alertmanager, IsSentOneAlertThatEndsByItselfAfterADay) {
    const AlertStory story;
    const Told told{story};
    EXPECT_EQ(told.as(DestinationType::alertmanager).path, "/api/v2/alerts");
    const json alert = alert_of(told);
    EXPECT_EQ(alert["labels"], (json{{"alertname", "pim/role-assigned-outside-pim"},
                                     {"severity", "critical"},
                                     {"tenant", "contoso"},
                                     {"scenario", "PR-1"},
                                     {"alert_id", told.alert().id},
                                     {"job", "entrawatch"}}));
    EXPECT_EQ(alert["annotations"]["summary"], "[CRITICAL] Privileged role assigned outside PIM");
    EXPECT_EQ(alert["annotations"]["runbook_url"], "https://runbooks.example.com/pr-1");
    EXPECT_EQ(alert["startsAt"], "2026-11-22T10:00:00.123Z");
    EXPECT_EQ(alert["endsAt"], "2026-11-23T10:00:00.123Z");
    EXPECT_TRUE(alert.contains("generatorURL"));
}

TEST(Alertmanager, EndsAResolvedAlertUnderTheSameLabels) {
    const AlertStory story;
    const json open = alert_of(Told{story});
    const json over = alert_of(Told{story, "alert.resolved"});
    EXPECT_EQ(over["labels"], open["labels"]);
    EXPECT_EQ(over["endsAt"], "2026-11-22T10:00:00.123Z");
}

TEST(Alertmanager, MarksATestByALabelThatRoutesCanAskFor) {
    EXPECT_EQ(alert_of(Told{AlertStory{}, "alert.opened", true})["labels"]["test"], "true");
}

TEST(Alertmanager, NeverStartsAfterItEnds) {
    AlertStory story;
    json body = json::parse(Told{story}.body());
    body["timestamp"] = "2026-11-22T09:00:00.000Z";
    const json alert = alert_of(Told::of_body(story, body.dump(), "alert.resolved"));
    EXPECT_EQ(alert["startsAt"], alert["endsAt"]);
}

TEST(Alertmanager, SaysThatEventsAndChangesAreNotInAnnotations) {
    AlertStory story;
    swell(story, 1, 10);
    EXPECT_THAT(Told{story}.as(DestinationType::alertmanager).shed, ElementsAre("events", "changes"));
}

}  // namespace
}  // namespace entrawatch
