// reminder: an alert that nobody has acknowledged is told again, at intervals and not for ever.
//
// Pure: decided from rows and a time. Used by daemon/follow_up_watch. Read next: follow_up.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/store/rows.hpp"

namespace entrawatch {

struct ReminderPolicy {
    Ticks interval{0};
    int most = 0;  // of one alert
    Severity minimum_severity = Severity::high;
};

// The reminder that is due, if any, as the row that is to be written: its step is which one it is, from 1.
// `deliveries` and `past`: all of the alert.
[[nodiscard]] std::optional<FollowUpRow> next_reminder(const ReminderPolicy& policy, const AlertRow& alert,
                                                       std::span<const DeliveryRow> deliveries,
                                                       std::span<const FollowUpRow> past, Instant now);

// Who is reminded: those of `known` that heard of the alert and were told nothing of it within the interval.
[[nodiscard]] std::vector<std::string> to_remind(const std::vector<DeliveryRow>& deliveries,
                                                 const std::vector<std::string>& known, Ticks interval,
                                                 Instant now);

}  // namespace entrawatch
