// follow_up_watch: tells once more of what nobody has acknowledged: the next destination of a chain, or those
// who heard of it already.
//
// Each follow-up, its notification and its deliveries are one transaction, in which the alert is read again:
// a kill in between does it again, never twice and never not, and whoever acknowledges at that moment is
// heard. A mute that would hold it back delays it. Runs on the lane, every ten seconds. Used by TenantWatch.
// Read next: alerts/escalation.hpp, reminder.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "alerts/escalation.hpp"
#include "alerts/reminder.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// What became due at each destination.
[[nodiscard]] Result<std::map<std::string, int>> escalate(Store& store,
                                                          const std::vector<EscalationChain>& chains,
                                                          Instant now);

// `destinations`: all of the settings.
[[nodiscard]] Result<std::map<std::string, int>> remind(Store& store, const ReminderPolicy& policy,
                                                        const std::vector<std::string>& destinations,
                                                        Instant now);

}  // namespace entrawatch
