#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"

namespace entrawatch {
namespace {

using records::SignIn;
using records::SignInKind;

FeedId feed_of_kind(SignInKind kind) {
    switch (kind) {
        case SignInKind::interactive:
            return FeedId::sign_ins_interactive;
        case SignInKind::non_interactive:
            return FeedId::sign_ins_non_interactive;
        case SignInKind::service_principal:
            return FeedId::sign_ins_service_principal;
        case SignInKind::managed_identity:
            return FeedId::sign_ins_managed_identity;
    }
    return FeedId::directory_audits;
}

Event event_of(const SignIn& sign_in) {
    return event_of(feed_of_kind(sign_in.kind), sign_in.json());
}

TEST(NormalizeSignIn, ReadsAUsersSignIn) {
    const Event event = event_of(SignIn{.risk_level = "high", .risk_state = "atRisk"});
    EXPECT_EQ(event.activity, "Sign-in");
    EXPECT_EQ(event.category, "SignIn");
    EXPECT_EQ(event.service, "Sign-ins");
    EXPECT_EQ(event.outcome, Outcome::success);
    EXPECT_EQ(event.reason, "") << "a success says \"Other.\"";
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.id, records::alice_id);
    EXPECT_EQ(event.actor.name, records::alice_name);
    EXPECT_EQ(event.actor.ip, "203.0.113.7");
    EXPECT_EQ(event.actor.user_agent, "Mozilla/5.0 (X11; Linux x86_64)");
    ASSERT_EQ(event.targets.size(), 1U);
    EXPECT_EQ(event.targets[0].kind, "app");
    EXPECT_EQ(event.targets[0].name, "Example API");
    EXPECT_EQ(event.client, "Browser");
    EXPECT_EQ(event.location, "Utrecht, Utrecht, NL");
    EXPECT_EQ(event.risk_level, "high");
    EXPECT_EQ(event.risk_state, "atRisk");
    for (const auto& [role, value] : std::vector<std::pair<std::string, std::string>>{
             {"actor", std::string{records::alice_id}},
             {"app", "Example Portal"},
             {"app", "00000000-0000-4000-8000-000000000a77"},
             {"resource", "00000000-0000-4000-8000-000000000e77"},
             {"ip", "203.0.113.7"},
             {"session", "00000000-0000-4000-8000-000000005e55"}})
        EXPECT_TRUE(has_entity(event, role, value)) << role << value;
    EXPECT_TRUE(std::ranges::none_of(event.entities, [](const Entity& e) { return e.value.empty(); }));
}

TEST(NormalizeSignIn, KnowsTheFourKindsOfActor) {
    EXPECT_EQ(event_of(SignIn{.kind = SignInKind::non_interactive}).actor.kind, ActorKind::user);
    for (const SignInKind kind : {SignInKind::service_principal, SignInKind::managed_identity}) {
        const Event event =
            event_of(SignIn{.kind = kind, .principal_id = "sp1", .principal_name = "Backup job"});
        EXPECT_EQ(event.actor.kind, ActorKind::app);
        EXPECT_EQ(event.actor.id, "sp1");
        EXPECT_EQ(event.actor.name, "Backup job");
        EXPECT_EQ(event.actor.app_id, "00000000-0000-4000-8000-000000000a77");
    }
    const Event managed = event_of(SignIn{.kind = SignInKind::managed_identity});
    EXPECT_EQ(managed.actor.ip, "");
    EXPECT_EQ(managed.location, "");
}

TEST(NormalizeSignIn, TellsFailuresFromInterrupts) {
    const std::vector<std::pair<int, Outcome>> cases{
        {0, Outcome::success},         {50126, Outcome::failure},     {53003, Outcome::failure},
        {50055, Outcome::failure},     {50140, Outcome::interrupted}, {65001, Outcome::interrupted},
        {90094, Outcome::interrupted}, {50074, Outcome::interrupted}, {50076, Outcome::interrupted}};
    for (const auto& [code, outcome] : cases)
        EXPECT_EQ(event_of(SignIn{.error_code = code}).outcome, outcome) << code;
    EXPECT_EQ(event_of(SignIn{.error_code = 50126, .failure_reason = "Invalid password."}).reason,
              "Invalid password.");
}

TEST(NormalizeSignIn, ReadsErrorCodesWrittenAsText) {
    const std::string head = R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","userId":"u","status":)";
    EXPECT_EQ(event_of(FeedId::sign_ins_interactive, head + R"({"errorCode":"50126"}})").outcome,
              Outcome::failure);
    EXPECT_EQ(event_of(FeedId::sign_ins_interactive,
                       head + R"({"errorCode":"0","additionalDetails":"MFA by claim"}})")
                  .reason,
              "MFA by claim");
    EXPECT_EQ(event_of(FeedId::sign_ins_interactive, head + "{}}").outcome, Outcome::unknown);
    EXPECT_EQ(event_of(FeedId::sign_ins_interactive, head + "\"50126\"}").outcome, Outcome::unknown);
}

TEST(NormalizeSignIn, NamesAnUnknownUserByWhatWasTyped) {
    const Event event =
        event_of(FeedId::sign_ins_interactive,
                 R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","userId":"","userPrincipalName":"",)"
                 R"("signInIdentifier":"breakglass@example.com","userDisplayName":"B"})");
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.id, "");
    EXPECT_EQ(event.actor.name, "breakglass@example.com");
}

TEST(NormalizeSignIn, HasAnUnknownActorWhenNobodyIsNamed) {
    const Event event =
        event_of(FeedId::sign_ins_interactive, R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z"})");
    EXPECT_EQ(event.actor.kind, ActorKind::unknown);
    EXPECT_TRUE(event.targets.empty());
    EXPECT_TRUE(event.entities.empty());
}

TEST(NormalizeSignIn, TakesAPrincipalForTheActorInAUserFeedWithoutAUser) {
    EXPECT_EQ(event_of(FeedId::sign_ins_interactive,
                       R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","servicePrincipalId":"sp"})")
                  .actor.kind,
              ActorKind::app);
    EXPECT_EQ(
        event_of(
            FeedId::sign_ins_interactive,
            R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","servicePrincipalId":"sp","userId":"u"})")
            .actor.id,
        "u");
}

TEST(NormalizeSignIn, DoesNotTakeHiddenRiskForNone) {
    EXPECT_EQ(event_of(SignIn{.risk_level = "hidden"}).risk_level, "hidden");
    EXPECT_EQ(event_of(SignIn{.risk_level = "none"}).risk_level, "none");
    EXPECT_EQ(
        event_of(
            FeedId::sign_ins_interactive,
            R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","riskLevelAggregated":"none","riskLevelDuringSignIn":"medium"})")
            .risk_level,
        "medium");
}

}  // namespace
}  // namespace entrawatch
