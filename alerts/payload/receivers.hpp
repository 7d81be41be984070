// The typed builders, one per receiver; render.hpp chooses among them. JSON is never made from text
// templates.
//
// Each keeps the receiver's documented limits with room to spare and, when a message would pass them, leaves
// parts out in the order that its file says. Tenant, alert id, rule, severity, time, actor and target always
// stay. The parts of a builder stand in a namespace of its own: files are compiled in groups, and receivers
// have parts of the same names.
#pragma once

#include "alerts/payload/render.hpp"

namespace entrawatch {

// type: webhook, the formats beside native: the 64 KiB and the shedding of native.hpp.
[[nodiscard]] RenderedRequest ocsf_request(const Notification& notification);
[[nodiscard]] RenderedRequest ecs_request(const Notification& notification);
[[nodiscard]] RenderedRequest cloudevents_request(const Notification& notification);

// People's channels. The URL is whole.
[[nodiscard]] RenderedRequest slack_request(const Notification& notification);
[[nodiscard]] RenderedRequest teams_request(const Notification& notification);
[[nodiscard]] RenderedRequest discord_request(const Notification& notification);
[[nodiscard]] RenderedRequest mattermost_request(const Notification& notification);

// On-call and operations. The builder adds the path; `key` goes where the receiver wants it.
[[nodiscard]] RenderedRequest pagerduty_request(const Receiver& receiver, const Notification& notification);
[[nodiscard]] RenderedRequest opsgenie_request(const Receiver& receiver, const Notification& notification);
[[nodiscard]] RenderedRequest servicenow_request(const Receiver& receiver, const Notification& notification);
[[nodiscard]] RenderedRequest alertmanager_request(const Notification& notification);
[[nodiscard]] RenderedRequest splunk_request(const Receiver& receiver, const Notification& notification);
[[nodiscard]] RenderedRequest sentinel_request(const Receiver& receiver, const Notification& notification);

// No HTTP: the body is one syslog message, without the frame that the connection puts around it.
[[nodiscard]] RenderedRequest syslog_request(const Receiver& receiver, const Notification& notification);

}  // namespace entrawatch
