#include "tests/simulator/endpoint.hpp"

#include <array>

#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

using enum PropertyType;

// v1.0/api/directoryaudit-list
constexpr std::array audit_properties = {
    Property{"activityDateTime", time},
    Property{"activityDisplayName", text},
    Property{"category", text},
    Property{"correlationId", text},
    Property{"id", text},
    Property{"loggedByService", text},
    Property{"result", text},
    Property{"initiatedBy/user/id", text},
    Property{"initiatedBy/user/userPrincipalName", text},
    Property{"initiatedBy/app/displayName", text},
    Property{"targetResources/id", text, true},
    Property{"targetResources/displayName", text, true},
};

// v1.0/api/signin-list; beta has the event types besides.
constexpr std::array sign_in_properties = {
    Property{"createdDateTime", time},
    Property{"id", text},
    Property{"userId", text},
    Property{"userPrincipalName", text},
    Property{"appId", text},
    Property{"appDisplayName", text},
    Property{"ipAddress", text},
    Property{"clientAppUsed", text},
    Property{"correlationId", text},
    Property{"conditionalAccessStatus", text},
    Property{"status/errorCode", number},
    Property{"signInEventTypes", text, true},
};

constexpr std::array risk_properties = {
    Property{"activityDateTime", time},
    Property{"detectedDateTime", time},
    Property{"lastUpdatedDateTime", time},
    Property{"id", text},
    Property{"requestId", text},
    Property{"riskEventType", text},
    Property{"riskLevel", text},
    Property{"riskState", text},
    Property{"userId", text},
    Property{"userPrincipalName", text},
};

constexpr std::array service_principal_risk_properties = {
    Property{"activityDateTime", time},
    Property{"detectedDateTime", time},
    Property{"lastUpdatedDateTime", time},
    Property{"id", text},
    Property{"requestId", text},
    Property{"riskEventType", text},
    Property{"riskLevel", text},
    Property{"riskState", text},
    Property{"appId", text},
    Property{"servicePrincipalId", text},
};

constexpr std::array risky_properties = {
    Property{"riskLastUpdatedDateTime", time},
    Property{"id", text},
    Property{"riskLevel", text},
    Property{"riskState", text},
};

constexpr std::array security_alert_properties = {
    Property{"createdDateTime", time},  Property{"lastUpdateDateTime", time},
    Property{"assignedTo", text},       Property{"classification", text},
    Property{"determination", text},    Property{"severity", text},
    Property{"serviceSource", text},    Property{"status", text},
    Property{"id", text, false, false},
};

// v1.0/api/provisioningobjectsummary-list
constexpr std::array provisioning_properties = {
    Property{"activityDateTime", time},
    Property{"id", text},
    Property{"jobId", text},
    Property{"cycleId", text},
    Property{"changeId", text},
    Property{"provisioningAction", text},
    Property{"provisioningStatusInfo/status", text},
    Property{"servicePrincipal/id", text},
    Property{"sourceIdentity/id", text},
    Property{"targetIdentity/id", text},
};

// beta/api/rolemanagementalert-list-alerts: no time can be asked for.
constexpr std::array pim_alert_properties = {
    Property{"lastScannedDateTime", time, false, false},
    Property{"id", text},
    Property{"alertDefinitionId", text},
    Property{"scopeId", text},
    Property{"scopeType", text},
};

constexpr std::array provisioning_feeds = {FeedId::provisioning};
constexpr std::array pim_alert_feeds = {FeedId::pim_alerts};
constexpr std::array audit_feeds = {FeedId::directory_audits};
constexpr std::array interactive_only = {FeedId::sign_ins_interactive};
constexpr std::array sign_in_feeds = {FeedId::sign_ins_interactive, FeedId::sign_ins_non_interactive,
                                      FeedId::sign_ins_service_principal, FeedId::sign_ins_managed_identity};
constexpr std::array risk_feeds = {FeedId::risk_detections};
constexpr std::array service_principal_risk_feeds = {FeedId::service_principal_risk_detections};

constexpr std::array risky_user_feeds = {FeedId::risky_users};
constexpr std::array risky_principal_feeds = {FeedId::risky_service_principals};
constexpr std::array security_alert_feeds = {FeedId::security_alerts};

constexpr std::span<const Property> v1_sign_in_properties{sign_in_properties.data(),
                                                          sign_in_properties.size() - 1};

// What published rules need most exists in beta only.
constexpr std::array<std::string_view, 19> beta_members = {"authenticationDetails",
                                                           "authenticationMethodsUsed",
                                                           "authenticationProtocol",
                                                           "authenticationRequirement",
                                                           "autonomousSystemNumber",
                                                           "clientCredentialType",
                                                           "crossTenantAccessType",
                                                           "homeTenantId",
                                                           "incomingTokenType",
                                                           "originalRequestId",
                                                           "resourceTenantId",
                                                           "servicePrincipalCredentialKeyId",
                                                           "servicePrincipalId",
                                                           "servicePrincipalName",
                                                           "sessionId",
                                                           "signInEventTypes",
                                                           "uniqueTokenIdentifier",
                                                           "userAgent",
                                                           "userType"};

constexpr std::array table = {
    Endpoint{"/v1.0/auditLogs/directoryAudits",
             "microsoft.graph.directoryAudit",
             "activityDateTime",
             audit_feeds,
             audit_properties,
             1000,
             1000,
             true,
             false,
             BudgetGroup::reports,
             "AuditLog.Read.All",
             {}},
    Endpoint{"/beta/auditLogs/signIns",
             "microsoft.graph.signIn",
             "createdDateTime",
             sign_in_feeds,
             sign_in_properties,
             1000,
             1000,
             true,
             false,
             BudgetGroup::reports,
             "AuditLog.Read.All",
             {}},
    // v1.0 knows interactive users only, and does not know signInEventTypes at all.
    Endpoint{"/v1.0/auditLogs/signIns", "microsoft.graph.signIn", "createdDateTime", interactive_only,
             v1_sign_in_properties, 1000, 1000, true, false, BudgetGroup::reports, "AuditLog.Read.All",
             beta_members},
    Endpoint{"/v1.0/identityProtection/riskDetections",
             "microsoft.graph.riskDetection",
             "detectedDateTime",
             risk_feeds,
             risk_properties,
             20,
             500,
             false,
             true,
             BudgetGroup::identity_protection,
             "IdentityRiskEvent.Read.All",
             {}},
    Endpoint{"/v1.0/identityProtection/servicePrincipalRiskDetections",
             "microsoft.graph.servicePrincipalRiskDetection",
             "detectedDateTime",
             service_principal_risk_feeds,
             service_principal_risk_properties,
             20,
             500,
             false,
             true,
             BudgetGroup::identity_protection,
             "IdentityRiskEvent.Read.All",
             {}},
    Endpoint{"/v1.0/identityProtection/riskyUsers",
             "microsoft.graph.riskyUser",
             "riskLastUpdatedDateTime",
             risky_user_feeds,
             risky_properties,
             20,
             500,
             false,
             true,
             BudgetGroup::identity_protection,
             "IdentityRiskyUser.Read.All",
             {}},
    Endpoint{"/v1.0/identityProtection/riskyServicePrincipals",
             "microsoft.graph.riskyServicePrincipal",
             "riskLastUpdatedDateTime",
             risky_principal_feeds,
             risky_properties,
             20,
             500,
             false,
             true,
             BudgetGroup::identity_protection,
             "IdentityRiskyServicePrincipal.Read.All",
             {}},
    Endpoint{"/v1.0/security/alerts_v2",
             "microsoft.graph.security.alert",
             "createdDateTime",
             security_alert_feeds,
             security_alert_properties,
             1000,
             1000,
             true,
             false,
             BudgetGroup::security,
             "SecurityAlert.Read.All",
             {}},
    // No page limit is documented.
    Endpoint{"/v1.0/auditLogs/provisioning",
             "microsoft.graph.provisioningObjectSummary",
             "activityDateTime",
             provisioning_feeds,
             provisioning_properties,
             100,
             1000,
             true,
             true,
             BudgetGroup::reports,
             "AuditLog.Read.All",
             {},
             true},
    Endpoint{"/beta/identityGovernance/roleManagementAlerts/alerts",
             "microsoft.graph.unifiedRoleManagementAlert",
             "lastScannedDateTime",
             pim_alert_feeds,
             pim_alert_properties,
             100,
             100,
             true,
             false,
             BudgetGroup::directory,
             "RoleManagementAlert.Read.Directory",
             {},
             false,
             true},
};

}  // namespace

std::span<const Endpoint> endpoints() {
    return table;
}

const Endpoint* find_endpoint(std::string_view path) {
    for (const Endpoint& endpoint : table) {
        if (equal_ignoring_ascii_case(endpoint.path, path)) return &endpoint;
    }
    return nullptr;
}

const Endpoint& endpoint_of(FeedId feed) {
    switch (feed) {
        case FeedId::directory_audits:
            return table[0];
        case FeedId::risk_detections:
            return table[3];
        case FeedId::service_principal_risk_detections:
            return table[4];
        case FeedId::risky_users:
            return table[5];
        case FeedId::risky_service_principals:
            return table[6];
        case FeedId::security_alerts:
            return table[7];
        case FeedId::provisioning:
            return table[8];
        case FeedId::pim_alerts:
            return table[9];
        default:
            return table[1];
    }
}

const Property* find_property(const Endpoint& endpoint, std::string_view name) {
    for (const Property& property : endpoint.properties) {
        if (property.name == name && property.filters) return &property;
    }
    return nullptr;
}

std::string_view event_type_of(FeedId feed) {
    switch (feed) {
        case FeedId::sign_ins_interactive:
            return "interactiveUser";
        case FeedId::sign_ins_non_interactive:
            return "nonInteractiveUser";
        case FeedId::sign_ins_service_principal:
            return "servicePrincipal";
        case FeedId::sign_ins_managed_identity:
            return "managedIdentity";
        default:
            return {};
    }
}

}  // namespace entrawatch::simulator
