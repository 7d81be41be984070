// sight: what the answers of the feeds mean: which grants are missing, which scenarios are seen and which are
// blind. Pure.
//
// Used by `check`.
#pragma once

#include <string>
#include <vector>

#include "core/feed/feed.hpp"
#include "core/rules/rule.hpp"

namespace entrawatch {

struct FeedProbe {
    FeedId feed = FeedId::directory_audits;
    bool answers = false;
    std::string problem;   // why not, and what to do
    bool lacking = false;  // the tenant's cloud does not have it: known, and nothing to mend
    std::vector<std::string>
        missing_grants;  // permissions of the feed that the token lacks; empty when roles are unreadable
};

// The blank-separated permissions of `feed` that are not among `roles`.
[[nodiscard]] std::vector<std::string> missing_grants(const Feed& feed,
                                                      const std::vector<std::string>& roles);

// A scenario of the rules in force, and whether the feeds it reads answer.
struct ScenarioSight {
    std::string scenario;
    std::vector<std::string> seeing;      // rules all of whose feeds answer
    std::vector<std::string> half_blind;  // rules some of whose feeds answer
    std::vector<std::string> blind;       // rules none of whose feeds answers
    std::vector<std::string> dark_feeds;  // the feeds that do not answer
};
[[nodiscard]] std::vector<ScenarioSight> sight_of(const std::vector<Rule>& rules,
                                                  const std::vector<FeedProbe>& probes);

}  // namespace entrawatch
