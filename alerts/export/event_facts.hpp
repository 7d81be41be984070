// EventFacts: all that the tables of event_export read, and the table itself: rows that say which field of a
// schema is made of what.
//
// Private to alerts/export.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "alerts/alert.hpp"
#include "alerts/export/event_act.hpp"
#include "core/event/event.hpp"
#include "core/feed/json.hpp"
#include "core/store/query.hpp"

namespace entrawatch {

using OrderedJson = nlohmann::ordered_json;

// What a sign-in's record says and an Event does not hold. Empty: the record does not say it.
struct SignInDetails {
    std::string app_id, app_name, session_id;
    std::string device_id, device_name, device_system;
    std::string city, region, country;  // country: ISO 3166-1 alpha-2, capitals
    std::string error_code;
    std::string protocol;     // oAuth2, saml20, …
    std::string requirement;  // singleFactorAuthentication, multiFactorAuthentication
    std::string user_type;    // member, guest
};

struct EventFacts {
    const EventRow& row;
    const Event& event;
    const TenantName& tenant;
    EventAct act;
    SignInDetails sign_in;

    // The one the act is about; nullptr when the record names none.
    [[nodiscard]] const Target* target() const {
        return event.targets.empty() ? nullptr : &event.targets.front();
    }
    [[nodiscard]] bool by_app() const { return event.actor.kind == ActorKind::app; }
    // Whoever acted, by name or else by id; empty when the record does not say.
    [[nodiscard]] const std::string& actor_name() const {
        return event.actor.name.empty() ? event.actor.id : event.actor.name;
    }
};

// A field of a schema: its path, dots between the members, and its value. Null and what is empty is left out.
struct SchemaField {
    std::string_view path;
    OrderedJson (*value)(const EventFacts&);
};

// Texts are repaired to valid UTF-8 when they are written.
void put_fields(OrderedJson& object, std::span<const SchemaField> fields, const EventFacts& facts);

// One object a schema.
[[nodiscard]] OrderedJson ecs_event(const EventFacts& facts);
[[nodiscard]] OrderedJson ocsf_event(const EventFacts& facts);
[[nodiscard]] OrderedJson asim_event(const EventFacts& facts);

}  // namespace entrawatch
