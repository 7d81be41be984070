#include "daemon/privileges_reader.hpp"

#include <utility>

#include "daemon/graph/directory_targets.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_groups = 2'000;
constexpr std::size_t max_principals = 20'000;

}  // namespace

asio::awaitable<std::string> PrivilegesReader::read(Privileges& privileges, std::string& groups_problem) {
    nobody_in_groups_ = false;
    const DirectoryLists::Take take = [&](Json record) {
        if (auto assignment = graph::assignment_in(record, false))
            privileges.assignments.push_back(std::move(*assignment));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::assignments_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    std::string problem = co_await read_eligible(privileges);
    if (!problem.empty()) co_return problem;
    problem = co_await read_temporary(privileges);
    if (!problem.empty()) co_return problem;
    problem = co_await read_people(privileges, groups_problem);
    privileges.group_eligible_known = problem.empty() && groups_problem.empty();
    co_return problem;
}

// Without a licence for PIM nobody is eligible, and every assignment lasts.
asio::awaitable<std::string> PrivilegesReader::read_eligible(Privileges& privileges) {
    const DirectoryLists::Take take = [&](Json record) {
        if (auto assignment = graph::assignment_in(record, true))
            privileges.assignments.push_back(std::move(*assignment));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::eligible_target}, take);
    privileges.eligible_known = answer.problem.empty() || answer.reason == "licence";
    co_return privileges.eligible_known ? "" : answer.problem;
}

asio::awaitable<std::string> PrivilegesReader::read_temporary(Privileges& privileges) {
    std::vector<RoleAssignment> instances;
    const DirectoryLists::Take take = [&](Json record) {
        if (auto instance = graph::instance_in(record)) instances.push_back(std::move(*instance));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::temporary_target}, take);
    if (!answer.problem.empty() && answer.reason != "licence") co_return answer.problem;
    graph::mark_temporary(privileges.assignments, instances);
    co_return "";
}

asio::awaitable<std::string> PrivilegesReader::read_people(Privileges& privileges,
                                                           std::string& groups_problem) {
    std::set<std::string> wanted;
    for (const RoleAssignment& assignment : privileges.assignments)
        add_object_id(wanted, assignment.principal_id);
    while (!wanted.empty() && !tenant_.stop.stopping()) {
        if (privileges.principals.size() + wanted.size() > max_principals)
            co_return "more than " + std::to_string(max_principals) + " accounts hold roles";
        std::string problem = co_await lists_.resolve(wanted, privileges.principals);
        if (!problem.empty()) co_return problem;
        std::set<std::string> next;
        for (const std::string& id : wanted) {
            const auto found = privileges.principals.find(id);
            if (found == privileges.principals.end() || found->second.kind != "group") continue;
            if (privileges.groups.size() == max_groups)
                co_return "more than " + std::to_string(max_groups) + " groups hold roles";
            problem = co_await read_group(id, privileges);
            if (!problem.empty()) co_return problem;
            co_await read_eligible_in(id, privileges, groups_problem);
            const GroupPeople& people = privileges.groups[id];
            for (const auto* list :
                 {&people.members, &people.owners, &people.eligible_members, &people.eligible_owners}) {
                for (const std::string& member : *list) {
                    if (!privileges.principals.contains(member)) add_object_id(next, member);
                }
            }
        }
        for (const std::string& id : wanted)
            next.erase(id);  // asked already; deleted, or of a kind that we do not know
        wanted = std::move(next);
    }
    co_return tenant_.stop.stopping() ? "stopping" : "";
}

asio::awaitable<std::string> PrivilegesReader::read_group(std::string group, Privileges& privileges) {
    GroupPeople people;
    const std::string path = "/v1.0/groups/" + group;
    const DirectoryLists::Take take_member = [&](Json record) {
        people.members.push_back(graph::id_in(record));
    };
    const DirectoryAnswer members = co_await lists_.list(path + "/members?$select=id&$top=999", take_member);
    if (!members.problem.empty()) co_return members.problem;
    const DirectoryLists::Take take_owner = [&](Json record) {
        people.owners.push_back(graph::id_in(record));
    };
    const DirectoryAnswer owners = co_await lists_.list(path + "/owners?$select=id", take_owner);
    if (!owners.problem.empty()) co_return owners.problem;
    privileges.groups.insert_or_assign(std::move(group), std::move(people));
    co_return "";
}

// One refusal is as good as all of them.
asio::awaitable<void> PrivilegesReader::read_eligible_in(std::string group, Privileges& privileges,
                                                         std::string& groups_problem) {
    if (nobody_in_groups_ || !groups_problem.empty()) co_return;
    GroupPeople& people = privileges.groups[group];
    const DirectoryLists::Take take = [&](Json record) {
        auto eligibility = graph::group_eligibility_in(record);
        if (!eligibility) return;
        auto& list = eligibility->as_owner ? people.eligible_owners : people.eligible_members;
        list.push_back(std::move(eligibility->principal_id));
    };
    const DirectoryAnswer answer = co_await lists_.list(graph::eligible_in_group(group), take);
    if (answer.status == 404) co_return;  // PIM does not look after it
    nobody_in_groups_ = answer.reason == "licence";
    if (!nobody_in_groups_) groups_problem = answer.problem;
}

}  // namespace entrawatch
