// head_report: sends the head of the evidence chain to the destinations of `evidence.head_destinations`,
// through the outbox, at the interval of the settings. Asks the store when that was last, so that a restart
// neither repeats nor forgets. Used by TenantWatch. Read next: alerts/evidence_head.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "alerts/alert.hpp"
#include "alerts/routing.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

struct HeadQuestion {
    TenantName tenant;
    std::vector<std::string> destinations;  // of the settings; those of other tenants are left out
    std::vector<Route> routes;
    Ticks interval{0};
    Instant now;
    std::function<std::string()> entropy;
};

// `due` rows by destination; empty when it is not time yet or nothing is signed.
[[nodiscard]] Result<std::map<std::string, int>> report_head(Store& store, const HeadQuestion& question);

}  // namespace entrawatch
