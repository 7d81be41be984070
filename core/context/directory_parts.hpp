// The parts in which a directory is read: whole or not at all, each by itself. Used by
// daemon/directory_reader, by `check`, and by `scenarios`, which says what a missing part leaves unseen.
#pragma once

#include <array>
#include <string_view>

namespace entrawatch {

struct DirectoryPart {
    std::string_view name;       // for people, and the key in stored readings
    std::string_view scenarios;  // blank-separated: blind, in part at least, without it
    bool about_events = false;   // enrich() draws on it
};

namespace part {
inline constexpr DirectoryPart who_holds_roles{"who holds which role", "EA-6 PR-3 PR-4", true};
inline constexpr DirectoryPart pim_for_groups{"who is eligible for groups that hold roles", "PR-3 PR-4",
                                              true};
inline constexpr DirectoryPart emergency_accounts{"the emergency accounts", "EA-6", true};
inline constexpr DirectoryPart synchronisation{"synchronisation with on-premises", "HY-2"};
inline constexpr DirectoryPart domains{"domains", "TW-1 TW-2"};
inline constexpr DirectoryPart our_application{"our own application", "LG-3"};
inline constexpr DirectoryPart named_locations{"named locations", "TW-7", true};
inline constexpr DirectoryPart emergency_groups{"the groups of the emergency accounts", "EA-6"};
inline constexpr DirectoryPart access_policies{"Conditional Access policies", "EA-6"};
}  // namespace part

inline constexpr std::array directory_parts{
    part::who_holds_roles, part::pim_for_groups,   part::emergency_accounts,
    part::synchronisation, part::domains,          part::our_application,
    part::named_locations, part::emergency_groups, part::access_policies};

}  // namespace entrawatch
