#include "core/context/holdings.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace entrawatch {
namespace {

// Walks down from the group that a role was given to.
class GroupWalk {
  public:
    GroupWalk(const Privileges& privileges, const RoleAssignment& assignment, std::vector<Holding>& found)
        : privileges_(privileges), assignment_(assignment), found_(found) {}

    void walk(const std::string& group) {
        const auto people = privileges_.groups.find(group);
        if (people == privileges_.groups.end() || way_.size() == max_nesting) return;
        if (!visited_.insert(group).second) return;
        way_.insert(way_.begin(), group);
        for (const std::string& member : people->second.members) {
            add(member, false);
            walk(member);
        }
        for (const std::string& owner : people->second.owners)
            add(owner, true);
        way_.erase(way_.begin());
    }

    void add(const std::string& principal, bool as_owner) {
        if (found_.size() == max_holdings) return;
        found_.push_back({principal, assignment_.role_id, assignment_.scope, assignment_.eligible,
                          assignment_.temporary, as_owner, way_});
    }

  private:
    const Privileges& privileges_;
    const RoleAssignment& assignment_;
    std::vector<Holding>& found_;
    std::set<std::string> visited_;
    std::vector<std::string> way_;
};

std::string name_in(const Principals& principals, const std::string& id) {
    const auto found = principals.find(id);
    return found == principals.end() || found->second.name.empty() ? id : found->second.name;
}

}  // namespace

std::vector<Holding> holdings_of(const Privileges& privileges) {
    std::vector<Holding> found;
    for (const RoleAssignment& assignment : privileges.assignments) {
        GroupWalk walk{privileges, assignment, found};
        walk.add(assignment.principal_id, false);
        walk.walk(assignment.principal_id);
    }
    return found;
}

std::string way_in_words(const Holding& holding, const Principals& principals, std::string_view role_name) {
    std::string words = name_in(principals, holding.principal_id);
    for (std::size_t i = 0; i < holding.groups.size(); ++i) {
        if (i == 0) words += holding.as_owner ? " owns " : " is a member of ";
        if (i > 0) words += ", in ";
        words += name_in(principals, holding.groups[i]);
    }
    if (!holding.groups.empty()) words += ", which";
    words += holding.eligible ? " is eligible for " : " holds ";
    words += role_name;
    return words;
}

}  // namespace entrawatch
