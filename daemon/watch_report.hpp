// watch_report: tells that the watch is degraded, once, and that it has recovered. Reads in the store what
// was told before, so that a restart neither repeats nor forgets. Used by TenantWatch. Read next:
// alerts/watch.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "alerts/routing.hpp"
#include "alerts/watch.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

struct WatchReport {
    TenantName tenant;
    std::vector<Route> routes;
    std::vector<WatchVerdict> verdicts;
    Instant now;
    std::function<std::string()> entropy;  // 10 random bytes
};

// New rows that are due, of each destination. All of it is one transaction.
[[nodiscard]] Result<std::map<std::string, int>> report_watch(Store& store, const WatchReport& report);

}  // namespace entrawatch
