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
        // An eligible way says less: it does not stand in for one that is open.
        const bool eligible = std::ranges::any_of(way_, &Step::eligible);
        if (!visited_.emplace(group, eligible).second) return;
        way_.insert(way_.begin(), Step{group, false});
        for (const std::string& member : people->second.members) {
            add(member, false);
            walk(member);
        }
        for (const std::string& owner : people->second.owners)
            add(owner, true);
        way_.front().eligible = true;
        for (const std::string& member : people->second.eligible_members) {
            add(member, false);
            walk(member);
        }
        for (const std::string& owner : people->second.eligible_owners)
            add(owner, true);
        way_.erase(way_.begin());
    }

    void add(const std::string& principal, bool as_owner) {
        if (found_.size() == max_holdings) return;
        Holding holding{principal,
                        assignment_.role_id,
                        assignment_.scope,
                        assignment_.eligible,
                        assignment_.temporary,
                        as_owner,
                        {},
                        assignment_.eligible,
                        {}};
        for (std::size_t i = 0; i < way_.size(); ++i) {
            holding.groups.push_back(way_[i].group);
            if (way_[i].eligible) holding.eligible_in.push_back(i);
        }
        holding.eligible = assignment_.eligible || !holding.eligible_in.empty();
        found_.push_back(std::move(holding));
    }

  private:
    struct Step {
        std::string group;
        bool eligible = false;  // the membership or ownership that leads to it has to be activated
    };

    const Privileges& privileges_;
    const RoleAssignment& assignment_;
    std::vector<Holding>& found_;
    std::set<std::pair<std::string, bool>> visited_;
    std::vector<Step> way_;
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
        const bool eligible = std::ranges::find(holding.eligible_in, i) != holding.eligible_in.end();
        if (i > 0) {
            words += eligible ? ", an eligible member of " : ", in ";
        } else if (holding.as_owner) {
            words += eligible ? " is an eligible owner of " : " owns ";
        } else {
            words += eligible ? " is an eligible member of " : " is a member of ";
        }
        words += name_in(principals, holding.groups[i]);
    }
    if (!holding.groups.empty()) words += ", which";
    words += holding.role_eligible ? " is eligible for " : " holds ";
    words += role_name;
    return words;
}

}  // namespace entrawatch
