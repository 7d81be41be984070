#include "core/event/field_catalogue.hpp"

#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using namespace std::string_view_literals;

// directoryAudit. `Type` for `type` occurs in older samples: names are compared without case anyway.
constexpr std::array directory_audit{
    "id"sv,
    "activityDateTime"sv,
    "activityDisplayName"sv,
    "additionalDetails{}"sv,
    "additionalDetails.key"sv,
    "additionalDetails.value"sv,
    "category"sv,
    "correlationId"sv,
    "initiatedBy.app.appId"sv,
    "initiatedBy.app.displayName"sv,
    "initiatedBy.app.servicePrincipalId"sv,
    "initiatedBy.app.servicePrincipalName"sv,
    "initiatedBy.user.agentType"sv,
    "initiatedBy.user.displayName"sv,
    "initiatedBy.user.homeTenantId"sv,
    "initiatedBy.user.homeTenantName"sv,
    "initiatedBy.user.id"sv,
    "initiatedBy.user.ipAddress"sv,
    "initiatedBy.user.userPrincipalName"sv,
    "initiatedBy.user.userType"sv,
    "initiatedBy.linkableIdentifiers.deviceId"sv,
    "initiatedBy.linkableIdentifiers.sessionId"sv,
    "initiatedBy.linkableIdentifiers.tokenDetails.issuedAtDateTime"sv,
    "initiatedBy.linkableIdentifiers.tokenDetails.uniqueTokenIdentifier"sv,
    "loggedByService"sv,
    "operationType"sv,
    "performedBy.*"sv,
    "result"sv,
    "resultReason"sv,
    "targetResources.displayName"sv,
    "targetResources.groupType"sv,
    "targetResources.id"sv,
    "targetResources.modifiedProperties.displayName"sv,
    "targetResources.modifiedProperties.newValue"sv,
    "targetResources.modifiedProperties.oldValue"sv,
    "targetResources.type"sv,
    "targetResources.userPrincipalName"sv,
    "userAgent"sv,
};

// signIn; most of it is beta only.
constexpr std::array sign_in{
    "id"sv,
    "agent.*"sv,
    "appDisplayName"sv,
    "appId"sv,
    "appOwnerTenantId"sv,
    "appTokenProtectionStatus"sv,
    "appliedConditionalAccessPolicies.authenticationStrength.*"sv,
    "appliedConditionalAccessPolicies.conditionsNotSatisfied"sv,
    "appliedConditionalAccessPolicies.conditionsSatisfied"sv,
    "appliedConditionalAccessPolicies.displayName"sv,
    "appliedConditionalAccessPolicies.enforcedGrantControls"sv,
    "appliedConditionalAccessPolicies.enforcedSessionControls"sv,
    "appliedConditionalAccessPolicies.excludeRulesSatisfied.*"sv,
    "appliedConditionalAccessPolicies.id"sv,
    "appliedConditionalAccessPolicies.includeRulesSatisfied.*"sv,
    "appliedConditionalAccessPolicies.result"sv,
    "appliedConditionalAccessPolicies.sessionControlsNotSatisfied"sv,
    "appliedEventListeners.*"sv,
    "authenticationAppDeviceDetails.appVersion"sv,
    "authenticationAppDeviceDetails.clientApp"sv,
    "authenticationAppDeviceDetails.deviceId"sv,
    "authenticationAppDeviceDetails.operatingSystem"sv,
    "authenticationAppPolicyEvaluationDetails.*"sv,
    "authenticationContextClassReferences.*"sv,
    "authenticationDetails.authenticationMethod"sv,
    "authenticationDetails.authenticationMethodDetail"sv,
    "authenticationDetails.authenticationStepDateTime"sv,
    "authenticationDetails.authenticationStepRequirement"sv,
    "authenticationDetails.authenticationStepResultDetail"sv,
    "authenticationDetails.succeeded"sv,
    "authenticationMethodsUsed"sv,
    "authenticationProcessingDetails{}"sv,
    "authenticationProcessingDetails.key"sv,
    "authenticationProcessingDetails.value"sv,
    "authenticationProtocol"sv,
    "authenticationRequirement"sv,
    "authenticationRequirementPolicies.detail"sv,
    "authenticationRequirementPolicies.requirementProvider"sv,
    "autonomousSystemNumber"sv,
    "azureResourceId"sv,
    "clientAppUsed"sv,
    "clientCredentialType"sv,
    "clientSessionId"sv,
    "conditionalAccessAudiences.*"sv,
    "conditionalAccessStatus"sv,
    "correlationId"sv,
    "createdDateTime"sv,
    "crossTenantAccessType"sv,
    "deviceDetail.browser"sv,
    "deviceDetail.browserId"sv,
    "deviceDetail.deviceId"sv,
    "deviceDetail.displayName"sv,
    "deviceDetail.isCompliant"sv,
    "deviceDetail.isManaged"sv,
    "deviceDetail.operatingSystem"sv,
    "deviceDetail.trustType"sv,
    "federatedCredentialId"sv,
    "flaggedForReview"sv,
    "globalSecureAccessIpAddress"sv,
    "homeTenantId"sv,
    "homeTenantName"sv,
    "incomingTokenType"sv,
    "ipAddress"sv,
    "ipAddressFromResourceProvider"sv,
    "isInteractive"sv,
    "isTenantRestricted"sv,
    "isThroughGlobalSecureAccess"sv,
    "location.city"sv,
    "location.countryOrRegion"sv,
    "location.geoCoordinates.altitude"sv,
    "location.geoCoordinates.latitude"sv,
    "location.geoCoordinates.longitude"sv,
    "location.state"sv,
    "managedServiceIdentity.associatedResourceId"sv,
    "managedServiceIdentity.federatedTokenId"sv,
    "managedServiceIdentity.federatedTokenIssuer"sv,
    "managedServiceIdentity.msiType"sv,
    "mfaDetail.authDetail"sv,
    "mfaDetail.authMethod"sv,
    "networkLocationDetails.networkNames"sv,
    "networkLocationDetails.networkType"sv,
    "originalRequestId"sv,
    "originalTransferMethod"sv,
    "privateLinkDetails.*"sv,
    "processingTimeInMilliseconds"sv,
    "resourceDisplayName"sv,
    "resourceId"sv,
    "resourceOwnerTenantId"sv,
    "resourceServicePrincipalId"sv,
    "resourceTenantId"sv,
    "riskDetail"sv,
    "riskEventTypes"sv,
    "riskEventTypes_v2"sv,
    "riskLevelAggregated"sv,
    "riskLevelDuringSignIn"sv,
    "riskState"sv,
    "servicePrincipalCredentialKeyId"sv,
    "servicePrincipalCredentialThumbprint"sv,
    "servicePrincipalId"sv,
    "servicePrincipalName"sv,
    "sessionId"sv,
    "sessionLifetimePolicies.detail"sv,
    "sessionLifetimePolicies.expirationRequirement"sv,
    "signInEventTypes"sv,
    "signInIdentifier"sv,
    "signInIdentifierType"sv,
    "signInTokenProtectionStatus"sv,
    "status.additionalDetails"sv,
    "status.errorCode"sv,
    "status.failureReason"sv,
    "tokenIssuerName"sv,
    "tokenIssuerType"sv,
    "tokenProtectionStatusDetails.signInSessionStatus"sv,
    "tokenProtectionStatusDetails.signInSessionStatusCode"sv,
    "uniqueTokenIdentifier"sv,
    "userAgent"sv,
    "userDisplayName"sv,
    "userId"sv,
    "userPrincipalName"sv,
    "userType"sv,
};

// What riskDetection and servicePrincipalRiskDetection share.
constexpr std::array any_risk{
    "id"sv,
    "activity"sv,
    "activityDateTime"sv,
    "additionalInfo"sv,
    "correlationId"sv,
    "detectedDateTime"sv,
    "detectionTimingType"sv,
    "ipAddress"sv,
    "lastUpdatedDateTime"sv,
    "location.city"sv,
    "location.countryOrRegion"sv,
    "location.geoCoordinates.altitude"sv,
    "location.geoCoordinates.latitude"sv,
    "location.geoCoordinates.longitude"sv,
    "location.state"sv,
    "mitreTechniqueId"sv,
    "requestId"sv,
    "riskDetail"sv,
    "riskEventType"sv,
    "riskLevel"sv,
    "riskState"sv,
    "riskType"sv,
    "source"sv,
    "tokenIssuerType"sv,
};

constexpr std::array user_risk{
    "userDisplayName"sv,
    "userId"sv,
    "userPrincipalName"sv,
};

constexpr std::array principal_risk{
    "appId"sv,
    "keyIds"sv,
    "servicePrincipalDisplayName"sv,
    "servicePrincipalId"sv,
};

struct List {
    unsigned kinds;
    std::span<const std::string_view> paths;
};

const std::array<List, 5>& lists() {
    static const std::array<List, 5> all{{
        {bit_of(RecordKind::directory_audit), directory_audit},
        {bit_of(RecordKind::sign_in), sign_in},
        {bit_of(RecordKind::risk_detection) | bit_of(RecordKind::service_principal_risk_detection), any_risk},
        {bit_of(RecordKind::risk_detection), user_risk},
        {bit_of(RecordKind::service_principal_risk_detection), principal_risk},
    }};
    return all;
}

void split(std::string_view path, std::vector<std::string>& parts) {
    while (!path.empty()) {
        const auto dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
}

bool has_empty_part(std::string_view name) {
    return name.empty() || name.front() == '.' || name.back() == '.' ||
           name.find("..") != std::string_view::npos;
}

// `path` is a row of a list; `rest` of `name` below a prefix of it.
std::optional<RecordPath> match(std::string_view path, std::string_view name) {
    RecordPath found;
    if (path.ends_with(".*") || path.ends_with("{}")) {
        const bool keyed = path.ends_with("{}");
        const std::string_view base = path.substr(0, path.size() - 2);
        if (starts_with_ignoring_ascii_case(name, base) && name.size() > base.size() + 1 &&
            name[base.size()] == '.') {
            split(base, found.parts);
            const std::string_view below = name.substr(base.size() + 1);
            if (keyed) {
                found.list_key = std::string{below};
            } else {
                split(below, found.parts);
            }
            return found;
        }
        path = base;
    }
    const bool whole = equal_ignoring_ascii_case(path, name);
    const bool above =
        starts_with_ignoring_ascii_case(path, name) && path.size() > name.size() && path[name.size()] == '.';
    if (!whole && !above) return std::nullopt;
    split(path.substr(0, name.size()), found.parts);
    return found;
}

}  // namespace

unsigned kinds_of(std::span<const FeedId> feeds) {
    unsigned kinds = 0;
    for (const FeedId feed : feeds)
        kinds |= bit_of(feed_of(feed).kind);
    return kinds == 0 ? all_record_kinds : kinds;
}

std::optional<RecordPath> find_record_path(std::string_view name, unsigned kinds) {
    if (has_empty_part(name)) return std::nullopt;
    std::optional<RecordPath>
        keyed;  // only when no property has the name: `additionalDetails.key` is a property
    for (const List& list : lists()) {
        if ((list.kinds & kinds) == 0) continue;
        for (const std::string_view path : list.paths) {
            auto found = match(path, name);
            if (!found) continue;
            if (found->list_key.empty()) return found;
            if (!keyed) keyed = std::move(found);
        }
    }
    return keyed;
}

std::vector<std::string_view> record_paths(unsigned kinds) {
    std::vector<std::string_view> paths;
    for (const List& list : lists()) {
        if ((list.kinds & kinds) != 0) paths.insert(paths.end(), list.paths.begin(), list.paths.end());
    }
    return paths;
}

}  // namespace entrawatch
