#include "core/context/directory.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// The application that carries out what PIM was asked for; the same in every tenant, unlike its service
// principal.
constexpr std::string_view ms_pim_app_id = "01fc33a7-78ba-4d2f-a4b7-768e336e890e";
// What the sign-in log writes where it does not know the account.
constexpr std::string_view no_object = "00000000-0000-0000-0000-000000000000";

// Of Microsoft's own roles the shipped list names all that can do harm; a role of the tenant's making brings
// its tier along.
constexpr std::string_view tier_of_other_roles = "low";

bool is_no_id(std::string_view id) {
    return id.empty() || id == no_object;
}

}  // namespace

Directory::Directory(std::vector<EmergencyAccount> emergency_accounts, std::vector<RoleInfo> shipped_roles,
                     DirectoryReading reading)
    : emergency_accounts_(std::move(emergency_accounts)), reading_(std::move(reading)) {
    for (RoleInfo& role : shipped_roles) {
        role.template_id = to_lower_ascii(role.template_id);
        std::string id = role.template_id;
        roles_.insert_or_assign(std::move(id), std::move(role));
    }
    for (RoleInfo role : reading_.roles) {
        role.template_id = to_lower_ascii(role.template_id);
        if (role.tier.empty()) {
            const auto shipped = roles_.find(role.template_id);
            role.tier =
                shipped == roles_.end() ? tier_of_other_roles : std::string_view{shipped->second.tier};
        }
        std::string id = role.template_id;
        roles_.insert_or_assign(std::move(id), std::move(role));
    }
    if (reading_.privileges) holdings_ = holdings_of(*reading_.privileges);
    for (const Holding& holding : holdings_) {
        if (is_privileged_role(role(holding.role_id))) privileged_.insert(holding.principal_id);
    }
}

const EmergencyAccount* Directory::emergency_account(std::string_view id, std::string_view name) const {
    const bool by_name = is_no_id(id);
    if (by_name && name.empty()) return nullptr;
    const std::string folded = by_name ? fold(name) : std::string{};
    const auto found = std::ranges::find_if(emergency_accounts_, [&](const EmergencyAccount& account) {
        if (!by_name) return equal_ignoring_ascii_case(account.object_id, id);
        return !account.name.empty() && fold(account.name) == folded;
    });
    return found == emergency_accounts_.end() ? nullptr : &*found;
}

Known Directory::is_ms_pim(const Actor& actor) const {
    if (actor.kind == ActorKind::user || actor.kind == ActorKind::system) return Known::no;
    // Where the client id is given it decides: unlike a display name it cannot be chosen.
    if (!actor.app_id.empty())
        return equal_ignoring_ascii_case(actor.app_id, ms_pim_app_id) ? Known::yes : Known::no;
    if (is_no_id(actor.id) || !reading_.ms_pim_id) return Known::unresolved;
    return equal_ignoring_ascii_case(actor.id, *reading_.ms_pim_id) ? Known::yes : Known::no;
}

const Principal* Directory::principal(std::string_view id) const {
    const std::string lower = to_lower_ascii(id);
    for (const Principals* known : {reading_.privileges ? &reading_.privileges->principals : nullptr,
                                    reading_.emergency ? &*reading_.emergency : nullptr}) {
        if (known == nullptr) continue;
        if (const auto found = known->find(lower); found != known->end()) return &found->second;
    }
    return nullptr;
}

Known Directory::is_privileged(std::string_view id) const {
    if (is_no_id(id) || !reading_.privileges) return Known::unresolved;
    if (privileged_.contains(to_lower_ascii(id))) return Known::yes;
    return reading_.privileges->eligible_known ? Known::no : Known::unresolved;
}

const RoleInfo* Directory::role(std::string_view template_id) const {
    const auto found = roles_.find(to_lower_ascii(template_id));
    return found == roles_.end() ? nullptr : &found->second;
}

}  // namespace entrawatch
