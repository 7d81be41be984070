// Prometheus Alertmanager, API v2: one alert per POST, because a list with one bad alert is refused and half
// taken.
//
// Labels are the alert's identity there: one that grows severer is another alert, and the milder one ends by
// its endsAt. It keeps alerts in memory and ends those without endsAt after five minutes: endsAt is a day
// ahead, or, when the alert is resolved, now. It may forget: let it never be the only way to a person.
#include <algorithm>
#include <chrono>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace alertmanager_body {

constexpr std::size_t most_in_label = 255;
constexpr std::size_t most_in_annotation = 2000;
constexpr Ticks told_for = std::chrono::hours{24};

void put(OrderedJson& object, const char* key, std::string_view value, std::size_t limit) {
    if (!value.empty()) object[key] = escaped(value, limit);
}

OrderedJson labels_of(const Story& story) {
    OrderedJson labels;
    put(labels, "alertname", story.rule_name.empty() ? story.type : story.rule_name, most_in_label);
    put(labels, "severity", name_of(story.severity), most_in_label);
    put(labels, "tenant", story.tenant, most_in_label);
    put(labels, "scenario", story.scenario, most_in_label);
    put(labels, "alert_id", story.alert_id, most_in_label);
    put(labels, "job", "entrawatch", most_in_label);
    if (story.test) put(labels, "test", "true", most_in_label);
    return labels;
}

OrderedJson annotations_of(const Story& story) {
    OrderedJson annotations;
    put(annotations, "summary", story.heading, most_in_annotation);
    put(annotations, "description", story.summary, most_in_annotation);
    put(annotations, "actor", story.actor, most_in_annotation);
    put(annotations, "target", story.target, most_in_annotation);
    put(annotations, "time", story.time, most_in_annotation);
    if (!story.words.empty()) put(annotations, "status", heading_with_words(story), most_in_annotation);
    put(annotations, "dedup_key", story.dedup_key, most_in_annotation);
    put(annotations, "runbook_url", story.runbook_link, most_in_annotation);
    return annotations;
}

}  // namespace alertmanager_body
}  // namespace

RenderedRequest alertmanager_request(const Notification& notification) {
    using namespace alertmanager_body;
    const Story story = tell(notification);
    const OrderedJson data = data_in(notification.body);
    OrderedJson alert;
    alert["labels"] = labels_of(story);
    alert["annotations"] = annotations_of(story);
    const auto told = parse_iso(story.told_at);
    // An alert that began after it ended is refused: clocks and late records are no reason to lose it.
    if (const auto detected = parse_iso(text_at(data, {"detected_at"})); detected && told)
        alert["startsAt"] = to_iso_millis(std::min(*detected, *told));
    if (told) alert["endsAt"] = to_iso_millis(is_over(story) ? *told : *told + told_for);
    if (!story.entra_link.empty()) alert["generatorURL"] = story.entra_link;
    RenderedRequest request;
    request.path = "/api/v2/alerts";
    request.body = dump(OrderedJson::array({std::move(alert)}));
    request.shed = story.shed;
    // Everything the annotations cannot hold is in the store.
    if (!story.events.empty()) name_shed(request.shed, "events");
    if (!story.changes.empty()) name_shed(request.shed, "changes");
    return request;
}

}  // namespace entrawatch
