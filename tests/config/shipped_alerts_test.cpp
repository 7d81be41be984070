// What the shipped rules tell together: one alert for one act, silence for orderly ones, sentences that say
// what happened.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/temp_store.hpp"
#include "tests/support/told.hpp"

namespace entrawatch {
namespace {

using test::alerts_of;
using test::example_of;
using test::shipped;
using test::summary_by;
using test::Told;
using test::told_about;

// As a step of a sequence either: it would be written down for each of them, and `sign_ins.scope: scenario`
// would leave none out.
TEST(ShippedAlerts, RememberNothingOfAnOrdinarySignIn) {
    const RuleSet rules{shipped().rules};
    const RuleScratchPtr scratch = make_rule_scratch();
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"correlations/countries-in-a-row", "an account without a role"},
             {"correlations/service-principal-owner-signs-in", "an application without a role"}}) {
        JsonReader reader;
        const Json json = test::must(reader.parse(example_of(rule, name).record));
        const Event event = test::must(normalize(feed_of(guess_feed(json).value()), json));
        ASSERT_EQ(event.outcome, Outcome::success) << name;
        for (const Finding& finding : rules.evaluate(event, json, *scratch))
            ADD_FAILURE() << name << ": " << finding.rule->name;
    }
}

TEST(ShippedAlerts, StaySilentWhenAnAdministratorActivatesARoleThroughPim) {
    // Every row of one activation, from the request to its end.
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"pim/activation-without-mfa", "an administrator activates a role with MFA"},
             {"pim/activation-without-mfa", "the completion repeats it"},
             {"pim/role-assigned-outside-pim", "PIM carries out an activation"},
             {"pim/role-removed", "PIM takes the role back when the activation ends"},
             {"pim/role-removed", "the row in PIM about it"}}) {
        for (const Told& told : told_about(example_of(rule, name)))
            ADD_FAILURE() << "'" << name << "' is told by " << told.rule << ": " << told.summary;
    }
}

TEST(ShippedAlerts, TellADirectAssignmentAndItsEchoInPimAsOneAlert) {
    const auto direct = told_about(
        example_of("pim/role-assigned-to-service-principal", "Global Administrator for an application"));
    const auto echo = told_about(
        example_of("pim/role-assigned-to-service-principal", "PIM notices the standing assignment"));
    ASSERT_EQ(alerts_of(direct).size(), 1U);
    EXPECT_EQ(alerts_of(direct), alerts_of(echo));
}

TEST(ShippedAlerts, TellARowOfTheDirectoryAndItsRowInPimAsOneAlert) {
    const auto written = told_about(
        example_of("pim/role-assigned-outside-pim", "the same while it is not known which principal is PIM"));
    const auto completed = told_about(
        example_of("pim/role-assigned-through-pim", "a permanent assignment of a role of the critical tier"));
    ASSERT_EQ(alerts_of(written).size(), 1U);
    EXPECT_EQ(alerts_of(written), alerts_of(completed));
}

TEST(ShippedAlerts, TellOfARoleThatIsNotPrivilegedQuietlyOrNotAtAll) {
    const RuleExample& given =
        example_of("pim/role-assigned-outside-pim", "a custom role that no list knows");
    const RuleExample& taken = example_of("pim/role-removed", "a custom role that no list knows");
    ASSERT_EQ(told_about(given).size(), 1U);
    EXPECT_EQ(told_about(given).front().severity, Severity::high) << "not known is not low";
    EXPECT_EQ(told_about(taken).size(), 1U);

    const auto id = told_about(given).front().subject.substr(0, 36);
    const std::vector<RoleInfo> read{{id, "Larkspur Desk Operator", "low"}};
    ASSERT_EQ(told_about(given, read).size(), 1U);
    EXPECT_EQ(told_about(given, read).front().severity, Severity::low);
    EXPECT_TRUE(told_about(taken, read).empty());
}

TEST(ShippedAlerts, TellTheRowsOfOneEligibilityAsOneAlert) {
    const auto written =
        told_about(example_of("pim/role-made-eligible-outside-pim", "PIM writes eligibility"));
    const auto completed = told_about(
        example_of("pim/role-made-eligible-through-pim", "eligible for Global Administrator for good"));
    ASSERT_EQ(alerts_of(written).size(), 1U);
    EXPECT_EQ(alerts_of(written), alerts_of(completed));
}

TEST(ShippedAlerts, TellARoleForAnEmergencyAccountAsOneAlert) {
    const auto told = told_about(example_of("emergency/role-assigned", "assigned directly"));
    EXPECT_EQ(told.size(), 2U) << "the general rule and that for emergency accounts";
    EXPECT_EQ(alerts_of(told).size(), 1U);
}

TEST(ShippedAlerts, TellACredentialAndItsTwinAsOneAlert) {
    const auto credential = told_about(example_of("applications/credential-added", "a service principal"));
    const auto twin = told_about(
        example_of("applications/credential-added", "its twin: the same target and key, so one alert"));
    ASSERT_EQ(alerts_of(credential).size(), 1U);
    EXPECT_EQ(alerts_of(credential), alerts_of(twin));
}

TEST(ShippedAlerts, TellEachConditionalAccessChangeOnce) {
    const auto told = told_about(example_of("tenant-wide/conditional-access-changed",
                                            "grantControls are gone: MFA is no longer required"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(told_about(example_of("tenant-wide/conditional-access-changed",
                                      "the twin that Core Directory writes"))
                    .empty());
}

TEST(ShippedAlerts, TellTheTwoRowsOfAConsentAsOneAlert) {
    // Each names the client in a place of its own; the correlation id is what Entra gives both.
    const RuleExample& consent = example_of("applications/consent-given", "for everybody");
    RuleExample grant = example_of("applications/delegated-permission-granted", "for everybody");
    const std::size_t length = 36;
    const auto id_in = [&](const std::string& record) {
        const std::string name = R"("correlationId": ")";
        return record.substr(record.find(name) + name.size(), length);
    };
    const std::string own = id_in(grant.record);
    for (std::size_t at = grant.record.find(own); at != std::string::npos; at = grant.record.find(own))
        grant.record.replace(at, length, id_in(consent.record));
    ASSERT_EQ(alerts_of(told_about(consent)).size(), 1U);
    EXPECT_EQ(alerts_of(told_about(consent)), alerts_of(told_about(grant)));
}

TEST(ShippedAlerts, TellARegistrationAndTheRowThatMakesItsCreatorTheOwnerAsOneAlert) {
    const auto registered =
        told_about(example_of("applications/application-registered", "a developer registers one"));
    const auto owned = told_about(example_of("applications/application-owner-is-actor", "an administrator"));
    ASSERT_EQ(alerts_of(registered).size(), 1U);
    EXPECT_EQ(alerts_of(registered), alerts_of(owned));
    EXPECT_LE(owned.front().severity, registered.front().severity) << "it would be told again";
    const auto added =
        told_about(example_of("applications/service-principal-added", "a row as it was before 2026"));
    const auto held =
        told_about(example_of("applications/service-principal-owner-is-actor", "an administrator"));
    ASSERT_EQ(alerts_of(added).size(), 1U);
    EXPECT_EQ(alerts_of(added), alerts_of(held));
    EXPECT_LE(held.front().severity, added.front().severity);
}

TEST(ShippedAlerts, TellARoleForAGuestOrAGroupAsOneAlert) {
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"pim/guest-role-assigned", "an administrator assigns User Administrator directly"},
             {"pim/guest-role-assigned", "a role of the medium tier through PIM"},
             {"pim/guest-made-eligible", "outside PIM, by an application"},
             {"pim/group-role-assigned", "directly"},
             {"pim/group-made-eligible", "Global Administrator"},
             {"custom-roles/role-assigned", "by its definition"}}) {
        const auto told = told_about(example_of(rule, name));
        EXPECT_EQ(told.size(), 2U) << rule << " and the general rule";
        EXPECT_EQ(alerts_of(told).size(), 1U) << rule;
    }
}

TEST(ShippedAlerts, SayInASentenceWhatAPolicyLost) {
    const auto told = told_about(example_of("tenant-wide/conditional-access-changed",
                                            "grantControls are gone: MFA is no longer required"));
    EXPECT_EQ(
        summary_by(told, "tenant-wide/conditional-access-changed"),
        "carla.ortiz@larkspur.example changed the Conditional Access policy Require MFA for administrators "
        "(enabled): removed requirement: MFA");
}

TEST(ShippedAlerts, NameTheGroupOnAdditionAndRemoval) {
    for (const char* name : {"added to a group", "removed from a group: the group stands in the old value"}) {
        const std::string summary =
            summary_by(told_about(example_of("emergency/group-change", name)), "emergency/group-change");
        EXPECT_NE(summary.find("group Finance Approvers"), std::string::npos) << summary;
        EXPECT_EQ(summary.find("unknown"), std::string::npos) << summary;
    }
}

TEST(ShippedAlerts, GiveNoSentenceWithAnUnknownActor) {
    for (const Rule& rule : shipped().rules) {
        for (const RuleExample& example : rule.examples) {
            if (!example.fires) continue;
            for (const Told& told : told_about(example)) {
                EXPECT_FALSE(told.summary.starts_with("unknown")) << told.rule << ": " << told.summary;
                EXPECT_EQ(told.summary.find('{'), std::string::npos) << told.rule << ": " << told.summary;
            }
        }
    }
}

}  // namespace
}  // namespace entrawatch
