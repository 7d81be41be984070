// The `logsource:` of a Sigma rule to the feeds that carry such events; the table is in
// config/rules/README.md.
#pragma once

#include <vector>

#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// Empty when no feed of ours carries it, which has been reported.
[[nodiscard]] std::vector<FeedId> read_logsource(const YamlMember& logsource, SigmaReading& reading);

}  // namespace entrawatch
