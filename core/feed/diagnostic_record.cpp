#include "core/feed/diagnostic_record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/base/text.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch {
namespace {

// In the exports these are bit masks; in Graph they are names. Numbers would be worse than nothing.
bool is_mask(std::string_view name, Json value) {
    return (name == "conditionsSatisfied" || name == "conditionsNotSatisfied") && value.is_number();
}

std::string graph_json(std::string_view name, Json value);

std::string graph_object(JsonObject object) {
    JsonObjectWriter writer;
    for (const auto field : object) {
        if (!is_mask(field.key, field.value)) writer.raw(field.key, graph_json(field.key, field.value));
    }
    return std::move(writer).take();
}

std::string graph_array(std::string_view name, JsonArray array) {
    std::string json = "[";
    for (const Json element : array) {
        if (json.size() > 1) json += ',';
        json += graph_json(name, element);
    }
    return json + "]";
}

// A value with the times inside it as Graph writes them. Depth is bounded by the reader of the record.
std::string graph_json(std::string_view name, Json value) {
    if (value.is_object()) return graph_object(JsonObject{value});
    if (value.is_array()) return graph_array(name, JsonArray{value});
    if (value.is_string() && name.ends_with("DateTime")) return json_text(graph_time(text_in(value)));
    return simdjson::minify(value);
}

// The number of the v1.0 enumeration, as one export writes it, as its name.
std::string_view result_name(std::string_view text) {
    constexpr std::array<std::string_view, 3> names{"success", "failure", "timeout"};
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '2')
        return names.at(static_cast<std::size_t>(text[0] - '0'));
    return text;
}

// initiatedBy, with the envelope's address for a user that has none.
std::string with_address(Json initiated_by, std::string_view ip) {
    JsonObject sides;
    if (initiated_by.get(sides) != simdjson::SUCCESS) return graph_json("initiatedBy", initiated_by);
    JsonObjectWriter writer;
    for (const auto side : sides) {
        const Json value{side.value};
        const bool lacks_address =
            side.key == "user" && value.is_object() && text_of(value, "ipAddress").empty();
        if (!lacks_address || ip.empty()) {
            writer.raw(side.key, graph_json(side.key, value));
            continue;
        }
        JsonObjectWriter user;
        for (const auto field : JsonObject{value}) {
            if (field.key != "ipAddress") user.value(field.key, field.value);
        }
        user.text("ipAddress", ip);
        writer.raw(side.key, std::move(user).take());
    }
    return std::move(writer).take();
}

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    return result.ec == std::errc{} && result.ptr == end ? std::optional{number} : std::nullopt;
}

}  // namespace

std::string graph_time(std::string_view text) {
    std::optional<Instant> time = parse_iso(text);
    if (!time) time = parse_export_time(text);
    return time ? to_iso(*time) : std::string{text};
}

std::optional<FeedId> feed_of_category(std::string_view category) {
    struct Row {
        std::string_view category;
        FeedId feed;
    };
    static constexpr std::array rows{
        Row{"AuditLogs", FeedId::directory_audits},
        Row{"SignInLogs", FeedId::sign_ins_interactive},
        Row{"ADFSSignInLogs", FeedId::sign_ins_interactive},
        Row{"NonInteractiveUserSignInLogs", FeedId::sign_ins_non_interactive},
        Row{"AADNonInteractiveUserSignInLogs", FeedId::sign_ins_non_interactive},
        Row{"ServicePrincipalSignInLogs", FeedId::sign_ins_service_principal},
        Row{"AADServicePrincipalSignInLogs", FeedId::sign_ins_service_principal},
        Row{"MicrosoftServicePrincipalSignInLogs", FeedId::sign_ins_service_principal},
        Row{"ManagedIdentitySignInLogs", FeedId::sign_ins_managed_identity},
        Row{"AADManagedIdentitySignInLogs", FeedId::sign_ins_managed_identity},
        Row{"ProvisioningLogs", FeedId::provisioning},
        Row{"UserRiskEvents", FeedId::risk_detections},
        Row{"AADUserRiskEvents", FeedId::risk_detections},
        Row{"ServicePrincipalRiskEvents", FeedId::service_principal_risk_detections},
        Row{"AADServicePrincipalRiskEvents", FeedId::service_principal_risk_detections}};
    const auto* found = std::ranges::find_if(
        rows, [&](const Row& row) { return equal_ignoring_ascii_case(row.category, category); });
    return found == rows.end() ? std::nullopt : std::optional{found->feed};
}

void DiagnosticRecord::add(std::string_view name, Json value) {
    if (value.is_null()) return;
    if (name == "initiatedBy") return add_raw(name, with_address(value, envelope_.ip));
    if (name == "result") return add_text(name, result_name(scalar_text(value)));
    if (name == "userType" && value.is_string()) return add_text(name, to_lower_ascii(text_in(value)));
    add_raw(name, graph_json(name, value));
}

void DiagnosticRecord::add_raw(std::string_view name, std::string json) {
    members_.push_back({std::string{name}, std::move(json)});
}

void DiagnosticRecord::add_text(std::string_view name, std::string_view text) {
    add_raw(name, json_text(text));
}

bool DiagnosticRecord::has(std::string_view name) const {
    return std::ranges::find(members_, name, &Member::name) != members_.end();
}

void DiagnosticRecord::fill(std::string_view name, std::string_view text) {
    if (!text.empty() && !has(name)) add_text(name, text);
}

void DiagnosticRecord::fill_audit() {
    fill("activityDateTime", graph_time(envelope_.time));
    fill("activityDisplayName", envelope_.operation_name);
    fill("correlationId", envelope_.correlation_id);
    fill("result", result_name(envelope_.result));
    fill("resultReason", envelope_.result_description);
    // Some write the audit category outside, where the name of the log should be.
    if (!feed_of_category(envelope_.category)) fill("category", envelope_.category);
}

void DiagnosticRecord::fill_status() {
    const std::optional<int> code = whole_number(envelope_.result_type);
    if (!code || has("status")) return;
    JsonObjectWriter status;
    status.raw("errorCode", std::to_string(*code));
    if (!envelope_.result_description.empty()) status.text("failureReason", envelope_.result_description);
    add_raw("status", std::move(status).take());
}

void DiagnosticRecord::fill_sign_in(FeedId feed) {
    fill("createdDateTime", graph_time(envelope_.time));
    fill("correlationId", envelope_.correlation_id);
    fill("ipAddress", envelope_.ip);
    fill_status();
    const bool of_user = feed == FeedId::sign_ins_interactive || feed == FeedId::sign_ins_non_interactive;
    if (of_user) fill("userDisplayName", envelope_.identity);
    if (envelope_.location.empty() || has("location")) return;
    JsonObjectWriter location;
    location.text("countryOrRegion", envelope_.location);
    add_raw("location", std::move(location).take());
}

std::string DiagnosticRecord::finish(FeedId feed) && {
    switch (feed_of(feed).kind) {
        case RecordKind::directory_audit:
            fill_audit();
            break;
        case RecordKind::sign_in:
            fill_sign_in(feed);
            break;
        case RecordKind::risk_detection:
        case RecordKind::service_principal_risk_detection:
        case RecordKind::risky_user:
        case RecordKind::risky_service_principal:
        case RecordKind::security_alert:
        case RecordKind::pim_alert:
            fill("id", envelope_.correlation_id);  // outside, the correlation id of a detection is the
                                                   // detection's own id
            break;
        case RecordKind::provisioning:
            fill("activityDateTime", graph_time(envelope_.time));
            break;
    }
    JsonObjectWriter writer;
    for (const Member& entry : members_)
        writer.raw(entry.name, entry.json);
    return std::move(writer).take();
}

}  // namespace entrawatch
