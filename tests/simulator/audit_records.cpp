#include "tests/simulator/audit_records.hpp"

namespace entrawatch::simulator {
namespace {

Document text_or_null(const std::string& text) {
    return text.empty() ? Document(nullptr) : Document(text);
}

std::string audit_id(const AuditRow& row, Dice& dice) {
    const std::string shard = dice.capitals(5);
    const std::string number = std::to_string(1'000'000 + dice.below(90'000'000));
    if (row.service == "PIM")
        return "PIM_" + row.correlation_id + "_" + shard + "_" + std::to_string(ticks_of(row.time));
    if (row.service == "Conditional Access")
        return "IPCGraph_" + row.correlation_id + "_" + shard + "_" + number;
    if (row.service == "Invited Users")
        return "Invited Users_" + row.correlation_id + "_" + shard + "_" + number;
    if (row.service == "Self-service Password Management")
        return "SSPR_" + row.correlation_id + "_" + shard + "_" + number;
    return "Directory_" + row.correlation_id + "_" + shard + "_" + number;
}

}  // namespace

Document audit(const AuditRow& row, Dice& dice) {
    Document details = Document::array();
    for (const auto& [key, value] : row.details)
        details.push_back({{"key", key}, {"value", value}});
    return {{"id", audit_id(row, dice)},
            {"category", row.category},
            {"correlationId", row.correlation_id},
            {"result", "success"},
            {"resultReason", row.reason},
            {"activityDisplayName", row.activity},
            {"activityDateTime", to_iso(row.time)},
            {"loggedByService", row.service},
            {"operationType", row.operation},
            {"initiatedBy", row.initiated_by},
            {"targetResources", Document(row.targets)},
            {"additionalDetails", std::move(details)}};
}

Document by_user(const Person& person, const std::string& ip) {
    return {{"app", nullptr},
            {"user",
             {{"id", person.id},
              {"displayName", nullptr},
              {"userPrincipalName", person.principal_name},
              {"ipAddress", text_or_null(ip)},
              {"userType", nullptr},
              {"homeTenantId", nullptr},
              {"homeTenantName", nullptr}}}};
}

Document by_app(const ServicePrincipal& app) {
    return {{"user", nullptr},
            {"app",
             {{"appId", nullptr},
              {"displayName", app.name},
              {"servicePrincipalId", app.id},
              {"servicePrincipalName", nullptr}}}};
}

Document by_pim_platform() {
    return {{"app", nullptr},
            {"user",
             {{"id", "d4b6a9f1-3c52-4e87-9b0d-5f7e2a1c8366"},
              {"displayName", "Azure AD PIM"},
              {"userPrincipalName", nullptr},
              {"ipAddress", nullptr},
              {"userType", nullptr}}}};
}

Document target(const std::string& type, const std::string& id, const std::string& name,
                std::vector<Document> properties) {
    return {{"id", id},
            {"displayName", text_or_null(name)},
            {"type", type},
            {"userPrincipalName", nullptr},
            {"groupType", type == "Group" ? Document("azureAD") : Document(nullptr)},
            {"modifiedProperties", Document(std::move(properties))}};
}

Document user_target(const Person& person, std::vector<Document> properties) {
    Document user = target("User", person.id, "", std::move(properties));
    user["userPrincipalName"] = person.principal_name;
    return user;
}

Document property(const std::string& name, std::optional<std::string> old_value,
                  std::optional<std::string> new_value) {
    return {{"displayName", name},
            {"oldValue", old_value ? Document(*old_value) : Document(nullptr)},
            {"newValue", new_value ? Document(*new_value) : Document(nullptr)}};
}

std::string json_text(std::string_view text) {
    return Document(text).dump();
}

std::vector<Document> role_properties(const Role& role, bool removed) {
    const std::vector<std::pair<std::string, std::string>> values = {
        {"Role.ObjectID", role.object_id},
        {"Role.DisplayName", role.name},
        {"Role.TemplateId", role.template_id},
        {"Role.WellKnownObjectName", role.well_known_name}};
    std::vector<Document> properties;
    for (const auto& [name, value] : values) {
        if (value.empty()) continue;
        properties.push_back(removed ? property(name, json_text(value), std::nullopt)
                                     : property(name, std::nullopt, json_text(value)));
    }
    return properties;
}

}  // namespace entrawatch::simulator
