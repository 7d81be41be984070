// CloudEvents 1.0 over HTTP, structured mode: the envelope around the data object of format native.
//
// `id` is the notification's, the same on every attempt; with `source` it names the event for good.
#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "core/base/guid.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

RenderedRequest cloudevents_request(const Notification& notification) {
    const OrderedJson stored = parse_object(notification.body);
    OrderedJson data = data_in(notification.body);
    RenderedRequest request;
    request.content_type = "application/cloudevents+json; charset=utf-8";
    request.body = fitted_body(data, [&](const OrderedJson& fitting) {
        OrderedJson body;
        body["specversion"] = "1.0";
        body["id"] = safe_text(notification.webhook_id);
        const std::string tenant = text_at(fitting, {"tenant_id"});
        body["source"] = is_guid(tenant) ? "urn:uuid:" + tenant : "/entrawatch";
        body["type"] = "entrawatch." + safe_text(notification.type);
        body["subject"] = safe_text(notification.alert_id);
        if (const std::string time = text_at(stored, {"timestamp"}); parse_iso(time)) body["time"] = time;
        body["datacontenttype"] = "application/json";
        body["data"] = fitting;
        return dump(body);
    });
    request.shed = shed_of(data);
    return request;
}

}  // namespace entrawatch
