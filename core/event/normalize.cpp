#include "core/event/normalize.hpp"

#include <algorithm>

#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

Result<> normalize_kind(RecordKind kind, JsonObject record, Event& event) {
    switch (kind) {
        case RecordKind::directory_audit:
            return normalize_audit(record, event);
        case RecordKind::sign_in:
            return normalize_sign_in(record, event);
        case RecordKind::risk_detection:
        case RecordKind::service_principal_risk_detection:
            return normalize_risk(record, kind, event);
        case RecordKind::risky_user:
        case RecordKind::risky_service_principal:
            return normalize_risky(record, kind, event);
        case RecordKind::security_alert:
            return normalize_security_alert(record, event);
        case RecordKind::provisioning:
            return normalize_provisioning(record, event);
        case RecordKind::pim_alert:
            return normalize_pim_alert(record, event);
    }
    return fail(ErrorCode::invalid, "no normaliser for this kind of record");
}

}  // namespace

Result<Event> normalize(const Feed& feed, Json record, std::optional<Instant> if_untimed) {
    JsonObject object;
    if (record.get(object) != simdjson::SUCCESS)
        return fail(ErrorCode::invalid, "the record is no JSON object");
    Event event;
    event.feed = feed.id;
    if (if_untimed) {
        event.time = *if_untimed;
        event.time_known = false;
    }
    if (auto done = normalize_kind(feed.kind, object, event); !done) return fail(done.error());
    return event;
}

Result<> set_id(const std::optional<Json>& id, Event& event) {
    event.id = text_or_empty(id);
    if (event.id.empty()) return fail(ErrorCode::invalid, "the record has no `id`");
    if (event.id.size() > max_id_bytes) {
        return fail(ErrorCode::too_large, "the `id` has " + std::to_string(event.id.size()) +
                                              " bytes, more than " + std::to_string(max_id_bytes));
    }
    return {};
}

std::optional<Instant> time_of(const std::optional<Json>& json) {
    constexpr std::string_view zero_date = "0001-01-01T";
    const std::string_view text = view_or_empty(json);
    if (text.starts_with(zero_date)) return std::nullopt;
    return parse_iso(text);
}

Result<> set_time(std::initializer_list<NamedTime> times, Event& event) {
    std::string names;
    for (const NamedTime& candidate : times) {
        if (candidate.time) {
            event.time = *candidate.time;
            event.time_known = true;
            return {};
        }
        names += names.empty() ? "`" : ", `";
        names += candidate.name;
        names += '`';
    }
    if (!event.time_known) return {};  // it has the time it was received
    return fail(ErrorCode::invalid, "the record has no readable time (" + names + ")");
}

std::string location_of(const std::optional<Json>& location) {
    static constexpr MemberPicker picker{std::array<std::string_view, 3>{"city", "state", "countryOrRegion"}};
    std::string text;
    for (const std::optional<Json>& part : picker.pick(location)) {
        const std::string_view name = view_or_empty(part);
        if (name.empty()) continue;
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

void add_at_risk(Event& event, std::string kind) {
    event.targets.push_back({std::move(kind), event.actor.id, event.actor.name});
    for (const std::string_view role : {"actor", "target"}) {
        add_entity(event, role, event.actor.id);
        add_entity(event, role, event.actor.name);
    }
    add_entity(event, "app", event.actor.app_id);
    add_entity(event, "ip", event.actor.ip);
}

void add_entity(Event& event, std::string_view role, std::string_view value) {
    if (value.empty()) return;
    // Records name a handful of things; where one names thousands, a repeated one costs less than looking
    // each time.
    constexpr std::size_t looked_through = 64;
    const auto last =
        event.entities.begin() + static_cast<std::ptrdiff_t>(std::min(event.entities.size(), looked_through));
    const bool there = std::any_of(event.entities.begin(), last, [&](const Entity& entity) {
        return entity.role == role && entity.value == value;
    });
    if (!there) event.entities.push_back({role, std::string{value}});
}

}  // namespace entrawatch
