#include "alerts/export/event_act.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {
namespace event_acts {

// How folded activity names begin. The longer beginning stands first where one begins like another.
struct Named {
    std::string_view beginning;
    ActVerb verb;
};

constexpr std::array of_accounts{
    Named{"add user", ActVerb::create},
    Named{"create user", ActVerb::create},
    Named{"invite external user", ActVerb::create},
    Named{"delete user", ActVerb::remove},
    Named{"hard delete user", ActVerb::remove},
    Named{"restore user", ActVerb::update},
    Named{"update user", ActVerb::update},
    Named{"enable account", ActVerb::enable},
    Named{"disable account", ActVerb::disable},
    Named{"change user password", ActVerb::change_password},
    Named{"change password", ActVerb::change_password},
    Named{"reset user password", ActVerb::reset_password},
    Named{"reset password", ActVerb::reset_password},
    Named{"set force change user password", ActVerb::update},
    Named{"unlock user account", ActVerb::unlock},
    Named{"user registered security info", ActVerb::add_factor},
    Named{"admin registered security info", ActVerb::add_factor},
    Named{"user deleted security info", ActVerb::remove_factor},
    Named{"admin deleted security info", ActVerb::remove_factor},
    Named{"enable strong authentication", ActVerb::add_factor},
    Named{"disable strong authentication", ActVerb::remove_factor},
};

constexpr std::array of_access{
    Named{"add member to role", ActVerb::assign},
    Named{"add eligible member to role", ActVerb::assign},
    Named{"add scoped member to role", ActVerb::assign},
    Named{"add app role assignment", ActVerb::assign},
    Named{"remove member from role", ActVerb::revoke},
    Named{"remove eligible member from role", ActVerb::revoke},
    Named{"remove scoped member from role", ActVerb::revoke},
    Named{"remove app role assignment", ActVerb::revoke},
};

constexpr std::array first_words{
    Named{"add", ActVerb::create},    Named{"create", ActVerb::create},   Named{"register", ActVerb::create},
    Named{"invite", ActVerb::create}, Named{"consent", ActVerb::create},  Named{"assign", ActVerb::create},
    Named{"update", ActVerb::update}, Named{"set", ActVerb::update},      Named{"change", ActVerb::update},
    Named{"patch", ActVerb::update},  Named{"restore", ActVerb::update},  Named{"reset", ActVerb::update},
    Named{"verify", ActVerb::update}, Named{"delete", ActVerb::remove},   Named{"remove", ActVerb::remove},
    Named{"hard", ActVerb::remove},   Named{"unassign", ActVerb::remove}, Named{"revoke", ActVerb::remove},
    Named{"enable", ActVerb::enable}, Named{"disable", ActVerb::disable}, Named{"read", ActVerb::read},
    Named{"get", ActVerb::read},      Named{"list", ActVerb::read},       Named{"download", ActVerb::read},
};

// What PIM writes before and instead of an assignment.
bool is_only_asked_for(std::string_view activity) {
    return std::ranges::any_of(
        std::array{" requested", " request ", " canceled", " cancelled", " denied", " expired", " failed"},
        [&](const char* word) { return activity.find(word) != std::string_view::npos; });
}

const Named* find_beginning(std::span<const Named> names, std::string_view activity) {
    const auto found =
        std::ranges::find_if(names, [&](const Named& name) { return activity.starts_with(name.beginning); });
    return found == names.end() ? nullptr : &*found;
}

ActVerb verb_of_word(std::string_view text) {
    const std::string word = fold(text.substr(0, text.find(' ')));
    const auto found = std::ranges::find(first_words, word, &Named::beginning);
    return found == first_words.end() ? ActVerb::unknown : found->verb;
}

// The operation type that the record says, where it says more than "Other".
ActVerb plain_verb(const Event& event, std::string_view activity) {
    const ActVerb verb = verb_of_word(event.operation);
    return verb == ActVerb::unknown ? verb_of_word(activity) : verb;
}

const Target* find_target(const Event& event, std::span<const std::string_view> kinds) {
    const auto found = std::ranges::find_if(event.targets, [&](const Target& target) {
        const bool is_named = !target.id.empty() || !target.name.empty();
        return is_named && std::ranges::find(kinds, target.kind) != kinds.end();
    });
    return found == event.targets.end() ? nullptr : &*found;
}

// The name of a role, else its id; of the application role where it is one.
std::string privilege_of(const Event& event) {
    if (event.role) return event.role->name.empty() ? event.role->template_id : event.role->name;
    for (const std::string_view property : {"AppRole.Value", "AppRole.DisplayName", "AppRole.Id"}) {
        const Change* change = find_change(event.changes, property);
        if (change == nullptr) continue;
        const std::string& value = change->new_value.empty() ? change->old_value : change->new_value;
        if (!value.empty()) return value;
    }
    return {};
}

// An act whose subject or privilege the record does not name is of kind `other`: the classes need both.
EventAct audit_act(const Event& event) {
    constexpr std::array<std::string_view, 1> users{"user"};
    constexpr std::array<std::string_view, 3> principals{"user", "serviceprincipal", "group"};
    const std::string activity = fold(event.activity);
    if (const Named* access = find_beginning(of_access, activity)) {
        const Target* subject = find_target(event, principals);
        std::string privilege = privilege_of(event);
        const ActVerb verb = is_only_asked_for(activity) ? ActVerb::unknown : access->verb;
        if (subject != nullptr && !privilege.empty())
            return {ActKind::access, verb, subject, std::move(privilege)};
    }
    if (const Named* account = find_beginning(of_accounts, activity)) {
        if (const Target* subject = find_target(event, users))
            return {ActKind::account, account->verb, subject, {}};
    }
    return {ActKind::other, plain_verb(event, activity), nullptr, {}};
}

}  // namespace event_acts
}  // namespace

EventAct act_of(const Event& event) {
    if (event.feed == FeedId::posture) return {ActKind::finding, ActVerb::unknown, nullptr, {}};
    switch (feed_of(event.feed).kind) {
        case RecordKind::sign_in:
            return {ActKind::sign_in, ActVerb::unknown, nullptr, {}};
        case RecordKind::directory_audit:
        case RecordKind::provisioning:
            return event_acts::audit_act(event);
        case RecordKind::risk_detection:
        case RecordKind::service_principal_risk_detection:
        case RecordKind::risky_user:
        case RecordKind::risky_service_principal:
        case RecordKind::security_alert:
        case RecordKind::pim_alert:
            break;
    }
    return {ActKind::finding, ActVerb::unknown, nullptr, {}};
}

}  // namespace entrawatch
