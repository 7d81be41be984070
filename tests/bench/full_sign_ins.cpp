#include <array>

#include "tests/bench/full_records.hpp"
#include "tests/simulator/sign_in_records.hpp"

namespace entrawatch::bench {
namespace {

using simulator::Dice;
using simulator::Document;

Document policy(std::size_t number, bool reported_only) {
    static constexpr std::array names = {
        "Require MFA for all users",         "Require MFA for administrators",
        "Block legacy authentication",       "Require compliant device for Office",
        "Block countries not in business",   "Require terms of use for guests",
        "Require MFA at risk medium and up", "Session sign-in frequency for admins"};
    const std::string digit = std::to_string(number % 10);
    return {{"id", "3c0e5d7a-41b9-4f6" + digit + "-9d2e-7a80b1c4f3" + std::to_string(10 + number)},
            {"displayName", "CA" + std::to_string(100 + number) + " " + names[number % names.size()]},
            {"enforcedGrantControls", number % 3 == 0 ? Document::array({"Mfa"}) : Document::array()},
            {"enforcedSessionControls", number % 5 == 0
                                            ? Document::array({"SignInFrequency", "PersistentBrowserSession"})
                                            : Document::array()},
            {"result", reported_only ? "reportOnlyNotApplied" : (number % 3 == 0 ? "success" : "notApplied")},
            {"conditionsSatisfied", number % 3 == 0 ? "application,users,clientAppType" : "none"},
            {"conditionsNotSatisfied", number % 3 == 0 ? "none" : "users"},
            {"includeRulesSatisfied", Document::array()},
            {"excludeRulesSatisfied", Document::array()}};
}

Document policies(std::size_t count) {
    Document list = Document::array();
    for (std::size_t i = 0; i < count; ++i)
        list.push_back(policy(i, i % 4 == 3));
    return list;
}

Document network(const std::string& asn) {
    return Document::array(
        {{{"networkType", "namedNetwork"}, {"networkNames", Document::array({"Offices " + asn})}},
         {{"networkType", "trustedNamedLocation"}, {"networkNames", Document::array({"Offices"})}}});
}

// What beta sends on every sign-in, whether it says something or not.
void add_beta_members(Document& row, Dice& dice) {
    row["flaggedForReview"] = false;
    row["isTenantRestricted"] = false;
    row["isThroughGlobalSecureAccess"] = false;
    row["globalSecureAccessIpAddress"] = "";
    row["originalTransferMethod"] = "none";
    row["tokenIssuerType"] = "AzureAD";
    row["tokenIssuerName"] = "";
    row["processingTimeInMilliseconds"] = 60 + dice.below(400);
    row["federatedCredentialId"] = "";
    row["resourceServicePrincipalId"] = simulator::cast().resources.front().id;
    row["resourceOwnerTenantId"] = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
    row["appOwnerTenantId"] = simulator::cast().tenant_id;
    row["signInTokenProtectionStatus"] = "none";
    row["tokenProtectionStatusDetails"] = {{"signInSessionStatus", "unbound"},
                                           {"signInSessionStatusCode", 1002}};
    row["privateLinkDetails"] = {
        {"policyId", ""}, {"policyName", ""}, {"resourceId", ""}, {"policyTenantId", ""}};
    row["authenticationProcessingDetails"] =
        Document::array({{{"key", "Legacy TLS (TLS 1.0, 1.1, 3DES)"}, {"value", "False"}},
                         {{"key", "Oauth Scope Info"},
                          {"value", R"(["Calendars.ReadWrite","Mail.Read","User.Read","openid","profile"])"}},
                         {{"key", "Is CAE Token"}, {"value", "True"}}});
    row["networkLocationDetails"] = network(std::to_string(dice.below(6)));
    row["authenticationContextClassReferences"] = Document::array();
    row["sessionLifetimePolicies"] = Document::array();
    row["authenticationAppDeviceDetails"] = nullptr;
    row["authenticationAppPolicyEvaluationDetails"] = Document::array();
    row["authenticationRequirementPolicies"] = Document::array(
        {{{"requirementProvider", "multiConditionalAccess"}, {"detail", "Conditional Access"}}});
    row["managedServiceIdentity"] = {{"msiType", "none"},
                                     {"associatedResourceId", ""},
                                     {"federatedTokenId", ""},
                                     {"federatedTokenIssuer", ""}};
    row["agent"] = {{"agentType", "notAgentic"}, {"parentAppId", ""}};
}

}  // namespace

Document full_user_sign_in(const Population& population, Instant time, bool interactive, Dice& dice) {
    simulator::UserSignIn sign_in;
    sign_in.person = skewed(population.people, dice);
    sign_in.place = simulator::home_of(sign_in.person);
    sign_in.place.ip = skewed(population.places, dice).ip;
    sign_in.application = skewed(population.applications, dice);
    sign_in.resource = dice.choose(simulator::cast().resources);
    sign_in.time = time;
    sign_in.interactive = interactive;
    if (dice.chance(0.06)) sign_in.error_code = dice.chance(0.5) ? 50126 : 50076;
    Document row = user_sign_in(sign_in, dice);
    row["userAgent"] =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" +
        std::to_string(140 + dice.below(9)) + ".0.0.0 Safari/537.36";
    row["deviceDetail"]["deviceId"] = sign_in.person.id;
    row["deviceDetail"]["displayName"] = "LAPTOP-" + sign_in.person.id.substr(0, 7);
    add_beta_members(row, dice);
    row["appliedConditionalAccessPolicies"] = policies(9 + dice.below(5));
    return row;
}

Document full_app_sign_in(const Population& population, Instant time, bool managed_identity, Dice& dice) {
    simulator::AppSignIn sign_in;
    sign_in.application = skewed(population.applications, dice);
    sign_in.resource = dice.choose(simulator::cast().resources);
    sign_in.place = skewed(population.places, dice);
    sign_in.time = time;
    sign_in.managed_identity = managed_identity;
    Document row = app_sign_in(sign_in, dice);
    add_beta_members(row, dice);
    row["appliedConditionalAccessPolicies"] = policies(managed_identity ? 0 : 2);
    return row;
}

}  // namespace entrawatch::bench
