// EA-6, its last condition: an emergency account inside a Conditional Access policy that keeps it out.
#include <algorithm>

#include "core/base/text.hpp"
#include "core/context/posture_facts.hpp"

namespace entrawatch {
namespace {

std::string listed(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ", ") + text;
    return list;
}

// Conditional Access goes by roles that are active and hold over the whole tenant.
std::set<std::string> active_roles(std::string_view id, const std::vector<Holding>& holdings) {
    std::set<std::string> roles;
    for (const Holding& holding : holdings) {
        if (holding.principal_id == id && !holding.eligible && !holding.as_owner && holding.scope == "/")
            roles.insert(holding.role_id);
    }
    return roles;
}

AccountStanding standing_of(const std::string& id, const Principal& account, const Directory& directory) {
    AccountStanding standing{id, account.external, nullptr, std::nullopt};
    const DirectoryReading& reading = directory.reading();
    if (reading.emergency_groups) {
        const auto groups = reading.emergency_groups->find(id);
        if (groups != reading.emergency_groups->end()) standing.groups = &groups->second;
    }
    if (reading.privileges) standing.roles = active_roles(id, directory.holdings());
    return standing;
}

std::string way_in_words(const WayIntoPolicy& way, const Directory& directory) {
    if (way.kind != "role") return way.words;
    const RoleInfo* role = directory.role(way.id);
    return way.words + ", " + (role == nullptr || role->name.empty() ? way.id : role->name);
}

PostureFact policy_fact(const EmergencyAccount& account, const Principal& found, const AccessPolicy& policy,
                        const std::vector<std::string>& demands, const WayIntoPolicy& way,
                        const Directory& directory) {
    const std::string id = to_lower_ascii(account.object_id);
    const std::string name = account.name.empty() ? found.name : account.name;
    const bool blocked = demands.front() == "block";
    const std::string policy_name = policy.name.empty() ? policy.id : policy.name;
    std::string says = name + " is " + (blocked ? "blocked" : "held up") +
                       " by the Conditional Access policy " + policy_name + ", which " +
                       way_in_words(way, directory) + " and does not exclude it";
    if (!blocked) says += "; it asks for " + listed(demands);
    if (!policy.only_when.empty()) says += "; only for " + listed(policy.only_when);
    PostureFact fact = make_fact("policy", id + '|' + policy.id, "Emergency account kept out by policy",
                                 std::move(says), {"User", account.object_id, name});
    fact.targets.push_back({"Policy", policy.id, policy_name});
    if (way.kind == "group") {
        const auto& groups = directory.reading().emergency_groups->find(id)->second;
        const auto group = std::ranges::find(groups, way.id, &AccountGroup::id);
        fact.targets.push_back({"Group", group->id, group->name});
    }
    fact.details = {{"Check", "policy"},
                    {"PolicyId", policy.id},
                    {"Control", listed(demands)},
                    {"Way", std::string{way.kind}},
                    {"Applies", policy.only_when.empty() ? "always" : "in part"}};
    return fact;
}

}  // namespace

std::vector<PostureFact> policy_facts(const Directory& directory) {
    std::vector<PostureFact> facts;
    const DirectoryReading& reading = directory.reading();
    if (!reading.policies || !reading.emergency) return facts;
    for (const EmergencyAccount& account : directory.emergency_accounts()) {
        const std::string id = to_lower_ascii(account.object_id);
        const auto found = reading.emergency->find(id);
        if (found == reading.emergency->end()) continue;
        const AccountStanding standing = standing_of(id, found->second, directory);
        for (const AccessPolicy& policy : *reading.policies) {
            const auto demands = demands_that_cannot_be_met(policy);
            if (demands.empty()) continue;
            if (const auto way = way_into(policy, standing))
                facts.push_back(policy_fact(account, found->second, policy, demands, *way, directory));
        }
    }
    return facts;
}

}  // namespace entrawatch
