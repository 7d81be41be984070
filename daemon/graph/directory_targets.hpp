// directory_targets: what is asked of the directory. Used by daemon/directory_reader, which reads all of it,
// and by `check`, which asks each once. Facts of the API are in README.md.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace entrawatch::graph {

// Source: the appId of Microsoft's PIM service principal, the same in every tenant.
inline constexpr std::string_view ms_pim_target =
    "/v1.0/servicePrincipals(appId='01fc33a7-78ba-4d2f-a4b7-768e336e890e')?$select=id";
// No $top: roleDefinitions refuses it at any value.
inline constexpr std::string_view roles_target =
    "/v1.0/roleManagement/directory/roleDefinitions?$select=id,templateId,displayName,isBuiltIn";
inline constexpr std::string_view assignments_target =
    "/v1.0/roleManagement/directory/roleAssignments?$select=id,principalId,roleDefinitionId,directoryScopeId";
inline constexpr std::string_view eligible_target =
    "/v1.0/roleManagement/directory/"
    "roleEligibilityScheduleInstances?$select=id,principalId,roleDefinitionId,directoryScopeId";
inline constexpr std::string_view temporary_target =
    "/v1.0/roleManagement/directory/"
    "roleAssignmentScheduleInstances?$select=id,principalId,roleDefinitionId,directoryScopeId,assignmentType,"
    "endDateTime";
inline constexpr std::string_view organization_target =
    "/v1.0/organization?$select=id,displayName,onPremisesSyncEnabled,onPremisesLastSyncDateTime";
inline constexpr std::string_view domains_target = "/v1.0/domains?$select=id,authenticationType,isVerified";

// "/v1.0/servicePrincipals(appId='…')", or "applications".
[[nodiscard]] inline std::string by_app_id(std::string_view collection, std::string_view client_id) {
    return "/v1.0/" + std::string{collection} + "(appId='" + std::string{client_id} + "')";
}

// The parts of the state that the posture checks judge.
inline constexpr std::string_view who_holds_roles = "who holds which role";
inline constexpr std::string_view the_emergency_accounts = "the emergency accounts";
inline constexpr std::string_view synchronisation = "synchronisation with on-premises";
inline constexpr std::string_view the_domains = "domains";
inline constexpr std::string_view our_application = "our own application";

}  // namespace entrawatch::graph
