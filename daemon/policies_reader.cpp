#include "daemon/policies_reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "daemon/graph/directory_targets.hpp"
#include "daemon/graph/policy_answers.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_policies = 1'000;  // Microsoft allows some hundreds
constexpr std::size_t max_ranges = 50'000;
constexpr std::size_t max_groups_of_account = 500;

}  // namespace

asio::awaitable<std::string> PoliciesReader::read_policies(DirectoryReading& reading) {
    std::vector<AccessPolicy> policies;
    const DirectoryLists::Take take = [&](Json record) {
        if (auto policy = graph::policy_in(record)) policies.push_back(std::move(*policy));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::policies_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    if (policies.size() > max_policies)
        co_return "more than " + std::to_string(max_policies) + " policies are in force";
    reading.policies = std::move(policies);
    co_return "";
}

asio::awaitable<std::string> PoliciesReader::read_locations(DirectoryReading& reading) {
    std::vector<NamedLocation> locations;
    std::size_t ranges = 0;
    const DirectoryLists::Take take = [&](Json record) {
        auto location = graph::location_in(record);
        if (!location) return;
        ranges += location->ranges.size();
        if (ranges <= max_ranges) locations.push_back(std::move(*location));
    };
    const DirectoryAnswer answer = co_await lists_.list(std::string{graph::locations_target}, take);
    if (!answer.problem.empty()) co_return answer.problem;
    if (ranges > max_ranges)
        co_return "they have more than " + std::to_string(max_ranges) + " ranges of addresses";
    std::ranges::sort(locations, {}, &NamedLocation::id);
    reading.locations = std::move(locations);
    co_return "";
}

asio::awaitable<std::string> PoliciesReader::read_groups(DirectoryReading& reading) {
    if (!reading.emergency) co_return "the accounts are not known";
    AccountGroups found;
    Parents parents;
    for (const auto& [id, account] : *reading.emergency) {
        std::string problem = co_await read_groups_of(id, parents, found[id]);
        if (!problem.empty()) co_return problem;
    }
    reading.emergency_groups = std::move(found);
    co_return "";
}

asio::awaitable<std::string> PoliciesReader::read_groups_of(std::string account, Parents& parents,
                                                            std::vector<AccountGroup>& groups) {
    std::string problem = co_await read_parents("users", account, parents);
    if (!problem.empty()) co_return problem;
    std::set<std::string> seen;
    for (const Parent& parent : parents[account]) {
        if (seen.insert(parent.id).second) groups.push_back({parent.id, parent.name, {}});
    }
    // Breadth first, so that the shortest way is the one that is told; the list grows while it is walked.
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups.size() > max_groups_of_account)
            co_return "an account is in more than " + std::to_string(max_groups_of_account) + " groups";
        if (groups[i].through.size() == max_nesting) continue;
        problem = co_await read_parents("groups", groups[i].id, parents);
        if (!problem.empty()) co_return problem;
        std::vector<std::string> through{groups[i].through};
        through.push_back(groups[i].name);
        for (const Parent& parent : parents[groups[i].id]) {
            if (seen.insert(parent.id).second) groups.push_back({parent.id, parent.name, through});
        }
    }
    co_return "";
}

asio::awaitable<std::string> PoliciesReader::read_parents(std::string collection, std::string id,
                                                          Parents& parents) {
    if (parents.contains(id)) co_return "";
    std::vector<Parent> found;
    std::set<std::string> sound;
    const DirectoryLists::Take take = [&](Json record) {
        // Administrative units and directory roles are listed, too.
        const std::string_view type = text_of(record, "@odata.type");
        if (!type.empty() && !type.ends_with(".group")) return;
        std::string group = graph::id_in(record);
        add_object_id(sound, group);
        if (!sound.contains(group)) return;
        std::string name{text_of(record, "displayName")};
        if (name.empty()) name = group;
        found.push_back({std::move(group), std::move(name)});
    };
    const std::string path = "/v1.0/" + collection + "/" + id + "/memberOf?$select=id,displayName&$top=999";
    const DirectoryAnswer answer = co_await lists_.list(path, take);
    if (!answer.problem.empty()) co_return answer.problem;
    parents.insert_or_assign(std::move(id), std::move(found));
    co_return "";
}

}  // namespace entrawatch
