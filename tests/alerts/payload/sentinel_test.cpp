#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;
using testing::IsEmpty;
using testing::Not;

TEST(Sentinel, IsSentOneRowForTheStreamOfTheRule) {
    const AlertStory story;
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::sentinel);
    EXPECT_EQ(request_url("https://ingest.example", request),
              "https://ingest.example/dataCollectionRules/dcr-0123/streams/Custom-Entrawatch"
              "?api-version=2023-01-01");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(json_of(request), (json::array({{{"TimeGenerated", "2026-11-22T10:00:00.123Z"},
                                               {"NotificationType", "alert.opened"},
                                               {"AlertId", told.alert().id},
                                               {"WebhookId", "msg_0123456789abcdefghijklmnop"},
                                               {"TenantName", "contoso"},
                                               {"EntraTenantId", "11111111-2222-3333-4444-555555555555"},
                                               {"RuleId", "6a1d3f0e-0000-4000-8000-000000000001"},
                                               {"RuleName", "pim/role-assigned-outside-pim"},
                                               {"Title", "Privileged role assigned outside PIM"},
                                               {"Scenario", "PR-1"},
                                               {"Severity", "critical"},
                                               {"Summary",
                                                "deploy-bot gave the role Global Administrator to "
                                                "mallory@contoso.example outside PIM"},
                                               {"ActorKind", "app"},
                                               {"ActorId", "0a0a0a0a-0000-4000-8000-00000000000a"},
                                               {"ActorName", "deploy-bot"},
                                               {"ActorIp", "198.51.100.7"},
                                               {"TargetKind", "user"},
                                               {"TargetId", "0b0b0b0b-0000-4000-8000-00000000000b"},
                                               {"TargetName", "mallory@contoso.example"},
                                               {"EventCount", 1},
                                               {"FirstEventAt", "2026-11-22T09:58:00.1234567Z"},
                                               {"LastEventAt", "2026-11-22T09:58:00.1234567Z"},
                                               {"DetectedAt", "2026-11-22T10:00:00.123Z"},
                                               {"DedupKey", told.alert().dedup_key},
                                               {"IsTest", false},
                                               {"IsDrill", false},
                                               {"Data", json::parse(told.body())["data"]}}})));
}

TEST(Sentinel, KeepsEachColumnBelowWhatAzureMonitorCutsAt) {
    AlertStory story;
    swell(story, 50, 1000);
    story.event.actor.name = story.finding.lead.summary = std::string(5000, 'n');
    json stored = json::parse(Told{story}.body());
    // As full as a stored body can be.
    stored["data"]["context"]["filling"] = "";
    stored["data"]["context"]["filling"] = std::string(body_budget - stored.dump().size(), 'f');
    const Told told = Told::of_body(story, stored.dump());
    ASSERT_EQ(told.body().size(), body_budget);
    const RenderedRequest request = told.as(DestinationType::sentinel);
    EXPECT_LE(request.body.size(), 60U * 1024U);
    EXPECT_THAT(request.shed, Not(IsEmpty()));
    EXPECT_EQ(json_of(request)[0]["Data"]["shed"], request.shed);
}

TEST(Sentinel, MarksATest) {
    EXPECT_EQ(json_of(Told(AlertStory{}, "test", true).as(DestinationType::sentinel))[0]["IsTest"], true);
}

}  // namespace
}  // namespace entrawatch
