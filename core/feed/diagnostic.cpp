#include "core/feed/diagnostic.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/feed/diagnostic_record.hpp"

namespace entrawatch {
namespace {

bool is_present(Json record, std::string_view name) {
    const std::optional<Json> found = member(record, name);
    return found && !found->is_null();
}

template <std::size_t N>
bool has_any(Json record, const std::array<std::string_view, N>& names) {
    return std::ranges::any_of(names, [&](std::string_view name) { return is_present(record, name); });
}

// Some collectors lower the case of the envelope's names: they are compared without case.
bool is_envelope(JsonObject object) {
    bool properties = false;
    bool around = false;
    for (const auto field : object) {
        const auto is = [&](std::string_view name) { return equal_ignoring_ascii_case(field.key, name); };
        properties = properties || (is("properties") && (field.value.is_object() || field.value.is_string()));
        around = around || is("category") || is("operationName") || is("time") || is("resourceId");
    }
    return properties && around;
}

// A row's columns begin with capitals; a Graph record has an `id`.
bool is_row(Json record) {
    static constexpr std::array<std::string_view, 9> columns{
        "TimeGenerated",          "TimeGenerated [UTC]", "ActivityDateTime",
        "ActivityDateTime [UTC]", "CreatedDateTime",     "CreatedDateTime [UTC]",
        "OperationName",          "ActivityDisplayName", "DetectedDateTime"};
    return !is_present(record, "id") && has_any(record, columns);
}

std::optional<FeedId> sign_in_kind(std::string_view name) {
    if (name == "interactiveUser") return FeedId::sign_ins_interactive;
    if (name == "nonInteractiveUser") return FeedId::sign_ins_non_interactive;
    if (name == "servicePrincipal") return FeedId::sign_ins_service_principal;
    if (name == "managedIdentity") return FeedId::sign_ins_managed_identity;
    return std::nullopt;
}

// beta says the kind; where it is not said, the record is of v1.0 or of an export, and its members tell.
std::optional<FeedId> guess_sign_in(Json record) {
    JsonArray kinds;
    if (const auto types = member(record, "signInEventTypes");
        types && types->get(kinds) == simdjson::SUCCESS) {
        for (const Json kind : kinds) {
            if (const auto feed = sign_in_kind(text_in(kind))) return feed;
        }
    }
    const bool of_user = !text_of(record, "userId").empty() || !text_of(record, "userPrincipalName").empty();
    if (!of_user && !text_of(record, "servicePrincipalId").empty()) {
        const bool managed = is_present(record, "managedServiceIdentity") ||
                             text_of(record, "clientCredentialType") == "managedIdentity";
        return managed ? FeedId::sign_ins_managed_identity : FeedId::sign_ins_service_principal;
    }
    const std::optional<Json> interactive = member(record, "isInteractive");
    const bool is_not = interactive && scalar_text(*interactive) == "false";
    return is_not ? FeedId::sign_ins_non_interactive : FeedId::sign_ins_interactive;
}

}  // namespace

std::optional<FeedId> guess_feed(Json record) {
    static constexpr std::array<std::string_view, 4> of_audits{"activityDisplayName", "loggedByService",
                                                               "initiatedBy", "targetResources"};
    static constexpr std::array<std::string_view, 6> of_sign_ins{
        "signInEventTypes",    "conditionalAccessStatus", "appliedConditionalAccessPolicies",
        "resourceDisplayName", "clientAppUsed",           "appDisplayName"};
    if (!record.is_object()) return std::nullopt;
    // Before audits: it says who initiated it, too.
    if (is_present(record, "provisioningAction") || is_present(record, "provisioningSteps"))
        return FeedId::provisioning;
    if (has_any(record, of_audits)) {
        const bool ours =
            text_of(record, "category") == "Posture" && text_of(record, "loggedByService") == "Entrawatch";
        return ours ? FeedId::posture : FeedId::directory_audits;
    }
    if (is_present(record, "riskEventType")) {
        const bool of_principal =
            is_present(record, "servicePrincipalId") || is_present(record, "servicePrincipalDisplayName");
        return of_principal ? FeedId::service_principal_risk_detections : FeedId::risk_detections;
    }
    if (is_present(record, "riskLastUpdatedDateTime")) {
        const bool of_principal = is_present(record, "appId") || is_present(record, "servicePrincipalType");
        return of_principal ? FeedId::risky_service_principals : FeedId::risky_users;
    }
    if (is_present(record, "alertDefinitionId") && is_present(record, "scopeType")) return FeedId::pim_alerts;
    if (is_present(record, "serviceSource") && is_present(record, "title")) return FeedId::security_alerts;
    if (has_any(record, of_sign_ins)) return guess_sign_in(record);
    return std::nullopt;
}

Result<GraphShape> to_graph_shape(Json record) {
    JsonObject object;
    if (record.get(object) != simdjson::SUCCESS)
        return fail(ErrorCode::invalid, "the record is no JSON object");
    if (is_envelope(object)) return from_azure_monitor(object);
    if (is_row(record)) return from_log_analytics(object);
    return GraphShape{RecordShape::graph, guess_feed(record), {}};
}

}  // namespace entrawatch
