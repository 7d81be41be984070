// What a person said of an alert, as each receiver is told of it.
#include <gmock/gmock.h>

#include <fstream>

#include "alerts/handling.hpp"
#include "tests/alerts/payload/told.hpp"
#include "tests/alerts/schema_check.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;

Told told_after(Handling handling) {
    const AlertStory story;
    const AlertRow alert =
        *handled(open_alert(story.input()), {handling, "alice", "looking into it", story.now});
    const std::string type{notification_type(handling)};
    return Told::of_body(story, notification_body(type, story.now, alert), type);
}

TEST(PersonsWordTo, EveryReceiverThatTakesWordsSaysWhoAndWhy) {
    for (const Handling handling : {Handling::acknowledge, Handling::resolve}) {
        const Told told = told_after(handling);
        for (const DestinationType type :
             {DestinationType::webhook, DestinationType::file, DestinationType::slack, DestinationType::teams,
              DestinationType::opsgenie, DestinationType::discord, DestinationType::mattermost,
              DestinationType::servicenow, DestinationType::alertmanager, DestinationType::splunk_hec,
              DestinationType::syslog, DestinationType::sentinel}) {
            EXPECT_THAT(told.as(type).body, HasSubstr("alice")) << name_of(type);
            EXPECT_THAT(told.as(type).body, HasSubstr("looking into it")) << name_of(type);
        }
        for (const BodyFormat format : {BodyFormat::ocsf, BodyFormat::ecs, BodyFormat::cloudevents})
            EXPECT_THAT(told.as(format).body, HasSubstr("looking into it"));
        EXPECT_THAT(told.as_incident().body, HasSubstr("looking into it"));
    }
}

TEST(PersonsWordTo, AWebhookIsAsTheSchemaSays) {
    std::ifstream file{std::string{ENTRAWATCH_SOURCE_DIR} + "/alerts/webhook.schema.json"};
    SchemaCheck schema{nlohmann::json::parse(file)};
    for (const Handling handling : {Handling::acknowledge, Handling::resolve}) {
        EXPECT_THAT(schema.faults(nlohmann::json::parse(told_after(handling).body())), testing::IsEmpty());
    }
}

TEST(PersonsWordTo, OpsgenieIsANoteBesideTheAction) {
    const RenderedRequest taken = told_after(Handling::acknowledge).as(DestinationType::opsgenie);
    EXPECT_THAT(taken.path, testing::EndsWith("/acknowledge"));
    EXPECT_THAT(json_of(taken)["note"].get<std::string>(),
                HasSubstr("Acknowledged by alice: looking into it"));
}

TEST(PersonsWordTo, AlertmanagerEndsTheAlertNow) {
    const auto alert = json_of(told_after(Handling::resolve).as(DestinationType::alertmanager))[0];
    EXPECT_EQ(alert["endsAt"], "2026-11-22T10:00:00.123Z");
    EXPECT_THAT(alert["annotations"]["status"].get<std::string>(), HasSubstr("Resolved by alice"));
}

}  // namespace
}  // namespace entrawatch
