// The examples of a rule file: records that must fire or stay silent, written as JSON inside YAML.
//
// Used by sigma_entrawatch. They are run by rule_examples.cpp (run_examples).
#pragma once

#include "core/rules/rule.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

inline constexpr std::size_t max_examples = 100;  // of one rule

// `fires:` and `silent:` with their records; reading.feeds must be set.
void read_examples(const YamlMember& examples, Rule& rule, SigmaReading& reading);

}  // namespace entrawatch
