#include "core/context/access_policy.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array<std::string_view, 6> can_be_met{
    "mfa",        "passwordChange",      "riskRemediation", "authenticationStrength",
    "termsOfUse", "federatedMultiFactor"};

bool is_block(std::string_view control) {
    return equal_ignoring_ascii_case(control, "block");
}

bool is_met_anywhere(std::string_view control) {
    return std::ranges::any_of(
        can_be_met, [&](std::string_view known) { return equal_ignoring_ascii_case(control, known); });
}

bool names(const std::vector<std::string>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

// The first of the account's groups that the list names.
const AccountGroup* group_in(const std::vector<std::string>& list, const std::vector<AccountGroup>& groups) {
    const auto found =
        std::ranges::find_if(groups, [&](const AccountGroup& group) { return names(list, group.id); });
    return found == groups.end() ? nullptr : &*found;
}

std::optional<std::string> role_in(const std::vector<std::string>& list, const std::set<std::string>& roles) {
    const auto found =
        std::ranges::find_if(roles, [&](const std::string& role) { return names(list, role); });
    return found == roles.end() ? std::nullopt : std::optional{*found};
}

// An exclusion that cannot be checked may be one.
bool may_be_excluded(const PolicyPeople& exclude, const AccountStanding& account) {
    if (names(exclude.users, account.id) || names(exclude.users, "all")) return true;
    if (names(exclude.users, "guestsorexternalusers") && account.external != Known::no) return true;
    if (!exclude.groups.empty() &&
        (account.groups == nullptr || group_in(exclude.groups, *account.groups) != nullptr))
        return true;
    return !exclude.roles.empty() && (!account.roles || role_in(exclude.roles, *account.roles));
}

std::string words_of(const AccountGroup& group) {
    std::string words = "is for the group " + group.name + ", in which it is";
    for (std::size_t i = 0; i < group.through.size(); ++i)
        words += (i == 0 ? " through " : ", in ") + group.through[i];
    return words;
}

}  // namespace

std::vector<std::string> demands_that_cannot_be_met(const AccessPolicy& policy) {
    if (std::ranges::any_of(policy.controls, is_block)) return {"block"};
    std::vector<std::string> unmet;
    for (const std::string& control : policy.controls) {
        if (!is_met_anywhere(control)) unmet.push_back(control);
    }
    const bool can_go_round = policy.one_is_enough && unmet.size() < policy.controls.size();
    return can_go_round ? std::vector<std::string>{} : unmet;
}

std::optional<WayIntoPolicy> way_into(const AccessPolicy& policy, const AccountStanding& account) {
    if (may_be_excluded(policy.exclude, account)) return std::nullopt;
    const PolicyPeople& include = policy.include;
    if (names(include.users, account.id)) return WayIntoPolicy{"user", {}, "names it"};
    if (names(include.users, "all")) return WayIntoPolicy{"all", {}, "is for all users"};
    if (account.groups != nullptr) {
        if (const AccountGroup* group = group_in(include.groups, *account.groups))
            return WayIntoPolicy{"group", group->id, words_of(*group)};
    }
    if (account.roles) {
        if (const auto role = role_in(include.roles, *account.roles))
            return WayIntoPolicy{"role", *role, "is for a role that it holds"};
    }
    if (account.external == Known::yes && names(include.users, "guestsorexternalusers"))
        return WayIntoPolicy{"guests", {}, "is for guests"};
    return std::nullopt;
}

}  // namespace entrawatch
