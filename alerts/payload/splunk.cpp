// Splunk HTTP Event Collector: one event, the body of format native. Budget 64 KiB of event, native's own,
// far below the collector's 1 MB.
//
// The collector drops no repeats: alert_id and webhook_id are indexed fields, so that a search can
// (`| dedup webhook_id`). Names stay as Entra sent them: this is for machines.
#include <chrono>

#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace splunk_body {

OrderedJson event_of(const Notification& notification, const OrderedJson& stored, const OrderedJson& data) {
    OrderedJson event;
    event["type"] = safe_text(notification.type);
    event["timestamp"] = text_at(stored, {"timestamp"});
    event["data"] = data;
    return event;
}

OrderedJson fields_of(const Notification& notification, const OrderedJson& data) {
    OrderedJson fields;
    fields["alert_id"] = safe_text(notification.alert_id);
    fields["webhook_id"] = safe_text(notification.webhook_id);
    fields["notification"] = safe_text(notification.type);
    fields["severity"] = name_of(notification.severity);
    const std::string tenant = text_at(data, {"tenant"});
    if (!tenant.empty()) fields["tenant"] = safe_text(tenant);
    return fields;
}

}  // namespace splunk_body
}  // namespace

RenderedRequest splunk_request(const Receiver& receiver, const Notification& notification) {
    using namespace splunk_body;
    const auto collected = [&](const OrderedJson& stored, const OrderedJson& data) {
        OrderedJson body;
        // Seconds with milliseconds; a number, not a text.
        if (const auto told = parse_iso(text_at(stored, {"timestamp"})))
            body["time"] =
                static_cast<double>(
                    std::chrono::duration_cast<std::chrono::milliseconds>(told->time_since_epoch()).count()) /
                1000.0;
        body["source"] = "entrawatch";
        body["sourcetype"] = "entrawatch:alert";
        body["event"] = event_of(notification, stored, data);
        body["fields"] = fields_of(notification, data);
        return body;
    };
    RenderedRequest request = fitted_document(notification.body, collected);
    request.path = "/services/collector/event";
    request.headers.emplace_back("authorization", "Splunk " + std::string{receiver.key});
    return request;
}

}  // namespace entrawatch
