// The `entrawatch:` key of a rule file: what Sigma does not say (scenario, subject, severity, examples …).
//
// The keys are described in config/rules/README.md. Used by sigma_reader. Read next: sigma_examples.hpp.
#pragma once

#include <vector>

#include "core/rules/rule.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// `feeds` of the key, which every field name of the rule is judged by; empty when it does not say.
[[nodiscard]] std::vector<FeedId> read_feeds(const YAML::Node& entrawatch, SigmaReading& reading);
// Everything else; reading.feeds must be set. Keys that are missing leave the rule as it is.
void read_entrawatch(const YAML::Node& entrawatch, Rule& rule, SigmaReading& reading);
// Subject and summary of a rule that names none.
void set_defaults(Rule& rule, SigmaReading& reading);

}  // namespace entrawatch
