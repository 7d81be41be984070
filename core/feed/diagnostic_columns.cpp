// Rows of Log Analytics: flat, PascalCase columns, structured values as JSON text; also as the portal exports
// them to CSV and others back to JSON (every value a text, suffixes on the names).
#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "core/feed/diagnostic_record.hpp"

namespace entrawatch {
namespace {

// The column's name without what the workspace and the portal hang on it.
std::string_view plain_column(std::string_view name) {
    for (const std::string_view suffix : {" [UTC]", "_dynamic", "_string"}) {
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    }
    return name;
}

std::string graph_name(std::string_view column) {
    struct Row {
        std::string_view column, name;
    };
    static constexpr std::array rows{Row{"AADOperationType", "operationType"},
                                     Row{"ResourceIdentity", "resourceId"},
                                     Row{"ConditionalAccessPolicies", "appliedConditionalAccessPolicies"},
                                     Row{"LocationDetails", "location"},
                                     Row{"IPAddress", "ipAddress"},
                                     Row{"ProcessingTimeInMs", "processingTimeInMilliseconds"},
                                     Row{"RiskEventTypes_V2", "riskEventTypes_v2"}};
    const auto* found = std::ranges::find(rows, column, &Row::column);
    if (found != rows.end()) return std::string{found->name};
    std::string name{column};
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

// Graph has these as objects or arrays; additionalInfo, and the old and new values inside targets, are text
// there too.
bool is_structured(std::string_view name) {
    static constexpr std::array<std::string_view, 22> names{"status",
                                                            "location",
                                                            "deviceDetail",
                                                            "mfaDetail",
                                                            "initiatedBy",
                                                            "targetResources",
                                                            "additionalDetails",
                                                            "appliedConditionalAccessPolicies",
                                                            "riskEventTypes",
                                                            "riskEventTypes_v2",
                                                            "authenticationDetails",
                                                            "authenticationProcessingDetails",
                                                            "sessionLifetimePolicies",
                                                            "networkLocationDetails",
                                                            "authenticationRequirementPolicies",
                                                            "authenticationContextClassReferences",
                                                            "signInEventTypes",
                                                            "tokenProtectionStatusDetails",
                                                            "managedServiceIdentity",
                                                            "conditionalAccessAudiences",
                                                            "keyIds",
                                                            "privateLinkDetails"};
    return is_one_of(name, names);
}

bool is_boolean(std::string_view name) {
    static constexpr std::array<std::string_view, 5> names{
        "isInteractive", "flaggedForReview", "isTenantRestricted", "isThroughGlobalSecureAccess", "isRisky"};
    return is_one_of(name, names);
}

bool is_number(std::string_view name) {
    static constexpr std::array<std::string_view, 2> names{"processingTimeInMilliseconds",
                                                           "autonomousSystemNumber"};
    return is_one_of(name, names);
}

// Columns of the table, not of the record.
bool is_of_the_table(std::string_view column, RecordKind kind) {
    static constexpr std::array<std::string_view, 17> names{"TenantId",
                                                            "AADTenantId",
                                                            "SourceSystem",
                                                            "TimeGenerated",
                                                            "ResourceId",
                                                            "Resource",
                                                            "ResourceGroup",
                                                            "ResourceProvider",
                                                            "OperationName",
                                                            "OperationVersion",
                                                            "ResultSignature",
                                                            "DurationMs",
                                                            "Level",
                                                            "Type",
                                                            "Identity",
                                                            "ResultType",
                                                            "ResultDescription"};
    if (column == "Category") return kind != RecordKind::directory_audit;
    if (column == "Location") return kind == RecordKind::sign_in;
    return is_one_of(column, names);
}

Envelope envelope_of(JsonObject row, std::string& table) {
    Envelope around;
    for (const auto field : row) {
        const std::string_view column = plain_column(field.key);
        if (column == "TimeGenerated") around.time = scalar_text(field.value);
        if (column == "Category") around.category = scalar_text(field.value);
        if (column == "OperationName") around.operation_name = scalar_text(field.value);
        if (column == "ResultType") around.result_type = scalar_text(field.value);
        if (column == "ResultDescription") around.result_description = scalar_text(field.value);
        if (column == "Identity") around.identity = scalar_text(field.value);
        if (column == "Location") around.location = scalar_text(field.value);
        if (column == "Type") table = scalar_text(field.value);
    }
    return around;
}

void add_column(DiagnosticRecord& record, JsonReader& reader, const std::string& name, Json value) {
    const std::string_view text = trim(text_in(value));
    if (!value.is_string()) return record.add(name, value);
    if (text.empty()) return;  // an empty cell says nothing
    if (is_structured(name)) {
        // What does not parse stays the text that it is.
        if (const Result<Json> json = reader.parse(text)) return record.add(name, *json);
    }
    if (is_boolean(name) && equal_ignoring_ascii_case(text, "true")) return record.add_raw(name, "true");
    if (is_boolean(name) && equal_ignoring_ascii_case(text, "false")) return record.add_raw(name, "false");
    if (is_number(name) && text.size() < 16 &&
        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        if (const Result<Json> number = reader.parse(text)) return record.add(name, *number);
    }
    record.add(name, value);
}

std::optional<FeedId> feed_of_row(JsonObject row, const std::string& table, const std::string& category) {
    std::optional<FeedId> feed = feed_of_category(table);
    if (!feed) feed = feed_of_category(category);
    if (feed) return feed;
    for (const auto field : row) {
        if (field.key == "ActivityDisplayName" || field.key == "LoggedByService" ||
            field.key == "TargetResources")
            return FeedId::directory_audits;
    }
    return std::nullopt;
}

}  // namespace

Result<GraphShape> from_log_analytics(JsonObject row) {
    std::string table;
    Envelope around = envelope_of(row, table);
    const std::optional<FeedId> feed = feed_of_row(row, table, around.category);
    if (!feed) {
        const std::string& name = table.empty() ? around.category : table;
        return fail(ErrorCode::invalid, "no feed takes rows of the table `" + cut_utf8(name, 64) + "`");
    }
    DiagnosticRecord record{std::move(around)};
    JsonReader reader;
    for (const auto field : row) {
        const std::string_view column = plain_column(field.key);
        if (!is_of_the_table(column, feed_of(*feed).kind))
            add_column(record, reader, graph_name(column), field.value);
    }
    return GraphShape{RecordShape::log_analytics, feed, std::move(record).finish(*feed)};
}

}  // namespace entrawatch
