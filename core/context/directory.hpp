// Directory: what the tenant's directory says of roles, accounts and Microsoft's own identities. An immutable
// snapshot.
//
// Built from settings (emergency accounts), shipped data (config/roles.yml) and what daemon/directory_poller
// read; kept in the store across restarts. What it does not know it says so (`unresolved`): unknown is never
// a reason to stay silent. Read next: enrich.hpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/context/directory_reading.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

struct EmergencyAccount {
    std::string object_id;  // decides, compared without case
    std::string name;       // for people; also matched when a row has a name and no id
};

class Directory {
  public:
    Directory(std::vector<EmergencyAccount> emergency_accounts, std::vector<RoleInfo> shipped_roles,
              DirectoryReading reading);

    // The account with that object id, or (only when id is empty) that name; nullptr when none.
    [[nodiscard]] const EmergencyAccount* emergency_account(std::string_view id, std::string_view name) const;
    [[nodiscard]] Known is_ms_pim(const Actor& actor) const;
    // nullptr: not a role we know (a custom role before the first reading, for instance).
    [[nodiscard]] const RoleInfo* role(std::string_view template_id) const;
    // Whether anything at all was read of accounts and their roles.
    [[nodiscard]] bool knows_principals() const {
        return reading_.privileges.has_value() || reading_.emergency.has_value();
    }
    // The principal with that object id, if the newest reading has it; nullptr otherwise.
    [[nodiscard]] const Principal* principal(std::string_view id) const;
    // Whether it holds a role that is not of the low tier, or may activate one, directly or as a member of
    // groups. An owner of such a group is privileged too. `no` only when all of that was read.
    [[nodiscard]] Known is_privileged(std::string_view id) const;
    [[nodiscard]] const std::vector<EmergencyAccount>& emergency_accounts() const {
        return emergency_accounts_;
    }
    [[nodiscard]] const std::vector<Holding>& holdings() const { return holdings_; }
    [[nodiscard]] const DirectoryReading& reading() const { return reading_; }
    [[nodiscard]] std::optional<Instant> read_at() const { return reading_.read_at; }

  private:
    std::vector<EmergencyAccount> emergency_accounts_;
    std::map<std::string, RoleInfo, std::less<>> roles_;
    DirectoryReading reading_;
    std::vector<Holding> holdings_;
    std::set<std::string, std::less<>> privileged_;  // ids, lower case
};

}  // namespace entrawatch
