// What the normalisers of the record kinds share. Private to normalize*.cpp. Read next: normalize.hpp.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/event/event.hpp"
#include "core/event/member_picker.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

// One normaliser a record kind. The record is an object. `event.feed` is set; they set all that they can
// read. Errors: no id, no readable time, more targets or changes than the limits.
[[nodiscard]] Result<> normalize_audit(JsonObject record, Event& event);
[[nodiscard]] Result<> normalize_sign_in(JsonObject record, Event& event);
[[nodiscard]] Result<> normalize_risk(JsonObject record, RecordKind kind, Event& event);
[[nodiscard]] Result<> normalize_risky(JsonObject record, RecordKind kind, Event& event);
[[nodiscard]] Result<> normalize_security_alert(JsonObject record, Event& event);
[[nodiscard]] Result<> normalize_provisioning(JsonObject record, Event& event);
[[nodiscard]] Result<> normalize_pim_alert(JsonObject record, Event& event);

// The id as sent, or the reason why it is none.
[[nodiscard]] Result<> set_id(const std::optional<Json>& id, Event& event);

// A readable time other than the zero date, which Graph writes for "never".
[[nodiscard]] std::optional<Instant> time_of(const std::optional<Json>& json);
// The first of the times that can be read; Error names them otherwise.
struct NamedTime {
    std::string_view name;
    std::optional<Instant> time;
};
[[nodiscard]] Result<> set_time(std::initializer_list<NamedTime> times, Event& event);

// "City, State, Country", the parts that are there.
[[nodiscard]] std::string location_of(const std::optional<Json>& location);

// Who is at risk is both the one who acted (as far as is known) and the one it is about: the event's actor as
// a target of that kind, and everything that names him.
void add_at_risk(Event& event, std::string kind);

// Adds an entity unless the value is empty or there already with that part.
void add_entity(Event& event, std::string_view role, std::string_view value);

}  // namespace entrawatch
