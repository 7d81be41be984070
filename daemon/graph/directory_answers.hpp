// directory_answers: what Graph's answers about the directory say, record by record. Pure.
//
// Everything in them is hostile: what is missing or of another type is not known, never a reason to stop.
// Used by daemon/directory_reader; facts of the API are in README.md. Read next:
// core/context/directory_reading.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/context/directory_reading.hpp"
#include "core/feed/json.hpp"

namespace entrawatch::graph {

// The members of a record that must be text; lower case, because ids are compared so.
[[nodiscard]] std::string id_in(Json record);

// A row of roleDefinitions; nullopt when it names no role. A role of the tenant's own making has the tier
// `high`: somebody made it for something.
[[nodiscard]] std::optional<RoleInfo> role_in(Json record);

// A row of roleAssignments or of roleEligibilityScheduleInstances.
[[nodiscard]] std::optional<RoleAssignment> assignment_in(Json record, bool eligible);
// A row of roleAssignmentScheduleInstances: temporary when it was activated, or has an end.
[[nodiscard]] std::optional<RoleAssignment> instance_in(Json record);
// An assignment is temporary when PIM knows of it and nothing of what it knows lasts.
void mark_temporary(std::vector<RoleAssignment>& assignments, const std::vector<RoleAssignment>& instances);

// A row of PIM for Groups: who may become a member or an owner of a group.
struct GroupEligibility {
    std::string principal_id;  // lower case
    bool as_owner = false;
};
[[nodiscard]] std::optional<GroupEligibility> group_eligibility_in(Json record);

enum class PrincipalKind { user, group, service_principal };
// A row of users, groups or servicePrincipals with the properties of select_of(kind). `tenant_id`: an
// application that neither this tenant nor Microsoft owns is external.
[[nodiscard]] std::optional<Principal> principal_in(Json record, PrincipalKind kind,
                                                    std::string_view tenant_id);
// A row of getByIds, whose @odata.type says what it is; nullopt for anything but the three kinds.
[[nodiscard]] std::optional<Principal> principal_in(Json record, std::string_view tenant_id);
[[nodiscard]] std::string_view collection_of(PrincipalKind kind);  // "/v1.0/users"
[[nodiscard]] std::string_view select_of(PrincipalKind kind);

// The one row of /organization.
[[nodiscard]] SyncState sync_state_in(Json record);

// A row of /domains.
[[nodiscard]] std::optional<Domain> domain_in(Json record);
// A row of a domain's federationConfiguration. Certificates are told by their SHA-256, so that they can be
// compared and shown.
[[nodiscard]] std::map<std::string, std::string> federation_in(Json record);

// keyCredentials and passwordCredentials of an application or service principal.
[[nodiscard]] std::vector<OwnApplication::Credential> credentials_in(Json record);

}  // namespace entrawatch::graph
