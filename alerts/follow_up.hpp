// follow_up: what an escalation and a reminder have in common: an alert that nobody has acknowledged is told
// once more, though nothing new happened.
//
// Pure. Used by escalation, reminder and daemon/follow_up_watch, and by daemon/due_rows, which does not send
// what was answered meanwhile. Read next: escalation.hpp, reminder.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/store/rows.hpp"

namespace entrawatch {

// Alerts that were opened longer ago are let be: what could not be delivered is a dead letter by then, too.
inline constexpr Ticks followed_up_for = std::chrono::hours{24 * 7};

// Nobody has acknowledged or resolved it, and it is no test.
[[nodiscard]] bool is_unanswered(const AlertRow& alert);

// When `destination` (any, when empty) was first told of the alert at that severity. What a mute holds back
// was not told.
[[nodiscard]] std::optional<Instant> first_told(std::span<const DeliveryRow> deliveries,
                                                std::string_view destination, Severity minimum);

// The type of its notification: an update for a destination that has heard of the alert; for another one it
// is opened, as it was for the first.
[[nodiscard]] std::string follow_up_type(std::span<const DeliveryRow> deliveries,
                                         std::string_view destination);

// "nobody acknowledged for 15 min; escalated from soc"
[[nodiscard]] std::string words_of(const FollowUpRow& row);
// The alert as the notification of `row` tells of it, not to be stored: `update` is the kind, `follow_up`
// says the rest, and the words begin the summary, which every receiver shows.
[[nodiscard]] AlertRow told_once_more(AlertRow alert, const FollowUpRow& row);

// A stored body of a later word that tells of the follow-up as well, which a receiver would not understand
// otherwise. A body that has a reason of its own keeps it.
[[nodiscard]] std::string with_reason(std::string_view body, const FollowUpRow& row);

// Of all that waits about the alert at a destination, the later word that tells of `row` as well once the
// alert was answered; nullptr when there is none, and the row is sent.
[[nodiscard]] const DeliveryRow* later_word(std::span<const DeliveryRow> waiting, const DeliveryRow& row);

}  // namespace entrawatch
