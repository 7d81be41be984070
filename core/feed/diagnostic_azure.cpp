// The envelope of Azure Monitor: {"time":…,"category":…,"operationName":…,"properties":{the record}}.
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/feed/diagnostic_record.hpp"

namespace entrawatch {
namespace {

struct Parts {
    Envelope envelope;
    std::optional<Json> properties;
};

Parts parts_of(JsonObject object) {
    Parts parts;
    for (const auto field : object) {
        const auto is = [&](std::string_view name) { return equal_ignoring_ascii_case(field.key, name); };
        Envelope& around = parts.envelope;
        if (is("properties")) parts.properties = Json{field.value};
        if (is("time")) around.time = scalar_text(field.value);
        if (is("category")) around.category = scalar_text(field.value);
        if (is("operationName")) around.operation_name = scalar_text(field.value);
        if (is("correlationId")) around.correlation_id = scalar_text(field.value);
        if (is("callerIpAddress")) around.ip = scalar_text(field.value);
        if (is("result")) around.result = scalar_text(field.value);
        if (is("resultType")) around.result_type = scalar_text(field.value);
        if (is("resultDescription")) around.result_description = scalar_text(field.value);
        if (is("identity")) around.identity = scalar_text(field.value);
        if (is("location")) around.location = scalar_text(field.value);
    }
    if (parts.envelope.ip == "<null>") parts.envelope.ip.clear();
    return parts;
}

}  // namespace

Result<GraphShape> from_azure_monitor(JsonObject object) {
    Parts parts = parts_of(object);
    JsonReader reader;  // for properties that are JSON in a text
    JsonObject properties;
    if (parts.properties && parts.properties->is_string()) {
        const Result<Json> inner = reader.parse(text_in(*parts.properties));
        if (!inner)
            return fail(ErrorCode::invalid, "`properties` is a text, but no JSON: " + inner.error().what);
        parts.properties = *inner;
    }
    if (!parts.properties || parts.properties->get(properties) != simdjson::SUCCESS) {
        return fail(ErrorCode::invalid, "`properties` is no JSON object");
    }
    std::optional<FeedId> feed = feed_of_category(parts.envelope.category);
    // An audit whose category stands in the place of the log's name ("Policy").
    if (!feed && guess_feed(*parts.properties) == FeedId::directory_audits) feed = FeedId::directory_audits;
    if (!feed && parts.envelope.category.empty()) feed = guess_feed(*parts.properties);
    if (!feed) {
        return fail(ErrorCode::invalid,
                    "no feed takes records of the category `" + cut_utf8(parts.envelope.category, 64) + "`");
    }
    DiagnosticRecord record{std::move(parts.envelope)};
    for (const auto field : properties)
        record.add(field.key, field.value);
    return GraphShape{RecordShape::azure_monitor, feed, std::move(record).finish(*feed)};
}

}  // namespace entrawatch
