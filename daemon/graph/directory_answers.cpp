#include "daemon/graph/directory_answers.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch::graph {
namespace {

// Tenants of Microsoft itself, whose applications are in every tenant.
constexpr std::array<std::string_view, 2> microsoft_tenants{"f8cdef31-a31e-4b4a-93e4-5f571e91255a",
                                                            "72f988bf-86f1-41af-91ab-2d7cd011db47"};

std::string lower_of(Json record, std::string_view name) {
    return to_lower_ascii(text_of(record, name));
}

// true, false, or absent and null as `otherwise`.
Known fact_in(Json record, std::string_view name, Known otherwise) {
    const auto value = member(record, name);
    if (!value || value->is_null()) return otherwise;
    const std::string text = scalar_text(*value);
    return text == "true" ? Known::yes : text == "false" ? Known::no : Known::unresolved;
}

// A property that was asked for and did not come at all is not known; null means no.
Known synced_in(Json record) {
    return member(record, "onPremisesSyncEnabled") ? fact_in(record, "onPremisesSyncEnabled", Known::no)
                                                   : Known::unresolved;
}

Known is_guest(Json record) {
    const std::string_view type = text_of(record, "userType");
    if (text_of(record, "userPrincipalName").find("#EXT#") != std::string_view::npos) return Known::yes;
    if (type.empty()) return Known::unresolved;
    return equal_ignoring_ascii_case(type, "Guest") ? Known::yes : Known::no;
}

Known is_foreign(Json record, std::string_view tenant_id) {
    const std::string owner = lower_of(record, "appOwnerOrganizationId");
    if (owner.empty()) return Known::unresolved;  // managed identities have no owner
    const bool ours = owner == to_lower_ascii(tenant_id);
    const bool microsofts =
        std::find(microsoft_tenants.begin(), microsoft_tenants.end(), owner) != microsoft_tenants.end();
    return ours || microsofts ? Known::no : Known::yes;
}

void add_credentials(Json record, std::string_view list, std::string_view kind,
                     std::vector<OwnApplication::Credential>& credentials) {
    JsonArray rows;
    const auto value = member(record, list);
    if (!value || value->get(rows) != simdjson::SUCCESS) return;
    for (const Json row : rows) {
        OwnApplication::Credential credential{lower_of(row, "keyId"),
                                              std::string{text_of(row, "displayName")}, std::string{kind},
                                              parse_iso(text_of(row, "endDateTime"))};
        if (!credential.key_id.empty()) credentials.push_back(std::move(credential));
    }
}

}  // namespace

std::string id_in(Json record) {
    return lower_of(record, "id");
}

std::optional<RoleInfo> role_in(Json record) {
    std::string id = lower_of(record, "templateId");
    if (id.empty()) id = id_in(record);
    if (id.empty()) return std::nullopt;
    RoleInfo role{std::move(id), std::string{text_of(record, "displayName")}, ""};
    if (fact_in(record, "isBuiltIn", Known::yes) == Known::no) role.tier = "high";
    return role;
}

std::optional<RoleAssignment> assignment_in(Json record, bool eligible) {
    RoleAssignment assignment{lower_of(record, "principalId"), lower_of(record, "roleDefinitionId"),
                              std::string{text_of(record, "directoryScopeId")}, eligible, false};
    if (assignment.principal_id.empty() || assignment.role_id.empty()) return std::nullopt;
    return assignment;
}

std::optional<RoleAssignment> instance_in(Json record) {
    auto instance = assignment_in(record, false);
    if (!instance) return instance;
    instance->temporary = equal_ignoring_ascii_case(text_of(record, "assignmentType"), "Activated") ||
                          !text_of(record, "endDateTime").empty();
    return instance;
}

void mark_temporary(std::vector<RoleAssignment>& assignments, const std::vector<RoleAssignment>& instances) {
    using Held = std::tuple<std::string, std::string, std::string>;
    const auto held = [](const RoleAssignment& a) { return Held{a.principal_id, a.role_id, a.scope}; };
    std::set<Held> temporary;
    std::set<Held> lasting;
    for (const RoleAssignment& instance : instances)
        (instance.temporary ? temporary : lasting).insert(held(instance));
    for (RoleAssignment& assignment : assignments) {
        const Held one = held(assignment);
        assignment.temporary = !assignment.eligible && temporary.contains(one) && !lasting.contains(one);
    }
}

std::optional<GroupEligibility> group_eligibility_in(Json record) {
    GroupEligibility eligibility{lower_of(record, "principalId"),
                                 equal_ignoring_ascii_case(text_of(record, "accessId"), "owner")};
    if (eligibility.principal_id.empty()) return std::nullopt;
    return eligibility;
}

std::optional<Principal> principal_in(Json record, std::string_view tenant_id) {
    const std::string type = lower_of(record, "@odata.type");
    for (const auto& [name, kind] :
         {std::pair{"#microsoft.graph.user", PrincipalKind::user},
          {"#microsoft.graph.group", PrincipalKind::group},
          {"#microsoft.graph.serviceprincipal", PrincipalKind::service_principal}}) {
        if (type == name) return principal_in(record, kind, tenant_id);
    }
    return std::nullopt;
}

std::optional<Principal> principal_in(Json record, PrincipalKind kind, std::string_view tenant_id) {
    Principal principal;
    principal.id = id_in(record);
    if (principal.id.empty()) return std::nullopt;
    principal.name = text_of(record, "userPrincipalName");
    if (principal.name.empty()) principal.name = text_of(record, "displayName");
    principal.enabled = fact_in(record, "accountEnabled", Known::unresolved);
    switch (kind) {
        case PrincipalKind::user:
            principal.kind = "user";
            principal.synced = synced_in(record);
            principal.external = is_guest(record);
            break;
        case PrincipalKind::group:
            principal.kind = "group";
            principal.synced = synced_in(record);
            principal.external = Known::no;
            break;
        case PrincipalKind::service_principal:
            principal.kind = "serviceprincipal";
            principal.synced = Known::no;
            principal.external = is_foreign(record, tenant_id);
            break;
    }
    return principal;
}

std::string_view collection_of(PrincipalKind kind) {
    if (kind == PrincipalKind::group) return "/v1.0/groups";
    return kind == PrincipalKind::user ? "/v1.0/users" : "/v1.0/servicePrincipals";
}

std::string_view select_of(PrincipalKind kind) {
    switch (kind) {
        case PrincipalKind::user:
            return "id,displayName,userPrincipalName,userType,accountEnabled,onPremisesSyncEnabled";
        case PrincipalKind::group:
            return "id,displayName,onPremisesSyncEnabled";
        case PrincipalKind::service_principal:
            break;
    }
    return "id,displayName,accountEnabled,appOwnerOrganizationId";
}

SyncState sync_state_in(Json record) {
    return {id_in(record), std::string{text_of(record, "displayName")},
            fact_in(record, "onPremisesSyncEnabled", Known::no) == Known::yes,
            parse_iso(text_of(record, "onPremisesLastSyncDateTime"))};
}

std::optional<Domain> domain_in(Json record) {
    Domain domain{id_in(record),
                  std::string{text_of(record, "authenticationType")},
                  fact_in(record, "isVerified", Known::no) == Known::yes,
                  {}};
    if (domain.name.empty()) return std::nullopt;
    return domain;
}

std::map<std::string, std::string> federation_in(Json record) {
    std::map<std::string, std::string> settings;
    for (const std::string_view name :
         {"issuerUri", "passiveSignInUri", "activeSignInUri", "signOutUri", "metadataExchangeUri",
          "preferredAuthenticationProtocol", "federatedIdpMfaBehavior", "promptLoginBehavior"}) {
        if (const std::string_view value = text_of(record, name); !value.empty())
            settings.emplace(name, value);
    }
    for (const std::string_view name : {"signingCertificate", "nextSigningCertificate"}) {
        const std::string_view value = text_of(record, name);
        if (!value.empty()) settings.emplace(name, "sha256:" + to_hex(as_bytes(sha256(value))));
    }
    return settings;
}

std::vector<OwnApplication::Credential> credentials_in(Json record) {
    std::vector<OwnApplication::Credential> credentials;
    add_credentials(record, "passwordCredentials", "secret", credentials);
    add_credentials(record, "keyCredentials", "certificate", credentials);
    return credentials;
}

}  // namespace entrawatch::graph
