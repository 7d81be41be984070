// From a rule that matched to its findings: severity, one finding for each subject, the sentence.
//
// Private to core/rules; called by RuleSet::evaluate while the event's values are still in the cache.
#pragma once

#include <vector>

#include "core/rules/finding.hpp"
#include "core/rules/rule_dispatch.hpp"

namespace entrawatch {

inline constexpr std::size_t max_findings_per_event = 64;  // of one rule

// Appends the findings, in the order in which the record names the subjects.
void conclude(const Rule& rule, const RuleFieldIds& ids, FieldCache& cache, std::vector<Finding>& findings);

}  // namespace entrawatch
