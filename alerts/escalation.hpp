// escalation: an alert goes along a chain of destinations, one step at a time, when the one that was told
// takes nothing or when nobody acknowledges.
//
// Pure: decided from rows and a time, so that a restart neither loses nor repeats a step. The chain starts
// when its first destination is told of an alert that is severe enough. Used by daemon/follow_up_watch. Read
// next: follow_up.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/routing.hpp"
#include "core/base/time.hpp"
#include "core/store/rows.hpp"

namespace entrawatch {

struct EscalationChain {
    std::vector<std::string> destinations;  // in the order they are told, two at least
    Severity minimum_severity = Severity::high;
    Ticks undelivered_after{0};        // the destination has taken nothing of the alert for so long
    Ticks unacknowledged_after{0};     // it was told so long ago
    std::vector<std::string> tenants;  // empty = all
};

// The chains as one tenant has them: without destinations that do not take its alerts, and without chains
// that lead nowhere then.
[[nodiscard]] std::vector<EscalationChain> chains_of(const std::vector<EscalationChain>& chains,
                                                     const std::vector<Route>& routes,
                                                     std::string_view tenant);

// The step that is due, if any, as the row that is to be written: step (the place in the chain of who is told
// now), from, to, reason and how long it was waited. `deliveries` and `past`: all of the alert.
[[nodiscard]] std::optional<FollowUpRow> next_escalation(const EscalationChain& chain, const AlertRow& alert,
                                                         std::span<const DeliveryRow> deliveries,
                                                         std::span<const FollowUpRow> past, Instant now);

}  // namespace entrawatch
