// TenantRuntime: what the coroutines of one tenant share. Owned by App, outlives them all.
//
// Pollers read windows into the lane; the directory poller replaces `ingest_context` when it learns
// something; whoever commits deliveries rings the workers. One I/O thread, so plain members; the store is
// reached through the lane only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "config/settings.hpp"
#include "core/context/directory.hpp"
#include "daemon/clock.hpp"
#include "daemon/graph/graph_client.hpp"
#include "daemon/ingest.hpp"
#include "daemon/log.hpp"
#include "daemon/status.hpp"
#include "daemon/store_lane.hpp"
#include "daemon/task_group.hpp"

namespace entrawatch {

struct TenantRuntime {
    TenantSettings settings;
    std::vector<RoleInfo> shipped_roles;
    std::shared_ptr<const IngestContext> ingest_context;
    StoreLane lane;
    graph::GraphClient graph;
    boost::asio::any_io_executor executor;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Log> log;
    StopSignal& stop;
    TenantStatus& status;
    std::function<double()> dice;  // uniform in [0, 1)
    std::function<void(const std::map<std::string, int>&)> ring_workers =
        {};                                           // names of destinations with new rows
    std::function<void()> directory_changed = [] {};  // the directory should be read again soon
    // What is known or can soon be known of principals that the directory's reading does not have, by id; see
    // principal_lookup.hpp.
    std::function<boost::asio::awaitable<std::shared_ptr<const LookedUpPrincipals>>(std::set<std::string>)>
        look_up = {};

    [[nodiscard]] Instant now() const { return clock->now().wall; }
};

}  // namespace entrawatch
