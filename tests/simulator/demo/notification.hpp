// Notification: a received webhook, read as its receiver would read it. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/rules/severity.hpp"
#include "tests/simulator/receiver.hpp"

namespace entrawatch::simulator {

struct Notification {
    Instant at;
    bool verified = false;
    std::string why_not;
    std::string type;  // alert.opened, …
    std::string webhook_id, alert_id, rule, scenario, summary;
    Severity severity = Severity::informational;
    std::string actor, target;  // for people: "name (kind) from ip"
    std::string target_id = {};
    std::vector<std::string> differences;  // in words
    std::vector<std::string> event_ids;
    int count = 0;
};

// Error: the body is not the JSON that the contract promises.
[[nodiscard]] Result<Notification> read_notification(const Received& received);

}  // namespace entrawatch::simulator
