#include "daemon/directory_reader.hpp"

#include <algorithm>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "daemon/graph/directory_targets.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

std::string sentence(std::string_view part, std::string_view problem) {
    return problem.empty() ? std::string{} : std::string{part} + ": " + std::string{problem};
}

// Who was eligible for groups at the last reading that knew it, of the groups that are still there.
void keep_eligible(Privileges& now, const std::optional<Privileges>& before) {
    if (!before) return;
    now.group_eligible_known = before->group_eligible_known;
    for (auto& [id, people] : now.groups) {
        const auto old = before->groups.find(id);
        if (old == before->groups.end()) continue;
        people.eligible_members = old->second.eligible_members;
        people.eligible_owners = old->second.eligible_owners;
        for (const auto* list : {&people.eligible_members, &people.eligible_owners}) {
            for (const std::string& principal : *list) {
                const auto known = before->principals.find(principal);
                if (known != before->principals.end()) now.principals.insert(*known);
            }
        }
    }
}

}  // namespace

asio::awaitable<std::string> DirectoryReader::read_roles(DirectoryReading& reading) {
    std::string problem = co_await read_ms_pim(reading);
    std::vector<RoleInfo> roles;
    const DirectoryLists::Take take = [&](Json record) {
        if (auto role = graph::role_in(record)) roles.push_back(std::move(*role));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::roles_target}, take);
    if (answer.problem.empty()) reading.roles = std::move(roles);
    co_return problem.empty() ? answer.problem : problem;
}

asio::awaitable<std::string> DirectoryReader::read_ms_pim(DirectoryReading& reading) {
    std::string id;
    const DirectoryLists::Take take = [&](Json record) { id = text_of(record, "id"); };
    const DirectoryAnswer answer = co_await lists_.get(std::string{graph::ms_pim_target}, take);
    // A tenant without PIM has no such service principal: then nobody is MS-PIM, and that is knowledge.
    if (answer.status == 404) {
        reading.ms_pim_id.reset();
        co_return "";
    }
    if (!answer.problem.empty()) co_return answer.problem;
    if (id.empty()) co_return "the answer about MS-PIM's service principal has no id";
    reading.ms_pim_id = id;
    co_return "";
}

asio::awaitable<void> DirectoryReader::read_state(DirectoryReading& reading) {
    reading.gaps.clear();
    Privileges privileges;
    std::string groups_problem;
    std::string problem = co_await privileges_.read(privileges, groups_problem);
    if (problem.empty()) {
        if (!groups_problem.empty()) keep_eligible(privileges, reading.privileges);
        reading.privileges = std::move(privileges);
        note(reading, part::pim_for_groups, groups_problem);
    }
    note(reading, part::who_holds_roles, problem);
    problem = co_await read_emergency(reading);
    note(reading, part::emergency_accounts, problem);
    problem = co_await read_sync(reading);
    note(reading, part::synchronisation, problem);
    problem = co_await read_domains(reading);
    note(reading, part::domains, problem);
    problem = co_await read_own(reading);
    note(reading, part::our_application, problem);
    co_await read_conditional_access(reading);
}

// Last, because its budget is shared with every other program in the tenant. Whom else the policies are about
// is nothing that anybody asks.
asio::awaitable<void> DirectoryReader::read_conditional_access(DirectoryReading& reading) {
    std::string problem = co_await policies_.read_locations(reading);
    note(reading, part::named_locations, problem);
    if (tenant_.settings.emergency_accounts.empty()) co_return;
    problem = co_await policies_.read_groups(reading);
    note(reading, part::emergency_groups, problem);
    problem = co_await policies_.read_policies(reading);
    note(reading, part::access_policies, problem);
}

void DirectoryReader::note(DirectoryReading& reading, const DirectoryPart& part,
                           std::string_view problem) const {
    if (problem.empty()) {
        reading.parts_read_at.insert_or_assign(std::string{part.name}, tenant_.now());
    } else {
        reading.gaps.push_back({std::string{part.name}, std::string{problem}});
    }
}

asio::awaitable<std::string> DirectoryReader::read_emergency(DirectoryReading& reading) {
    std::set<std::string> ids;
    for (const EmergencyAccount& account : tenant_.settings.emergency_accounts)
        add_object_id(ids, to_lower_ascii(account.object_id));
    Principals found;
    std::string problem = co_await lists_.resolve_as(graph::PrincipalKind::user, ids, found);
    if (problem.empty()) reading.emergency = std::move(found);
    co_return problem;
}

asio::awaitable<std::string> DirectoryReader::read_sync(DirectoryReading& reading) {
    std::optional<SyncState> sync;
    const DirectoryLists::Take take = [&](Json record) { sync = graph::sync_state_in(record); };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::organization_target}, take);
    if (answer.problem.empty() && sync) reading.sync = std::move(sync);
    co_return answer.problem;
}

asio::awaitable<std::string> DirectoryReader::read_domains(DirectoryReading& reading) {
    std::vector<Domain> domains;
    const DirectoryLists::Take take = [&](Json record) {
        if (auto domain = graph::domain_in(record)) domains.push_back(std::move(*domain));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::domains_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    std::string problem;
    for (Domain& domain : domains) {
        if (domain.authentication != "Federated") continue;
        const DirectoryLists::Take take_settings = [&](Json record) {
            domain.federation = graph::federation_in(record);
        };
        const std::string target =
            "/v1.0/domains/" + percent_encoded(domain.name) + "/federationConfiguration";
        const DirectoryAnswer settings = co_await lists_.list(target, take_settings);
        if (problem.empty()) problem = sentence("federation settings of " + domain.name, settings.problem);
    }
    reading.domains = std::move(domains);
    co_return problem;
}

asio::awaitable<std::string> DirectoryReader::read_own(DirectoryReading& reading) {
    OwnApplication own;
    std::string problem = co_await read_own_side("servicePrincipals", own);
    if (!problem.empty()) co_return problem;
    const std::string path = graph::by_app_id("servicePrincipals", tenant_.settings.client_id);
    const DirectoryLists::Take take = [&](Json record) {
        own.permission_ids.push_back(to_lower_ascii(text_of(record, "appRoleId")));
    };
    const DirectoryAnswer answer =
        co_await lists_.list(path + "/appRoleAssignments?$select=id,appRoleId,resourceId", take);
    if (!answer.problem.empty()) co_return answer.problem;
    problem = co_await read_own_side("applications", own);
    if (!problem.empty()) co_return problem;
    std::ranges::sort(own.owners);
    own.owners.erase(std::unique(own.owners.begin(), own.owners.end()), own.owners.end());
    reading.own = std::move(own);
    co_return "";
}

// Both the application and its service principal can have credentials and owners. The application of a guest
// of this tenant is registered elsewhere.
asio::awaitable<std::string> DirectoryReader::read_own_side(std::string side, OwnApplication& own) {
    const std::string path = graph::by_app_id(side, tenant_.settings.client_id);
    const bool principal = side == "servicePrincipals";
    const std::string select = principal ? "id,displayName,accountEnabled,keyCredentials,passwordCredentials"
                                         : "id,displayName,keyCredentials,passwordCredentials";
    const DirectoryLists::Take take = [&](Json record) {
        if (principal) {
            own.service_principal_id = graph::id_in(record);
            own.name = text_of(record, "displayName");
            const auto enabled = member(record, std::string_view{"accountEnabled"});
            own.enabled = !enabled || scalar_text(*enabled) != "false";
        }
        for (auto& credential : graph::credentials_in(record))
            own.credentials.push_back(std::move(credential));
    };
    const DirectoryAnswer object = co_await lists_.get(path + "?$select=" + select, take);
    if (object.status == 404 && !principal) co_return "";
    if (!object.problem.empty()) co_return object.problem;
    const DirectoryLists::Take take_owner = [&](Json record) { own.owners.push_back(graph::id_in(record)); };
    const DirectoryAnswer owners = co_await lists_.list(path + "/owners?$select=id", take_owner);
    co_return owners.problem;
}

}  // namespace entrawatch
