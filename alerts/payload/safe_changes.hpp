// safe_changes: what of a changed property may leave the house in an alert.
//
// Values of secrets never do. A KeyDescription shows the key identifiers only; a property named like a
// password or secret shows
// "[redacted]"; and where a part of a larger value is named so, that part is. Used by native.cpp.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/event/changes.hpp"

namespace entrawatch {

inline constexpr std::size_t most_listed_changes = 50;
inline constexpr std::size_t most_listed_keys = 50;  // identifiers of one side of a KeyDescription

// [{"property", "old", "new"}]; a side the record does not have is left out.
[[nodiscard]] nlohmann::ordered_json safe_changes(const std::vector<Change>& changes);

}  // namespace entrawatch
