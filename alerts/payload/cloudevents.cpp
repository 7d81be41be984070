// CloudEvents 1.0 over HTTP, structured mode: the envelope around the data object of format native.
//
// `id` is the notification's, the same on every attempt; with `source` it names the event for good.
#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/guid.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

RenderedRequest cloudevents_request(const Notification& notification) {
    const auto envelope = [&](const OrderedJson& stored, const OrderedJson& data) {
        OrderedJson body;
        body["specversion"] = "1.0";
        body["id"] = safe_text(notification.webhook_id);
        const std::string tenant = text_at(data, {"tenant_id"});
        body["source"] = is_guid(tenant) ? "urn:uuid:" + tenant : "/entrawatch";
        body["type"] = "entrawatch." + safe_text(notification.type);
        body["subject"] = safe_text(notification.alert_id);
        if (const std::string time = text_at(stored, {"timestamp"}); parse_iso(time)) body["time"] = time;
        body["datacontenttype"] = "application/json";
        body["data"] = data;
        return body;
    };
    RenderedRequest request = fitted_document(notification.body, envelope);
    request.content_type = "application/cloudevents+json; charset=utf-8";
    return request;
}

}  // namespace entrawatch
