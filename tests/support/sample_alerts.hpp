// Alerts and notifications for store and delivery tests.
#pragma once

#include <string>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {

inline AlertRow sample_alert(std::string id, std::string key = "key",
                             std::string_view opened = "2026-11-22T10:00:00Z") {
    AlertRow alert;
    alert.id = std::move(id);
    alert.dedup_key = std::move(key);
    alert.rule_id = "00000000-0000-4000-8000-00000000aaaa";
    alert.rule_name = "pim/sample";
    alert.title = "A sample";
    alert.scenario = "PR-1";
    alert.severity = Severity::high;
    alert.summary = "Somebody did something";
    alert.opened_at = alert.first_event_at = alert.last_event_at = at(opened);
    alert.data = R"({"alert_id":"x"})";
    alert.window = std::chrono::hours{1};
    return alert;
}

// A notification of the alert, and one delivery of it to each destination. The delivery ids.
inline std::vector<std::int64_t> promise(Store& store, const std::string& alert_id,
                                         const std::vector<std::string>& destinations, Instant now,
                                         Severity severity = Severity::high) {
    NotificationRow notification;
    notification.alert_id = alert_id;
    notification.type = "alert.opened";
    notification.body = R"({"type":"alert.opened"})";
    notification.created_at = now;
    notification.severity = severity;
    const std::int64_t id = must(store.insert_notification(notification));
    std::vector<std::int64_t> deliveries;
    for (const std::string& destination : destinations) {
        const std::string webhook_id = "msg_" + std::to_string(id) + "_" + destination;
        deliveries.push_back(must(store.insert_delivery(id, destination, webhook_id, now)));
    }
    return deliveries;
}

}  // namespace entrawatch::test
