#include "core/context/directory.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/context/directory_parts.hpp"

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

// A part that failed since is as old as its last success.
std::optional<Instant> oldest_part(const DirectoryReading& reading) {
    std::optional<Instant> oldest = reading.read_at;
    for (const DirectoryPart& part : directory_parts) {
        const auto at =
            part.about_events ? reading.parts_read_at.find(part.name) : reading.parts_read_at.end();
        if (at != reading.parts_read_at.end() && (!oldest || at->second < *oldest)) oldest = at->second;
    }
    return oldest;
}

}  // namespace

Directory::Directory(std::vector<EmergencyAccount> emergency_accounts, std::vector<RoleInfo> shipped_roles,
                     DirectoryReading reading) {
    auto known = std::make_shared<Knowledge>();
    known->emergency_accounts = std::move(emergency_accounts);
    known->reading = std::move(reading);
    known->read_at = oldest_part(known->reading);
    for (RoleInfo& role : shipped_roles) {
        role.template_id = to_lower_ascii(role.template_id);
        std::string id = role.template_id;
        known->roles.insert_or_assign(std::move(id), std::move(role));
    }
    for (RoleInfo role : known->reading.roles) {
        role.template_id = to_lower_ascii(role.template_id);
        if (role.tier.empty()) {
            const auto shipped = known->roles.find(role.template_id);
            role.tier =
                shipped == known->roles.end() ? tier_of_other_roles : std::string_view{shipped->second.tier};
        }
        std::string id = role.template_id;
        known->roles.insert_or_assign(std::move(id), std::move(role));
    }
    if (known->reading.privileges) known->holdings = holdings_of(*known->reading.privileges);
    if (known->reading.locations) known->locations = LocationIndex{*known->reading.locations};
    known_ = known;
    for (const Holding& holding : known->holdings) {
        if (is_privileged_role(role(holding.role_id))) known->privileged.insert(holding.principal_id);
    }
}

Directory Directory::with(std::shared_ptr<const LookedUpPrincipals> looked_up) const {
    Directory copy{*this};
    copy.looked_up_ = std::move(looked_up);
    return copy;
}

bool Directory::knows_principals() const {
    return reading().privileges || reading().emergency || (looked_up_ && !looked_up_->empty());
}

const EmergencyAccount* Directory::emergency_account(std::string_view id, std::string_view name) const {
    const bool by_name = is_no_id(id);
    if (by_name && name.empty()) return nullptr;
    const std::string folded = by_name ? fold(name) : std::string{};
    const auto found = std::ranges::find_if(emergency_accounts(), [&](const EmergencyAccount& account) {
        if (!by_name) return equal_ignoring_ascii_case(account.object_id, id);
        return !account.name.empty() && fold(account.name) == folded;
    });
    return found == emergency_accounts().end() ? nullptr : &*found;
}

Known Directory::is_ms_pim(const Actor& actor) const {
    if (actor.kind == ActorKind::user || actor.kind == ActorKind::system) return Known::no;
    // Where the client id is given it decides: unlike a display name it cannot be chosen.
    if (!actor.app_id.empty())
        return equal_ignoring_ascii_case(actor.app_id, ms_pim_app_id) ? Known::yes : Known::no;
    if (is_no_id(actor.id) || !reading().ms_pim_id) return Known::unresolved;
    return equal_ignoring_ascii_case(actor.id, *reading().ms_pim_id) ? Known::yes : Known::no;
}

const Principal* Directory::read_principal(std::string_view lower_id) const {
    for (const Principals* known : {reading().privileges ? &reading().privileges->principals : nullptr,
                                    reading().emergency ? &*reading().emergency : nullptr}) {
        if (known == nullptr) continue;
        if (const auto found = known->find(lower_id); found != known->end()) return &found->second;
    }
    return nullptr;
}

const Principal* Directory::principal(std::string_view id) const {
    const std::string lower = to_lower_ascii(id);
    if (const Principal* read = read_principal(lower)) return read;
    if (!looked_up_) return nullptr;
    const auto found = looked_up_->find(lower);
    return found == looked_up_->end() ? nullptr : &found->second.principal;
}

std::optional<Instant> Directory::read_at_for(const Event& event) const {
    std::optional<Instant> oldest = read_at();
    if (!looked_up_) return oldest;
    const auto add = [&](std::string_view id) {
        const std::string lower = to_lower_ascii(id);
        const auto found = looked_up_->find(lower);
        if (found == looked_up_->end() || read_principal(lower) != nullptr) return;
        if (!oldest || found->second.read_at < *oldest) oldest = found->second.read_at;
    };
    add(event.actor.id);
    for (const Target& target : event.targets)
        add(target.id);
    return oldest;
}

Known Directory::is_privileged(std::string_view id) const {
    if (is_no_id(id) || !reading().privileges) return Known::unresolved;
    if (known_->privileged.contains(to_lower_ascii(id))) return Known::yes;
    const Privileges& privileges = *reading().privileges;
    return privileges.eligible_known && privileges.group_eligible_known ? Known::no : Known::unresolved;
}

Whereabouts Directory::whereabouts(std::string_view address, std::string_view country) const {
    return reading().locations ? known_->locations.find(address, country) : Whereabouts{};
}

const RoleInfo* Directory::role(std::string_view template_id) const {
    const auto found = known_->roles.find(to_lower_ascii(template_id));
    return found == known_->roles.end() ? nullptr : &found->second;
}

}  // namespace entrawatch
