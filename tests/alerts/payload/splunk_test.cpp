#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::Pair;

TEST(Splunk, IsSentTheNativeBodyAsOneEvent) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::splunk_hec);
    EXPECT_EQ(request.path, "/services/collector/event");
    EXPECT_THAT(request.headers, ElementsAre(Pair("authorization", "Splunk key-0123")));
    EXPECT_THAT(request.body, testing::StartsWith(R"({"time":1795341600.123,)"));
    const json body = json_of(request);
    EXPECT_EQ(body["sourcetype"], "entrawatch:alert");
    EXPECT_EQ(body["event"], json::parse(told.body()));
    EXPECT_EQ(body["fields"], (json{{"alert_id", told.alert().id},
                                    {"webhook_id", "msg_0123456789abcdefghijklmnop"},
                                    {"notification", "alert.opened"},
                                    {"severity", "critical"},
                                    {"tenant", "contoso"}}));
}

TEST(Splunk, StaysWithinTheBudgetWithItsEnvelope) {
    const AlertStory story;
    // The stored body fills the budget; with the envelope it does not fit.
    json stored = json::parse(Told{story}.body());
    stored["data"]["other_targets"] = json::array({std::string(1000, 'o')});
    stored["data"]["context"]["filling"] = "";
    stored["data"]["context"]["filling"] = std::string(body_budget - stored.dump().size(), 'f');
    const Told told = Told::of_body(story, stored.dump());
    ASSERT_EQ(told.body().size(), body_budget);
    const RenderedRequest request = told.as(DestinationType::splunk_hec);
    EXPECT_LE(request.body.size(), body_budget);
    EXPECT_EQ(json_of(request)["event"]["data"]["shed"], request.shed);
    EXPECT_THAT(request.shed, ElementsAre("events", "changes", "bystanders"));
}

}  // namespace
}  // namespace entrawatch
