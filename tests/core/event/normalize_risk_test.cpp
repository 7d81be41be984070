#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"

namespace entrawatch {
namespace {

using records::Risk;

TEST(NormalizeRisk, ReadsAUsersDetection) {
    const Event event = event_of(Risk{});
    EXPECT_EQ(event.activity, "passwordSpray");
    EXPECT_EQ(event.category, "RiskDetection");
    EXPECT_EQ(event.service, "Identity Protection");
    EXPECT_EQ(event.outcome, Outcome::unknown);
    EXPECT_EQ(to_iso(event.time), "2026-11-19T09:00:00Z");
    EXPECT_EQ(to_iso(*event.updated), "2026-11-20T09:54:27.739Z");
    EXPECT_EQ(event.risk_level, "high");
    EXPECT_EQ(event.risk_state, "atRisk");
    EXPECT_EQ(event.reason, "none");
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.name, records::alice_name);
    EXPECT_EQ(event.actor.ip, "203.0.113.7");
    EXPECT_EQ(event.targets[0].kind, "user");
    EXPECT_EQ(event.targets[0].id, records::alice_id);
    EXPECT_EQ(event.location, "Utrecht, NL");
    EXPECT_TRUE(has_entity(event, "target", records::alice_id));
    EXPECT_TRUE(has_entity(event, "actor", records::alice_name));
}

TEST(NormalizeRisk, ReadsAServicePrincipalsDetection) {
    const Event event =
        event_of({.of_service_principal = true, .principal_id = "sp1", .principal_name = "Deployer"});
    EXPECT_EQ(event.actor.kind, ActorKind::app);
    EXPECT_EQ(event.actor.id, "sp1");
    EXPECT_EQ(event.actor.app_id, "00000000-0000-4000-8000-000000000a77");
    EXPECT_EQ(event.targets[0].kind, "serviceprincipal");
    EXPECT_EQ(event.targets[0].name, "Deployer");
    EXPECT_TRUE(has_entity(event, "app", "00000000-0000-4000-8000-000000000a77"));
}

TEST(NormalizeRisk, FallsBackToTheTimeOfDetectionAndThenOfTheUpdate) {
    EXPECT_EQ(to_iso(event_of({.activity_time = ""}).time), "2026-11-20T08:48:50.361Z");
    EXPECT_EQ(to_iso(event_of({.activity_time = "0001-01-01T00:00:00Z"}).time), "2026-11-20T08:48:50.361Z");
    EXPECT_EQ(to_iso(event_of({.activity_time = "", .detected_time = "never"}).time),
              "2026-11-20T09:54:27.739Z");
    EXPECT_FALSE(event_of({.updated_time = ""}).updated);
}

TEST(NormalizeRisk, KeepsLevelsAndTypesThatNobodyKnows) {
    const Event event =
        event_of({.type = "brandNewKind", .level = "unknownFutureValue", .state = "pondering"});
    EXPECT_EQ(event.activity, "brandNewKind");
    EXPECT_EQ(event.risk_level, "unknownFutureValue");
    EXPECT_EQ(event.risk_state, "pondering");
}

}  // namespace
}  // namespace entrawatch
