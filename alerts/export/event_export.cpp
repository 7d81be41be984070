#include "alerts/export/event_export.hpp"

#include <array>

#include "alerts/export/event_facts.hpp"
#include "core/base/text.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"

namespace entrawatch {
namespace {
namespace event_exports {

std::string text_at(Json record, std::initializer_list<std::string_view> path) {
    const auto json = at_path(record, path);
    return json ? scalar_text(*json) : std::string{};
}

std::string country_code(std::string text) {
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (text.size() != 2 || !is_letter(text[0]) || !is_letter(text[1])) return {};
    for (char& c : text)
        c = static_cast<char>(c & ~0x20);
    return text;
}

SignInDetails details_of(Json record) {
    SignInDetails details;
    details.app_id = text_at(record, {"appId"});
    details.app_name = text_at(record, {"appDisplayName"});
    details.session_id = text_at(record, {"sessionId"});
    details.device_id = text_at(record, {"deviceDetail", "deviceId"});
    details.device_name = text_at(record, {"deviceDetail", "displayName"});
    details.device_system = text_at(record, {"deviceDetail", "operatingSystem"});
    details.city = text_at(record, {"location", "city"});
    details.region = text_at(record, {"location", "state"});
    details.country = country_code(text_at(record, {"location", "countryOrRegion"}));
    details.error_code = text_at(record, {"status", "errorCode"});
    details.protocol = text_at(record, {"authenticationProtocol"});
    details.requirement = text_at(record, {"authenticationRequirement"});
    details.user_type = text_at(record, {"userType"});
    return details;
}

template <class Kind, std::size_t N>
Kind kind_named(const std::array<Kind, N>& kinds, std::string_view name, Kind otherwise) {
    for (const Kind kind : kinds) {
        if (name_of(kind) == name) return kind;
    }
    return otherwise;
}

// What the store's columns know: of an event whose octets cannot be read again.
Event event_of_row(const EventRow& row) {
    constexpr std::array actors{ActorKind::user, ActorKind::app, ActorKind::system};
    constexpr std::array outcomes{Outcome::success, Outcome::failure, Outcome::timeout, Outcome::interrupted};
    Event event;
    event.feed = row.feed;
    event.id = row.id;
    event.time = row.occurred_at;
    event.activity = row.activity;
    event.category = row.category;
    event.service = row.service;
    event.outcome = kind_named(outcomes, row.outcome, Outcome::unknown);
    event.actor.kind = kind_named(actors, row.actor_kind, ActorKind::unknown);
    event.actor.id = row.actor_id;
    event.actor.name = row.actor_name;
    event.actor.ip = row.actor_ip;
    if (!row.target_id.empty() || !row.target_name.empty())
        event.targets.push_back({row.target_kind, row.target_id, row.target_name});
    event.correlation_id = row.correlation_id;
    return event;
}

// `a.b` is the member `b` of the member `a`; a name without a dot may hold anything else.
void put_at(OrderedJson& object, std::string_view path, OrderedJson value) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) {
        object[std::string{path}] = std::move(value);
        return;
    }
    put_at(object[std::string{path.substr(0, dot)}], path.substr(dot + 1), std::move(value));
}

}  // namespace event_exports
}  // namespace

void put_fields(OrderedJson& object, std::span<const SchemaField> fields, const EventFacts& facts) {
    for (const SchemaField& field : fields) {
        OrderedJson value = field.value(facts);
        const bool is_empty = value.is_null() ||
                              (value.is_string() && value.get_ref<std::string&>().empty()) ||
                              (value.is_structured() && value.empty());
        if (!is_empty) event_exports::put_at(object, field.path, std::move(value));
    }
}

std::optional<Json> EventExporter::record_of(const EventRow& row) {
    const auto json = reader_.parse(row.raw);
    if (!json) return std::nullopt;
    const auto shape = to_graph_shape(*json);
    if (!shape) return std::nullopt;
    if (shape->json.empty()) return *json;
    const auto shaped = shaped_reader_.parse(shape->json);
    return shaped ? std::optional{*shaped} : std::nullopt;
}

OrderedJson EventExporter::of(const EventRow& row) {
    using namespace event_exports;
    const std::optional<Json> record = record_of(row);
    Result<Event> event = event_of_row(row);
    if (record) {
        if (auto read = normalize(feed_of(row.feed), *record, row.occurred_at)) event = std::move(read);
    }
    const EventFacts facts{row, *event, tenant_, act_of(*event),
                           record ? details_of(*record) : SignInDetails{}};
    switch (schema_) {
        case EventSchema::ecs:
            return ecs_event(facts);
        case EventSchema::ocsf:
            return ocsf_event(facts);
        case EventSchema::asim:
            break;
    }
    return asim_event(facts);
}

}  // namespace entrawatch
