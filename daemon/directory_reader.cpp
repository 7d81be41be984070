#include "daemon/directory_reader.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/feed/page.hpp"
#include "daemon/graph/directory_targets.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

constexpr int max_pages = 200;
constexpr std::size_t max_groups = 2'000;
constexpr std::size_t max_principals = 20'000;
constexpr std::size_t ids_at_once = 15;  // more values of `in` are refused

// `id in ('…','…')` of the first ids of the set, which are taken out of it.
std::string target_of_some(graph::PrincipalKind kind, std::set<std::string>& ids) {
    std::string filter = "id in (";
    for (std::size_t i = 0; i < ids_at_once && !ids.empty(); ++i) {
        if (i > 0) filter += ',';
        filter += '\'' + *ids.begin() + '\'';
        ids.erase(ids.begin());
    }
    filter += ')';
    return std::string{graph::collection_of(kind)} + "?$filter=" + percent_encoded(filter) +
           "&$select=" + std::string{graph::select_of(kind)};
}

// Ids come from answers and from settings; what is no id is not put into an address.
bool is_object_id(std::string_view text) {
    return text.size() == 36 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
           });
}

void add_id(std::set<std::string>& ids, std::string id) {
    if (is_object_id(id)) ids.insert(std::move(id));
}

std::string sentence(std::string_view part, std::string_view problem) {
    return problem.empty() ? std::string{} : std::string{part} + ": " + std::string{problem};
}

}  // namespace

asio::awaitable<DirectoryReader::Answer> DirectoryReader::get(std::string target, const Take& take) {
    const auto got = co_await tenant_.graph.get_directory(std::move(target));
    Answer answer{got.status, got.judgement.outcome, got.judgement.message, got.judgement.reason};
    if (got.judgement.outcome != graph::Outcome::page) {
        if (answer.problem.empty()) answer.problem = "no answer";
        co_return answer;
    }
    JsonReader reader;
    const auto json = reader.parse(got.body);
    answer.problem = json ? "" : json.error().text();
    if (json) take(*json);
    co_return answer;
}

asio::awaitable<DirectoryReader::Answer> DirectoryReader::list(std::string target, const Take& take) {
    Answer answer;
    for (int pages = 0; pages < max_pages; ++pages) {
        const auto got = co_await tenant_.graph.get_directory(target);
        answer = {got.status, got.judgement.outcome, got.judgement.message, got.judgement.reason};
        if (got.judgement.outcome != graph::Outcome::page) {
            if (answer.problem.empty()) answer.problem = "no answer";
            co_return answer;
        }
        auto page = split_page(got.body);
        answer.problem = page ? "" : page.error().text();
        if (!page) co_return answer;
        JsonReader reader;
        for (const std::string_view record : page->records) {
            if (const auto json = reader.parse(record)) take(*json);
        }
        target = page->next_link;
        if (target.empty()) co_return answer;
    }
    answer.problem = "the answer has more than " + std::to_string(max_pages) + " pages";
    co_return answer;
}

asio::awaitable<std::string> DirectoryReader::read_roles(DirectoryReading& reading) {
    std::string problem = co_await read_ms_pim(reading);
    std::vector<RoleInfo> roles;
    const Take take = [&](Json record) {
        if (auto role = graph::role_in(record)) roles.push_back(std::move(*role));
    };
    const Answer answer = co_await list(std::string{graph::roles_target}, take);
    if (answer.problem.empty()) reading.roles = std::move(roles);
    co_return problem.empty() ? answer.problem : problem;
}

asio::awaitable<std::string> DirectoryReader::read_ms_pim(DirectoryReading& reading) {
    std::string id;
    const Take take = [&](Json record) { id = text_of(record, "id"); };
    const Answer answer = co_await get(std::string{graph::ms_pim_target}, take);
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

asio::awaitable<std::vector<std::string>> DirectoryReader::read_state(DirectoryReading& reading) {
    std::vector<std::string> gaps;
    std::string problem = co_await read_privileges(reading);
    gaps.push_back(sentence(graph::who_holds_roles, problem));
    problem = co_await read_emergency(reading);
    gaps.push_back(sentence(graph::the_emergency_accounts, problem));
    problem = co_await read_sync(reading);
    gaps.push_back(sentence(graph::synchronisation, problem));
    problem = co_await read_domains(reading);
    gaps.push_back(sentence(graph::the_domains, problem));
    problem = co_await read_own(reading);
    gaps.push_back(sentence(graph::our_application, problem));
    std::erase(gaps, std::string{});
    co_return gaps;
}

asio::awaitable<std::string> DirectoryReader::read_privileges(DirectoryReading& reading) {
    Privileges privileges;
    const Take take = [&](Json record) {
        if (auto assignment = graph::assignment_in(record, false))
            privileges.assignments.push_back(std::move(*assignment));
    };
    const Answer answer = co_await list(std::string{graph::assignments_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    std::string problem = co_await read_eligible(privileges);
    if (!problem.empty()) co_return problem;
    problem = co_await read_temporary(privileges);
    if (!problem.empty()) co_return problem;
    problem = co_await read_people(privileges);
    if (!problem.empty()) co_return problem;
    reading.privileges = std::move(privileges);
    co_return "";
}

// Without a licence for PIM nobody is eligible, and every assignment lasts.
asio::awaitable<std::string> DirectoryReader::read_eligible(Privileges& privileges) {
    const Take take = [&](Json record) {
        if (auto assignment = graph::assignment_in(record, true))
            privileges.assignments.push_back(std::move(*assignment));
    };
    const Answer answer = co_await list(std::string{graph::eligible_target}, take);
    privileges.eligible_known = answer.problem.empty() || answer.reason == "licence";
    co_return privileges.eligible_known ? "" : answer.problem;
}

asio::awaitable<std::string> DirectoryReader::read_temporary(Privileges& privileges) {
    std::set<std::pair<std::string, std::string>> temporary;
    const Take take = [&](Json record) {
        const auto assignment = graph::assignment_in(record, false);
        if (assignment && graph::is_temporary(record))
            temporary.emplace(assignment->principal_id, assignment->role_id);
    };
    const Answer answer = co_await list(std::string{graph::temporary_target}, take);
    if (!answer.problem.empty() && answer.reason != "licence") co_return answer.problem;
    for (RoleAssignment& assignment : privileges.assignments)
        assignment.temporary = temporary.contains({assignment.principal_id, assignment.role_id});
    co_return "";
}

asio::awaitable<std::string> DirectoryReader::read_people(Privileges& privileges) {
    std::set<std::string> wanted;
    for (const RoleAssignment& assignment : privileges.assignments)
        add_id(wanted, assignment.principal_id);
    while (!wanted.empty() && !tenant_.stop.stopping()) {
        if (privileges.principals.size() + wanted.size() > max_principals)
            co_return "more than " + std::to_string(max_principals) + " accounts hold roles";
        std::string problem = co_await resolve(wanted, privileges.principals);
        if (!problem.empty()) co_return problem;
        std::set<std::string> next;
        for (const std::string& id : wanted) {
            const auto found = privileges.principals.find(id);
            if (found == privileges.principals.end() || found->second.kind != "group") continue;
            if (privileges.groups.size() == max_groups)
                co_return "more than " + std::to_string(max_groups) + " groups hold roles";
            problem = co_await read_group(id, privileges);
            if (!problem.empty()) co_return problem;
            const GroupPeople& people = privileges.groups[id];
            for (const auto* list : {&people.members, &people.owners}) {
                for (const std::string& member : *list) {
                    if (!privileges.principals.contains(member)) add_id(next, member);
                }
            }
        }
        for (const std::string& id : wanted)
            next.erase(id);  // asked already; deleted, or of a kind that we do not know
        wanted = std::move(next);
    }
    co_return tenant_.stop.stopping() ? "stopping" : "";
}

asio::awaitable<std::string> DirectoryReader::read_group(std::string group, Privileges& privileges) {
    GroupPeople people;
    const std::string path = "/v1.0/groups/" + group;
    const Take take_member = [&](Json record) { people.members.push_back(graph::id_in(record)); };
    const Answer members = co_await list(path + "/members?$select=id&$top=999", take_member);
    if (!members.problem.empty()) co_return members.problem;
    const Take take_owner = [&](Json record) { people.owners.push_back(graph::id_in(record)); };
    const Answer owners = co_await list(path + "/owners?$select=id", take_owner);
    if (!owners.problem.empty()) co_return owners.problem;
    privileges.groups.insert_or_assign(std::move(group), std::move(people));
    co_return "";
}

asio::awaitable<std::string> DirectoryReader::resolve(std::set<std::string> ids, Principals& principals) {
    for (const auto kind :
         {graph::PrincipalKind::user, graph::PrincipalKind::group, graph::PrincipalKind::service_principal}) {
        std::string problem = co_await resolve_as(kind, ids, principals);
        if (!problem.empty()) co_return problem;
    }
    co_return "";
}

asio::awaitable<std::string> DirectoryReader::resolve_as(graph::PrincipalKind kind,
                                                         std::set<std::string>& ids, Principals& principals) {
    std::set<std::string> left = ids;
    const Take take = [&](Json record) {
        auto principal = graph::principal_in(record, kind, tenant_.settings.tenant_id);
        if (!principal) return;
        ids.erase(principal->id);
        principals.insert_or_assign(principal->id, *principal);
    };
    while (!left.empty()) {
        const std::string target = target_of_some(kind, left);
        const Answer answer = co_await list(target, take);
        if (!answer.problem.empty()) co_return answer.problem;
    }
    co_return "";
}

asio::awaitable<std::string> DirectoryReader::read_emergency(DirectoryReading& reading) {
    std::set<std::string> ids;
    for (const EmergencyAccount& account : tenant_.settings.emergency_accounts)
        add_id(ids, to_lower_ascii(account.object_id));
    Principals found;
    std::string problem = co_await resolve_as(graph::PrincipalKind::user, ids, found);
    if (problem.empty()) reading.emergency = std::move(found);
    co_return problem;
}

asio::awaitable<std::string> DirectoryReader::read_sync(DirectoryReading& reading) {
    std::optional<SyncState> sync;
    const Take take = [&](Json record) { sync = graph::sync_state_in(record); };
    const Answer answer = co_await list(std::string{graph::organization_target}, take);
    if (answer.problem.empty() && sync) reading.sync = std::move(sync);
    co_return answer.problem;
}

asio::awaitable<std::string> DirectoryReader::read_domains(DirectoryReading& reading) {
    std::vector<Domain> domains;
    const Take take = [&](Json record) {
        if (auto domain = graph::domain_in(record)) domains.push_back(std::move(*domain));
    };
    const Answer answer = co_await list(std::string{graph::domains_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    std::string problem;
    for (Domain& domain : domains) {
        if (domain.authentication != "Federated") continue;
        const Take take_settings = [&](Json record) { domain.federation = graph::federation_in(record); };
        const std::string target =
            "/v1.0/domains/" + percent_encoded(domain.name) + "/federationConfiguration";
        const Answer settings = co_await list(target, take_settings);
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
    const Take take = [&](Json record) {
        own.permission_ids.push_back(to_lower_ascii(text_of(record, "appRoleId")));
    };
    const Answer answer = co_await list(path + "/appRoleAssignments?$select=id,appRoleId,resourceId", take);
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
    const Take take = [&](Json record) {
        if (principal) {
            own.service_principal_id = graph::id_in(record);
            own.name = text_of(record, "displayName");
            const auto enabled = member(record, "accountEnabled");
            own.enabled = !enabled || scalar_text(*enabled) != "false";
        }
        for (auto& credential : graph::credentials_in(record))
            own.credentials.push_back(std::move(credential));
    };
    const Answer object = co_await get(path + "?$select=" + select, take);
    if (object.status == 404 && !principal) co_return "";
    if (!object.problem.empty()) co_return object.problem;
    const Take take_owner = [&](Json record) { own.owners.push_back(graph::id_in(record)); };
    const Answer owners = co_await list(path + "/owners?$select=id", take_owner);
    co_return owners.problem;
}

}  // namespace entrawatch
