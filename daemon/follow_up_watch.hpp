// follow_up_watch: tells once more of what nobody has acknowledged: the next destination of a chain.
//
// Each follow-up, its notification and its deliveries are one transaction, in which the alert is read again:
// a kill in between does it again, never twice and never not, and whoever acknowledges at that moment is
// heard. A mute that would hold it back delays it. Runs on the lane, every ten seconds. Used by TenantWatch.
// Read next: alerts/escalation.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "alerts/escalation.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// What became due at each destination.
[[nodiscard]] Result<std::map<std::string, int>> escalate(Store& store,
                                                          const std::vector<EscalationChain>& chains,
                                                          Instant now);

}  // namespace entrawatch
