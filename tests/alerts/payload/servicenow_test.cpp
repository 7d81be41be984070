#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

json record_of(const Told& told) {
    return json_of(told.as(DestinationType::servicenow))["records"][0];
}

TEST(ServiceNow, IsSentAnEventThatItsKeyCollapses) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::servicenow);
    EXPECT_EQ(request.path, "/api/global/em/jsonv2");
    EXPECT_EQ(request.lookup, "");
    EXPECT_THAT(request.headers, ElementsAre(Pair("authorization", "Basic " + to_base64("watcher:key-0123")),
                                             Pair("accept", "application/json")));
    const json record = record_of(told);
    EXPECT_EQ(record["source"], "Entrawatch");
    EXPECT_EQ(record["event_class"], "contoso");
    EXPECT_EQ(record["node"], "entra/contoso");
    EXPECT_EQ(record["resource"], "mallory@contoso.example (user)");
    EXPECT_EQ(record["metric_name"], "PR-1");
    EXPECT_EQ(record["type"], "pim/role-assigned-outside-pim");
    EXPECT_EQ(record["message_key"], told.alert().dedup_key);
    EXPECT_EQ(record["severity"], "1");
    EXPECT_EQ(record["time_of_event"], "2026-11-22 10:00:00");
    EXPECT_EQ(record["resolution_state"], "New");
    EXPECT_EQ(json::parse(record["additional_info"].get<std::string>()), json::parse(told.body())["data"]);
}

TEST(ServiceNow, ClosesTheEventOfAResolvedAlert) {
    const json record = record_of(Told{AlertStory{}, "alert.resolved"});
    EXPECT_EQ(record["severity"], "0");
    EXPECT_EQ(record["resolution_state"], "Closing");
}

TEST(ServiceNow, KeepsItsTextColumnsWithinTheirLength) {
    AlertStory story;
    swell(story, 50, 1000);
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::servicenow);
    EXPECT_THAT(request.shed, testing::IsSupersetOf({"description", "changes"}));
    const json record = record_of(told);
    EXPECT_LE(record["additional_info"].get<std::string>().size(), 32U * 1024);
    EXPECT_THAT(record["description"].get<std::string>(), HasSubstr(", full: " + told.alert().id + "]"));
}

TEST(ServiceNow, KeepsOnlyWhatIdentifiesTheAlertWhenTheInfoIsTooLong) {
    const AlertStory story;
    json body = json::parse(Told{story}.body());
    body["data"]["other"] = std::vector<std::string>(60, std::string(1000, 'o'));
    const Told told = Told::of_body(story, body.dump());
    EXPECT_THAT(told.as(DestinationType::servicenow).shed, ElementsAre("events", "details"));
    const json info = json::parse(record_of(told)["additional_info"].get<std::string>());
    EXPECT_EQ(info["Alert"], told.alert().id);
    EXPECT_EQ(info["Actor"], "deploy-bot (app, 198.51.100.7)");
}

TEST(ServiceNowIncident, IsLookedUpByTheAlertBeforeOneIsMade) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as_incident();
    const json row = json_of(request);
    EXPECT_EQ(row["correlation_id"], told.alert().id);
    EXPECT_EQ(row["short_description"], "[CRITICAL] Privileged role assigned outside PIM");
    EXPECT_EQ(row["impact"], "1");
    EXPECT_FALSE(row.contains("work_notes"));
    EXPECT_EQ(
        lookup_url("https://contoso.service-now.example/", request),
        "https://contoso.service-now.example/api/now/table/incident?sysparm_limit=1&sysparm_fields=sys_id&"
        "sysparm_query=correlation_id%3D" +
            told.alert().id);
    EXPECT_EQ(request_url("https://contoso.service-now.example/", request),
              "https://contoso.service-now.example/api/now/table/incident?sysparm_fields=sys_id");
}

TEST(ServiceNowIncident, IsChangedWhenItIsThere) {
    const RenderedRequest request = Told{AlertStory{}, "alert.updated"}.as_incident();
    EXPECT_THAT(json_of(request)["work_notes"].get<std::string>(), HasSubstr("Raised"));
    const std::string record = record_in(R"({"result":[{"sys_id":"0123456789abcdef0123456789abcdef"}]})");
    const RenderedRequest change = changing(request, record);
    EXPECT_EQ(change.method, "PATCH");
    EXPECT_EQ(change.path, "/api/now/table/incident/0123456789abcdef0123456789abcdef");
    EXPECT_EQ(change.body, request.body);
}

TEST(ServiceNowIncident, IsNotTakenFromAnAnswerThatIsNone) {
    for (const char* answer : {"", "{", R"({"result":[]})", R"({"result":{}})",
                               R"({"result":[{"sys_id":7}]})", R"({"result":[{"sys_id":"../../oops"}]})"})
        EXPECT_EQ(record_in(answer), "") << answer;
}

}  // namespace
}  // namespace entrawatch
