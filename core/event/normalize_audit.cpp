// Directory audits: Core Directory, PIM, Conditional Access and all other services that write to the audit
// log.
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/event/audit_targets.hpp"
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    activity_time,
    created_time,
    activity,
    category,
    service,
    operation,
    result,
    reason,
    correlation_id,
    user_agent,
    initiated_by,
    targets,
    details,
    count
};

constexpr MemberPicker<count> picker{{"id", "activityDateTime", "createdDateTime", "activityDisplayName",
                                      "category", "loggedByService", "operationType", "result",
                                      "resultReason", "correlationId", "userAgent", "initiatedBy",
                                      "targetResources", "additionalDetails"}};
using Picked = MemberPicker<count>::Picked;

// Some exports write the number of the enumeration.
Outcome outcome_of(std::string_view text) {
    if (equal_ignoring_ascii_case(text, "success") || text == "0") return Outcome::success;
    if (equal_ignoring_ascii_case(text, "failure") || text == "1") return Outcome::failure;
    if (equal_ignoring_ascii_case(text, "timeout") || text == "2") return Outcome::timeout;
    return Outcome::unknown;
}

// PIM's reminder of an assignment that it did not make, about every two hours for as long as the assignment
// lasts, each under an id and a correlation id of its own, with no row of the directory beside it.
bool is_echo(const Event& event) {
    return equal_ignoring_ascii_case(event.service, "PIM") &&
           equal_ignoring_ascii_case(event.activity, "Add member to role outside of PIM (permanent)");
}

void set_user_actor(const std::optional<Json>& user, Event& event) {
    static constexpr MemberPicker user_picker{
        std::array<std::string_view, 4>{"id", "userPrincipalName", "displayName", "ipAddress"}};
    const auto [user_id, name, display_name, ip] = user_picker.pick(user);
    Actor& actor = event.actor;
    actor.id = text_or_empty(user_id);
    actor.display_name = text_or_empty(display_name);
    actor.name = text_or_empty(name);
    actor.ip = text_or_empty(ip);
    // PIM's own rows name the platform as a user without a name and an address. A person called so has a user
    // name.
    const bool platform = actor.name.empty() && actor.ip.empty() &&
                          equal_ignoring_ascii_case(event.service, "PIM") &&
                          equal_ignoring_ascii_case(actor.display_name, "Azure AD PIM");
    if (actor.name.empty()) actor.name = actor.display_name;
    actor.kind = platform ? ActorKind::system : ActorKind::user;
}

void set_app_actor(const std::optional<Json>& app, Event& event) {
    static constexpr MemberPicker app_picker{std::array<std::string_view, 4>{
        "servicePrincipalId", "displayName", "appId", "servicePrincipalName"}};
    const auto [principal_id, display_name, app_id, principal_name] = app_picker.pick(app);
    Actor& actor = event.actor;
    actor.kind = ActorKind::app;
    actor.id = text_or_empty(principal_id);
    actor.display_name = text_or_empty(display_name);
    actor.name = actor.display_name.empty() ? text_or_empty(principal_name) : actor.display_name;
    actor.app_id = text_or_empty(app_id);
}

// Whether the object says anything: exports leave `{}` on the side that did not act.
bool says_something(const std::optional<Json>& json) {
    JsonObject object;
    if (!json || json->get(object) != simdjson::SUCCESS) return false;
    return std::any_of(object.begin(), object.end(),
                       [](const auto& field) { return !scalar_text(field.value).empty(); });
}

void set_actor(const std::optional<Json>& initiator, Event& event) {
    static constexpr MemberPicker side_picker{std::array<std::string_view, 2>{"user", "app"}};
    const auto [user, app] = side_picker.pick(initiator);
    if (says_something(user)) {
        set_user_actor(user, event);
    } else if (says_something(app)) {
        set_app_actor(app, event);
    }
}

// The template id of the role from the `additionalDetails` of a PIM row, and the address and client that
// stand there.
struct Details {
    std::string template_id, origin_id, app_id;
};

Details read_details(const std::optional<Json>& json, Event& event) {
    Details found;
    JsonArray entries;
    if (!json || json->get(entries) != simdjson::SUCCESS) return found;
    static constexpr MemberPicker entry_picker{std::array<std::string_view, 2>{"key", "value"}};
    for (const Json entry : entries) {
        const auto [key_json, value] = entry_picker.pick(std::optional{entry});
        const std::string_view key = view_or_empty(key_json);
        const auto is = [&](std::string_view name) { return equal_ignoring_ascii_case(key, name); };
        if (is("User-Agent")) event.actor.user_agent = text_or_empty(value);
        if (is("ipaddr") && event.actor.ip.empty()) event.actor.ip = text_or_empty(value);
        if (is("TemplateId")) found.template_id = text_or_empty(value);
        if (is("RoleDefinitionOriginId")) found.origin_id = text_or_empty(value);
        if (is("AppId")) found.app_id = text_or_empty(value);
    }
    return found;
}

void add_entities(const Details& found, Event& event) {
    add_entity(event, "actor", event.actor.id);
    add_entity(event, "actor", event.actor.name);
    for (const Target& target : event.targets) {
        const std::string_view part = target.kind == "role"     ? "role"
                                      : target.kind == "group"  ? "group"
                                      : target.kind == "device" ? "device"
                                                                : "target";
        add_entity(event, part, target.id);
        add_entity(event, part, target.name);
    }
    if (event.role) {
        add_entity(event, "role", event.role->template_id);
        add_entity(event, "role", event.role->name);
    }
    add_entity(event, "app", event.actor.app_id);
    add_entity(event, "app", found.app_id);
    add_changed_entities(event);
    add_entity(event, "ip", event.actor.ip);
}

}  // namespace

Result<> normalize_audit(JsonObject object, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    // Audits have no createdDateTime, but older exports wrote one in its place.
    if (auto set = set_time({{"activityDateTime", time_of(record[activity_time])},
                             {"createdDateTime", time_of(record[created_time])}},
                            event);
        !set)
        return set;
    event.activity = text_or_empty(record[activity]);
    event.category = text_or_empty(record[category]);
    event.service = text_or_empty(record[service]);
    event.echo = is_echo(event);
    event.operation = text_or_empty(record[operation]);
    event.outcome = outcome_of(text_or_empty(record[result]));
    event.reason = text_or_empty(record[reason]);
    event.correlation_id = text_or_empty(record[correlation_id]);
    event.actor.user_agent = text_or_empty(record[user_agent]);
    set_actor(record[initiated_by], event);
    const Details found = read_details(record[details], event);
    if (auto read = read_targets(record[targets], event); !read) return read;
    set_role(found.template_id.empty() ? found.origin_id : found.template_id, event);
    put_primary_target_first(event);
    add_entities(found, event);
    return {};
}

}  // namespace entrawatch
