// A Sigma filter document, `filter:` in the place of `detection:`, to a RuleFilter.
//
// Two spellings are in the field: the specification's own example writes `condition: selection` for what is
// to be suppressed, pySigma joins the filter's condition to the rule's and so writes `condition: not
// selection` for the same. Both are read so: what the selections describe is excepted. A condition that would
// except what no selection describes is refused, for then one of the two readings silences nearly everything.
// Used by sigma_reader. Read next: rule_filter.hpp.
#pragma once

#include <optional>

#include "core/rules/rule_filter.hpp"
#include "core/rules/sigma_document.hpp"

namespace entrawatch {

inline constexpr std::size_t max_filtered_rules = 1000;

// Nullopt when there was a problem, which has been reported.
[[nodiscard]] std::optional<RuleFilter> read_filter(const SigmaDocument& document, SigmaReading& reading);

}  // namespace entrawatch
