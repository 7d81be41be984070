// check_online: what Graph grants a tenant's app: a token, its roles, one directory read and one small
// request of each feed.
//
// Used by `check` without --offline. Asks, and changes nothing. Read next: daemon/graph/answer.hpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "core/rules/rule.hpp"
#include "daemon/clock.hpp"

namespace entrawatch {

struct FeedProbe {
    FeedId feed = FeedId::directory_audits;
    bool answers = false;
    std::string problem;  // why not, and what to do
    std::vector<std::string>
        missing_grants;  // permissions of the feed that the token lacks; empty when roles are unreadable
};

struct TenantProbe {
    std::string problem;             // no token: nothing else was asked
    std::vector<std::string> roles;  // of the token
    std::string directory_problem;   // empty = the directory can be read
    std::vector<FeedProbe> feeds;    // those enabled

    [[nodiscard]] bool fine() const;
};

// Runs an event loop of its own until every answer is there.
[[nodiscard]] TenantProbe probe_tenant(const TenantSettings& tenant, std::shared_ptr<const Clock> clock);

// The blank-separated permissions of `feed` that are not among `roles`. Pure.
[[nodiscard]] std::vector<std::string> missing_grants(const Feed& feed,
                                                      const std::vector<std::string>& roles);

// A scenario of the rules in force, and whether the feeds it reads answer. Pure.
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
