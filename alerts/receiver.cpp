#include "alerts/receiver.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace entrawatch {
namespace {

using enum DestinationType;

constexpr std::array<std::pair<DestinationType, std::string_view>, 13> types{{
    {webhook, "webhook"},
    {file, "file"},
    {slack, "slack"},
    {teams, "teams"},
    {pagerduty, "pagerduty"},
    {opsgenie, "opsgenie"},
    {discord, "discord"},
    {mattermost, "mattermost"},
    {servicenow, "servicenow"},
    {alertmanager, "alertmanager"},
    {splunk_hec, "splunk_hec"},
    {syslog, "syslog"},
    {sentinel, "sentinel"},
}};

constexpr std::array<std::pair<BodyFormat, std::string_view>, 4> formats{{
    {BodyFormat::native, "native"},
    {BodyFormat::ocsf, "ocsf"},
    {BodyFormat::ecs, "ecs"},
    {BodyFormat::cloudevents, "cloudevents"},
}};

constexpr std::array<std::pair<SyslogFacility, std::string_view>, 10> facilities{{
    {SyslogFacility::authpriv, "authpriv"},
    {SyslogFacility::audit, "audit"},
    {SyslogFacility::local0, "local0"},
    {SyslogFacility::local1, "local1"},
    {SyslogFacility::local2, "local2"},
    {SyslogFacility::local3, "local3"},
    {SyslogFacility::local4, "local4"},
    {SyslogFacility::local5, "local5"},
    {SyslogFacility::local6, "local6"},
    {SyslogFacility::local7, "local7"},
}};

template <class Table>
auto value_named(const Table& table, std::string_view name) {
    const auto row =
        std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.second == name; });
    return row == table.end() ? std::nullopt : std::optional{row->first};
}

}  // namespace

std::string_view name_of(DestinationType type) {
    const auto row =
        std::find_if(types.begin(), types.end(), [&](const auto& one) { return one.first == type; });
    return row == types.end() ? "webhook" : row->second;
}

std::optional<DestinationType> destination_type_of(std::string_view name) {
    return value_named(types, name);
}

bool has_secret_url(DestinationType type) {
    return type == webhook || type == slack || type == teams || type == discord || type == mattermost;
}

std::optional<BodyFormat> body_format_of(std::string_view name) {
    return value_named(formats, name);
}

std::optional<SyslogFacility> syslog_facility_of(std::string_view name) {
    return value_named(facilities, name);
}

}  // namespace entrawatch
