// A small tenant for tests of the directory: who holds what in it, and a Directory made of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/context/directory.hpp"

namespace entrawatch::test {

inline constexpr std::string_view tier_0_role = "62e90394-69f5-4237-9190-012177145e10";
inline constexpr std::string_view reader_role = "5d6b6bb7-de71-4623-b4af-96380a352509";
inline constexpr std::string_view harmless_role = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
inline constexpr std::string_view first_glass = "00000000-0000-4000-8000-00000000b901";
inline constexpr std::string_view second_glass = "00000000-0000-4000-8000-00000000b902";

inline Principal person(std::string id, Known synced = Known::no, Known external = Known::no) {
    const std::string name = id + "@contoso.example";
    return {std::move(id), "user", name, Known::yes, synced, external};
}

inline void add(Privileges& privileges, Principal principal) {
    const std::string id = principal.id;
    privileges.principals.insert_or_assign(id, std::move(principal));
}

inline void add_group(Privileges& privileges, std::string id, GroupPeople people) {
    add(privileges, {id, "group", "group " + id, Known::unresolved, Known::no, Known::no});
    privileges.groups.insert_or_assign(std::move(id), std::move(people));
}

inline void give(Privileges& privileges, std::string_view principal, std::string_view role,
                 bool eligible = false) {
    privileges.assignments.push_back({std::string{principal}, std::string{role}, "/", eligible, false});
}

// Two emergency accounts as they should be, and nobody else.
inline DirectoryReading sound_reading() {
    DirectoryReading reading;
    Privileges privileges;
    privileges.eligible_known = privileges.group_eligible_known = true;
    reading.emergency.emplace();
    for (const std::string_view id : {first_glass, second_glass}) {
        Principal account = person(std::string{id});
        account.name = "glass@contoso.onmicrosoft.com";
        give(privileges, id, tier_0_role);
        add(privileges, account);
        reading.emergency->emplace(id, account);
    }
    reading.privileges = std::move(privileges);
    return reading;
}

inline Directory directory_of(DirectoryReading reading) {
    return Directory{{{std::string{first_glass}, "glass1"}, {std::string{second_glass}, "glass2"}},
                     {{std::string{tier_0_role}, "Global Administrator", "critical"},
                      {std::string{reader_role}, "Security Reader", "medium"}},
                     std::move(reading)};
}

}  // namespace entrawatch::test
