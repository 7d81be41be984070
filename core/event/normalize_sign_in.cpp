// Sign-ins of all four kinds. Rows are corrected for minutes to days after they were first shown.
#include <algorithm>
#include <array>

#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    created_time,
    correlation_id,
    user_id,
    user_name,
    user_display_name,
    sign_in_identifier,
    principal_id,
    principal_name,
    app_id,
    app_name,
    resource_id,
    resource_name,
    ip_address,
    user_agent,
    client,
    location,
    status,
    device,
    session_id,
    risk_aggregated,
    risk_during,
    risk_state,
    count
};

constexpr MemberPicker<count> picker{{"id",
                                      "createdDateTime",
                                      "correlationId",
                                      "userId",
                                      "userPrincipalName",
                                      "userDisplayName",
                                      "signInIdentifier",
                                      "servicePrincipalId",
                                      "servicePrincipalName",
                                      "appId",
                                      "appDisplayName",
                                      "resourceId",
                                      "resourceDisplayName",
                                      "ipAddress",
                                      "userAgent",
                                      "clientAppUsed",
                                      "location",
                                      "status",
                                      "deviceDetail",
                                      "sessionId",
                                      "riskLevelAggregated",
                                      "riskLevelDuringSignIn",
                                      "riskState"}};
using Picked = MemberPicker<count>::Picked;

// The user was asked for something more (stay signed in, consent, a second factor) and the flow went on or
// was left: not a failure.
constexpr std::array<std::int64_t, 5> interrupts{50140, 65001, 90094, 50074, 50076};

void set_outcome(const std::optional<Json>& json, Event& event) {
    static constexpr MemberPicker status_picker{
        std::array<std::string_view, 3>{"errorCode", "failureReason", "additionalDetails"}};
    const auto [code, failure, details] = status_picker.pick(json);
    const std::optional<std::int64_t> number = code ? integer_in(*code) : std::nullopt;
    if (!number) {
        event.outcome = Outcome::unknown;
    } else if (*number == 0) {
        event.outcome = Outcome::success;
    } else {
        event.outcome = std::ranges::find(interrupts, *number) != interrupts.end() ? Outcome::interrupted
                                                                                   : Outcome::failure;
    }
    // A success has the failure reason "Other."; what it does say stands in the details.
    if (event.outcome != Outcome::success) event.reason = text_or_empty(failure);
    if (event.reason.empty()) event.reason = text_or_empty(details);
}

bool is_application_feed(FeedId feed) {
    return feed == FeedId::sign_ins_service_principal || feed == FeedId::sign_ins_managed_identity;
}

void set_actor(const Picked& record, Event& event) {
    Actor& actor = event.actor;
    actor.ip = text_or_empty(record[ip_address]);
    actor.user_agent = text_or_empty(record[user_agent]);
    const bool has_user =
        !view_or_empty(record[user_id]).empty() || !view_or_empty(record[user_name]).empty();
    const bool has_principal = !view_or_empty(record[principal_id]).empty();
    if (has_principal && (is_application_feed(event.feed) || !has_user)) {
        actor.kind = ActorKind::app;
        actor.id = text_or_empty(record[principal_id]);
        actor.display_name = text_or_empty(record[principal_name]);
        actor.app_id = text_or_empty(record[app_id]);
        actor.name = actor.display_name.empty() ? text_or_empty(record[app_name]) : actor.display_name;
        return;
    }
    actor.id = text_or_empty(record[user_id]);
    actor.display_name = text_or_empty(record[user_display_name]);
    actor.name = text_or_empty(record[user_name]);
    // An account that is not known has no name of ours; what was typed is the best there is.
    if (actor.name.empty()) actor.name = text_or_empty(record[sign_in_identifier]);
    if (actor.name.empty()) actor.name = actor.display_name;
    if (!actor.id.empty() || !actor.name.empty()) actor.kind = ActorKind::user;
}

// 'none', '' and absent say nothing; 'hidden' says that the licence hides it, which is not "no risk".
std::string risk_level_of(const Picked& record) {
    std::string level = text_or_empty(record[risk_aggregated]);
    if (!level.empty() && level != "none") return level;
    std::string during = text_or_empty(record[risk_during]);
    return during.empty() ? level : during;
}

void add_entities(const Picked& record, Event& event) {
    add_entity(event, "actor", event.actor.id);
    add_entity(event, "actor", event.actor.name);
    add_entity(event, "app", view_or_empty(record[app_id]));
    add_entity(event, "app", view_or_empty(record[app_name]));
    add_entity(event, "resource", view_or_empty(record[resource_id]));
    add_entity(event, "resource", view_or_empty(record[resource_name]));
    add_entity(event, "ip", event.actor.ip);
    static constexpr MemberPicker device_picker{std::array<std::string_view, 1>{"deviceId"}};
    add_entity(event, "device", view_or_empty(device_picker.pick(record[device])[0]));
    add_entity(event, "session", view_or_empty(record[session_id]));
}

}  // namespace

Result<> normalize_sign_in(JsonObject object, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    if (auto set = set_time({{"createdDateTime", time_of(record[created_time])}}, event); !set) return set;
    event.activity = "Sign-in";
    event.category = "SignIn";
    event.service = "Sign-ins";
    event.correlation_id = text_or_empty(record[correlation_id]);
    event.client = text_or_empty(record[client]);
    event.location = location_of(record[location]);
    event.risk_level = risk_level_of(record);
    event.risk_state = text_or_empty(record[risk_state]);
    set_outcome(record[status], event);
    set_actor(record, event);
    event.entities.reserve(9);
    if (record[resource_id] || record[resource_name]) {
        event.targets.push_back(
            {"app", text_or_empty(record[resource_id]), text_or_empty(record[resource_name])});
    }
    add_entities(record, event);
    return {};
}

}  // namespace entrawatch
