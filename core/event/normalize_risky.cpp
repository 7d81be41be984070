// Risky users and risky service principals: how things stand with one of them now. The row is revised for as
// long as it exists.
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    updated_time,
    risk_level,
    risk_state,
    risk_detail,
    user_name,
    user_display_name,
    display_name,
    app_id,
    count
};

constexpr MemberPicker<count> picker{{"id", "riskLastUpdatedDateTime", "riskLevel", "riskState", "riskDetail",
                                      "userPrincipalName", "userDisplayName", "displayName", "appId"}};
using Picked = MemberPicker<count>::Picked;

void set_user(const Picked& record, Event& event) {
    event.activity = "Risky user";
    event.category = "RiskyUser";
    event.actor.kind = ActorKind::user;
    event.actor.display_name = text_or_empty(record[user_display_name]);
    event.actor.name = text_or_empty(record[user_name]);
}

void set_service_principal(const Picked& record, Event& event) {
    event.activity = "Risky service principal";
    event.category = "RiskyServicePrincipal";
    event.actor.kind = ActorKind::app;
    event.actor.display_name = text_or_empty(record[display_name]);
    event.actor.app_id = text_or_empty(record[app_id]);
}

}  // namespace

Result<> normalize_risky(JsonObject object, RecordKind kind, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    event.updated = time_of(record[updated_time]);
    if (auto set = set_time({{"riskLastUpdatedDateTime", event.updated}}, event); !set) return set;
    event.service = "Identity Protection";
    event.reason = text_or_empty(record[risk_detail]);
    event.risk_level = text_or_empty(record[risk_level]);
    event.risk_state = text_or_empty(record[risk_state]);
    // The record's id is the object id of whom it is about.
    event.actor.id = event.id;
    const bool of_user = kind == RecordKind::risky_user;
    of_user ? set_user(record, event) : set_service_principal(record, event);
    if (event.actor.name.empty()) event.actor.name = event.actor.display_name;
    add_at_risk(event, of_user ? "user" : "serviceprincipal");
    return {};
}

}  // namespace entrawatch
