// Records of ours as the events they become, for the tests of normalize and of what reads events.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/event/normalize.hpp"
#include "tests/support/records.hpp"

namespace entrawatch {

// The event; a failed expectation and an empty event when the record becomes none.
inline Event event_of(FeedId feed, const std::string& record) {
    JsonReader reader;
    const Result<Json> json = reader.parse(record);
    EXPECT_TRUE(json) << record;
    if (!json) return {};
    Result<Event> event = normalize(feed_of(feed), *json);
    EXPECT_TRUE(event) << (event ? "" : event.error().text()) << record;
    return event ? *std::move(event) : Event{};
}
inline Event event_of(const records::Audit& audit) {
    return event_of(FeedId::directory_audits, audit.json());
}
inline Event event_of(const records::Risk& risk) {
    return event_of(
        risk.of_service_principal ? FeedId::service_principal_risk_detections : FeedId::risk_detections,
        risk.json());
}

inline bool has_entity(const Event& event, std::string_view role, std::string_view value) {
    return std::ranges::any_of(event.entities,
                               [&](const Entity& e) { return e.role == role && e.value == value; });
}

}  // namespace entrawatch
