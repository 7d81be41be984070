#include "alerts/digest.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "alerts/payload/native.hpp"
#include "tests/alerts/payload/told.hpp"
#include "tests/alerts/schema_check.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const TenantName contoso{"contoso", "11111111-2222-3333-4444-555555555555", {}};

DigestFacts facts(int listed = 2) {
    DigestFacts facts;
    facts.notifications = 5;
    facts.alerts = 3;
    facts.open_alerts = 2;
    facts.severity = Severity::high;
    facts.first_event_at = at("2026-11-22T10:10:00Z");
    facts.last_event_at = at("2026-11-22T11:00:00Z");
    facts.rules = {{"pim/role-given", 2}, {"sign-ins/odd", 1}};
    for (int i = 0; i < listed; ++i) {
        AlertRow alert;
        alert.id = "alrt_" + std::to_string(i);
        alert.severity = Severity::high;
        alert.rule_name = "pim/role-given";
        alert.summary = "admin gave a role to <!channel>";
        alert.count = i + 1;
        facts.listed.push_back(std::move(alert));
    }
    return facts;
}

AlertRow report(const DigestFacts& of) {
    const MuteRow mute = test::sample_mute();
    const OwnAlert own = mute_report(mute, contoso, noon, make_alert_id(noon, "0123456789"));
    return with_digest(own_alert(own), of, mute_summary(mute, of));
}

TEST(Digest, CountsExactlyAndListsWhatItTellsOf) {
    const AlertRow alert = report(facts());
    EXPECT_EQ(alert.severity, Severity::high);
    EXPECT_EQ(alert.summary,
              "Mute mute_1 by alice (patch night) has ended. It hid 5 notifications of 3 alerts; 2 are still "
              "open.");
    EXPECT_TRUE(alert.unsilenceable);
    const OrderedJson digest = parse_object(alert.data)["digest"];
    EXPECT_EQ(digest["notifications"], 5);
    EXPECT_EQ(digest["alerts"], 3);
    EXPECT_EQ(digest["open_alerts"], 2);
    EXPECT_EQ(digest["rules"][0]["name"], "pim/role-given");
    EXPECT_EQ(digest["rules"][0]["alerts"], 2);
    EXPECT_EQ(digest["listed"][1]["alert_id"], "alrt_1");
    EXPECT_EQ(digest["listed"][1]["count"], 2);
}

TEST(Digest, IsAsTheSchemaSays) {
    std::ifstream file{std::string{ENTRAWATCH_SOURCE_DIR} + "/alerts/webhook.schema.json"};
    SchemaCheck schema{nlohmann::json::parse(file)};
    for (const int listed : {0, 2, most_in_digest}) {
        const std::string body = notification_body("digest", noon, report(facts(listed)));
        EXPECT_THAT(schema.faults(nlohmann::json::parse(body)), IsEmpty());
    }
}

TEST(Digest, KeepsItsCountsWhenItsListIsTooLong) {
    DigestFacts many = facts(most_in_digest);
    for (AlertRow& alert : many.listed)
        alert.summary = alert.rule_name = std::string(3000, 'x');
    const std::string body = notification_body("digest", noon, report(many));
    EXPECT_LE(body.size(), body_budget);
    const OrderedJson data = data_in(body);
    EXPECT_EQ(data["digest"]["notifications"], 5);
    EXPECT_EQ(data["digest"]["listed"].size(), 10U);
    EXPECT_THAT(shed_of(data), testing::Contains("events"));
}

TEST(Digest, IsReadByPeopleWhereverTheyAreTold) {
    const AlertStory story;
    const Told told = Told::of_body(story, notification_body("digest", noon, report(facts())), "digest");
    for (const DestinationType type :
         {DestinationType::slack, DestinationType::teams, DestinationType::opsgenie, DestinationType::discord,
          DestinationType::mattermost, DestinationType::pagerduty}) {
        const std::string body = told.as(type).body;
        EXPECT_THAT(body, HasSubstr("alrt")) << name_of(type);
        EXPECT_THAT(body, HasSubstr("It hid 5 notifications of 3 alerts")) << name_of(type);
    }
    const std::string slack = told.as(DestinationType::slack).body;
    EXPECT_THAT(slack, HasSubstr("HIGH admin gave a role to &lt;!channel&gt; (open, 2 times, alrt_1)"));
    EXPECT_THAT(slack, HasSubstr("pim/role-given (2), sign-ins/odd (1)"));
    EXPECT_THAT(slack, HasSubstr("Digest: What a mute has hidden"));
    EXPECT_EQ(json_of(told.as(DestinationType::pagerduty))["event_action"], "trigger");
}

}  // namespace
}  // namespace entrawatch
