// check_online: what Graph grants a tenant's app: a token, its roles, one directory read and one small
// request of each feed.
//
// Used by `check` without --offline. Asks, and changes nothing. Read next: sight.hpp,
// daemon/graph/answer.hpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "daemon/commands/sight.hpp"

namespace entrawatch {

struct TenantProbe {
    std::string problem;             // no token: nothing else was asked
    std::vector<std::string> roles;  // of the token
    std::string directory_problem;   // empty = the directory can be read
    std::vector<FeedProbe> feeds;    // those enabled

    [[nodiscard]] bool fine() const;
};

// Runs an event loop of its own until every answer is there.
[[nodiscard]] TenantProbe probe_tenant(const TenantSettings& tenant,
                                       const std::shared_ptr<const Clock>& clock);

}  // namespace entrawatch
