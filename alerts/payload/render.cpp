#include "alerts/payload/render.hpp"

#include <algorithm>

#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// The octets as they were stored, never made anew.
RenderedRequest native_request(const Notification& notification) {
    RenderedRequest request;
    request.body = notification.body;
    request.shed = shed_of(data_in(notification.body));
    return request;
}

RenderedRequest webhook_request(BodyFormat format, const Notification& notification) {
    switch (format) {
        case BodyFormat::ocsf:
            return ocsf_request(notification);
        case BodyFormat::ecs:
            return ecs_request(notification);
        case BodyFormat::cloudevents:
            return cloudevents_request(notification);
        case BodyFormat::native:
            break;
    }
    return native_request(notification);
}

// People write a service's URL with the path of its API or without: what stands there already, two segments
// or more, is not written twice.
std::size_t overlap(std::string_view base, std::string_view path) {
    for (std::size_t length = std::min(base.size(), path.size()); length > 1; --length) {
        const std::string_view front = path.substr(0, length);
        const bool whole_segments = length == path.size() || path[length] == '/';
        if (whole_segments && std::count(front.begin(), front.end(), '/') >= 2 && base.ends_with(front))
            return length;
    }
    return 0;
}

std::string joined_url(std::string_view base, std::string_view path) {
    while (!path.empty() && !base.empty() && base.back() == '/')
        base.remove_suffix(1);
    return std::string{base} + std::string{path.substr(overlap(base, path))};
}

}  // namespace

RenderedRequest render(const Receiver& receiver, const Notification& notification) {
    switch (receiver.type) {
        case DestinationType::slack:
            return slack_request(notification);
        case DestinationType::teams:
            return teams_request(notification);
        case DestinationType::discord:
            return discord_request(notification);
        case DestinationType::mattermost:
            return mattermost_request(notification);
        case DestinationType::pagerduty:
            return pagerduty_request(receiver, notification);
        case DestinationType::opsgenie:
            return opsgenie_request(receiver, notification);
        case DestinationType::servicenow:
            return servicenow_request(receiver, notification);
        case DestinationType::alertmanager:
            return alertmanager_request(notification);
        case DestinationType::splunk_hec:
            return splunk_request(receiver, notification);
        case DestinationType::syslog:
            return syslog_request(receiver, notification);
        case DestinationType::sentinel:
            return sentinel_request(receiver, notification);
        case DestinationType::webhook:
            return webhook_request(receiver.format, notification);
        case DestinationType::file:
            break;
    }
    return native_request(notification);
}

std::string request_url(std::string_view base, const RenderedRequest& request) {
    std::string url = joined_url(base, request.path);
    if (!request.query.empty()) {
        url += url.find('?') == std::string::npos ? '?' : '&';
        url += request.query;
    }
    return url;
}

std::string lookup_url(std::string_view base, const RenderedRequest& request) {
    return joined_url(base, request.path) + "?" + request.lookup;
}

std::string record_in(std::string_view answer) {
    const OrderedJson result = member(parse_object(answer), "result");
    if (!result.is_array() || result.empty()) return {};
    const OrderedJson id = member(result.front(), "sys_id");
    if (!id.is_string()) return {};
    const std::string text = id.get<std::string>();
    // It becomes part of a path.
    return std::all_of(text.begin(), text.end(), is_ascii_alphanumeric) ? text : std::string{};
}

RenderedRequest changing(RenderedRequest request, std::string_view record) {
    request.method = "PATCH";
    request.path.append("/").append(record);
    return request;
}

}  // namespace entrawatch
