#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

TEST(NormalizeRisky, TellsHowThingsStandWithAUser) {
    const Event event =
        event_of(FeedId::risky_users, R"({"id":"u1","riskLastUpdatedDateTime":"2026-11-22T10:00:00Z",
        "riskLevel":"high","riskState":"atRisk","riskDetail":"none","userDisplayName":"Ada","userPrincipalName":"ada@x.example"})");
    EXPECT_EQ(event.id, "u1");
    EXPECT_EQ(event.activity, "Risky user");
    EXPECT_EQ(event.time, ten);
    EXPECT_EQ(event.updated, ten);
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.id, "u1");
    EXPECT_EQ(event.actor.name, "ada@x.example");
    EXPECT_EQ(event.risk_level, "high");
    EXPECT_EQ(event.risk_state, "atRisk");
    ASSERT_EQ(event.targets.size(), 1U);
    EXPECT_EQ(event.targets.front().kind, "user");
}

TEST(NormalizeRisky, TellsHowThingsStandWithAnApplication) {
    const Event event = event_of(
        FeedId::risky_service_principals,
        R"({"id":"s1","riskLastUpdatedDateTime":"2026-11-22T10:00:00Z","appId":"a1","displayName":"Payroll"})");
    EXPECT_EQ(event.activity, "Risky service principal");
    EXPECT_EQ(event.actor.kind, ActorKind::app);
    EXPECT_EQ(event.actor.app_id, "a1");
    EXPECT_EQ(event.actor.name, "Payroll");
    EXPECT_EQ(event.targets.front().kind, "serviceprincipal");
}

TEST(NormalizeSecurityAlert, ReadsWhomItIsAboutFromTheEvidence) {
    const Event event =
        event_of(FeedId::security_alerts,
                 R"({"id":"da1_1","title":"Suspected DCSync attack","category":"CredentialAccess",
        "productName":"Microsoft Defender for Identity","serviceSource":"microsoftDefenderForIdentity","severity":"high","status":"new",
        "createdDateTime":"2026-11-22T10:00:00Z","lastUpdateDateTime":"2026-11-22T10:05:00Z","evidence":[
        {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"azureAdUserId":"u1","userPrincipalName":"ada@x.example","displayName":"Ada"}},
        {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"accountName":"svc","azureAdUserId":null}},
        {"@odata.type":"#microsoft.graph.security.deviceEvidence","deviceDnsName":"dc1","azureAdDeviceId":"d1"},
        {"@odata.type":"#microsoft.graph.security.oauthApplicationEvidence","objectId":"o1","displayName":"App"},
        {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"203.0.113.9"},
        {"@odata.type":"#microsoft.graph.security.someNewEvidence","x":1}, 7, null]})");
    EXPECT_EQ(event.activity, "Suspected DCSync attack");
    EXPECT_EQ(event.service, "Microsoft Defender for Identity");
    EXPECT_EQ(event.time, ten);
    EXPECT_EQ(event.updated, five_past_ten);
    EXPECT_EQ(event.risk_level, "high");
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.id, "u1");
    EXPECT_EQ(event.actor.ip, "203.0.113.9");
    ASSERT_EQ(event.targets.size(), 4U);
    EXPECT_EQ(event.targets[1].name, "svc");
    EXPECT_EQ(event.targets[2].kind, "device");
    EXPECT_EQ(event.targets[2].name, "dc1");
    EXPECT_EQ(event.targets[3].id, "o1");
}

TEST(NormalizeSecurityAlert, KeepsOneWithoutEvidence) {
    const Event event = event_of(
        FeedId::security_alerts,
        R"({"id":"1","createdDateTime":"2026-11-22T10:00:00Z","serviceSource":"x","actorDisplayName":"storm-1"})");
    EXPECT_EQ(event.actor.kind, ActorKind::unknown);
    EXPECT_EQ(event.actor.name, "storm-1");
    EXPECT_EQ(event.service, "x");
}

}  // namespace
}  // namespace entrawatch
