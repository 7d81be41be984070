// Policies of the whole tenant: authorization, authentication methods, cross-tenant access, guests, identity
// providers, security defaults.
#include <gmock/gmock.h>

#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::told;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(AuthorizationPolicyDifferences, HaveWordsForTheSettingsThatMatter) {
    EXPECT_THAT(told("AllowUserConsentForRiskyApps", "[false]", "[true]"),
                ElementsAre("users may consent to risky apps: no → yes"));
    EXPECT_THAT(told("guestUserRoleId", R"(["2af84b1e-32c8-42b7-82bc-daa82404023b"])",
                     R"(["a0b1b346-4d3e-4e8b-98f8-753987be4970"])"),
                ElementsAre("guests have: rights over themselves only → the rights of members"));
    EXPECT_THAT(
        told("AllowInvitesFrom", R"("adminsAndGuestInviters")", R"("everyone")"),
        ElementsAre("who may invite guests: administrators and guest inviters → everybody, guests too"));
}

TEST(AuthorizationPolicyDifferences, ReadTheWholePolicyAsWell) {
    EXPECT_THAT(
        told(
            "AuthorizationPolicy",
            R"({"defaultUserRolePermissions":{"allowedToCreateApps":false,)"
            R"("permissionGrantPoliciesAssigned":["ManagePermissionGrantsForSelf.microsoft-user-default-low"]}})",
            R"({"defaultUserRolePermissions":{"allowedToCreateApps":true,)"
            R"("permissionGrantPoliciesAssigned":["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"]}})"),
        ElementsAre(
            "users may no longer consent under: ManagePermissionGrantsForSelf.microsoft-user-default-low",
            "users may now consent under: ManagePermissionGrantsForSelf.microsoft-user-default-legacy",
            "users may register applications: no → yes"));
}

TEST(AuthorizationPolicyDifferences, ShowASettingThatNobodyKnowsYet) {
    EXPECT_THAT(told("SomethingNew", "[1]", "[2]"), ElementsAre("SomethingNew: 1 → 2"));
}

// Since April 2026 a row holds what was changed only; before, it held the whole policy.
const std::string whole_before =
    R"({"id":"authenticationMethodsPolicy","policyVersion":"1.5","authenticationMethodConfigurations":[)"
    R"({"id":"Fido2","state":"enabled","isAttestationEnforced":true,"includeTargets":[)"
    R"({"targetType":"group","id":"all_users","isRegistrationRequired":false}]},)"
    R"({"id":"Sms","state":"disabled"},{"id":"Voice","state":"disabled"}]})";
const std::string whole_after =
    R"({"id":"authenticationMethodsPolicy","policyVersion":"1.5","authenticationMethodConfigurations":[)"
    R"({"id":"Voice","state":"disabled"},{"id":"Sms","state":"enabled"},)"
    R"({"id":"Fido2","state":"enabled","isAttestationEnforced":false,"includeTargets":[]}]})";

TEST(AuthenticationMethodsDifferences, TellEachMethodByItselfWhateverTheOrder) {
    EXPECT_THAT(told("AuthenticationMethodsPolicy", whole_before, whole_after),
                ElementsAre("authentication method Fido2, attestation enforced: yes → no",
                            "authentication method Fido2, included target: removed all_users "
                            "(isRegistrationRequired: false, targetType: group)",
                            "authentication method Sms, state: off → on"));
}

TEST(AuthenticationMethodsDifferences, ReadARowThatHoldsTheChangedSettingsOnly) {
    EXPECT_THAT(told("AuthenticationMethodsPolicy",
                     R"({"authenticationMethodConfigurations":[{"id":"Sms","state":1}]})",
                     R"({"authenticationMethodConfigurations":[{"id":"Sms","state":0}]})"),
                ElementsAre("authentication method Sms, state: off (1) → on (0)"));
}

TEST(AuthenticationMethodsDifferences, TellANewMethodWithAllThatItBrings) {
    EXPECT_THAT(
        told(
            "AuthenticationMethodsPolicy", R"({"authenticationMethodConfigurations":[]})",
            R"({"authenticationMethodConfigurations":[{"id":"5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c","state":"enabled",)"
            R"("appId":"7e1a52fd-3b61-4ad4-9d42-b9b52c1e5d0a","openIdConnectSetting":{"clientId":"larkspur",)"
            R"("discoveryUrl":"https://mfa.newfriend.example/.well-known/openid-configuration"}}]})"),
        ElementsAre(
            "authentication method 5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c, state: set to on",
            "authentication method: added 5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c",
            "authenticationMethodConfigurations[5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c].appId: set to "
            "7e1a52fd-3b61-4ad4-9d42-b9b52c1e5d0a",
            "authenticationMethodConfigurations[5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c].openIdConnectSetting."
            "clientId: set to larkspur",
            "authenticationMethodConfigurations[5c0e4f5e-7a0a-4d2a-9a55-2d5b2e2f9b0c].openIdConnectSetting."
            "discoveryUrl: set to https://mfa.newfriend.example/.well-known/openid-configuration"));
}

TEST(CrossTenantDifferences, ReadAQuotedJsonValueAndTheNumbersInIt) {
    EXPECT_THAT(
        told(
            "b2bCollaborationInbound",
            R"("{\"usersAndGroups\":{\"AccessType\":2,\"Targets\":[{\"Target\":\"AllUsers\",\"TargetType\":1}]}}")",
            R"("{\"usersAndGroups\":{\"AccessType\":1,\"Targets\":[{\"Target\":\"AllUsers\",\"TargetType\":1},)"
            R"({\"Target\":\"0c0c0c0c-0000-4000-8000-00000000000c\",\"TargetType\":2}]}}")"),
        ElementsAre("B2B collaboration inbound, users and groups, access: blocked (2) → allowed (1)",
                    "B2B collaboration inbound, users and groups, target: added "
                    "0c0c0c0c-0000-4000-8000-00000000000c (TargetType: 2)"));
}

TEST(CrossTenantDifferences, TellTrustAndAutomaticRedemption) {
    EXPECT_THAT(told("inboundTrust", R"("{\"isMfaAccepted\":false,\"isCompliantDeviceAccepted\":false}")",
                     R"("{\"isMfaAccepted\":true,\"isCompliantDeviceAccepted\":false}")"),
                ElementsAre("trust in the other tenant, its MFA counts: no → yes"));
    EXPECT_THAT(told("automaticUserConsentSettings", std::nullopt, R"("{\"inboundAllowed\":true}")"),
                ElementsAre("invitations redeemed automatically, inbound: set to yes"));
}

TEST(GuestListDifferences, TellDomainsOfBothLists) {
    EXPECT_THAT(
        told(
            "PolicyDetail",
            R"(["{\"B2BManagementPolicy\":{\"InvitationsAllowedAndBlockedDomainsPolicy\":{\"AllowedDomains\":[\"partner.example\"],)"
            R"(\"BlockedDomains\":[\"rival.example\"]}}}"])",
            R"(["{\"B2BManagementPolicy\":{\"InvitationsAllowedAndBlockedDomainsPolicy\":{\"AllowedDomains\":)"
            R"([\"newfriend.example\",\"partner.example\"],\"BlockedDomains\":[]}}}"])"),
        ElementsAre("guests may now be invited from: newfriend.example",
                    "guests are no longer blocked from: rival.example"));
}

TEST(IdentityProviderDifferences, TellIssuerAndAddressButNoSecret) {
    const auto texts =
        told("IdentityProvider",
             R"({"issuerUri":"https://idp.partner.example","clientSecret":"CANARY-one","isEnabled":true})",
             R"({"issuerUri":"https://any.sts.example","clientSecret":"CANARY-two","isEnabled":true})");
    EXPECT_THAT(texts, ElementsAre("issuer: https://idp.partner.example → https://any.sts.example",
                                   "client secret: changed, [redacted]"));
}

TEST(IdentityProviderDifferences, TellALongCertificateByItsDigest) {
    const std::string beginning = "MIIC" + std::string(600, 'A');
    const auto texts = told("SigningCertificate", "\"" + beginning + "one\"", "\"" + beginning + "two\"");
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_THAT(texts[0], HasSubstr("signing certificate: MIIC"));
    EXPECT_THAT(texts[0], HasSubstr("(607 bytes, sha256 "));
    const auto arrow = texts[0].find(" → ");
    ASSERT_NE(arrow, std::string::npos);
    EXPECT_NE(texts[0].substr(texts[0].find("sha256"), 19),
              texts[0].substr(texts[0].find("sha256", arrow), 19));
}

TEST(SecurityDefaultsDifferences, AreTheSwitchWhateverItIsCalled) {
    for (const char* name : {"IsEnabled", "isEnabled", "Enabled"}) {
        EXPECT_THAT(told(test::row({{name, "[true]", "[false]"}}, "Update security defaults")),
                    ElementsAre("security defaults: on → off"))
            << name;
    }
    EXPECT_THAT(
        told(test::row({{"SecurityDefaultsPolicy", R"({"isEnabled":true})", R"({"isEnabled":false})"}},
                       "Update security defaults")),
        ElementsAre("security defaults: on → off"));
}

}  // namespace
}  // namespace entrawatch
