#include "tests/support/records.hpp"

#include "core/feed/json_write.hpp"

namespace entrawatch::records {
namespace {

// Empty = null, as Graph writes it.
std::string text_or_null(std::string_view text) {
    return text.empty() ? "null" : json_string(text);
}

std::string policy_side(std::string_view policy, bool in_a_list) {
    if (policy.empty()) return "null";
    return encoded_json(in_a_list ? "[" + json_string(policy) + "]" : std::string{policy});
}

std::vector<std::string> role_properties(const RoleChange& change, bool added) {
    std::vector<std::string> properties;
    const auto add = [&](std::string_view name, std::string_view value) {
        properties.push_back(added ? property(name, "null", encoded_text(value))
                                   : property(name, encoded_text(value), "null"));
    };
    add("Role.ObjectID", "00000000-0000-4000-8000-000000000b0b");
    add("Role.DisplayName", change.role_name);
    add("Role.TemplateId", change.template_id);
    return properties;
}

Audit role_row(const RoleChange& change, bool added) {
    Audit audit;
    audit.activity = added ? "Add member to role" : "Remove member from role";
    audit.category = "RoleManagement";
    audit.operation = added ? "Assign" : "Unassign";
    audit.initiator = change.initiator;
    audit.targets = {target(change.principal_type, change.principal_id, change.principal_name,
                            role_properties(change, added)),
                     target("Role", "00000000-0000-4000-8000-000000000b0b", "")};
    return audit;
}

Audit pim_row(const RoleChange& change, std::string_view activity) {
    Audit audit;
    audit.id = "PIM_00000000-0000-4000-8000-00000000c0de_ABCDE_638000000000000001";
    audit.activity = activity;
    audit.category = "RoleManagement";
    audit.service = "PIM";
    audit.initiator = change.initiator;
    audit.targets = {
        target("Role", "00000000-0000-4000-8000-000000000b0c", change.role_name,
               {property("RoleDefinitionOriginId", encoded_text(""), encoded_text(change.template_id)),
                property("RoleDefinitionOriginType", encoded_text(""), encoded_text("BuiltInRole")),
                property("TemplateId", encoded_text(""), encoded_text(change.template_id))}),
        target("Request", "00000000-0000-4000-8000-00000000e901", ""),
        target(change.principal_type, change.principal_id, change.principal_name),
        target("Directory", "00000000-0000-4000-8000-00000000d1d1", "Example"), target("Other", "", "")};
    audit.details = {detail("RoleDefinitionOriginId", change.template_id),
                     detail("RoleDefinitionOriginType", "BuiltInRole"),
                     detail("TemplateId", change.template_id), detail("ipaddr", "198.51.100.9"),
                     detail("RequestId", "00000000-0000-4000-8000-00000000e901")};
    return audit;
}

Audit key_row(const std::vector<Key>& before, const std::vector<Key>& after, std::string_view type) {
    Audit audit;
    audit.category = "ApplicationManagement";
    audit.targets = {
        target(type, "00000000-0000-4000-8000-00000000a99a", "Payroll",
               {property("KeyDescription", encoded_keys(before), encoded_keys(after)),
                property("Included Updated Properties", "null", encoded_text("KeyDescription"))})};
    audit.details = {detail("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
                     detail("AppId", "00000000-0000-4000-8000-00000000a991")};
    return audit;
}

std::string sign_in_event_type(SignInKind kind) {
    switch (kind) {
        case SignInKind::interactive:
            return "interactiveUser";
        case SignInKind::non_interactive:
            return "nonInteractiveUser";
        case SignInKind::service_principal:
            return "servicePrincipal";
        case SignInKind::managed_identity:
            return "managedIdentity";
    }
    return "unknownFutureValue";
}

}  // namespace

std::string json_string(std::string_view text) {
    return json_text(text);
}

std::string array_of(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) {
        if (out.size() > 1) out += ',';
        out += value;
    }
    return out + "]";
}

std::string page_of(const std::vector<std::string>& records, std::string_view next_link) {
    std::string page =
        R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","value":)" + array_of(records);
    if (!next_link.empty()) page += R"(,"@odata.nextLink":)" + json_string(next_link);
    return page + "}";
}

std::string property(std::string_view name, std::string_view old_json, std::string_view new_json) {
    JsonObjectWriter writer;
    writer.text("displayName", name);
    writer.raw("oldValue", old_json);
    writer.raw("newValue", new_json);
    return std::move(writer).take();
}

std::string encoded_json(std::string_view json) {
    return json_string(json);
}
std::string encoded_text(std::string_view text) {
    return encoded_json(json_string(text));
}

std::string encoded_keys(const std::vector<Key>& keys) {
    std::vector<std::string> texts;
    for (const Key& key : keys) {
        texts.push_back(json_string("[KeyIdentifier=" + key.id + ",KeyType=" + key.type +
                                    ",KeyUsage=" + key.usage + ",DisplayName=" + key.name + "]"));
    }
    return encoded_json(array_of(texts));
}

std::string user_initiator(std::string_view id, std::string_view name, std::string_view ip) {
    return R"({"user":{"id":)" + text_or_null(id) + R"(,"displayName":null,"userPrincipalName":)" +
           text_or_null(name) + R"(,"ipAddress":)" + text_or_null(ip) + R"(},"app":null})";
}

std::string app_initiator(std::string_view principal_id, std::string_view display_name) {
    return R"({"user":null,"app":{"appId":null,"displayName":)" + text_or_null(display_name) +
           R"(,"servicePrincipalId":)" + text_or_null(principal_id) + R"(,"servicePrincipalName":null}})";
}

std::string pim_platform_initiator() {
    return R"({"app":null,"user":{"id":"00000000-0000-4000-8000-0000000000fe","displayName":"Azure AD PIM","userPrincipalName":null,"ipAddress":null,"userType":null}})";
}

std::string alice_initiator() {
    return user_initiator(alice_id, alice_name);
}

std::string target(std::string_view type, std::string_view id, std::string_view name,
                   const std::vector<std::string>& properties) {
    const bool is_user = type == "User";
    JsonObjectWriter writer;
    writer.raw("id", text_or_null(id));
    writer.raw("displayName", is_user ? "null" : text_or_null(name));
    writer.text("type", type);
    writer.raw("userPrincipalName", is_user ? text_or_null(name) : "null");
    writer.raw("groupType", "null");
    writer.raw("modifiedProperties", array_of(properties));
    return std::move(writer).take();
}

std::string detail(std::string_view key, std::string_view value) {
    return R"({"key":)" + json_string(key) + R"(,"value":)" + json_string(value) + "}";
}

std::string Audit::json() const {
    JsonObjectWriter writer;
    writer.text("id", id);
    writer.text("category", category);
    writer.text("correlationId", correlation_id);
    writer.text("result", result);
    writer.text("resultReason", reason);
    writer.text("activityDisplayName", activity);
    writer.text("activityDateTime", time);
    writer.text("loggedByService", service);
    writer.text("operationType", operation);
    writer.raw("initiatedBy", initiator);
    writer.raw("targetResources", array_of(targets));
    writer.raw("additionalDetails", array_of(details));
    return std::move(writer).take();
}

Audit role_added(const RoleChange& change) {
    return role_row(change, true);
}
Audit role_removed(const RoleChange& change) {
    return role_row(change, false);
}

Audit pim_echo(int n, const RoleChange& change) {
    Audit audit = pim_row(change, "Add member to role outside of PIM (permanent)");
    audit.id += std::to_string(n);
    audit.correlation_id = "00000000-0000-4000-8000-00000000e" + std::to_string(100 + n);
    audit.time = "2026-11-20T" + std::string(10 + 2 * (n % 7) < 10 ? "0" : "") +
                 std::to_string(10 + 2 * (n % 7)) + ":24:07.107749Z";
    audit.details.push_back(detail("AuditType", "RoleElevatedOutsidePimAlert"));
    return audit;
}

Audit pim_activation_completed(const RoleChange& change) {
    Audit audit = pim_row(change, "Add member to role completed (PIM activation)");
    audit.initiator = pim_platform_initiator();
    audit.reason = "patching the mail gateway";
    return audit;
}

Audit policy_changed(const PolicyChange& change) {
    Audit audit;
    audit.id = "IPCGraph_00000000-0000-4000-8000-00000000c0de_ABCDE_1000002";
    audit.activity = change.activity;
    audit.category = "Policy";
    audit.service = "Conditional Access";
    audit.targets = {target("Policy", change.policy_id, change.policy_name,
                            {property("ConditionalAccessPolicy", policy_side(change.old_policy, false),
                                      policy_side(change.new_policy, false))})};
    return audit;
}

Audit policy_changed_directory_row(const PolicyChange& change) {
    Audit audit;
    audit.time = "2026-11-20T10:11:11.7234567Z";
    audit.activity = "Update policy";
    audit.category = "Policy";
    audit.targets = {target(
        "Policy", change.policy_id, change.policy_name,
        {property("PolicyDetail", policy_side(change.old_policy, true), policy_side(change.new_policy, true)),
         property("Included Updated Properties", "null", encoded_text("PolicyDetail"))})};
    return audit;
}

Audit keys_changed(const std::vector<Key>& before, const std::vector<Key>& after) {
    Audit audit = key_row(before, after, "Application");
    audit.activity = "Update application – Certificates and secrets management ";
    return audit;
}

Audit principal_keys_added(const std::vector<Key>& before, const std::vector<Key>& after) {
    Audit audit = key_row(before, after, "ServicePrincipal");
    audit.activity = "Add service principal credentials";
    return audit;
}

Audit app_role_granted(std::string_view permission) {
    Audit audit;
    audit.activity = "Add app role assignment to service principal";
    audit.category = "ApplicationManagement";
    audit.operation = "Assign";
    audit.targets = {
        target("ServicePrincipal", "00000000-0000-4000-8000-00000000e50e", "Microsoft Graph",
               {property("AppRole.Id", "null", encoded_text("00000000-0000-4000-8000-00000000a901")),
                property("AppRole.Value", "null", encoded_text(permission)),
                property("ServicePrincipal.ObjectID", "null", encoded_text(deploy_app_id)),
                property("ServicePrincipal.DisplayName", "null", encoded_text("Deployer"))}),
        target("ServicePrincipal", deploy_app_id, "Deployer")};
    return audit;
}

std::string SignIn::json() const {
    const bool is_user = kind == SignInKind::interactive || kind == SignInKind::non_interactive;
    const bool has_place = kind != SignInKind::managed_identity;
    JsonObjectWriter writer;
    writer.text("id", id);
    writer.text("createdDateTime", time);
    writer.raw("userId", is_user ? text_or_null(principal_id) : R"("")");
    writer.raw("userPrincipalName", is_user ? text_or_null(principal_name) : "null");
    writer.raw("servicePrincipalId", is_user ? R"("")" : text_or_null(principal_id));
    writer.raw("servicePrincipalName", is_user ? "null" : text_or_null(principal_name));
    writer.text("appId", "00000000-0000-4000-8000-000000000a77");
    writer.text("appDisplayName", "Example Portal");
    writer.text("resourceId", "00000000-0000-4000-8000-000000000e77");
    writer.text("resourceDisplayName", "Example API");
    writer.text("ipAddress", has_place ? std::string_view{ip} : std::string_view{});
    writer.text("clientAppUsed", is_user ? std::string_view{client} : std::string_view{});
    writer.text("userAgent", "Mozilla/5.0 (X11; Linux x86_64)");
    writer.text("correlationId", "00000000-0000-4000-8000-00000000c0c0");
    writer.raw("isInteractive", kind == SignInKind::interactive ? "true" : "false");
    writer.raw("signInEventTypes", array_of({json_string(sign_in_event_type(kind))}));
    writer.text("sessionId", "00000000-0000-4000-8000-000000005e55");
    writer.raw(
        "location",
        has_place
            ? R"({"city":"Utrecht","state":"Utrecht","countryOrRegion":"NL","geoCoordinates":{}})"
            : R"({"city":"","state":"","countryOrRegion":"","geoCoordinates":{"latitude":0.0,"longitude":0.0}})");
    writer.raw("deviceDetail", R"({"deviceId":"","browser":"Firefox","isManaged":false,"trustType":null})");
    writer.raw("status", R"({"errorCode":)" + std::to_string(error_code) + R"(,"failureReason":)" +
                             json_string(failure_reason) + R"(,"additionalDetails":null})");
    writer.text("riskLevelAggregated", risk_level);
    writer.text("riskLevelDuringSignIn", "none");
    writer.text("riskState", risk_state);
    return std::move(writer).take();
}

std::string Risk::json() const {
    JsonObjectWriter writer;
    writer.text("id", id);
    writer.raw("activityDateTime", text_or_null(activity_time));
    writer.raw("detectedDateTime", text_or_null(detected_time));
    writer.raw("lastUpdatedDateTime", text_or_null(updated_time));
    writer.text("riskEventType", type);
    writer.text("riskLevel", level);
    writer.text("riskState", state);
    writer.text("riskDetail", detail);
    writer.text("source", "IdentityProtection");
    writer.text("detectionTimingType", "offline");
    writer.raw("correlationId", "null");
    writer.text(of_service_principal ? "servicePrincipalId" : "userId", principal_id);
    writer.text(of_service_principal ? "servicePrincipalDisplayName" : "userPrincipalName", principal_name);
    if (of_service_principal) writer.text("appId", "00000000-0000-4000-8000-000000000a77");
    if (!of_service_principal) {
        writer.text("userDisplayName", "Alice");
        writer.text("ipAddress", "203.0.113.7");
        writer.raw("location",
                   R"({"city":"Utrecht","state":null,"countryOrRegion":"NL","geoCoordinates":null})");
    }
    return std::move(writer).take();
}

}  // namespace entrawatch::records
