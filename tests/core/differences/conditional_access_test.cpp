// Conditional Access policies, in both rows that a change writes, and named locations.
#include <gmock/gmock.h>

#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::told;
using testing::ElementsAre;

// A policy as Conditional Access writes it, with the parts given in place of the usual ones.
std::string policy(const std::string& users, const std::string& rest,
                   const std::string& modified = "2026-02-01T10:00:00.0000000+00:00") {
    return R"({"id":"64aa5810-f0e9-4505-96ca-ca94d8609927","displayName":"Require MFA","createdDateTime":)"
           R"("2025-11-03T09:12:44.0031881+00:00","modifiedDateTime":")" +
           modified +
           R"(","conditions":{"applications":{"includeApplications":["All"],"excludeApplications":[],)"
           R"("applicationFilter":null},"users":{)" +
           users + R"(},"userRiskLevels":[],"signInRiskLevels":[],"clientAppTypes":["all"]})" + rest + "}";
}

const std::string all_users = R"("includeUsers":["All"],"excludeUsers":[],"excludeGroups":[])";
const std::string demands_mfa =
    R"(,"state":"enabled","grantControls":{"operator":"OR","builtInControls":["mfa"],"termsOfUse":[]})";

std::vector<std::string> changed(const std::string& before, const std::string& after) {
    return told("ConditionalAccessPolicy", before, after);
}

TEST(ConditionalAccessDifferences, SayWhichRequirementIsGoneAndWhoIsExcluded) {
    const std::string breakglass = "0c0c0c0c-0000-4000-8000-00000000000c";
    Event event = test::row(
        {{"ConditionalAccessPolicy", policy(all_users, demands_mfa),
          policy(R"("includeUsers":["All"],"excludeUsers":[],"excludeGroups":[")" + breakglass + R"("])",
                 R"(,"state":"enabled")", "2026-09-14T13:20:11.4410027+00:00")}},
        "Update conditional access policy");
    event.targets = {{"policy", "64aa5810-f0e9-4505-96ca-ca94d8609927", "Require MFA"},
                     {"group", breakglass, "Break-glass"}};
    EXPECT_THAT(told(event),
                ElementsAre("removed requirement: MFA",
                            "excluded group: Break-glass (0c0c0c0c-0000-4000-8000-00000000000c)"));
}

TEST(ConditionalAccessDifferences, KeepTheIdOfAGroupThatNobodyNames) {
    EXPECT_THAT(
        changed(policy(all_users, demands_mfa),
                policy(R"("includeUsers":["All"],"excludeGroups":["0c0c0c0c-0000-4000-8000-00000000000c"])",
                       demands_mfa)),
        ElementsAre("excluded group: 0c0c0c0c-0000-4000-8000-00000000000c"));
}

TEST(ConditionalAccessDifferences, SayThatAPolicyIsNoLongerEnforced) {
    EXPECT_THAT(changed(policy(all_users, R"(,"state":"enabled")"),
                        policy(all_users, R"(,"state":"enabledForReportingButNotEnforced")")),
                ElementsAre("state: on → report-only"));
    EXPECT_THAT(
        changed(policy(all_users, R"(,"state":"enabled")"), policy(all_users, R"(,"state":"disabled")")),
        ElementsAre("state: on → off"));
}

TEST(ConditionalAccessDifferences, CountNeitherOrderNorTheCaseOfAControl) {
    EXPECT_THAT(
        changed(policy(all_users, R"(,"grantControls":{"builtInControls":["mfa","compliantDevice"]})"),
                policy(all_users, R"(,"grantControls":{"builtInControls":["CompliantDevice","MFA"]})")),
        ElementsAre(
            "ConditionalAccessPolicy: written anew; nothing differs but order, letter case or times"));
}

TEST(ConditionalAccessDifferences, SayThatOneRequirementIsEnoughNow) {
    const std::string both = R"("builtInControls":["mfa","compliantDevice"]})";
    EXPECT_THAT(changed(policy(all_users, R"(,"grantControls":{"operator":"AND",)" + both),
                        policy(all_users, R"(,"grantControls":{"operator":"OR",)" + both)),
                ElementsAre("requirements demanded: all of them → any of them"));
}

TEST(ConditionalAccessDifferences, TellAStrengthByItsName) {
    EXPECT_THAT(
        changed(
            policy(
                all_users,
                R"(,"grantControls":{"authenticationStrength":{"id":"00000000-0000-0000-0000-000000000004",)"
                R"("displayName":"Phishing-resistant MFA"}})"),
            policy(
                all_users,
                R"(,"grantControls":{"authenticationStrength":{"id":"00000000-0000-0000-0000-000000000002",)"
                R"("displayName":"Multifactor authentication"}})")),
        ElementsAre("removed requirement: authentication strength: Phishing-resistant MFA",
                    "added requirement: authentication strength: Multifactor authentication",
                    "grantControls.authenticationStrength.id: Phishing-resistant MFA "
                    "(00000000-0000-0000-0000-000000000004) → Multifactor authentication "
                    "(00000000-0000-0000-0000-000000000002)"));
}

TEST(ConditionalAccessDifferences, ReadTheKindsOfGuestsAsFlagsAndAsWords) {
    const auto guests = [](const std::string& types) {
        return policy(R"("includeGuestsOrExternalUsers":{"guestOrExternalUserTypes":)" + types +
                          R"(,"externalTenants":{}})",
                      "");
    };
    EXPECT_THAT(changed(guests("63"), guests("31")),
                ElementsAre("no longer included guests: service providers"));
    EXPECT_THAT(changed(guests(R"("internalGuest,serviceProvider")"), guests(R"("internalGuest")")),
                ElementsAre("no longer included guests: serviceProvider"));
}

TEST(ConditionalAccessDifferences, TellConditionsThatCoverLess) {
    EXPECT_THAT(
        changed(
            R"({"conditions":{"clientAppTypes":["exchangeActiveSync","other"],"signInRiskLevels":["high","medium"],)"
            R"("locations":{"includeLocations":["All"],"excludeLocations":[]}}})",
            R"({"conditions":{"clientAppTypes":["browser"],"signInRiskLevels":["high"],)"
            R"("locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}}})"),
        ElementsAre("excluded location: all trusted locations",
                    "no longer covers client: Exchange ActiveSync, other clients (legacy)",
                    "covers client: browser", "no longer covers sign-in risk: medium"));
}

TEST(ConditionalAccessDifferences, TellAWholePolicyThatIsDeletedWithoutRepeatingItsName) {
    Event event = test::row({{"ConditionalAccessPolicy", policy(all_users, demands_mfa), std::nullopt}},
                            "Delete conditional access policy");
    event.targets = {{"policy", "64aa5810-f0e9-4505-96ca-ca94d8609927", "Require MFA"}};
    EXPECT_THAT(told(event),
                ElementsAre("state: was on", "removed requirement: MFA", "no longer included user: all users",
                            "no longer included app: all apps", "no longer covers client: all clients"));
}

TEST(ConditionalAccessDifferences, ShowAPathThatHasNoWordsAsItIs) {
    EXPECT_THAT(changed(R"({"conditions":{"somethingNew":{"levels":["a","b"],"on":true}}})",
                        R"({"conditions":{"somethingNew":{"levels":["b","c"],"on":false}}})"),
                ElementsAre("conditions.somethingNew.levels: added c; removed a",
                            "conditions.somethingNew.on: true → false"));
}

TEST(ConditionalAccessDifferences, ReadTheTwinThatTheDirectoryWrites) {
    EXPECT_THAT(
        told(
            "PolicyDetail",
            R"(["{\"Version\":1,\"State\":\"Enabled\",\"Conditions\":{\"Users\":{\"Include\":[{\"Users\":[\"All\"]}],)"
            R"(\"Exclude\":[]}},\"Controls\":[{\"Control\":[\"Mfa\"]},{\"Control\":[\"RequireCompliantDevice\"]}]}"])",
            R"(["{\"Version\":1,\"State\":\"Reporting\",\"Conditions\":{\"Users\":{\"Include\":[{\"Users\":[\"All\"]}],)"
            R"(\"Exclude\":[{\"Groups\":[\"g1\"]}]}},\"Controls\":[{\"Control\":[\"RequireCompliantDevice\"]}]}"])"),
        ElementsAre("state: on → report-only", "removed requirement: MFA", "excluded group: g1"));
}

TEST(ConditionalAccessDifferences, TellANamedLocationThatIsTrustedNow) {
    EXPECT_THAT(
        told("NamedLocation",
             R"({"displayName":"Office","isTrusted":false,"ipRanges":[{"cidrAddress":"192.0.2.0/24"}]})",
             R"({"displayName":"Office","isTrusted":true,"ipRanges":[{"cidrAddress":"192.0.2.0/24"},)"
             R"({"cidrAddress":"203.0.113.0/24"}]})"),
        ElementsAre("trusted location: no → yes", "address range: added 203.0.113.0/24"));
}

}  // namespace
}  // namespace entrawatch
