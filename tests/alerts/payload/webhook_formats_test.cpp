#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(NativeFormat, IsTheStoredOctets) {
    AlertStory story;
    swell(story, 50, 1000);
    const Told told{story};
    EXPECT_EQ(told.as(BodyFormat::native).body, told.body());
    EXPECT_EQ(told.as(BodyFormat::native).content_type, "application/json");
    EXPECT_EQ(told.as(DestinationType::file).body, told.body());
    EXPECT_EQ(json(told.as(BodyFormat::native).shed), json::parse(told.body())["data"]["shed"]);
    EXPECT_EQ(Told::of_body(story, "{ broken").as(BodyFormat::native).body, "{ broken");
}

TEST(CloudEventsFormat, IsAStructuredEventAroundTheData) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as(BodyFormat::cloudevents);
    EXPECT_EQ(request.content_type, "application/cloudevents+json; charset=utf-8");
    EXPECT_EQ(json_of(request), (json{{"specversion", "1.0"},
                                      {"id", "msg_0123456789abcdefghijklmnop"},
                                      {"source", "urn:uuid:11111111-2222-3333-4444-555555555555"},
                                      {"type", "entrawatch.alert.opened"},
                                      {"subject", told.alert().id},
                                      {"time", "2026-11-22T10:00:00.123Z"},
                                      {"datacontenttype", "application/json"},
                                      {"data", json::parse(told.body())["data"]}}));
}

TEST(OcsfFormat, IsADetectionFinding) {
    const AlertStory story;
    const Told told{story};
    const json body = json_of(told.as(BodyFormat::ocsf));
    EXPECT_EQ(body["activity_id"], 1);
    EXPECT_EQ(body["category_uid"], 2);
    EXPECT_EQ(body["class_uid"], 2004);
    EXPECT_EQ(body["type_uid"], 200401);
    EXPECT_EQ(body["time"], 1795341600123);
    EXPECT_EQ(body["severity_id"], 5);
    EXPECT_EQ(body["status_id"], 1);
    EXPECT_EQ(body["is_alert"], true);
    EXPECT_EQ(body["message"], told.alert().summary);
    EXPECT_EQ(body["metadata"]["version"], "1.4.0");
    EXPECT_EQ(body["metadata"]["product"]["name"], "Entrawatch");
    EXPECT_EQ(body["metadata"]["uid"], "msg_0123456789abcdefghijklmnop");
    const json& info = body["finding_info"];
    EXPECT_EQ(info["uid"], told.alert().id);
    EXPECT_EQ(info["analytic"], (json{{"uid", story.rule.id},
                                      {"name", story.rule.name},
                                      {"category", "PR-1"},
                                      {"type", "Rule"},
                                      {"type_id", 1}}));
    EXPECT_EQ(info["attacks"], json::parse(R"([{"technique":{"uid":"T1098.003"}}])"));
    EXPECT_EQ(info["related_events"],
              json::parse(R"([{"uid":"Directory_0001","type":"Add member to role"}])"));
    EXPECT_EQ(body["evidences"][0]["actor"]["app_name"], "deploy-bot");
    EXPECT_EQ(body["evidences"][0]["src_endpoint"]["ip"], "198.51.100.7");
    EXPECT_EQ(body["resources"][0]["name"], "mallory@contoso.example");
    EXPECT_THAT(
        body["observables"],
        Contains(json::parse(R"({"name":"evidences.src_endpoint.ip","type_id":2,"value":"198.51.100.7"})")));
    EXPECT_EQ(body["unmapped"]["dedup_key"], told.alert().dedup_key);
}

TEST(OcsfFormat, SaysWhatBecameOfTheFinding) {
    struct Row {
        const char* type;
        int activity, status;
    };
    for (const Row& row :
         {Row{"alert.opened", 1, 1}, Row{"alert.updated", 2, 1}, Row{"alert.acknowledged", 2, 2},
          Row{"alert.resolved", 3, 4}, Row{"watch.recovered", 3, 4}}) {
        const json body = json_of(Told{AlertStory{}, row.type}.as(BodyFormat::ocsf));
        EXPECT_EQ(body["activity_id"], row.activity) << row.type;
        EXPECT_EQ(body["type_uid"], 200400 + row.activity) << row.type;
        EXPECT_EQ(body["status_id"], row.status) << row.type;
    }
}

TEST(EcsFormat, IsAnAlertDocument) {
    const AlertStory story;
    const Told told{story};
    const json body = json_of(told.as(BodyFormat::ecs));
    EXPECT_EQ(body["@timestamp"], "2026-11-22T10:00:00.123Z");
    EXPECT_EQ(body["event"]["kind"], "alert");
    EXPECT_EQ(body["event"]["category"], json::array({"iam"}));
    EXPECT_EQ(body["event"]["type"], json::array({"change"}));
    EXPECT_EQ(body["event"]["id"], "msg_0123456789abcdefghijklmnop");
    EXPECT_EQ(body["event"]["severity"], 5);
    EXPECT_EQ(body["event"]["risk_score"], 100);
    EXPECT_EQ(body["event"]["dataset"], "entra.directory_audits");
    EXPECT_EQ(body["event"]["action"], "Add member to role");
    EXPECT_EQ(body["event"]["outcome"], "success");
    EXPECT_EQ(body["rule"]["id"], story.rule.id);
    EXPECT_EQ(body["threat"]["technique"]["id"], json::array({"T1098.003"}));
    EXPECT_EQ(body["user"]["name"], "deploy-bot");
    EXPECT_EQ(body["user"]["target"]["name"], "mallory@contoso.example");
    EXPECT_EQ(body["source"]["ip"], "198.51.100.7");
    EXPECT_EQ(body["related"]["user"], json::array({"deploy-bot", "mallory@contoso.example"}));
    EXPECT_EQ(body["organization"]["name"], "contoso");
    EXPECT_EQ(body["entrawatch"]["alert_id"], told.alert().id);
    EXPECT_EQ(body["entrawatch"]["events"], json::parse(told.body())["data"]["events"]);
}

TEST(EcsFormat, TellsSignInsFromChangesAndGroupsFromUsers) {
    AlertStory story;
    story.event.feed = FeedId::sign_ins_interactive;
    story.event.outcome = Outcome::interrupted;
    story.event.targets[0].kind = "group";
    const json body = json_of(Told{story}.as(BodyFormat::ecs));
    EXPECT_EQ(body["event"]["category"], json::array({"authentication"}));
    EXPECT_EQ(body["event"]["outcome"], "unknown");
    EXPECT_EQ(body["group"]["name"], "mallory@contoso.example");
    EXPECT_FALSE(body["user"].contains("target"));
}

TEST(WebhookFormats, ShedAsNativeDoesAndSaySo) {
    AlertStory story;
    swell(story, 40, 1000);
    const Told told{story};
    for (const BodyFormat format : {BodyFormat::ocsf, BodyFormat::ecs, BodyFormat::cloudevents}) {
        const RenderedRequest request = told.as(format);
        EXPECT_LE(request.body.size(), body_budget);
        EXPECT_THAT(request.shed, testing::IsSupersetOf({"events", "changes"}));
        EXPECT_THAT(request.body, HasSubstr(R"("shed":["events","changes")"));
    }
}

TEST(WebhookFormats, KeepNamesAsEntraSentThem) {
    AlertStory story;
    story.event.actor.name = "eve\u202Egpj.exe <!channel>";
    for (const BodyFormat format : {BodyFormat::ocsf, BodyFormat::ecs, BodyFormat::cloudevents})
        EXPECT_THAT(Told{story}.as(format).body, HasSubstr("eve\u202Egpj.exe <!channel>"));
}

TEST(RequestUrl, JoinsPathAndQueryToTheDestinations) {
    RenderedRequest request;
    EXPECT_EQ(request_url("https://hooks.example/a?b=c", request), "https://hooks.example/a?b=c");
    request.query = "wait=true";
    EXPECT_EQ(request_url("https://hooks.example/a", request), "https://hooks.example/a?wait=true");
    EXPECT_EQ(request_url("https://hooks.example/a?b=c", request), "https://hooks.example/a?b=c&wait=true");
    request = {};
    request.path = "/v2/alerts/x/close";
    EXPECT_EQ(request_url("https://api.example/", request), "https://api.example/v2/alerts/x/close");
    EXPECT_EQ(request_url("https://api.example/jsm/ops/integration", request),
              "https://api.example/jsm/ops/integration/v2/alerts/x/close");
    EXPECT_EQ(request_url("https://api.example/jsm/ops/integration/v2/alerts", request),
              "https://api.example/jsm/ops/integration/v2/alerts/x/close")
        << "the API's path may stand in the URL already";
    request.path = "/api/v2/alerts";
    EXPECT_EQ(request_url("https://proxy.example/api", request), "https://proxy.example/api/api/v2/alerts")
        << "one segment is a prefix of somebody's own";
}

}  // namespace
}  // namespace entrawatch
