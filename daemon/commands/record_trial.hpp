// record_trial: what rules make of one record that a person gives, and why: `rules test --record`.
//
// The record goes the way of imported ones up to the rules; nothing is stored or sent. What is said of a rule
// is decided in core/rules/explanation. Read next: rule_selection.hpp.
#pragma once

#include <span>

#include "core/context/directory.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/commands/rule_selection.hpp"
#include "daemon/options.hpp"

namespace entrawatch {

inline constexpr std::size_t max_near_misses = 5;  // that are shown where no rule was named

// `chosen`: the rules asked about. Hands back the exit code.
[[nodiscard]] int try_record(const RulesTestOptions& options, const OptionalSettings& opened,
                             LoadedRules chosen, std::vector<RoleInfo> roles, const Invocation& invocation);

}  // namespace entrawatch
