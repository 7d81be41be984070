// Risk detections of users and of service principals. Rows change for weeks: `updated` says which revision
// this is.
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    activity_time,
    detected_time,
    updated_time,
    event_type,
    risk_level,
    risk_state,
    risk_detail,
    ip_address,
    location,
    correlation_id,
    source,
    timing,
    user_id,
    user_name,
    user_display_name,
    principal_id,
    principal_display_name,
    app_id,
    count
};

constexpr MemberPicker<count> picker{{"id", "activityDateTime", "detectedDateTime", "lastUpdatedDateTime",
                                      "riskEventType", "riskLevel", "riskState", "riskDetail", "ipAddress",
                                      "location", "correlationId", "source", "detectionTimingType", "userId",
                                      "userPrincipalName", "userDisplayName", "servicePrincipalId",
                                      "servicePrincipalDisplayName", "appId"}};
using Picked = MemberPicker<count>::Picked;

void set_user(const Picked& record, Event& event) {
    event.actor.kind = ActorKind::user;
    event.actor.id = text_or_empty(record[user_id]);
    event.actor.display_name = text_or_empty(record[user_display_name]);
    event.actor.name = text_or_empty(record[user_name]);
    if (event.actor.name.empty()) event.actor.name = event.actor.display_name;
}

void set_service_principal(const Picked& record, Event& event) {
    event.actor.kind = ActorKind::app;
    event.actor.id = text_or_empty(record[principal_id]);
    event.actor.display_name = text_or_empty(record[principal_display_name]);
    event.actor.name = event.actor.display_name;
    event.actor.app_id = text_or_empty(record[app_id]);
}

}  // namespace

Result<> normalize_risk(JsonObject object, RecordKind kind, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    event.updated = time_of(record[updated_time]);
    // Offline detections of leaked credentials have no activity, and so no time of one.
    if (auto set = set_time({{"activityDateTime", time_of(record[activity_time])},
                             {"detectedDateTime", time_of(record[detected_time])},
                             {"lastUpdatedDateTime", event.updated}},
                            event);
        !set)
        return set;
    event.activity = text_or_empty(record[event_type]);
    event.category = "RiskDetection";
    event.service = "Identity Protection";
    event.operation = text_or_empty(record[timing]);
    event.reason = text_or_empty(record[risk_detail]);
    event.risk_level = text_or_empty(record[risk_level]);
    event.risk_state = text_or_empty(record[risk_state]);
    event.correlation_id = text_or_empty(record[correlation_id]);
    event.location = location_of(record[location]);
    event.actor.ip = text_or_empty(record[ip_address]);
    const bool of_user = kind == RecordKind::risk_detection;
    of_user ? set_user(record, event) : set_service_principal(record, event);
    add_at_risk(event, of_user ? "user" : "serviceprincipal");
    return {};
}

}  // namespace entrawatch
