// Holdings: who holds which directory role, directly or through groups, and by which way.
//
// Made from what daemon/directory_poller read; used by the posture checks and by Directory, which tells the
// rules whether an account is a privileged one. Pure. Read next: posture.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/event/event.hpp"

namespace entrawatch {

// A user, a group or a service principal, as the directory described it.
struct Principal {
    std::string id;    // lower case
    std::string kind;  // user, group, serviceprincipal
    std::string name;  // userPrincipalName, else display name
    Known enabled = Known::unresolved;
    Known synced = Known::unresolved;    // mastered on-premises
    Known external = Known::unresolved;  // a guest, or an application of another organisation
};
using Principals = std::map<std::string, Principal, std::less<>>;  // by id

struct RoleAssignment {
    std::string principal_id;  // lower case
    std::string role_id;       // template id, lower case
    std::string scope;         // "/": the whole tenant
    bool eligible = false;     // may be activated; not active now
    bool temporary = false;    // activated, or with an end
};

// Object ids, lower case.
struct GroupPeople {
    std::vector<std::string> members{};  // direct ones: users, groups, service principals
    std::vector<std::string> owners{};   // who can make anybody a member
    // By PIM for Groups: who may become one of them, and is not now.
    std::vector<std::string> eligible_members{};
    std::vector<std::string> eligible_owners{};
};

struct Privileges {
    std::vector<RoleAssignment> assignments;
    bool eligible_known = false;                // without a licence for PIM nobody can be eligible
    bool group_eligible_known = false;          // the same of PIM for Groups
    std::map<std::string, GroupPeople> groups;  // those that hold a role, and the groups inside them
    Principals principals;                      // whom the assignments and the groups name
};

// One way in which one principal has one role.
struct Holding {
    std::string principal_id;
    std::string role_id;
    std::string scope;
    bool eligible = false;  // for the role, or for a group on the way
    bool temporary = false;
    bool as_owner = false;  // owns the first of `groups`; otherwise is a member of it
    // From the principal's side to the group that the role was given to; none: it was given directly.
    std::vector<std::string> groups;
    bool role_eligible = false;            // the role itself has to be activated
    std::vector<std::size_t> eligible_in;  // which of `groups` have to be, first
};

// Groups inside groups are followed this far; a circle ends where it closes.
inline constexpr std::size_t max_nesting = 10;
// More are left out. A tenant with that many has lost count long before us.
inline constexpr std::size_t max_holdings = 100'000;

// In the order of the assignments; for each, the principal itself, then members, then owners, then
// those that are eligible.
[[nodiscard]] std::vector<Holding> holdings_of(const Privileges& privileges);

// "ada@contoso.com is a member of Operators, in Tier 0, which holds Global Administrator". Ids stand for what
// has no name.
[[nodiscard]] std::string way_in_words(const Holding& holding, const Principals& principals,
                                       std::string_view role_name);

}  // namespace entrawatch
