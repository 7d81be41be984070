// query_names: what an auditor typed (a name, a pattern, an address range) as the numbers of the strings it
// means.
//
// Used by query_candidates. Throws Failure, like all below the door of this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/sqlite.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

// The strings that match, by number, sorted; and the UUID that is not kept as a string (a session's).
struct NameSet {
    std::vector<std::int64_t> numbers;
    std::optional<Uuid> uuid;

    [[nodiscard]] bool contains(std::int64_t number) const;
    [[nodiscard]] bool empty() const { return numbers.empty() && !uuid; }
};

// Compared folded; `*` and `?` are wildcards unless escaped with `\`.
[[nodiscard]] NameSet names_like(Database& db, std::string_view pattern);
// Addresses within "192.0.2.0/24" or "2001:db8::7", in whatever spelling they were sent. Throws Failure
// invalid when it is neither.
[[nodiscard]] NameSet addresses_in(Database& db, std::string_view range);

}  // namespace entrawatch
