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
    syslog,
    sentinel,
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

// Type syslog: what a message says it comes from; RFC 5424's numerical codes.
enum class SyslogFacility : std::uint8_t {
    authpriv = 10,
    audit = 13,
    local0 = 16,
    local1,
    local2,
    local3,
    local4,
    local5,
    local6,
    local7,
};
[[nodiscard]] std::optional<SyslogFacility> syslog_facility_of(std::string_view name);

// How one destination is written to. The views point into its settings; `host` and `version` are what the
// program knows of itself.
struct Receiver {
    DestinationType type = DestinationType::webhook;
    BodyFormat format = BodyFormat::native;
    ServiceNowRecords records = ServiceNowRecords::events;
    std::string_view username;
    std::string_view key;  // routing key, API key, token or password
    SyslogFacility facility = SyslogFacility::authpriv;
    std::string_view host{};             // syslog: this machine's name
    std::string_view version{};          // syslog: of this program
    std::string_view collection_rule{};  // sentinel
    std::string_view stream{};           // sentinel
};

}  // namespace entrawatch
