// Directory: what the tenant's directory says of roles, accounts and Microsoft's own identities. An immutable
// snapshot.
//
// Built from settings (emergency accounts), shipped data (config/roles.yml) and what daemon/directory_poller
// read; kept in the store across restarts. What it does not know it says so (`unresolved`): unknown is never
// a reason to stay silent. Read next: enrich.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

struct EmergencyAccount {
    std::string object_id;  // decides, compared without case
    std::string name;       // for people; also matched when a row has a name and no id
};

// One row of config/roles.yml, or a custom role read live.
struct RoleInfo {
    std::string template_id;  // lower case
    std::string name;
    std::string tier;  // critical | high | medium | low
};

// What was read from Graph; every part may be missing.
struct DirectoryReading {
    std::optional<std::string>
        ms_pim_id;  // object id of the service principal of appId 01fc33a7-78ba-4d2f-a4b7-768e336e890e
    // roleDefinitions as the tenant has them. The reader gives roles of the tenant's own making a tier; an
    // empty one means: as shipped, and low where it is not shipped.
    std::vector<RoleInfo> roles;
    std::optional<Instant> read_at;
};
// For the store; from_json tolerates unknown members.
[[nodiscard]] std::string to_json(const DirectoryReading& reading);
[[nodiscard]] Result<DirectoryReading> reading_from_json(std::string_view json);

class Directory {
  public:
    Directory(std::vector<EmergencyAccount> emergency_accounts, std::vector<RoleInfo> shipped_roles,
              DirectoryReading reading);

    // The account with that object id, or (only when id is empty) that name; nullptr when none.
    [[nodiscard]] const EmergencyAccount* emergency_account(std::string_view id, std::string_view name) const;
    [[nodiscard]] Known is_ms_pim(const Actor& actor) const;
    // nullptr: not a role we know (a custom role before the first reading, for instance).
    [[nodiscard]] const RoleInfo* role(std::string_view template_id) const;
    [[nodiscard]] std::optional<Instant> read_at() const { return reading_.read_at; }

  private:
    std::vector<EmergencyAccount> emergency_accounts_;
    std::map<std::string, RoleInfo, std::less<>> roles_;
    DirectoryReading reading_;
};

}  // namespace entrawatch
