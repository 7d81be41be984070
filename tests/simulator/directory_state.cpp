#include "tests/simulator/directory_state.hpp"

#include "tests/simulator/cast.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::string_view microsoft_services = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

Document user(const Person& person, bool synced) {
    return {{"id", person.id},
            {"accountEnabled", true},
            {"displayName", person.name},
            {"onPremisesSyncEnabled", synced ? Document(true) : Document(nullptr)},
            {"userPrincipalName", person.principal_name},
            {"userType", "Member"}};
}

Document service_principal(const ServicePrincipal& principal, std::string_view owner) {
    return {{"id", principal.id},
            {"accountEnabled", true},
            {"appId", principal.app_id},
            {"appOwnerOrganizationId", owner},
            {"displayName", principal.name},
            {"keyCredentials", Document::array()},
            {"passwordCredentials", Document::array()},
            {"servicePrincipalType", "Application"}};
}

Document assignment(std::string_view role, std::string_view principal) {
    return {{"id", std::string{role} + "-" + std::string{principal}},
            {"directoryScopeId", "/"},
            {"principalId", principal},
            {"roleDefinitionId", role}};
}

void add_people(DirectoryState& state) {
    const Cast& who = cast();
    for (const Person& person : who.people)
        state.users[person.id] = user(person, true);
    for (const Person* person : {&who.intruder, &who.old_hand})
        state.users[person->id] = user(*person, true);
    for (const Person* person : {&who.emergency, &who.second_emergency, &who.administrator})
        state.users[person->id] = user(*person, false);
}

void add_applications(DirectoryState& state) {
    const Cast& who = cast();
    for (const auto* group : {&who.applications, &who.managed_identities}) {
        for (const ServicePrincipal& principal : *group)
            state.service_principals[principal.id] = service_principal(principal, who.tenant_id);
    }
    for (const ServicePrincipal* principal : {&who.pipeline, &who.payroll})
        state.service_principals[principal->id] = service_principal(*principal, who.tenant_id);
    for (const ServicePrincipal& principal : who.resources)
        state.service_principals[principal.id] = service_principal(principal, microsoft_services);
    state.service_principals[who.ms_pim.id] = service_principal(who.ms_pim, microsoft_services);
}

void add_own(DirectoryState& state, std::string_view client_id) {
    state.own_principal = service_principal(
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2f01", std::string{client_id}, "Entrawatch"}, cast().tenant_id);
    state.own_application = {
        {"id", "7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2f02"},
        {"appId", client_id},
        {"displayName", "Entrawatch"},
        {"keyCredentials", Document::array()},
        {"passwordCredentials", Document::array({{{"keyId", "51d0a6b3-8e0e-4c8b-9a63-0c2d1f3e4a01"},
                                                  {"displayName", "daemon"},
                                                  {"startDateTime", "2026-01-01T00:00:00Z"},
                                                  {"endDateTime", "2099-01-01T00:00:00Z"}}})}};
    state.own_permissions = {"b0afded3-3588-46d8-8b3d-9842eff778da", "7ab1d382-f21e-4acd-a863-ba3e13f7da61"};
}

Document head_office() {
    return {{"@odata.type", "#microsoft.graph.ipNamedLocation"},
            {"id", "60acbd03-0486-48b4-a49e-3beec55756e6"},
            {"displayName", "Head office"},
            {"createdDateTime", "2026-01-05T08:00:00.0000000Z"},
            {"modifiedDateTime", "2026-01-05T08:00:00.0000000Z"},
            {"isTrusted", true},
            {"ipRanges",
             {{{"@odata.type", "#microsoft.graph.iPv4CidrRange"}, {"cidrAddress", "192.0.2.0/25"}},
              {{"@odata.type", "#microsoft.graph.iPv6CidrRange"}, {"cidrAddress", "2001:db8:1::/48"}}}}};
}

Document home_country() {
    return {{"@odata.type", "#microsoft.graph.countryNamedLocation"},
            {"id", "60acbd03-0486-48b4-a49e-3beec55756e7"},
            {"displayName", "Where we work"},
            {"createdDateTime", "2026-01-05T08:00:00.0000000Z"},
            {"modifiedDateTime", "2026-01-05T08:00:00.0000000Z"},
            {"countriesAndRegions", {"GB", "NL"}},
            {"countryLookupMethod", "clientIpAddress"},
            {"includeUnknownCountriesAndRegions", false}};
}

// As everybody should have it: the old protocols are blocked, but not for the emergency accounts.
Document policy_against_legacy_authentication() {
    const Cast& who = cast();
    const Document nobody = Document::array();
    return {{"id", "3f0c1d52-7a64-4b0e-8a61-9e2d5c7b4f10"},
            {"displayName", "Block legacy authentication"},
            {"state", "enabled"},
            {"createdDateTime", "2026-01-05T08:00:00.0000000Z"},
            {"modifiedDateTime", nullptr},
            {"templateId", nullptr},
            {"conditions",
             {{"clientAppTypes", {"exchangeActiveSync", "other"}},
              {"signInRiskLevels", nobody},
              {"userRiskLevels", nobody},
              {"servicePrincipalRiskLevels", nobody},
              {"platforms", nullptr},
              {"locations", nullptr},
              {"devices", nullptr},
              {"applications", {{"includeApplications", {"All"}}, {"excludeApplications", nobody}}},
              {"users",
               {{"includeUsers", {"All"}},
                {"excludeUsers", {who.emergency.id, who.second_emergency.id}},
                {"includeGroups", nobody},
                {"excludeGroups", nobody},
                {"includeRoles", nobody},
                {"excludeRoles", nobody},
                {"includeGuestsOrExternalUsers", nullptr},
                {"excludeGuestsOrExternalUsers", nullptr}}}}},
            {"grantControls",
             {{"operator", "OR"},
              {"builtInControls", {"block"}},
              {"customAuthenticationFactors", nobody},
              {"termsOfUse", nobody},
              {"authenticationStrength", nullptr}}},
            {"sessionControls", nullptr}};
}

}  // namespace

void DirectoryState::assign(std::string_view role, std::string_view principal) {
    assignments.push_back(assignment(role, principal));
    Document schedule = assignment(role, principal);
    schedule["assignmentType"] = "Assigned";
    schedule["endDateTime"] = nullptr;
    schedules.push_back(std::move(schedule));
}

void DirectoryState::make_eligible(std::string_view role, std::string_view principal) {
    eligible.push_back(assignment(role, principal));
}

void DirectoryState::make_eligible_in_group(std::string_view group, std::string_view principal,
                                            std::string_view access) {
    const std::string id = std::string{group} + "_" + std::string{access} + "_" + std::string{principal};
    group_eligible.push_back({{"id", id},
                              {"accessId", access},
                              {"eligibilityScheduleId", id},
                              {"endDateTime", nullptr},
                              {"groupId", group},
                              {"memberType", "direct"},
                              {"principalId", principal},
                              {"startDateTime", "2026-01-05T08:00:00Z"}});
}

DirectoryState make_directory(std::string_view client_id, std::string_view now) {
    const Cast& who = cast();
    DirectoryState state;
    add_people(state);
    add_applications(state);
    add_own(state, client_id);
    state.groups[who.helpdesk.id] = {{"id", who.helpdesk.id},
                                     {"displayName", who.helpdesk.name},
                                     {"isAssignableToRole", true},
                                     {"onPremisesSyncEnabled", nullptr}};
    state.members[who.helpdesk.id] = {who.administrator.id};
    state.owners[who.helpdesk.id] = {who.emergency.id};
    state.assign(global_administrator, who.emergency.id);
    state.assign(global_administrator, who.second_emergency.id);
    state.assign(helpdesk_administrator, who.helpdesk.id);
    state.make_eligible(user_administrator, who.administrator.id);
    state.locations = {head_office(), home_country()};
    state.policies = {policy_against_legacy_authentication()};
    state.organization = {{"id", who.tenant_id},
                          {"displayName", who.tenant_name},
                          {"onPremisesSyncEnabled", true},
                          {"onPremisesLastSyncDateTime", now}};
    state.domains = {
        {{"id", "contoso.onmicrosoft.com"}, {"authenticationType", "Managed"}, {"isVerified", true}},
        {{"id", "contoso.example"}, {"authenticationType", "Managed"}, {"isVerified", true}}};
    return state;
}

}  // namespace entrawatch::simulator
