#include "alerts/reminder.hpp"

#include <algorithm>

#include "alerts/follow_up.hpp"
#include "alerts/handling.hpp"

namespace entrawatch {

std::optional<FollowUpRow> next_reminder(const ReminderPolicy& policy, const AlertRow& alert,
                                         std::span<const DeliveryRow> deliveries,
                                         std::span<const FollowUpRow> past, Instant now) {
    if (!is_unanswered(alert) || alert.severity < policy.minimum_severity) return std::nullopt;
    const auto told = first_told(deliveries, {}, policy.minimum_severity);
    if (!told) return std::nullopt;
    int reminders = 0;
    Instant last = *told;
    for (const FollowUpRow& row : past) {
        if (row.kind != "reminder") continue;
        ++reminders;
        last = std::max(last, row.at);
    }
    if (reminders >= policy.most || now - last < policy.interval) return std::nullopt;
    FollowUpRow row;
    row.alert_id = alert.id;
    row.kind = "reminder";
    row.step = reminders + 1;
    row.reason = "unacknowledged";
    row.waited = now - *told;
    row.at = now;
    return row;
}

std::vector<std::string> to_remind(const std::vector<DeliveryRow>& deliveries,
                                   const std::vector<std::string>& known, Ticks interval, Instant now) {
    std::vector<std::string> names = concerned(deliveries, known);
    std::erase_if(names, [&](const std::string& name) {
        return std::ranges::any_of(deliveries, [&](const DeliveryRow& row) {
            return row.destination == name && row.created_at > now - interval;
        });
    });
    return names;
}

}  // namespace entrawatch
