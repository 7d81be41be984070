// Deliveries and follow-ups of one alert, as rows: for the tests of what is told once more.
#pragma once

#include <string>
#include <utility>

#include "core/store/rows.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {

inline AlertRow unanswered(Severity severity = Severity::high) {
    AlertRow alert;
    alert.id = "alrt_1";
    alert.severity = severity;
    alert.summary = "Somebody did something";
    alert.opened_at = ten;
    alert.data = R"({"alert_id":"alrt_1","summary":"Somebody did something"})";
    return alert;
}

inline DeliveryRow delivery_to(std::string destination, std::string state = "delivered",
                               Instant created_at = ten) {
    DeliveryRow row;
    row.destination = std::move(destination);
    row.state = std::move(state);
    row.created_at = created_at;
    row.alert_id = "alrt_1";
    row.type = "alert.opened";
    row.severity = Severity::high;
    return row;
}

inline FollowUpRow escalation_to(std::string destination, Instant when, int step = 1) {
    FollowUpRow row;
    row.alert_id = "alrt_1";
    row.kind = "escalation";
    row.step = step;
    row.from_destination = "soc";
    row.to_destination = std::move(destination);
    row.reason = "unacknowledged";
    row.waited = std::chrono::minutes{15};
    row.at = when;
    return row;
}

}  // namespace entrawatch::test
