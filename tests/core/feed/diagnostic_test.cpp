#include "core/feed/diagnostic.hpp"

#include <gtest/gtest.h>

#include "core/feed/diagnostic_record.hpp"
#include "core/feed/json_write.hpp"
#include "tests/core/event/event_of.hpp"
#include "tests/support/same_event.hpp"

namespace entrawatch {
namespace {

struct Pair {
    FeedId feed;
    const char* category;
    const char* table;
    std::string graph;
};

std::vector<Pair> pairs() {
    using records::SignIn;
    using records::SignInKind;
    return {
        {FeedId::directory_audits, "AuditLogs", "AuditLogs", records::role_added().json()},
        {FeedId::directory_audits, "AuditLogs", "AuditLogs", records::role_removed().json()},
        {FeedId::directory_audits, "AuditLogs", "AuditLogs", records::pim_echo().json()},
        {FeedId::directory_audits, "AuditLogs", "AuditLogs", records::policy_changed().json()},
        {FeedId::directory_audits, "AuditLogs", "AuditLogs", records::policy_changed_directory_row().json()},
        {FeedId::directory_audits, "auditlogs", "AuditLogs",
         records::keys_changed({{"k1"}}, {{"k2"}, {"k1"}}).json()},
        {FeedId::sign_ins_interactive, "SignInLogs", "SigninLogs",
         SignIn{.error_code = 50126, .failure_reason = "Wrong."}.json()},
        {FeedId::sign_ins_non_interactive, "NonInteractiveUserSignInLogs", "AADNonInteractiveUserSignInLogs",
         SignIn{.kind = SignInKind::non_interactive, .time = "2026-11-20T09:01:02.5Z"}.json()},
        {FeedId::sign_ins_service_principal, "ServicePrincipalSignInLogs", "AADServicePrincipalSignInLogs",
         SignIn{.kind = SignInKind::service_principal}.json()},
        {FeedId::sign_ins_managed_identity, "ManagedIdentitySignInLogs", "AADManagedIdentitySignInLogs",
         SignIn{.kind = SignInKind::managed_identity}.json()},
        {FeedId::risk_detections, "UserRiskEvents", "AADUserRiskEvents", records::Risk{}.json()},
        {FeedId::service_principal_risk_detections, "ServicePrincipalRiskEvents",
         "AADServicePrincipalRiskEvents", records::Risk{.of_service_principal = true}.json()}};
}

GraphShape shape_of(const std::string& record) {
    JsonReader reader;
    const Result<Json> json = reader.parse(record);
    EXPECT_TRUE(json) << record;
    Result<GraphShape> shape = to_graph_shape(*json);
    EXPECT_TRUE(shape) << (shape ? "" : shape.error().text()) << record;
    return shape ? *shape : GraphShape{};
}

// Times as the exports write them: an offset for the Z.
std::string with_offsets(std::string text) {
    for (std::size_t at = text.find("Z\""); at != std::string::npos; at = text.find("Z\"", at + 1))
        text.replace(at, 1, "+00:00");
    return text;
}

// Nulls are left out.
std::string without_nulls(Json json) {
    JsonObject object;
    if (json.get(object) != simdjson::SUCCESS) return simdjson::minify(json);
    JsonObjectWriter writer;
    for (const auto field : object) {
        if (!field.value.is_null()) writer.raw(field.key, without_nulls(field.value));
    }
    return std::move(writer).take();
}

std::string azure_monitor(const Pair& pair, const std::string& around) {
    JsonReader reader;
    return R"({"category":")" + std::string{pair.category} + R"(","Level":"4",)" + around +
           R"("properties":)" + with_offsets(without_nulls(*reader.parse(pair.graph))) + "}";
}

std::string column_of(std::string_view name) {
    if (name == "operationType") return "AADOperationType";
    if (name == "resourceId") return "ResourceIdentity";
    if (name == "location") return "LocationDetails_dynamic";
    if (name == "ipAddress") return "IPAddress";
    if (name == "createdDateTime") return "CreatedDateTime [UTC]";
    std::string column{name};
    column[0] = static_cast<char>(column[0] - 'a' + 'A');
    return column;
}

std::string log_analytics(const Pair& pair) {
    JsonReader reader;
    JsonObjectWriter row;
    row.text("TenantId", "00000000-0000-4000-8000-0000000000ff");
    row.text("Type", pair.table);
    row.text("Level", "4");
    row.text("ResourceId", "/tenants/x/providers/Microsoft.aadiam");
    for (const auto field : JsonObject{*reader.parse(pair.graph)}) {
        const bool structured = field.value.is_object() || field.value.is_array();
        row.text(column_of(field.key),
                 structured ? simdjson::minify(Json{field.value}) : scalar_text(field.value));
    }
    return std::move(row).take();
}

TEST(GraphShape, OfAnAzureMonitorRecordGivesTheSameEvent) {
    for (const Pair& pair : pairs()) {
        const GraphShape shape = shape_of(azure_monitor(pair, ""));
        EXPECT_EQ(shape.shape, RecordShape::azure_monitor);
        ASSERT_EQ(shape.feed, pair.feed) << pair.category;
        EXPECT_TRUE(test::same_event(event_of(pair.feed, pair.graph), event_of(pair.feed, shape.json)))
            << pair.category;
    }
}

TEST(GraphShape, PrefersWhatTheRecordSaysToWhatStandsAroundIt) {
    for (const Pair& pair : pairs()) {
        const GraphShape shape = shape_of(azure_monitor(
            pair,
            R"("time":"2020-01-01T00:00:00Z","operationName":"other","correlationId":"other","resultType":"1","result":"2","resultDescription":"other",)"));
        const Event graph = event_of(pair.feed, pair.graph);
        EXPECT_TRUE(test::same_event(graph, event_of(pair.feed, shape.json))) << pair.category;
    }
}

TEST(GraphShape, OfALogAnalyticsRowGivesTheSameEvent) {
    for (const Pair& pair : pairs()) {
        const GraphShape shape = shape_of(log_analytics(pair));
        EXPECT_EQ(shape.shape, RecordShape::log_analytics);
        ASSERT_EQ(shape.feed, pair.feed) << pair.table;
        EXPECT_TRUE(test::same_event(event_of(pair.feed, pair.graph), event_of(pair.feed, shape.json)))
            << pair.table << shape.json;
    }
}

TEST(GraphShape, OfAGraphRecordIsTheRecordItself) {
    for (const Pair& pair : pairs()) {
        const GraphShape shape = shape_of(pair.graph);
        EXPECT_EQ(shape.shape, RecordShape::graph);
        EXPECT_EQ(shape.feed, pair.feed);
        EXPECT_EQ(shape.json, "");
    }
}

TEST(AzureMonitor, FillsInFromTheEnvelopeWhatAnAuditLacks) {
    const GraphShape shape = shape_of(
        R"({"time":"2026-11-20 10:11:12.123","CATEGORY":"Policy","operationname":"Update policy","correlationid":"c1","calleripaddress":"192.0.2.9",)"
        R"("result":"0","resultDescription":"why","properties":{"id":"1","loggedByService":"Core Directory","initiatedBy":{"user":{"id":"u","ipAddress":null}}}})");
    ASSERT_EQ(shape.feed, FeedId::directory_audits);
    const Event event = event_of(*shape.feed, shape.json);
    EXPECT_EQ(to_iso(event.time), "2026-11-20T10:11:12.123Z");
    EXPECT_EQ(event.category, "Policy");
    EXPECT_EQ(event.activity, "Update policy");
    EXPECT_EQ(event.correlation_id, "c1");
    EXPECT_EQ(event.actor.ip, "192.0.2.9");
    EXPECT_EQ(event.outcome, Outcome::success);
    EXPECT_EQ(event.reason, "why");
}

TEST(AzureMonitor, FillsInFromTheEnvelopeWhatASignInLacks) {
    const GraphShape shape = shape_of(
        R"({"time":"8/22/2026 6:07:16 PM","category":"SignInLogs","correlationId":"c1","callerIpAddress":"192.0.2.9","resultType":50126,"resultDescription":"Wrong.",)"
        R"("identity":"Alice","location":"NL","properties":{"id":"1","userId":"u","userType":"Member"}})");
    const Event event = event_of(*shape.feed, shape.json);
    EXPECT_EQ(to_iso(event.time), "2026-08-22T18:07:16Z");
    EXPECT_EQ(event.outcome, Outcome::failure);
    EXPECT_EQ(event.reason, "Wrong.");
    EXPECT_EQ(event.actor.ip, "192.0.2.9");
    EXPECT_EQ(event.actor.display_name, "Alice");
    EXPECT_EQ(event.location, "NL");
    EXPECT_NE(shape.json.find(R"("userType":"member")"), std::string::npos);
}

TEST(AzureMonitor, LeavesOutAPlaceholderAddressAndResultsThatAreNoNumber) {
    const GraphShape shape = shape_of(
        R"({"time":"2026-11-20T00:00:00Z","category":"SignInLogs","callerIpAddress":"<null>","resultType":"None","properties":{"id":"1","userId":"u"}})");
    const Event event = event_of(*shape.feed, shape.json);
    EXPECT_EQ(event.actor.ip, "");
    EXPECT_EQ(event.outcome, Outcome::unknown);
}

TEST(AzureMonitor, TakesTheOuterCorrelationIdOfARiskEventForItsIdOnly) {
    const GraphShape shape = shape_of(
        R"({"time":"9/9/2026 9:54:27 AM","category":"UserRiskEvents","correlationId":"abc","properties":{"detectedDateTime":"2026-09-09T8:48:50.361Z","riskEventType":"x"}})");
    const Event event = event_of(*shape.feed, shape.json);
    EXPECT_EQ(event.id, "abc");
    EXPECT_EQ(event.correlation_id, "");
    EXPECT_EQ(to_iso(event.time), "2026-09-09T08:48:50.361Z");
}

TEST(AzureMonitor, ReadsPropertiesThatAreJsonInAText) {
    const GraphShape shape = shape_of(
        R"({"category":"AuditLogs","properties":"{\"id\":\"1\",\"activityDateTime\":\"2026-11-20T00:00:00Z\"}"})");
    EXPECT_EQ(event_of(*shape.feed, shape.json).id, "1");
}

TEST(AzureMonitor, DropsBitMasksAndKeepsNames) {
    const GraphShape shape = shape_of(
        R"({"category":"SignInLogs","properties":{"id":"1","appliedConditionalAccessPolicies":[{"conditionsSatisfied":19,"conditionsNotSatisfied":"users"}]}})");
    EXPECT_NE(shape.json.find(R"("appliedConditionalAccessPolicies":[{"conditionsNotSatisfied":"users"}])"),
              std::string::npos)
        << shape.json;
}

TEST(GraphShape, SaysWhichCategoryNoFeedTakes) {
    for (const char* record : {R"({"category":"RiskyUsers","properties":{"id":"1"}})",
                               R"({"category":"MicrosoftGraphActivityLogs","properties":{}})",
                               R"({"TimeGenerated":"2026-11-20T00:00:00Z","Type":"Heartbeat"})"}) {
        JsonReader reader;
        const Result<GraphShape> shape = to_graph_shape(*reader.parse(record));
        ASSERT_FALSE(shape) << record;
        EXPECT_NE(shape.error().what.find("no feed takes"), std::string::npos);
    }
}

TEST(GraphShape, RefusesWhatIsNoRecord) {
    for (const char* record : {"[]", "7", "null", R"({"category":"AuditLogs","properties":"not JSON"})",
                               R"({"category":"AuditLogs","properties":"[1]"})"}) {
        JsonReader reader;
        EXPECT_FALSE(to_graph_shape(*reader.parse(record))) << record;
    }
}

TEST(LogAnalytics, TakesAnEmptyCellForAbsentAndTheGeneratedTimeForAMissingOne) {
    const GraphShape shape = shape_of(
        R"({"TimeGenerated [UTC]":"4/28/2021, 2:08:45.221 PM","Type":"SigninLogs","Id":"1","UserPrincipalName":"","IPAddress":" ","IsInteractive":"TRUE","ProcessingTimeInMs":"136","Status_string":"{broken"})");
    EXPECT_NE(shape.json.find(R"("isInteractive":true)"), std::string::npos);
    EXPECT_NE(shape.json.find(R"("processingTimeInMilliseconds":136)"), std::string::npos);
    EXPECT_NE(shape.json.find(R"("status":"{broken")"), std::string::npos);
    EXPECT_EQ(shape.json.find("userPrincipalName"), std::string::npos);
    EXPECT_EQ(to_iso(event_of(*shape.feed, shape.json).time), "2021-04-28T14:08:45.221Z");
}

TEST(GraphShape, TakesTheExportOfTheProvisioningLog) {
    const GraphShape shape = shape_of(
        R"({"time":"9/9/2026 9:54:27 AM","category":"ProvisioningLogs","properties":{"id":"1","provisioningAction":"create"}})");
    EXPECT_EQ(shape.feed, FeedId::provisioning);
    const Event event = event_of(FeedId::provisioning, shape.json);
    EXPECT_EQ(event.activity, "Provisioning create");
    EXPECT_EQ(to_iso(event.time), "2026-09-09T09:54:27Z");
}

TEST(GuessFeed, KnowsTheKindOfASignInWithoutItsEventType) {
    const std::vector<std::pair<std::string, FeedId>> cases{
        {R"("userId":"u","isInteractive":true)", FeedId::sign_ins_interactive},
        {R"("userId":"u","isInteractive":false)", FeedId::sign_ins_non_interactive},
        {R"("userId":"u")", FeedId::sign_ins_interactive},
        {R"("userId":"","servicePrincipalId":"s")", FeedId::sign_ins_service_principal},
        {R"("servicePrincipalId":"s","clientCredentialType":"managedIdentity")",
         FeedId::sign_ins_managed_identity},
        {R"("signInEventTypes":["unknownFutureValue","nonInteractiveUser"],"isInteractive":true)",
         FeedId::sign_ins_non_interactive}};
    for (const auto& [members, feed] : cases) {
        JsonReader reader;
        EXPECT_EQ(
            guess_feed(*reader.parse(R"({"createdDateTime":"x","appDisplayName":"a",)" + members + "}")),
            feed)
            << members;
    }
}

TEST(GuessFeed, TellsRiskyObjectsAlertsProvisioningAndPostureApart) {
    const std::pair<const char*, FeedId> cases[] = {
        {R"({"id":"1","riskLastUpdatedDateTime":"x","userPrincipalName":"a"})", FeedId::risky_users},
        {R"({"id":"1","riskLastUpdatedDateTime":"x","appId":"a"})", FeedId::risky_service_principals},
        {R"({"id":"1","title":"an alert","serviceSource":"microsoftDefenderForIdentity"})",
         FeedId::security_alerts},
        {R"({"id":"1","provisioningAction":"create","initiatedBy":{"id":""}})", FeedId::provisioning},
        {R"({"id":"1","alertDefinitionId":"1","scopeId":"/","scopeType":"DirectoryRole","isActive":false})",
         FeedId::pim_alerts},
        {R"({"id":"1","activityDisplayName":"x","category":"Posture","loggedByService":"Entrawatch"})",
         FeedId::posture},
        {R"({"id":"1","activityDisplayName":"x","category":"Posture","loggedByService":"Core Directory"})",
         FeedId::directory_audits}};
    for (const auto& [record, feed] : cases) {
        JsonReader reader;
        EXPECT_EQ(guess_feed(*reader.parse(record)), feed) << record;
    }
}

TEST(GuessFeed, KnowsWhenItIsNoneOfOurs) {
    for (const char* record :
         {"{}", "[]", "7", R"({"id":"1","createdDateTime":"x","title":"an alert","status":"new"})",
          R"({"id":"1","serviceSource":"x"})"}) {
        JsonReader reader;
        EXPECT_FALSE(guess_feed(*reader.parse(record))) << record;
    }
}

TEST(GraphTime, BringsTheFormsOfTheExportsTogether) {
    EXPECT_EQ(graph_time("2026-07-26T13:44:59.0372448+00:00"), "2026-07-26T13:44:59.0372448Z");
    EXPECT_EQ(graph_time("2026-12-16 16:32:16.087554000"), "2026-12-16T16:32:16.087554Z");
    EXPECT_EQ(graph_time("2026-09-09T9:59:27.958Z"), "2026-09-09T09:59:27.958Z");
    EXPECT_EQ(graph_time("8/22/2026 6:07:16 PM"), "2026-08-22T18:07:16Z");
    EXPECT_EQ(graph_time("yesterday"), "yesterday");
    EXPECT_EQ(graph_time(""), "");
}

}  // namespace
}  // namespace entrawatch
