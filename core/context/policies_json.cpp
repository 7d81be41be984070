// Conditional Access in the stored reading of the directory.
#include <utility>

#include "core/context/reading_json.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch {
namespace {

std::string json_of_people(const PolicyPeople& people) {
    JsonObjectWriter writer;
    writer.raw("users", json_list(people.users, json_text));
    writer.raw("groups", json_list(people.groups, json_text));
    writer.raw("roles", json_list(people.roles, json_text));
    return std::move(writer).take();
}

PolicyPeople people_in(Json policy, std::string_view name) {
    const auto people = member(policy, name);
    if (!people) return {};
    return {texts_in(*people, "users"), texts_in(*people, "groups"), texts_in(*people, "roles")};
}

std::string json_of_policy(const AccessPolicy& policy) {
    JsonObjectWriter writer;
    writer.text("id", policy.id);
    writer.text("name", policy.name);
    writer.raw("include", json_of_people(policy.include));
    writer.raw("exclude", json_of_people(policy.exclude));
    writer.raw("controls", json_list(policy.controls, json_text));
    writer.raw("one_is_enough", flag(policy.one_is_enough));
    writer.raw("only_when", json_list(policy.only_when, json_text));
    return std::move(writer).take();
}

std::string json_of_account_group(const AccountGroup& group) {
    JsonObjectWriter writer;
    writer.text("id", group.id);
    writer.text("name", group.name);
    writer.raw("through", json_list(group.through, json_text));
    return std::move(writer).take();
}

}  // namespace

std::string json_of(const std::vector<AccessPolicy>& policies) {
    return json_list(policies, json_of_policy);
}

std::vector<AccessPolicy> policies_in(Json list) {
    std::vector<AccessPolicy> policies;
    each(list, [&](Json row) {
        AccessPolicy policy;
        policy.id = text_of(row, "id");
        policy.name = text_of(row, "name");
        policy.include = people_in(row, "include");
        policy.exclude = people_in(row, "exclude");
        policy.controls = texts_in(row, "controls");
        policy.one_is_enough = flag_of(row, "one_is_enough");
        policy.only_when = texts_in(row, "only_when");
        if (!policy.id.empty()) policies.push_back(std::move(policy));
    });
    return policies;
}

std::string json_of(const AccountGroups& groups) {
    return json_list(groups, [](const auto& entry) {
        JsonObjectWriter writer;
        writer.text("account", entry.first);
        writer.raw("groups", json_list(entry.second, json_of_account_group));
        return std::move(writer).take();
    });
}

AccountGroups account_groups_in(Json list) {
    AccountGroups groups;
    each(list, [&](Json row) {
        auto& of_account = groups[std::string{text_of(row, "account")}];
        each(member(row, "groups"), [&](Json group) {
            of_account.push_back({std::string{text_of(group, "id")}, std::string{text_of(group, "name")},
                                  texts_in(group, "through")});
        });
    });
    return groups;
}

std::string json_of(const std::vector<NamedLocation>& locations) {
    return json_list(locations, [](const NamedLocation& location) {
        JsonObjectWriter writer;
        writer.text("id", location.id);
        writer.text("name", location.name);
        writer.raw("trusted", flag(location.trusted));
        writer.raw("ranges", json_list(location.ranges, json_text));
        writer.raw("countries", json_list(location.countries, json_text));
        writer.raw("unknown_countries", flag(location.unknown_countries));
        return std::move(writer).take();
    });
}

std::vector<NamedLocation> locations_in(Json list) {
    std::vector<NamedLocation> locations;
    each(list, [&](Json row) {
        NamedLocation location{std::string{text_of(row, "id")}, std::string{text_of(row, "name")},
                               flag_of(row, "trusted"),         texts_in(row, "ranges"),
                               texts_in(row, "countries"),      flag_of(row, "unknown_countries")};
        if (!location.id.empty()) locations.push_back(std::move(location));
    });
    return locations;
}

}  // namespace entrawatch
