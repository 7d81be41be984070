#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

// As v1.0 sends it; `rest` follows the first members.
std::string provisioning_record(const std::string& rest) {
    return R"({"id":"gc532ff9-r265-ec76-861e-42e2970a8218","activityDateTime":"2026-11-22T10:00:00Z",
        "tenantId":"t1","jobId":"parcel.t1.j1","cycleId":"c1","changeId":"ch1","durationInMilliseconds":2785)" +
           rest + "}";
}

TEST(NormalizeProvisioning, TellsWhatAJobDidToWhom) {
    const Event event = event_of(FeedId::provisioning, provisioning_record(R"(,"provisioningAction":"disable",
        "provisioningStatusInfo":{"status":"success","errorInformation":null},
        "initiatedBy":{"id":"","displayName":"Azure AD Provisioning Service","initiatorType":"system"},
        "servicePrincipal":{"id":"s1","displayName":"Parcel desk"},
        "sourceIdentity":{"id":"u1","displayName":"Ada","identityType":"User","details":{}},
        "targetIdentity":{"id":"77","displayName":"ada@parcel.example","identityType":"User","details":{}},
        "sourceSystem":{"id":"x","displayName":"Microsoft Entra ID","details":{}},
        "modifiedProperties":[{"displayName":"active","oldValue":"True","newValue":"False"},
                              {"displayName":"objectId","oldValue":null,"newValue":"u1"}],
        "provisioningSteps":[{"name":"EntryExport","provisioningStepType":"Export","status":"success","details":{}}])"));
    EXPECT_EQ(event.id, "gc532ff9-r265-ec76-861e-42e2970a8218");
    EXPECT_EQ(event.time, ten);
    EXPECT_EQ(event.activity, "Provisioning disable");
    EXPECT_EQ(event.operation, "disable");
    EXPECT_EQ(event.service, "Account Provisioning");
    EXPECT_EQ(event.outcome, Outcome::success);
    EXPECT_EQ(event.reason, "");
    EXPECT_EQ(event.correlation_id, "ch1");
    EXPECT_EQ(event.actor.kind, ActorKind::system);
    EXPECT_EQ(event.actor.name, "Azure AD Provisioning Service");
    ASSERT_EQ(event.targets.size(), 3U);
    EXPECT_EQ(event.targets[0].name, "ada@parcel.example");
    EXPECT_EQ(event.targets[0].kind, "user");
    EXPECT_EQ(event.targets[1].id, "u1");
    EXPECT_EQ(event.targets[2].kind, "serviceprincipal");
    EXPECT_EQ(event.targets[2].name, "Parcel desk");
    ASSERT_EQ(event.changes.size(), 2U);
    EXPECT_EQ(event.changes[0].property, "active");
    EXPECT_EQ(event.changes[0].old_value, "True");
    EXPECT_EQ(event.changes[0].new_value, "False");
    EXPECT_FALSE(event.changes[1].has_old);
    EXPECT_TRUE(has_entity(event, "target", "u1"));
    EXPECT_TRUE(has_entity(event, "app", "s1"));
}

TEST(NormalizeProvisioning, GivesTheReasonOfAFailureAndTheSourceWhereNothingWasMade) {
    const Event event = event_of(FeedId::provisioning, provisioning_record(R"(,"provisioningAction":"create",
        "provisioningStatusInfo":{"status":"failure","errorInformation":{"errorCode":"EntryConflict",
            "reason":"A user of that name exists.","additionalDetails":null,"errorCategory":"nonServiceFailure"}},
        "initiatedBy":{"id":"u9","displayName":"Kai","initiatingType":"user"},
        "sourceIdentity":{"id":"g1","displayName":"Pilot","identityType":"Group"},
        "targetIdentity":{"id":"","displayName":"","identityType":"Group","details":{}})"));
    EXPECT_EQ(event.outcome, Outcome::failure);
    EXPECT_EQ(event.reason, "EntryConflict: A user of that name exists.");
    EXPECT_EQ(event.actor.kind, ActorKind::user) << "older samples say initiatingType";
    EXPECT_EQ(event.actor.id, "u9");
    ASSERT_EQ(event.targets.size(), 1U);
    EXPECT_EQ(event.targets[0].id, "g1");
    EXPECT_TRUE(has_entity(event, "group", "Pilot"));
}

TEST(NormalizeProvisioning, TakesTheApplicationAsAListOfOneToo) {
    for (const char* application :
         {R"({"id":"s1","displayName":"Parcel desk"})", R"([{"id":"s1","displayName":"Parcel desk"}])",
          R"([{"id":"s1","name":"Parcel desk"},{"id":"s2"}])"}) {
        const Event event = event_of(
            FeedId::provisioning, provisioning_record(R"(,"servicePrincipal":)" + std::string{application}));
        ASSERT_EQ(event.targets.size(), 1U) << application;
        EXPECT_EQ(event.targets[0].id, "s1");
        EXPECT_EQ(event.targets[0].name, "Parcel desk");
    }
    EXPECT_TRUE(
        event_of(FeedId::provisioning, provisioning_record(R"(,"servicePrincipal":[])")).targets.empty());
}

TEST(NormalizeProvisioning, ReadsTheNamesOfBeta) {
    const Event event = event_of(
        FeedId::provisioning, provisioning_record(R"(,"action":"Delete","statusInfo":{"status":"Success"})"));
    EXPECT_EQ(event.activity, "Provisioning Delete");
    EXPECT_EQ(event.outcome, Outcome::success);
}

TEST(NormalizeProvisioning, DoesNotTakeASkippedOrPartialChangeForASuccessOrAFailure) {
    for (const std::string status : {"skipped", "warning", "unknownFutureValue"}) {
        const Event event =
            event_of(FeedId::provisioning,
                     provisioning_record(R"(,"provisioningStatusInfo":{"status":")" + status + R"("})"));
        EXPECT_EQ(event.outcome, Outcome::unknown);
        EXPECT_EQ(event.reason, status);
        EXPECT_EQ(event.activity, "Provisioning");
    }
}

TEST(NormalizeProvisioning, KeepsWhatHasOtherTypesThanDocumented) {
    const Event event = event_of(FeedId::provisioning, provisioning_record(R"(,"provisioningAction":7,
        "provisioningStatusInfo":"success","initiatedBy":[],"servicePrincipal":"x","sourceIdentity":null,
        "targetIdentity":5,"modifiedProperties":{"a":1})"));
    EXPECT_EQ(event.activity, "Provisioning 7");
    EXPECT_EQ(event.outcome, Outcome::unknown);
    EXPECT_EQ(event.actor.kind, ActorKind::unknown);
    EXPECT_TRUE(event.targets.empty());
    EXPECT_TRUE(event.changes.empty());
}

TEST(NormalizeProvisioning, RefusesOneWithoutIdOrTime) {
    JsonReader reader;
    const Feed& feed = feed_of(FeedId::provisioning);
    EXPECT_FALSE(normalize(feed, *reader.parse(R"({"activityDateTime":"2026-11-22T10:00:00Z"})")));
    EXPECT_FALSE(normalize(feed, *reader.parse(R"({"id":"1","activityDateTime":"0001-01-01T00:00:00Z"})")));
}

}  // namespace
}  // namespace entrawatch
