// AccessPolicy: a Conditional Access policy, as far as it can keep an account out, and the way in which an
// account comes under it.
//
// Read by daemon/policies_reader, kept in DirectoryReading; the posture check of the emergency accounts asks
// (EA-6). Only policies that are in force are here: `disabled` and report-only ones keep nobody out. Pure.
// Read next: policy_facts.cpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/context/holdings.hpp"

namespace entrawatch {

// One side of conditions.users: object ids and template ids of roles, lower case. `users` may hold `all` and
// `guestsorexternalusers`.
struct PolicyPeople {
    std::vector<std::string> users, groups, roles;
    friend bool operator==(const PolicyPeople&, const PolicyPeople&) = default;
};

struct AccessPolicy {
    std::string id, name;
    PolicyPeople include, exclude;
    // As Graph spells them: block, mfa, compliantDevice, …; `authenticationStrength`, `termsOfUse` and
    // `customAuthenticationFactor` stand for those that have members of their own.
    std::vector<std::string> controls;
    bool one_is_enough = false;          // the operator OR; otherwise all of them are asked for
    std::vector<std::string> only_when;  // what narrows it, in words; empty: it holds at every sign-in
    friend bool operator==(const AccessPolicy&, const AccessPolicy&) = default;
};

// A group that an account is in, directly or through others.
struct AccountGroup {
    std::string id;                    // lower case
    std::string name;                  // the id where it has none
    std::vector<std::string> through;  // names of the groups between, from the account's side
    friend bool operator==(const AccountGroup&, const AccountGroup&) = default;
};
using AccountGroups =
    std::map<std::string, std::vector<AccountGroup>, std::less<>>;  // by account, lower case

// Of the policy's controls those that an emergency account cannot satisfy and cannot go round: `block`, or a
// device, application or provider that it does not have on the night when it is needed. What a person can do
// anywhere (mfa, an authentication strength, terms of use, a new password) can be given; a control that we do
// not know cannot. Empty: the policy does not keep it out.
[[nodiscard]] std::vector<std::string> demands_that_cannot_be_met(const AccessPolicy& policy);

// What is known of an account. Missing: not known.
struct AccountStanding {
    std::string id;  // lower case
    Known external = Known::unresolved;
    const std::vector<AccountGroup>* groups = nullptr;
    std::optional<std::set<std::string>> roles;  // template ids that it holds now, over the whole tenant
};

struct WayIntoPolicy {
    std::string_view kind;  // all, user, guests, group, role
    std::string id;         // of the group or role
    std::string words;      // "is for all users", "is for the group Staff, in which it is through Admins"
};
// How the account comes under the policy; nullopt: it does not, it is excluded, or what is known does not
// tell.
[[nodiscard]] std::optional<WayIntoPolicy> way_into(const AccessPolicy& policy,
                                                    const AccountStanding& account);

}  // namespace entrawatch
