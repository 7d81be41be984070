// Receiver: what kind of system is told of alerts, and in which form. The words of the settings, on this
// floor because builders and verdicts differ by it.
//
// Used by config (destinations), payload/render (bodies) and verdict (answers). Read next:
// payload/render.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

enum class DestinationType : std::uint8_t {
    webhook,
    file,
    slack,
    teams,
    pagerduty,
    opsgenie,  // Jira Service Management takes the same
    discord,
    mattermost,
    servicenow,
    alertmanager,
    splunk_hec,
};
[[nodiscard]] std::string_view name_of(DestinationType type);
[[nodiscard]] std::optional<DestinationType> destination_type_of(std::string_view name);
// The whole URL is a secret: whoever has it can write there.
[[nodiscard]] bool has_secret_url(DestinationType type);

// Type webhook: the form of the body.
enum class BodyFormat : std::uint8_t { native, ocsf, ecs, cloudevents };
[[nodiscard]] std::optional<BodyFormat> body_format_of(std::string_view name);

// Type servicenow: what is made there.
enum class ServiceNowRecords : std::uint8_t {
    events,     // of Event Management, which collapses them by message_key
    incidents,  // rows of the incident table
};

// How one destination is written to. The views point into its settings.
struct Receiver {
    DestinationType type = DestinationType::webhook;
    BodyFormat format = BodyFormat::native;
    ServiceNowRecords records = ServiceNowRecords::events;
    std::string_view username;
    std::string_view key;  // routing key, API key, token or password
};

}  // namespace entrawatch
