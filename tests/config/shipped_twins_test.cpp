// Later forms of one risk detection, and rows of several feeds about one act: one alert each. And what goes
// on every day in a hybrid tenant: none.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/told.hpp"

namespace entrawatch {
namespace {

using test::alerts_of;
using test::example_of;
using test::Told;
using test::told_about;

// The same record with other values, as Graph shows it some hours later.
RuleExample revised(const RuleExample& example, const nlohmann::json& values) {
    RuleExample later = example;
    nlohmann::json record = nlohmann::json::parse(example.record);
    record.update(values);
    later.record = record.dump();
    return later;
}

const Told& only(const std::vector<Told>& told) {
    if (told.size() != 1) throw std::runtime_error{std::to_string(told.size()) + " findings, not one"};
    return told.front();
}

TEST(ShippedRisk, TellsTheLaterFormsOfADetectionAsOneAlert) {
    const RuleExample& first = example_of("risk/user-at-risk", "a sign-in from an anonymous address");
    const Told opened = only(told_about(first));
    EXPECT_EQ(opened.severity, Severity::medium);

    const RuleExample risen = revised(first, {{"riskLevel", "high"}});
    const RuleExample confirmed =
        revised(first, {{"riskLevel", "high"}, {"riskState", "confirmedCompromised"}});
    EXPECT_EQ(alerts_of(told_about(risen)), alerts_of({opened}));
    EXPECT_EQ(only(told_about(risen)).severity, Severity::high);
    EXPECT_EQ(alerts_of(told_about(confirmed)), alerts_of({opened}));
    EXPECT_EQ(only(told_about(confirmed)).severity, Severity::critical)
        << "only what is severer is told again";
}

TEST(ShippedRisk, SaysNoMoreOfADetectionThatIsClosed) {
    const RuleExample& first = example_of("risk/user-at-risk", "a sign-in from an anonymous address");
    for (const char* state : {"remediated", "dismissed", "confirmedSafe"})
        EXPECT_TRUE(told_about(revised(first, {{"riskState", state}})).empty()) << state;
    EXPECT_EQ(told_about(revised(first, {{"riskState", "a state to come"}})).size(), 1U)
        << "not known is not closed";
}

TEST(ShippedRisk, KeepsTwoDetectionsOfOneUserApart) {
    const RuleExample& first = example_of("risk/user-at-risk", "a sign-in from an anonymous address");
    const RuleExample second = revised(first, {{"id", std::string(64, 'a')}});
    EXPECT_NE(alerts_of(told_about(first)), alerts_of(told_about(second)));
}

TEST(ShippedRisk, TellsEachKindOfRiskByARuleOfRiskEvents) {
    for (const char* kind : {"riskyIPAddress",
                             "generic",
                             "adminConfirmedUserCompromised",
                             "anomalousToken",
                             "anonymizedIPAddress",
                             "unlikelyTravel",
                             "mcasImpossibleTravel",
                             "maliciousIPAddress",
                             "mcasFinSuspiciousFileAccess",
                             "investigationsThreatIntelligence",
                             "newCountry",
                             "passwordSpray",
                             "suspiciousBrowser",
                             "suspiciousInboxForwarding",
                             "mcasSuspiciousInboxManipulationRules",
                             "tokenIssuerAnomaly",
                             "unfamiliarFeatures",
                             "nationStateIP",
                             "anomalousUserActivity",
                             "attackerinTheMiddle",
                             "leakedCredentials",
                             "attemptedPrtAccess",
                             "suspiciousAPITraffic",
                             "suspiciousSendingPatterns",
                             "userReportedSuspiciousActivity",
                             "impossibleTravel",
                             "malwareInfectedIPAddress",
                             "suspiciousIPAddress",
                             "investigationsThreatIntelligenceSigninLinked",
                             "maliciousIPAddressValidCredentialsBlockedIP"}) {
        const auto told =
            told_about(revised(example_of("risk/user-at-risk", "a sign-in from an anonymous address"),
                               {{"riskEventType", kind}}));
        EXPECT_EQ(alerts_of(told).size(), 1U) << kind;
        const bool as_risk = std::ranges::any_of(
            told, [](const Told& one) { return test::rule_named(one.rule).scenario == "RE-1"; });
        EXPECT_TRUE(as_risk) << kind;
    }
}

TEST(ShippedRisk, TellsAFraudReportOfTheAuditLogAndOfTheSignInAsOneAlert) {
    const auto row = told_about(example_of("risk/fraud-reported", "reported in the app"));
    const auto sign_in = told_about(example_of("sign-ins/fraud-reported", "in the result of the sign-in"));
    ASSERT_EQ(alerts_of(row).size(), 1U);
    EXPECT_EQ(alerts_of(row), alerts_of(sign_in));
}

TEST(ShippedSignIns, TellAPasswordGrantOfALegacyClientAsOneAlert) {
    const auto told = told_about(example_of("sign-ins/legacy-authentication", "other clients"));
    EXPECT_EQ(told.size(), 2U) << "the protocol and the grant";
    EXPECT_EQ(alerts_of(told).size(), 1U);
}

TEST(ShippedSignIns, TellGuessesOverOneProtocolAsOneAlertWhoeverTheAccountIs) {
    const RuleExample& first =
        example_of("sign-ins/legacy-authentication-attempts", "a wrong password over IMAP");
    const RuleExample other =
        revised(first, {{"userId", "0d0a64b7-5c5e-49cb-8f0e-3a1de27b6f54"}, {"ipAddress", "203.0.113.200"}});
    ASSERT_EQ(alerts_of(told_about(first)).size(), 1U);
    EXPECT_EQ(alerts_of(told_about(first)), alerts_of(told_about(other)));
}

TEST(ShippedSignIns, SayNothingOfAnOrdinarySignIn) {
    // The password is asked for, then a second factor, then the sign-in goes through: three rows, no alert.
    const RuleExample& browser = example_of("sign-ins/legacy-authentication", "a browser");
    for (const int code : {0, 50126, 50076, 50074, 50140}) {
        const nlohmann::json status{
            {"errorCode", code}, {"failureReason", "…"}, {"additionalDetails", nullptr}};
        for (const Told& told : told_about(revised(browser, {{"status", status}})))
            ADD_FAILURE() << code << " is told by " << told.rule << ": " << told.summary;
    }
}

TEST(ShippedHybrid, TellsWhatIsDoneToEntraConnectAsOneAlertWithTheGeneralRule) {
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"hybrid/sync-identity-credential", "a secret on the application"},
             {"hybrid/sync-identity-federated", "a pipeline may sign in as Entra Connect"},
             {"hybrid/sync-identity-owner", "of the application"},
             {"hybrid/sync-application-added", "an application"},
             {"hybrid/sync-service-principal-added", "its service principal"},
             {"hybrid/sync-permission-granted", "to an application that has nothing to do with it"},
             {"hybrid/sync-role-assigned", "to a user"}}) {
        const auto told = told_about(example_of(rule, name));
        EXPECT_EQ(told.size(), 2U) << rule << ": the general rule and that of hybrid identity";
        EXPECT_EQ(alerts_of(told).size(), 1U) << rule;
    }
}

TEST(ShippedHybrid, SaysNothingOfASynchronisation) {
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"hybrid/sync-account-sign-in", "it synchronises"},
             {"hybrid/sync-identity-activity", "it writes a user"},
             {"hybrid/sync-identity-activity", "it leaves its time at the company"}}) {
        for (const Told& told : told_about(example_of(rule, name)))
            ADD_FAILURE() << "'" << name << "' is told by " << told.rule << ": " << told.summary;
    }
}

}  // namespace
}  // namespace entrawatch
