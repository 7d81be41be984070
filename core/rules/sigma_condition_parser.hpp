// The condition of a Sigma rule: `selection and not 1 of filter_*`, to a tree over the compiled selections.
//
// or binds least, then and, then not, then `N of` and brackets. Used by sigma_detection. Read next:
// condition.hpp.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/condition.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

struct NamedSelection {
    std::string name;
    int line = 0;
    std::optional<ConditionNode> node;  // nullopt: it has a problem, which was reported
};

inline constexpr std::size_t max_condition_bytes = 4096;
inline constexpr std::size_t max_condition_depth = 64;
inline constexpr std::size_t max_condition_nodes = 10'000;

// Nullopt when there was a problem, which has been reported, or a selection that it uses has one. The names
// of the selections that it uses are added to `used`.
[[nodiscard]] std::optional<ConditionNode> parse_condition(std::string_view text, int line,
                                                           const std::vector<NamedSelection>& selections,
                                                           std::set<std::string>& used,
                                                           SigmaReading& reading);

}  // namespace entrawatch
