// The `detection:` part of a Sigma rule, and any other selection in it, to a Condition.
//
// Used by sigma_reader (the rule itself), sigma_filter and sigma_entrawatch (`when` of a severity). Read
// next: sigma_values.hpp, sigma_condition_parser.hpp.
#pragma once

#include <memory>

#include "core/rules/condition.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// Of one rule.
inline constexpr std::size_t max_selections = 1000;
inline constexpr std::size_t max_conditions = 20;

// nullptr when there was a problem, which has been reported. `line`: of the key `detection`.
[[nodiscard]] std::shared_ptr<const Condition> read_detection(const YAML::Node& detection, int line,
                                                              SigmaReading& reading);
// Of a filter: `members` are those of `filter` but `rules`. What the selections describe is excepted, whether
// the condition is `selection` or `not selection`.
[[nodiscard]] std::shared_ptr<const Condition> read_exception(const std::vector<YamlMember>& members,
                                                              int line, SigmaReading& reading);
// One selection alone: a map, a list of maps, keywords.
[[nodiscard]] std::shared_ptr<const Condition> read_selection(const YamlMember& selection,
                                                              SigmaReading& reading);

}  // namespace entrawatch
