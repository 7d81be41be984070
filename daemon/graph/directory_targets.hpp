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

// No $select: the parts of a policy that narrow it are judged whatever they are.
inline constexpr std::string_view policies_target = "/v1.0/identity/conditionalAccess/policies";
// Nor here: what a location has depends on its kind.
inline constexpr std::string_view locations_target = "/v1.0/identity/conditionalAccess/namedLocations";
// Whom to look up by id, of whatever kind; asked by POST.
inline constexpr std::string_view by_ids_target = "/v1.0/directoryObjects/getByIds";

// Who may become a member or an owner of the group. Without a filter of this kind it is refused.
[[nodiscard]] inline std::string eligible_in_group(std::string_view group) {
    return "/v1.0/identityGovernance/privilegedAccess/group/"
           "eligibilityScheduleInstances?$filter=groupId%20eq%20'" +
           std::string{group} + "'";
}

// By path, in next links too. What is asked of Conditional Access shares the small budget of identity
// protection.
[[nodiscard]] inline bool is_of_conditional_access(std::string_view target) {
    return target.find("/identity/conditionalAccess/") != std::string_view::npos;
}
[[nodiscard]] inline bool is_of_pim_for_groups(std::string_view target) {
    return target.find("/privilegedAccess/group/") != std::string_view::npos;
}

}  // namespace entrawatch::graph
