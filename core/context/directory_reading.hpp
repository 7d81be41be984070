// DirectoryReading: what was read of a tenant's directory, part by part, and what the posture checks
// remember.
//
// daemon/directory_poller fills it, the store keeps it across restarts, Directory answers from it,
// judge_posture compares two of them. A part that could not be read is missing, or is that of the reading
// before: what is not known is `unresolved`, never "no". Read next: directory.hpp, posture.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/context/access_policy.hpp"
#include "core/context/holdings.hpp"
#include "core/context/named_location.hpp"

namespace entrawatch {

// One row of config/roles.yml, or a role as the tenant has it.
struct RoleInfo {
    std::string template_id;  // lower case
    std::string name;
    std::string tier;  // critical | high | medium | low
};

// A role that nobody described may be any role.
[[nodiscard]] inline bool is_privileged_role(const RoleInfo* role) {
    return role == nullptr || role->tier != "low";
}

// /organization.
struct SyncState {
    std::string organization_id, organization_name;
    bool enabled = false;  // directory synchronisation with on-premises
    std::optional<Instant> last_sync;
};

struct Domain {
    std::string name;
    std::string authentication;  // Managed, Federated
    bool verified = false;
    // Of a federated domain; certificates by their SHA-256. Missing: could not be read.
    std::optional<std::map<std::string, std::string>> federation;
    friend bool operator==(const Domain&, const Domain&) = default;
};

// What makes the application that we read Graph with strong or weak.
struct OwnApplication {
    struct Credential {
        std::string key_id, name;
        std::string kind;  // secret, certificate
        std::optional<Instant> end;
        friend bool operator==(const Credential&, const Credential&) = default;
    };
    std::string service_principal_id, name;
    bool enabled = true;
    std::vector<Credential> credentials;      // of the application and of its service principal
    std::vector<std::string> owners;          // object ids, lower case, of both
    std::vector<std::string> permission_ids;  // ids of the application roles that were granted, lower case
};

// A part of the directory that could not be read at the last attempt, and why.
struct DirectoryGap {
    std::string part;  // as directory_parts.hpp names it
    std::string problem;
    friend bool operator==(const DirectoryGap&, const DirectoryGap&) = default;
};

// A posture record that has not been closed yet.
struct OpenFact {
    Instant since;
    std::string record;  // JSON, as it was stored
};

struct DirectoryReading {
    // Object id of the service principal of appId 01fc33a7-78ba-4d2f-a4b7-768e336e890e.
    std::optional<std::string> ms_pim_id;
    // roleDefinitions as the tenant has them. The reader gives roles of the tenant's own making a tier; an
    // empty one means: as shipped, and low where it is not shipped.
    std::vector<RoleInfo> roles;
    std::optional<Privileges> privileges;
    std::optional<Principals> emergency;  // the emergency accounts that were found
    std::optional<SyncState> sync;
    std::optional<std::vector<Domain>> domains;
    std::optional<OwnApplication> own;
    // Conditional Access policies that are in force and demand something. Not read where the settings name no
    // emergency accounts, nor are the groups that those are in.
    std::optional<std::vector<AccessPolicy>> policies;
    std::optional<AccountGroups> emergency_groups;
    std::optional<std::vector<NamedLocation>> locations;
    std::optional<Instant> read_at;                             // the roles, which every reading begins with
    std::map<std::string, Instant, std::less<>> parts_read_at;  // when each part was read, the last time
    std::vector<DirectoryGap> gaps;
    std::map<std::string, OpenFact> open;  // posture facts, by check and subject
};

// For the store; from_json tolerates unknown members and rows that make no sense.
[[nodiscard]] std::string to_json(const DirectoryReading& reading);
[[nodiscard]] Result<DirectoryReading> reading_from_json(std::string_view json);

}  // namespace entrawatch
