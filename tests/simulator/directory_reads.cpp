#include "tests/simulator/directory_reads.hpp"

#include <nlohmann/json.hpp>

#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

using Document = nlohmann::ordered_json;

constexpr std::string_view by_app_id = "/v1.0/serviceprincipals(appid='";
constexpr std::string_view role_definitions = "/v1.0/rolemanagement/directory/roledefinitions";

// Keeps what $select names; an unknown name fails the whole request.
OrGraphError<Document> selected(Document row, const Query& query, std::string_view type) {
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

std::vector<ServicePrincipal> all_service_principals() {
    const Cast& who = cast();
    std::vector<ServicePrincipal> all = {who.ms_pim, who.pipeline, who.payroll};
    for (const auto* group : {&who.applications, &who.managed_identities, &who.resources}) {
        all.insert(all.end(), group->begin(), group->end());
    }
    return all;
}

OrGraphError<std::string> service_principal(const Query& query, std::string_view app_id,
                                            std::string_view base_url) {
    for (const ServicePrincipal& candidate : all_service_principals()) {
        if (!equal_ignoring_ascii_case(candidate.app_id, app_id)) continue;
        auto row = selected({{"id", candidate.id},
                             {"accountEnabled", true},
                             {"appId", candidate.app_id},
                             {"displayName", candidate.name},
                             {"servicePrincipalType", "Application"}},
                            query, "microsoft.graph.servicePrincipal");
        if (!row) return tl::make_unexpected(std::move(row.error()));
        Document body = {
            {"@odata.context", std::string{base_url} + "/v1.0/$metadata#servicePrincipals/$entity"}};
        body.update(*row);
        return body.dump();
    }
    return refuse(404, "Request_ResourceNotFound",
                  "Resource '" + std::string{app_id} +
                      "' does not exist or one of its queried reference-property objects are not present.");
}

OrGraphError<std::string> roles(const Query& query, std::string_view base_url) {
    if (query.option("$top")) {
        return refuse(400, "Request_UnsupportedQuery",
                      "The query specified in the URI is not valid. $top is not supported.");
    }
    if (query.option("$filter")) {
        return refuse(400, "Request_UnsupportedQuery", "Unsupported Query.");
    }
    Document value = Document::array();
    for (const Role& role : cast().roles) {
        auto row = selected({{"id", role.template_id},
                             {"description", role.name + " of the tenant"},
                             {"displayName", role.name},
                             {"isBuiltIn", role.built_in},
                             {"isEnabled", true},
                             {"resourceScopes", Document::array({"/"})},
                             {"templateId", role.template_id},
                             {"version", role.built_in ? Document{"1"} : Document(nullptr)}},
                            query, "microsoft.graph.unifiedRoleDefinition");
        if (!row) return tl::make_unexpected(std::move(row.error()));
        value.push_back(std::move(*row));
    }
    const Document body = {{"@odata.context", std::string{base_url} +
                                                  "/v1.0/$metadata#roleManagement/directory/roleDefinitions"},
                           {"value", std::move(value)}};
    return body.dump();
}

}  // namespace

std::optional<OrGraphError<std::string>> directory_body(const Query& query, std::string_view base_url) {
    const std::string path = to_lower_ascii(query.path);
    if (path == role_definitions) return roles(query, base_url);
    if (path.starts_with(by_app_id) && path.ends_with("')")) {
        const std::string_view app_id =
            std::string_view{path}.substr(by_app_id.size(), path.size() - by_app_id.size() - 2);
        return service_principal(query, app_id, base_url);
    }
    return std::nullopt;
}

std::string_view directory_permission(std::string_view path) {
    const std::string lower = to_lower_ascii(path);
    if (lower == role_definitions) return "RoleManagement.Read.Directory";
    if (lower.starts_with(by_app_id)) return "Directory.Read.All";
    return {};
}

}  // namespace entrawatch::simulator
