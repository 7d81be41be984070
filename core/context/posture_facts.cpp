#include "core/context/posture_facts.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;

constexpr std::string_view held_from_on_premises = "Privileged role held from on-premises";
constexpr std::string_view global_administrator = "62e90394-69f5-4237-9190-012177145e10";
constexpr std::size_t wanted_emergency_accounts = 2;  // Microsoft asks for at least two
// Entra Connect synchronises every 30 minutes.
constexpr Ticks sync_is_late_after = hours{3};
constexpr Ticks sync_is_dead_after = hours{24};

PostureProperty now_is(std::string name, std::string value) {
    return {std::move(name), std::nullopt, std::move(value)};
}

std::string type_of(std::string_view kind) {
    if (kind == "group") return "Group";
    return kind == "serviceprincipal" ? "ServicePrincipal" : "User";
}

// What must not be privileged, and why.
struct Origin {
    std::string_view activity, words;
};

std::optional<Origin> origin_of(const Principal& principal) {
    if (principal.synced == Known::yes) return Origin{held_from_on_premises, "synced"};
    if (principal.external != Known::yes) return std::nullopt;
    if (principal.kind == "serviceprincipal")
        return Origin{"Privileged role held by foreign application", "foreign"};
    return Origin{"Privileged role held by guest", "guest"};
}

PostureFact privilege_fact(const Holding& holding, const Principal& principal, const Origin& origin,
                           const Principals& principals, const RoleInfo* role) {
    const std::string role_name = role != nullptr && !role->name.empty() ? role->name : holding.role_id;
    PostureFact fact = make_fact("privilege", principal.id + '|' + holding.role_id,
                                 std::string{origin.activity}, way_in_words(holding, principals, role_name),
                                 {type_of(principal.kind), principal.id, principal.name});
    if (holding.as_owner) fact.says += "; an owner can make anybody a member";
    for (const std::string& group : holding.groups) {
        const auto found = principals.find(group);
        fact.targets.push_back({"Group", group, found == principals.end() ? "" : found->second.name});
    }
    fact.properties = {now_is("Role.TemplateId", holding.role_id), now_is("Role.DisplayName", role_name)};
    const bool direct = holding.groups.empty();
    fact.details = {{"Origin", std::string{origin.words}},
                    {"Assignment", holding.eligible ? "eligible" : "active"},
                    {"Way", direct             ? "direct"
                            : holding.as_owner ? "owner"
                                               : "group"},
                    // What the role was given to: one alert for all whom one group brings.
                    {"Through", direct ? principal.id : holding.groups.back()},
                    {"Scope", holding.scope}};
    return fact;
}

PostureFact further_privilege() {
    PostureFact fact =
        make_fact("privilege", "further", std::string{held_from_on_premises},
                  "more than " + std::to_string(max_privilege_facts) +
                      " accounts hold privileged roles from on-premises or from outside; no more are listed",
                  {"Directory", "further", "further accounts"});
    fact.details.emplace_back("Through", "further");
    return fact;
}

PostureFact emergency_fact(const EmergencyAccount& account, std::string_view what, std::string activity,
                           std::string says) {
    PostureFact fact =
        make_fact("emergency", to_lower_ascii(account.object_id) + '|' + std::string{what},
                  std::move(activity), std::move(says),
                  {"User", account.object_id, account.name.empty() ? account.object_id : account.name});
    fact.details.emplace_back("Check", what);
    return fact;
}

PostureFact too_few_accounts(std::size_t usable) {
    PostureFact fact = make_fact("emergency", "count", "Too few emergency accounts",
                                 "only " + std::to_string(usable) +
                                     " of the emergency accounts in the settings can be used; Microsoft asks "
                                     "for two",
                                 {"Directory", "emergency_accounts", "emergency accounts"});
    fact.details.emplace_back("Check", "count");
    return fact;
}

bool is_of_initial_domain(std::string_view name) {
    static constexpr std::array<std::string_view, 3> suffixes{".onmicrosoft.com", ".onmicrosoft.us",
                                                              ".partner.onmschina.cn"};
    const std::string lower = to_lower_ascii(name);
    return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return lower.ends_with(suffix); });
}

// An account that can be used at any moment: active, without an end, over the whole tenant.
bool is_global_administrator(std::string_view id, const std::vector<Holding>& holdings) {
    return std::ranges::any_of(holdings, [&](const Holding& holding) {
        return holding.role_id == global_administrator && holding.principal_id == id && !holding.eligible &&
               !holding.temporary && !holding.as_owner && holding.scope == "/";
    });
}

void add_account_facts(const EmergencyAccount& account, const Principal& found,
                       std::vector<PostureFact>& facts) {
    const std::string& name = account.name.empty() ? found.name : account.name;
    if (found.enabled == Known::no) {
        facts.push_back(emergency_fact(account, "disabled", "Emergency account disabled",
                                       name + " is disabled: nobody can sign in with it"));
    }
    if (found.synced == Known::yes) {
        facts.push_back(emergency_fact(
            account, "synced", "Emergency account synced",
            name + " is synced from on-premises: whoever holds the on-premises directory holds it"));
    }
    if (!found.name.empty() && !is_of_initial_domain(found.name)) {
        facts.push_back(
            emergency_fact(account, "domain", "Emergency account in a custom domain",
                           name + " is not of the initial domain (*.onmicrosoft.com): a federated or lost "
                                  "domain locks it out"));
    }
}

}  // namespace

PostureFact make_fact(std::string check, std::string subject, std::string activity, std::string says,
                      PostureTarget target) {
    PostureFact fact;
    fact.check = std::move(check);
    fact.subject = std::move(subject);
    fact.activity = std::move(activity);
    fact.says = std::move(says);
    fact.targets.push_back(std::move(target));
    return fact;
}

std::vector<PostureFact> privilege_facts(const Directory& directory) {
    std::vector<PostureFact> facts;
    if (!directory.reading().privileges) return facts;
    const Principals& principals = directory.reading().privileges->principals;
    std::set<std::string> said;  // one way is enough
    for (const Holding& holding : directory.holdings()) {
        const auto principal = principals.find(holding.principal_id);
        if (principal == principals.end()) continue;
        const auto origin = origin_of(principal->second);
        const RoleInfo* role = directory.role(holding.role_id);
        if (!origin || !is_privileged_role(role)) continue;
        PostureFact fact = privilege_fact(holding, principal->second, *origin, principals, role);
        if (!said.insert(fact.subject).second) continue;
        if (facts.size() < max_privilege_facts) facts.push_back(std::move(fact));
    }
    if (said.size() > max_privilege_facts) facts.push_back(further_privilege());
    return facts;
}

std::vector<PostureFact> emergency_facts(const Directory& directory) {
    std::vector<PostureFact> facts;
    const auto& found = directory.reading().emergency;
    if (!found) return facts;
    std::size_t usable = 0;
    for (const EmergencyAccount& account : directory.emergency_accounts()) {
        const std::string id = to_lower_ascii(account.object_id);
        const auto principal = found->find(id);
        if (principal == found->end()) {
            facts.push_back(
                emergency_fact(account, "missing", "Emergency account missing",
                               "the directory has no account with the object id " + account.object_id));
            continue;
        }
        if (principal->second.enabled != Known::no) ++usable;
        add_account_facts(account, principal->second, facts);
        if (directory.reading().privileges && !is_global_administrator(id, directory.holdings())) {
            facts.push_back(emergency_fact(account, "role",
                                           "Emergency account without permanent Global Administrator",
                                           (account.name.empty() ? principal->second.name : account.name) +
                                               " does not hold Global Administrator permanently"));
        }
    }
    if (!directory.emergency_accounts().empty() && usable < wanted_emergency_accounts)
        facts.push_back(too_few_accounts(usable));
    return facts;
}

std::vector<PostureFact> sync_facts(const Directory& directory, Instant now) {
    std::vector<PostureFact> facts;
    const auto& sync = directory.reading().sync;
    if (!sync || !sync->enabled || !sync->last_sync) return facts;
    const Ticks age = now - *sync->last_sync;
    for (const auto& [limit, name] : {std::pair{sync_is_late_after, "late"}, {sync_is_dead_after, "dead"}}) {
        if (age <= limit) continue;
        PostureFact fact =
            make_fact("sync", name, "Directory synchronisation overdue",
                      "the last synchronisation with on-premises ended at " + to_iso(*sync->last_sync) +
                          ", more than " + to_words(limit) + " before",
                      {"Directory", sync->organization_id, sync->organization_name});
        fact.details = {{"Check", name}, {"LastSyncDateTime", to_iso(*sync->last_sync)}};
        facts.push_back(std::move(fact));
    }
    return facts;
}

}  // namespace entrawatch
