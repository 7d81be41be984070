// policy_answers: what Graph's answers about Conditional Access say, record by record. Pure.
//
// Everything in them is hostile: what is missing or of another type is not there. Used by
// daemon/policies_reader. Read next: core/context/access_policy.hpp.
#pragma once

#include <optional>

#include "core/context/directory_reading.hpp"
#include "core/feed/json.hpp"

namespace entrawatch::graph {

// A row of /identity/conditionalAccess/policies; nullopt when it is not in force, or demands nothing. What
// narrows it is told in words; a condition on all applications, or on those in which a tenant is
// administered, narrows nothing that an emergency account is for.
[[nodiscard]] std::optional<AccessPolicy> policy_in(Json record);

// A row of /identity/conditionalAccess/namedLocations; nullopt when it names none.
[[nodiscard]] std::optional<NamedLocation> location_in(Json record);

}  // namespace entrawatch::graph
