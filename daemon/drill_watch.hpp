// drill_watch: judges drills that are over, and reminds of emergency accounts that nobody tried for 90 days.
//
// A failed drill, its alert, the mark on the drill and the audit row are one transaction, so that a kill
// tells it again, never twice and never not. Runs on the lane. Used by TenantWatch. Read next:
// alerts/drill.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "alerts/drill.hpp"
#include "alerts/routing.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

struct DrillQuestion {
    TenantName tenant;
    std::vector<Route> routes;
    std::vector<EmergencyAccount> accounts;
    Instant now;
    std::function<std::string()> entropy;  // 10 random bytes
};

// New rows that are due, of each destination.
[[nodiscard]] Result<std::map<std::string, int>> judge_drills(Store& store, const DrillQuestion& question);
// Told once in 90 days for each account that was neither tried nor used.
[[nodiscard]] Result<std::map<std::string, int>> remind_of_drills(Store& store,
                                                                  const DrillQuestion& question);

}  // namespace entrawatch
