// sigma_reader: Sigma YAML to Rule, or every problem of the file with its line.
//
// Reads the whole Sigma rule language that makes sense on JSON (specification: SigmaHQ/sigma-specification,
// rules, correlations, filters and modifiers appendix), plus our additions under the one key `entrawatch:`.
// Used by config/shipped, `rules check` and the daemon's start.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problem.hpp"
#include "core/rules/rule.hpp"
#include "core/rules/rule_filter.hpp"

namespace entrawatch {

// Limits on a rule file; one over them is a problem, never half-read.
inline constexpr std::size_t max_rule_file_bytes = 1U << 20U;
inline constexpr std::size_t max_rules_per_file = 500;

struct SigmaOptions {
    bool require_examples = false;  // our own and users' rules: at least one firing and one silent example
    std::map<std::string, std::vector<std::string>> lists;  // for `expand`: %name% -> values, from settings
};

struct SigmaFile {
    std::vector<Rule> rules;  // one for each document of the file
    std::vector<RuleFilter> filters;
    Problems problems;  // errors mean that the rule, or the filter, is left out
};

// `name`: "<area>/<file name without .yml>"; `file`: the path for messages.
[[nodiscard]] SigmaFile read_sigma(std::string_view yaml, std::string_view file, std::string_view name,
                                   const SigmaOptions& options);

}  // namespace entrawatch
