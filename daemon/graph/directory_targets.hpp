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

// What was asked of Conditional Access shares the small budget of identity protection.
[[nodiscard]] inline bool is_of_conditional_access(std::string_view target) {
    return target.find("/identity/conditionalAccess/") != std::string_view::npos;
}

// A part of the directory that is read as a whole, and the scenarios that are blind, in part at least,
// without it.
struct DirectoryPart {
    std::string_view name;
    std::string_view scenarios;  // blank-separated
};
inline constexpr DirectoryPart who_holds_roles{"who holds which role", "EA-6 PR-3 PR-4"};
inline constexpr DirectoryPart the_emergency_accounts{"the emergency accounts", "EA-6"};
inline constexpr DirectoryPart synchronisation{"synchronisation with on-premises", "HY-2"};
inline constexpr DirectoryPart the_domains{"domains", "TW-1 TW-2"};
inline constexpr DirectoryPart our_application{"our own application", "LG-3"};
inline constexpr DirectoryPart emergency_groups{"the groups of the emergency accounts", "EA-6"};
inline constexpr DirectoryPart access_policies{"Conditional Access policies", "EA-6"};
inline constexpr std::array directory_parts{who_holds_roles, the_emergency_accounts, synchronisation,
                                            the_domains,     our_application,        emergency_groups,
                                            access_policies};

}  // namespace entrawatch::graph
