// What provisioning jobs did: accounts and groups that are made, changed, disabled and deleted in another
// system, or here from one (HR, Active Directory).
#include <array>

#include "core/base/text.hpp"
#include "core/event/audit_targets.hpp"
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    activity_time,
    provisioning_action,
    beta_action,
    status_info,
    beta_status_info,
    change_id,
    initiated_by,
    source_identity,
    target_identity,
    service_principal,
    modified_properties,
    count
};

// beta has `action` and `statusInfo` besides, and older samples those alone.
constexpr MemberPicker<count> picker{{"id", "activityDateTime", "provisioningAction", "action",
                                      "provisioningStatusInfo", "statusInfo", "changeId", "initiatedBy",
                                      "sourceIdentity", "targetIdentity", "servicePrincipal",
                                      "modifiedProperties"}};
using Picked = MemberPicker<count>::Picked;

// A job skips what is out of its scope, and warns of what it did in part: neither is a success nor a failure.
Outcome outcome_of(std::string_view status) {
    if (equal_ignoring_ascii_case(status, "success")) return Outcome::success;
    if (equal_ignoring_ascii_case(status, "failure")) return Outcome::failure;
    return Outcome::unknown;
}

// "EntryConflict: the reason in a sentence", the parts that are there.
std::string reason_of(const std::optional<Json>& error) {
    static constexpr MemberPicker error_picker{
        std::array<std::string_view, 3>{"errorCode", "reason", "additionalDetails"}};
    const auto [code, reason, details] = error_picker.pick(error);
    std::string text = text_or_empty(code);
    std::string words = text_or_empty(reason);
    if (words.empty()) words = text_or_empty(details);
    if (!text.empty() && !words.empty()) text += ": ";
    return text + words;
}

void set_outcome(const std::optional<Json>& info, Event& event) {
    static constexpr MemberPicker info_picker{std::array<std::string_view, 2>{"status", "errorInformation"}};
    const auto [status, error] = info_picker.pick(info);
    event.outcome = outcome_of(view_or_empty(status));
    event.reason = reason_of(error);
    if (event.reason.empty() && event.outcome == Outcome::unknown) event.reason = text_or_empty(status);
}

ActorKind actor_kind(std::string_view type) {
    const std::string kind = target_kind(type);
    if (kind == "user") return ActorKind::user;
    if (kind == "application" || kind == "serviceprincipal") return ActorKind::app;
    if (kind == "system") return ActorKind::system;
    return ActorKind::unknown;
}

// Samples write `initiatingType` and `initiatorType`.
void set_actor(const std::optional<Json>& initiator, Event& event) {
    static constexpr MemberPicker initiator_picker{
        std::array<std::string_view, 4>{"id", "displayName", "initiatorType", "initiatingType"}};
    const auto [actor_id, name, type, old_type] = initiator_picker.pick(initiator);
    event.actor.kind = actor_kind(view_or_empty(type ? type : old_type));
    event.actor.id = text_or_empty(actor_id);
    event.actor.display_name = text_or_empty(name);
    event.actor.name = event.actor.display_name;
}

void add_identity(const std::optional<Json>& identity, Event& event) {
    static constexpr MemberPicker identity_picker{
        std::array<std::string_view, 3>{"id", "displayName", "identityType"}};
    const auto [object_id, name, type] = identity_picker.pick(identity);
    Target target{target_kind(view_or_empty(type)), text_or_empty(object_id), text_or_empty(name)};
    if (!target.id.empty() || !target.name.empty()) event.targets.push_back(std::move(target));
}

// The application whose job it is: one object on the wire, a list of one in the documentation.
void add_application(std::optional<Json> application, Event& event) {
    JsonArray list;
    if (application && application->get(list) == simdjson::SUCCESS) {
        const auto first = list.begin();
        application = first == list.end() ? std::nullopt : std::optional{Json{*first}};
    }
    static constexpr MemberPicker application_picker{
        std::array<std::string_view, 3>{"id", "displayName", "name"}};
    const auto [object_id, name, old_name] = application_picker.pick(application);
    Target target{"serviceprincipal", text_or_empty(object_id), text_or_empty(name ? name : old_name)};
    if (!target.id.empty() || !target.name.empty()) event.targets.push_back(std::move(target));
}

void add_entities(Event& event) {
    add_entity(event, "actor", event.actor.id);
    add_entity(event, "actor", event.actor.name);
    for (const Target& target : event.targets) {
        const std::string_view part = target.kind == "group"              ? "group"
                                      : target.kind == "serviceprincipal" ? "app"
                                                                          : "target";
        add_entity(event, part, target.id);
        add_entity(event, part, target.name);
    }
}

}  // namespace

Result<> normalize_provisioning(JsonObject object, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    if (auto set = set_time({{"activityDateTime", time_of(record[activity_time])}}, event); !set) return set;
    event.operation =
        text_or_empty(record[provisioning_action] ? record[provisioning_action] : record[beta_action]);
    event.activity = event.operation.empty() ? "Provisioning" : "Provisioning " + event.operation;
    event.category = "Provisioning";
    event.service = "Account Provisioning";
    set_outcome(record[status_info] ? record[status_info] : record[beta_status_info], event);
    event.correlation_id = text_or_empty(record[change_id]);
    set_actor(record[initiated_by], event);
    // What became of the account comes first; where it was not made, what it was to be made of.
    add_identity(record[target_identity], event);
    add_identity(record[source_identity], event);
    add_application(record[service_principal], event);
    if (auto read = read_changes(record[modified_properties], event); !read) return read;
    add_entities(event);
    return {};
}

}  // namespace entrawatch
