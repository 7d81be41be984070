#include "core/event/audit_targets.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/event/normalize.hpp"
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

// A value as the string that was sent; other JSON types, which no documentation knows, as their JSON text.
std::optional<std::string> sent_text(const std::optional<Json>& json) {
    if (!json) return std::nullopt;
    if (json->is_string()) return std::string{text_in(*json)};
    return simdjson::minify(*json);
}

// As it is now, or as it was when it was taken away.
std::string_view present_value(const Event& event, std::string_view property) {
    const Change* change = find_change(event.changes, property);
    if (change == nullptr) return {};
    return change->new_value.empty() ? change->old_value : change->new_value;
}

bool is_principal(const Target& target) {
    return target.kind == "user" || target.kind == "serviceprincipal" || target.kind == "group";
}

// A user before a service principal before a group: with a group among the targets, the group is what was
// joined.
std::vector<Target>::iterator principal_in(std::vector<Target>& targets) {
    for (const std::string_view kind : {"user", "serviceprincipal", "group"}) {
        const auto found = std::ranges::find(targets, kind, &Target::kind);
        if (found != targets.end()) return found;
    }
    return targets.end();
}

}  // namespace

std::string target_kind(std::string_view type) {
    std::string kind = fold(type);
    std::erase(kind, ' ');
    if (kind == "app") return "application";
    if (kind.empty() || kind == "n/a") return "other";
    return kind;
}

Result<> read_changes(const std::optional<Json>& json, Event& event) {
    static constexpr MemberPicker picker{
        std::array<std::string_view, 3>{"displayName", "oldValue", "newValue"}};
    JsonArray properties;
    if (!json || json->get(properties) != simdjson::SUCCESS) return {};
    for (const Json property : properties) {
        if (event.changes.size() >= max_changes) {
            return fail(ErrorCode::too_large,
                        "the record has more than " + std::to_string(max_changes) + " modified properties");
        }
        const auto [name, old_json, new_json] = picker.pick(std::optional{property});
        event.changes.push_back(decode_change(view_or_empty(name), sent_text(old_json), sent_text(new_json)));
    }
    return {};
}

Result<> read_targets(const std::optional<Json>& json, Event& event) {
    static constexpr MemberPicker picker{std::array<std::string_view, 6>{
        "id", "displayName", "type", "Type", "userPrincipalName", "modifiedProperties"}};
    JsonArray targets;
    if (!json || json->get(targets) != simdjson::SUCCESS) return {};
    for (const Json target : targets) {
        if (event.targets.size() >= max_targets) {
            return fail(ErrorCode::too_large,
                        "the record has more than " + std::to_string(max_targets) + " targets");
        }
        const auto [id, display_name, type, old_type, user_name, properties] =
            picker.pick(std::optional{target});
        std::string name = text_or_empty(user_name);
        if (name.empty()) name = text_or_empty(display_name);
        event.targets.push_back(
            {target_kind(view_or_empty(type ? type : old_type)), text_or_empty(id), std::move(name)});
        if (auto read = read_changes(properties, event); !read) return read;
    }
    return {};
}

void set_role(std::string_view from_details, Event& event) {
    RoleRef role{std::string{present_value(event, "Role.TemplateId")},
                 std::string{present_value(event, "Role.DisplayName")}};
    const auto target = std::ranges::find(event.targets, "role", &Target::kind);
    if (role.name.empty() && target != event.targets.end()) role.name = target->name;
    if (role.template_id.empty() && equal_ignoring_ascii_case(event.service, "PIM")) {
        role.template_id = from_details;
        for (const std::string_view property : {"TemplateId", "RoleDefinitionOriginId"}) {
            if (role.template_id.empty()) role.template_id = present_value(event, property);
        }
    }
    role.template_id = to_lower_ascii(trim(role.template_id));
    if (!role.template_id.empty() || !role.name.empty()) event.role = std::move(role);
}

void put_primary_target_first(Event& event) {
    std::vector<Target>& targets = event.targets;
    if (targets.empty() || is_principal(targets.front())) return;
    const std::string& first = targets.front().kind;
    if (first != "role" && first != "request" && first != "directory" && first != "other") return;
    const auto principal = principal_in(targets);
    if (principal != targets.end()) std::rotate(targets.begin(), principal, principal + 1);
}

void add_changed_entities(Event& event) {
    add_entity(event, "group", present_value(event, "Group.ObjectID"));
    add_entity(event, "group", present_value(event, "Group.DisplayName"));
    add_entity(event, "app", present_value(event, "ServicePrincipal.ObjectID"));
    add_entity(event, "app", present_value(event, "ServicePrincipal.AppId"));
    add_entity(event, "app", present_value(event, "ServicePrincipal.DisplayName"));
}

}  // namespace entrawatch
