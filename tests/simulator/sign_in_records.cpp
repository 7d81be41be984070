#include "tests/simulator/sign_in_records.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::string_view browser_agent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 "
    "Safari/537.36";

Document status_of(int error_code, bool multi_factor) {
    switch (error_code) {
        case 50126:
            return {{"errorCode", error_code},
                    {"failureReason", "Error validating credentials due to invalid username or password."},
                    {"additionalDetails",
                     "The user didn't enter the right credentials. \xC2\xA0It's expected to see some of "
                     "these errors in your logs due to users making mistakes."}};
        case 50076:
            return {
                {"errorCode", error_code},
                {"failureReason",
                 "Due to a configuration change made by your administrator, or because you moved to a new "
                 "location, you must use multi-factor authentication to access the resource."},
                {"additionalDetails", "MFA required in Azure AD"}};
        default:
            break;
    }
    return {{"errorCode", 0},
            {"failureReason", "Other."},
            {"additionalDetails",
             multi_factor ? Document("MFA requirement satisfied by claim in the token") : Document(nullptr)}};
}

Document step(Instant time, const char* method, const char* detail, bool succeeded, const char* result) {
    return {{"authenticationStepDateTime", to_iso(time)},
            {"authenticationMethod", method},
            {"authenticationMethodDetail", detail},
            {"succeeded", succeeded},
            {"authenticationStepResultDetail", result},
            {"authenticationStepRequirement", "Primary authentication"}};
}

Document steps_of(const UserSignIn& sign_in) {
    Document steps = Document::array();
    if (!sign_in.interactive) {
        steps.push_back(step(sign_in.time, "Previously satisfied", "", true,
                             "First factor requirement satisfied by claim in the token"));
        return steps;
    }
    const bool right = sign_in.error_code != 50126;
    steps.push_back(step(sign_in.time, "Password", "Password in the cloud", right,
                         right ? "Correct password"
                               : "Invalid username or password or Invalid on-premise username or password."));
    if (right && sign_in.multi_factor && sign_in.error_code == 0) {
        steps.push_back(step(sign_in.time + std::chrono::seconds{9}, "Passkey (device-bound)", "Security key",
                             true, "MFA completed in Azure AD"));
    }
    return steps;
}

Document location_of(const Place& place) {
    return {{"city", place.city},
            {"state", place.state},
            {"countryOrRegion", place.country},
            {"geoCoordinates",
             {{"altitude", nullptr}, {"latitude", place.latitude}, {"longitude", place.longitude}}}};
}

Document risk_free() {
    return {{"riskDetail", "none"},
            {"riskLevelAggregated", "none"},
            {"riskLevelDuringSignIn", "none"},
            {"riskState", "none"},
            {"riskEventTypes_v2", Document::array()}};
}

}  // namespace

Document user_sign_in(const UserSignIn& sign_in, Dice& dice) {
    const std::string id = dice.guid();
    const std::string correlation = dice.guid();
    const std::string session = dice.guid();
    Document row = {{"id", id},
                    {"createdDateTime", to_iso(sign_in.time)},
                    {"userDisplayName", sign_in.person.name},
                    {"userPrincipalName", sign_in.person.principal_name},
                    {"userId", sign_in.person.id},
                    {"appId", sign_in.application.app_id},
                    {"appDisplayName", sign_in.application.name},
                    {"ipAddress", sign_in.place.ip},
                    {"clientAppUsed", sign_in.interactive ? "Browser" : "Mobile Apps and Desktop clients"},
                    {"userAgent", browser_agent},
                    {"correlationId", correlation},
                    {"conditionalAccessStatus", sign_in.error_code == 50076 ? "failure" : "success"},
                    {"originalRequestId", id},
                    {"isInteractive", sign_in.interactive},
                    {"resourceDisplayName", sign_in.resource.name},
                    {"resourceId", sign_in.resource.app_id},
                    {"resourceTenantId", cast().tenant_id},
                    {"homeTenantId", cast().tenant_id},
                    {"crossTenantAccessType", "none"},
                    {"userType", "member"},
                    {"servicePrincipalId", ""},
                    {"authenticationRequirement",
                     sign_in.multi_factor ? "multiFactorAuthentication" : "singleFactorAuthentication"},
                    {"authenticationProtocol", "oAuth2"},
                    {"incomingTokenType", sign_in.interactive ? "none" : "refreshToken"},
                    {"clientCredentialType", "none"},
                    {"signInEventTypes",
                     Document::array({sign_in.interactive ? "interactiveUser" : "nonInteractiveUser"})},
                    {"autonomousSystemNumber", 64496 + static_cast<int>(dice.below(12))},
                    {"uniqueTokenIdentifier", dice.capitals(22)},
                    {"sessionId", session}};
    row.update(risk_free());
    row["status"] = status_of(sign_in.error_code, sign_in.multi_factor);
    row["deviceDetail"] = {{"deviceId", ""},
                           {"displayName", ""},
                           {"operatingSystem", "Windows10"},
                           {"browser", "Chrome 148.0.0"},
                           {"isCompliant", false},
                           {"isManaged", false},
                           {"trustType", nullptr}};
    row["location"] = location_of(sign_in.place);
    row["appliedConditionalAccessPolicies"] = Document::array();
    row["authenticationDetails"] = steps_of(sign_in);
    return row;
}

Document early_form(Document sign_in) {
    sign_in["authenticationDetails"] = Document::array();
    sign_in["authenticationRequirement"] = "singleFactorAuthentication";
    sign_in["status"]["additionalDetails"] = nullptr;
    return sign_in;
}

Document app_sign_in(const AppSignIn& sign_in, Dice& dice) {
    const std::string id = dice.guid();
    const std::string correlation = dice.guid();
    const Place nowhere{};
    Document row = {{"id", id},
                    {"createdDateTime", to_iso(sign_in.time)},
                    {"userDisplayName", nullptr},
                    {"userPrincipalName", nullptr},
                    {"userId", ""},
                    {"appId", sign_in.application.app_id},
                    {"appDisplayName", nullptr},
                    {"ipAddress", sign_in.managed_identity ? std::string{} : sign_in.place.ip},
                    {"clientAppUsed", nullptr},
                    {"correlationId", correlation},
                    {"conditionalAccessStatus", "notApplied"},
                    {"originalRequestId", id},
                    {"isInteractive", false},
                    {"resourceDisplayName", sign_in.resource.name},
                    {"resourceId", sign_in.resource.app_id},
                    {"resourceTenantId", cast().tenant_id},
                    {"servicePrincipalId", sign_in.application.id},
                    {"servicePrincipalName", sign_in.application.name},
                    {"authenticationProtocol", "none"},
                    {"incomingTokenType", "none"},
                    {"clientCredentialType", sign_in.managed_identity ? "managedIdentity" : "clientSecret"},
                    {"signInEventTypes",
                     Document::array({sign_in.managed_identity ? "managedIdentity" : "servicePrincipal"})},
                    {"uniqueTokenIdentifier", dice.capitals(22)}};
    row["servicePrincipalCredentialKeyId"] = sign_in.managed_identity ? Document("") : Document(dice.guid());
    row.update(risk_free());
    row["status"] = {{"errorCode", 0}, {"failureReason", nullptr}, {"additionalDetails", nullptr}};
    row["location"] = location_of(sign_in.managed_identity ? nowhere : sign_in.place);
    return row;
}

}  // namespace entrawatch::simulator
