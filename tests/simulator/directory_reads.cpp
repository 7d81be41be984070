#include "tests/simulator/directory_reads.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "tests/simulator/cast.hpp"

namespace entrawatch::simulator {
namespace {

using Body = std::optional<OrGraphError<std::string>>;

constexpr std::string_view role_management = "/v1.0/rolemanagement/directory/";
const std::string conditional_access = "/v1.0/identity/conditionalaccess/";
constexpr std::string_view group_eligibility =
    "/v1.0/identitygovernance/privilegedaccess/group/eligibilityscheduleinstances";
constexpr std::string_view by_ids_path = "/v1.0/directoryobjects/getbyids";
constexpr std::size_t most_in_values = 15;
constexpr std::size_t most_ids = 1'000;

// Keeps what $select names; an unknown name fails the whole request.
OrGraphError<Document> selected(const Document& row, const Query& query, std::string_view type) {
    const auto select = query.option("$select");
    if (!select) return row;
    Document kept = Document::object();
    std::string_view rest = *select;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string name{trim(rest.substr(0, comma))};
        if (!row.contains(name)) {
            return bad_request("Parsing OData Select and Expand failed: Could not find a property named '" +
                               name + "' on type '" + std::string{type} + "'.");
        }
        kept[name] = row[name];
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return kept;
}

struct Asked {
    const Query& query;
    std::string_view base_url;
    std::string_view type;  // "microsoft.graph.user"
};

OrGraphError<std::string> not_found(std::string_view what) {
    return refuse(404, "Request_ResourceNotFound",
                  "Resource '" + std::string{what} +
                      "' does not exist or one of its queried reference-property objects are not present.");
}

std::string context_of(const Asked& asked, std::string_view suffix = {}) {
    const std::string_view path =
        std::string_view{asked.query.path}.substr(std::string_view{"/v1.0/"}.size());
    return std::string{asked.base_url} + "/v1.0/$metadata#" + std::string{path} + std::string{suffix};
}

OrGraphError<std::string> one(const Asked& asked, const Document& row) {
    auto shown = selected(row, asked.query, asked.type);
    if (!shown) return tl::make_unexpected(std::move(shown.error()));
    Document body = {{"@odata.context", context_of(asked, "/$entity")}};
    body.update(*shown);
    return body.dump();
}

OrGraphError<std::string> many(const Asked& asked, const std::vector<Document>& rows) {
    Document value = Document::array();
    for (const Document& row : rows) {
        auto shown = selected(row, asked.query, asked.type);
        if (!shown) return tl::make_unexpected(std::move(shown.error()));
        value.push_back(std::move(*shown));
    }
    return Document{{"@odata.context", context_of(asked)}, {"value", std::move(value)}}.dump();
}

// The ids of `id in ('…','…')`; nullopt when the filter is another one.
std::optional<std::vector<std::string>> ids_in(std::string_view filter) {
    constexpr std::string_view begin = "id in (";
    if (!filter.starts_with(begin) || !filter.ends_with(")")) return std::nullopt;
    std::string_view rest = filter.substr(begin.size(), filter.size() - begin.size() - 1);
    std::vector<std::string> ids;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string_view quoted = trim(rest.substr(0, comma));
        if (quoted.size() < 2 || quoted.front() != '\'' || quoted.back() != '\'') return std::nullopt;
        ids.emplace_back(quoted.substr(1, quoted.size() - 2));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return ids;
}

OrGraphError<std::string> by_ids(const Asked& asked, const std::map<std::string, Document>& objects) {
    const auto filter = asked.query.option("$filter");
    const auto ids = filter ? ids_in(*filter) : std::nullopt;
    if (!ids) return refuse(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause.");
    if (ids->size() > most_in_values)
        return refuse(400, "Request_UnsupportedQuery", "Too many child clauses specified in search filter.");
    std::vector<Document> rows;
    for (const std::string& id : *ids) {
        if (const auto found = objects.find(id); found != objects.end()) rows.push_back(found->second);
    }
    return many(asked, rows);
}

// Members and owners: objects of any kind, with their type.
OrGraphError<std::string> people(const Asked& asked, const std::vector<std::string>& ids,
                                 const DirectoryState& state) {
    std::vector<Document> rows;
    for (const std::string& id : ids) {
        const std::string_view kind = state.users.contains(id)    ? "user"
                                      : state.groups.contains(id) ? "group"
                                                                  : "servicePrincipal";
        rows.push_back({{"@odata.type", "#microsoft.graph." + std::string{kind}}, {"id", id}});
    }
    Document value = Document::array();
    for (Document& row : rows)
        value.push_back(std::move(row));
    return Document{{"@odata.context", context_of(asked)}, {"value", std::move(value)}}.dump();
}

// The groups that hold the object, and, as Graph lists them too, its directory roles.
OrGraphError<std::string> memberships(const Asked& asked, const std::string& id,
                                      const DirectoryState& state) {
    std::vector<Document> rows;
    const auto add = [&](std::string_view type, const Document& object) {
        Document row = {{"@odata.type", "#microsoft.graph." + std::string{type}}};
        row.update(object);
        rows.push_back(std::move(row));
    };
    for (const auto& [group, members] : state.members) {
        if (std::ranges::find(members, id) != members.end())
            add("group", {{"id", group}, {"displayName", state.groups.at(group)["displayName"]}});
    }
    for (const Document& assignment : state.assignments) {
        if (assignment["principalId"] != id) continue;
        const Role& held = role(assignment["roleDefinitionId"].get<std::string>());
        add("directoryRole", {{"id", held.object_id}, {"displayName", held.name}});
    }
    return Document{{"@odata.context", context_of(asked)}, {"value", rows}}.dump();
}

// The whole tenant's list is not to be had.
OrGraphError<std::string> eligible_in_group(const Asked& asked, const DirectoryState& state) {
    constexpr std::string_view begin = "groupId eq '";
    const auto filter = asked.query.option("$filter");
    if (!filter || !filter->starts_with(begin) || !filter->ends_with("'"))
        return refuse(400, "MissingParameters",
                      "The required parameters principalId or groupId are missing in the filter.");
    const std::string group{filter->substr(begin.size(), filter->size() - begin.size() - 1)};
    std::vector<Document> rows;
    for (const Document& row : state.group_eligible) {
        if (row["groupId"] == group) rows.push_back(row);
    }
    return many(asked, rows);
}

// Objects of getByIds: with $select what it names and the object has, without it little of a user.
Document looked_up(const Document& object, std::string_view type, const Query& query) {
    Document row = {{"@odata.type", "#microsoft.graph." + std::string{type}}};
    const std::string few = "id,displayName,userPrincipalName";
    const auto select = query.option("$select");
    if (!select && type != "user") {
        row.update(object);
        return row;
    }
    const std::string_view all = select ? std::string_view{*select} : std::string_view{few};
    for (const auto& [name, value] : object.items()) {
        const std::string padded = "," + std::string{all} + ",";
        if (padded.find("," + name + ",") != std::string::npos) row[name] = value;
    }
    return row;
}

std::vector<Document> role_definitions() {
    std::vector<Document> rows;
    for (const Role& role : cast().roles) {
        rows.push_back({{"id", role.template_id},
                        {"description", role.name + " of the tenant"},
                        {"displayName", role.name},
                        {"isBuiltIn", role.built_in},
                        {"isEnabled", true},
                        {"resourceScopes", Document::array({"/"})},
                        {"templateId", role.template_id},
                        {"version", role.built_in ? Document{"1"} : Document(nullptr)}});
    }
    return rows;
}

Body role_management_body(const Query& query, std::string_view collection, const DirectoryState& state,
                          std::string_view base_url) {
    const Asked asked{query, base_url, "microsoft.graph.unifiedRoleAssignment"};
    if (collection == "roledefinitions") {
        if (query.option("$top"))
            return refuse(400, "Request_UnsupportedQuery",
                          "The query specified in the URI is not valid. $top is not supported.");
        if (query.option("$filter")) return refuse(400, "Request_UnsupportedQuery", "Unsupported Query.");
        return many({query, base_url, "microsoft.graph.unifiedRoleDefinition"}, role_definitions());
    }
    if (collection == "roleassignments") return many(asked, state.assignments);
    if (collection == "roleeligibilityscheduleinstances") return many(asked, state.eligible);
    if (collection == "roleassignmentscheduleinstances") return many(asked, state.schedules);
    return std::nullopt;
}

// "/v1.0/things(appid='…')" and what stands behind it.
struct ByAppId {
    std::string app_id, rest;
};
std::optional<ByAppId> by_app_id(std::string_view path, std::string_view things) {
    const std::string begin = "/v1.0/" + std::string{things} + "(appid='";
    if (!path.starts_with(begin)) return std::nullopt;
    const std::size_t end = path.find("')", begin.size());
    if (end == std::string_view::npos) return std::nullopt;
    return ByAppId{std::string{path.substr(begin.size(), end - begin.size())},
                   std::string{path.substr(end + 2)}};
}

OrGraphError<std::string> own_side(const Asked& asked, const Document& object, std::string_view rest,
                                   const DirectoryState& state) {
    if (rest == "/owners") return people(asked, state.own_owners, state);
    if (rest == "/approleassignments") {
        std::vector<Document> rows;
        for (const std::string& id : state.own_permissions)
            rows.push_back(
                {{"id", "grant-" + id}, {"appRoleId", id}, {"resourceId", cast().resources.front().id}});
        return many(asked, rows);
    }
    return one(asked, object);
}

Body application_body(const Asked& asked, const ByAppId& named, const DirectoryState& state) {
    if (equal_ignoring_ascii_case(state.own_application.value("appId", ""), named.app_id))
        return own_side(asked, state.own_application, named.rest, state);
    return not_found(named.app_id);
}

Body service_principal_body(const Asked& asked, const ByAppId& named, const DirectoryState& state) {
    if (equal_ignoring_ascii_case(state.own_principal.value("appId", ""), named.app_id))
        return own_side(asked, state.own_principal, named.rest, state);
    for (const auto& [id, row] : state.service_principals) {
        if (equal_ignoring_ascii_case(row.value("appId", ""), named.app_id)) return one(asked, row);
    }
    return not_found(named.app_id);
}

Body group_body(const Asked& asked, std::string_view rest, const DirectoryState& state) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string id{rest.substr(0, slash)};
    const std::string_view what = rest.substr(slash + 1);
    if (!state.groups.contains(id)) return not_found(id);
    if (what == "memberof") return memberships(asked, id, state);
    const auto& lists = what == "members" ? state.members : state.owners;
    if (what != "members" && what != "owners") return std::nullopt;
    const auto list = lists.find(id);
    return people(asked, list == lists.end() ? std::vector<std::string>{} : list->second, state);
}

Body user_body(const Asked& asked, std::string_view rest, const DirectoryState& state) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos || rest.substr(slash + 1) != "memberof") return std::nullopt;
    const std::string id{rest.substr(0, slash)};
    if (!state.users.contains(id)) return not_found(id);
    return memberships(asked, id, state);
}

Body domain_body(const Asked& asked, std::string_view rest, const DirectoryState& state) {
    constexpr std::string_view end = "/federationconfiguration";
    if (!rest.ends_with(end)) return std::nullopt;
    const std::string domain{rest.substr(0, rest.size() - end.size())};
    const auto settings = state.federation.find(domain);
    if (settings == state.federation.end()) return not_found(domain);
    return many(asked, {settings->second});
}

}  // namespace

std::optional<OrGraphError<std::string>> directory_body(const Query& query, const DirectoryState& state,
                                                        std::string_view base_url) {
    const std::string path = to_lower_ascii(query.path);
    const auto asked = [&](std::string_view type) { return Asked{query, base_url, type}; };
    const auto below = [&](std::string_view begin) -> std::optional<std::string_view> {
        if (!path.starts_with(begin)) return std::nullopt;
        return std::string_view{path}.substr(begin.size());
    };
    if (const auto rest = below(role_management)) return role_management_body(query, *rest, state, base_url);
    if (path == "/v1.0/users") return by_ids(asked("microsoft.graph.user"), state.users);
    if (path == "/v1.0/groups") return by_ids(asked("microsoft.graph.group"), state.groups);
    if (path == "/v1.0/serviceprincipals")
        return by_ids(asked("microsoft.graph.servicePrincipal"), state.service_principals);
    if (path == "/v1.0/organization")
        return many(asked("microsoft.graph.organization"), {state.organization});
    if (path == "/v1.0/domains") return many(asked("microsoft.graph.domain"), state.domains);
    if (path == conditional_access + "policies")
        return many(asked("microsoft.graph.conditionalAccessPolicy"), state.policies);
    if (path == conditional_access + "namedlocations")
        return many(asked("microsoft.graph.namedLocation"), state.locations);
    if (path == group_eligibility)
        return eligible_in_group(asked("microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance"),
                                 state);
    if (const auto rest = below("/v1.0/users/"))
        return user_body(asked("microsoft.graph.directoryObject"), *rest, state);
    if (const auto rest = below("/v1.0/groups/"))
        return group_body(asked("microsoft.graph.directoryObject"), *rest, state);
    if (const auto rest = below("/v1.0/domains/"))
        return domain_body(asked("microsoft.graph.internalDomainFederation"), *rest, state);
    if (const auto named = by_app_id(path, "applications"))
        return application_body(asked("microsoft.graph.application"), *named, state);
    if (const auto named = by_app_id(path, "serviceprincipals"))
        return service_principal_body(asked("microsoft.graph.servicePrincipal"), *named, state);
    return std::nullopt;
}

std::optional<OrGraphError<std::string>> directory_answer(const Query& query, const std::string& body,
                                                          const DirectoryState& state) {
    if (to_lower_ascii(query.path) != by_ids_path) return std::nullopt;
    const Document asked = Document::parse(body, nullptr, false);
    if (!asked.is_object() || !asked.contains("ids") || !asked["ids"].is_array() || asked["ids"].empty())
        return bad_request("The collection of ids is missing or empty.");
    if (asked["ids"].size() > most_ids) return bad_request("Too many ids.");
    Document value = Document::array();
    const auto wants = [&](std::string_view type) {
        if (!asked.contains("types")) return true;
        const auto& types = asked["types"];
        return std::ranges::find(types, Document(type)) != types.end();
    };
    for (const Document& id : asked["ids"]) {
        const std::string key = id.is_string() ? to_lower_ascii(id.get<std::string>()) : std::string{};
        for (const auto& [type, objects] :
             {std::pair{"user", &state.users}, std::pair{"group", &state.groups},
              std::pair{"servicePrincipal", &state.service_principals}}) {
            const auto found = objects->find(key);
            if (found != objects->end() && wants(type))
                value.push_back(looked_up(found->second, type, query));
        }
    }
    return Document{{"value", std::move(value)}}.dump();
}

std::string_view directory_permission(std::string_view path) {
    static constexpr std::array<std::string_view, 7> of_the_directory{
        "/v1.0/users",   "/v1.0/groups",       "/v1.0/serviceprincipals", "/v1.0/applications",
        "/v1.0/domains", "/v1.0/organization", "/v1.0/directoryobjects/"};
    const std::string lower = to_lower_ascii(path);
    if (lower.starts_with(role_management)) return "RoleManagement.Read.Directory";
    if (lower == group_eligibility) return "PrivilegedEligibilitySchedule.Read.AzureADGroup";
    if (lower.starts_with(conditional_access)) return "Policy.Read.All";
    const bool ours = std::any_of(of_the_directory.begin(), of_the_directory.end(),
                                  [&](std::string_view begin) { return lower.starts_with(begin); });
    return ours ? "Directory.Read.All" : "";
}

BudgetGroup directory_budget(std::string_view path) {
    return to_lower_ascii(path).starts_with(conditional_access) ? BudgetGroup::identity_protection
                                                                : BudgetGroup::directory;
}

}  // namespace entrawatch::simulator
