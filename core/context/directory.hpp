// Directory: what the tenant's directory says of roles, accounts, places and Microsoft's own identities. An
// immutable snapshot.
//
// Built from settings (emergency accounts), shipped data (config/roles.yml) and what daemon/directory_poller
// read; kept in the store across restarts. What it does not know it says so (`unresolved`): unknown is never
// a reason to stay silent. Read next: enrich.hpp.
#pragma once

#include <map>
#include <memory>
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

// Principals that a page names and the reading does not have, looked up one by one, and when that was.
struct LookedUp {
    Principal principal;
    Instant read_at;
};
using LookedUpPrincipals = std::map<std::string, LookedUp, std::less<>>;  // by id, lower case

// Cheap to copy: what it knows is shared.
class Directory {
  public:
    Directory(std::vector<EmergencyAccount> emergency_accounts, std::vector<RoleInfo> shipped_roles,
              DirectoryReading reading);

    // The same with what was looked up besides.
    [[nodiscard]] Directory with(std::shared_ptr<const LookedUpPrincipals> looked_up) const;

    // The account with that object id, or (only when id is empty) that name; nullptr when none.
    [[nodiscard]] const EmergencyAccount* emergency_account(std::string_view id, std::string_view name) const;
    [[nodiscard]] Known is_ms_pim(const Actor& actor) const;
    // nullptr: not a role we know (a custom role before the first reading, for instance).
    [[nodiscard]] const RoleInfo* role(std::string_view template_id) const;
    // Whether anything at all was read of accounts and their roles.
    [[nodiscard]] bool knows_principals() const;
    // The principal with that object id, if the newest reading has it or it was looked up; nullptr otherwise.
    [[nodiscard]] const Principal* principal(std::string_view id) const;
    // Whether it holds a role that is not of the low tier, or may activate one, directly or as a member of
    // groups. An owner of such a group is privileged too. `no` only when all of that was read.
    [[nodiscard]] Known is_privileged(std::string_view id) const;
    // In which named location an address is; `country` (two letters) may be empty.
    [[nodiscard]] Whereabouts whereabouts(std::string_view address, std::string_view country) const;
    [[nodiscard]] const std::vector<EmergencyAccount>& emergency_accounts() const {
        return known_->emergency_accounts;
    }
    [[nodiscard]] const std::vector<Holding>& holdings() const { return known_->holdings; }
    [[nodiscard]] const DirectoryReading& reading() const { return known_->reading; }
    // When the oldest part was read that facts about events rest on. Missing: nothing was.
    [[nodiscard]] std::optional<Instant> read_at() const { return known_->read_at; }
    // The same, and when those were looked up that the event names: the age of what enrich() says of it.
    [[nodiscard]] std::optional<Instant> read_at_for(const Event& event) const;

  private:
    struct Knowledge {
        std::vector<EmergencyAccount> emergency_accounts;
        std::map<std::string, RoleInfo, std::less<>> roles;
        DirectoryReading reading;
        std::vector<Holding> holdings;
        std::set<std::string, std::less<>> privileged;  // ids, lower case
        LocationIndex locations;
        std::optional<Instant> read_at;
    };
    [[nodiscard]] const Principal* read_principal(std::string_view lower_id) const;

    std::shared_ptr<const Knowledge> known_;
    std::shared_ptr<const LookedUpPrincipals> looked_up_;  // may be missing
};

}  // namespace entrawatch
