// alert_story: an alert as a person reads it, and the trail of decisions about it. Pure: a dossier in, text
// out.
//
// Every value that came from outside is made safe for a terminal. Used by `alerts show` and `alerts explain`.
#pragma once

#include <string>

#include "daemon/commands/alert_dossier.hpp"

namespace entrawatch {

// What happened, who did it, to what, before and after, what the directory says, the events, what to do, and
// the deliveries.
[[nodiscard]] std::string story_of(const AlertDossier& dossier);
// One delivery with each attempt and what becomes of it next.
[[nodiscard]] std::string delivery_story(const DeliveryHistory& history, Instant now);
// Rule, subject, dedup, counted events, where it was routed, each attempt with its verdict, and when the next
// one is due.
[[nodiscard]] std::string trail_of(const AlertDossier& dossier, Instant now);

}  // namespace entrawatch
