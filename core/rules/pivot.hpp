// Pivots: the equalities without which a condition cannot hold, so that a rule is looked at only when one of
// them does.
//
// Used by RuleSet to index rules by value. Read next: rule_dispatch.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rules/condition.hpp"

namespace entrawatch {

struct PivotKey {
    std::size_t field = 0;  // index into the condition's fields
    std::string value;      // folded
};

// A condition that holds has at least one of these; nullopt when no such set is known. Of several sets the
// one on the most selective fields is taken (the activity before the outcome).
[[nodiscard]] std::optional<std::vector<PivotKey>> pivot_keys(const Condition& condition);

}  // namespace entrawatch
