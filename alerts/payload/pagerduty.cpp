// PagerDuty Events API v2. Limits: summary 1024 characters, dedup_key 255, the whole event 512,000 bytes; our
// budgets are 1000 and 256 KiB.
//
// Without a dedup_key every retry would be a page of its own: it is the alert's, so all that is told of one
// act falls into one incident. Left out, in this order: custom_details.events, details beyond 8 KiB, details.
#include <array>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"

namespace entrawatch {
namespace {
namespace pagerduty_body {

constexpr std::size_t budget_bytes = 256UL * 1024;
constexpr std::size_t most_in_summary = 1000;
constexpr std::size_t most_in_short = 250;
constexpr std::size_t most_details_when_shed = 8UL * 1024;

std::string severity_word(const Story& story) {
    // A rehearsal must not wake anybody.
    if (story.test) return "info";
    switch (story.severity) {
        case Severity::critical:
            return "critical";
        case Severity::high:
            return "error";
        case Severity::medium:
            return "warning";
        case Severity::low:
        case Severity::informational:
            break;
    }
    return "info";
}

std::string action_of(const Story& story) {
    if (is_over(story)) return "resolve";
    return is_acknowledged(story) ? "acknowledge" : "trigger";
}

OrderedJson payload_of(const Story& story, const OrderedJson& details) {
    OrderedJson payload;
    const std::string summary = story.summary.empty() ? story.heading : story.heading + ": " + story.summary;
    payload["summary"] = escaped(summary, most_in_summary);
    payload["source"] = escaped("entra/" + story.tenant, most_in_short);
    payload["severity"] = severity_word(story);
    if (!story.told_at.empty()) payload["timestamp"] = escaped(story.told_at, most_in_short);
    if (!story.target.empty()) payload["component"] = escaped(story.target, most_in_short);
    payload["group"] = escaped(story.tenant, most_in_short);
    payload["class"] = escaped(story.rule_name, most_in_short);
    payload["custom_details"] = details;
    return payload;
}

OrderedJson links_of(const Story& story) {
    OrderedJson links = OrderedJson::array();
    for (const auto& [url, words] :
         {std::pair{&story.entra_link, "Open in Entra"}, std::pair{&story.runbook_link, "Runbook"}}) {
        if (url->empty()) continue;
        OrderedJson link;
        link["href"] = *url;
        link["text"] = words;
        links.push_back(std::move(link));
    }
    return links;
}

OrderedJson event_of(const Receiver& receiver, const Story& story, const OrderedJson& details) {
    OrderedJson event;
    event["routing_key"] = receiver.key;
    event["event_action"] = action_of(story);
    event["dedup_key"] = escaped(story.dedup_key, 255);
    if (event["event_action"] != "trigger") return event;
    event["payload"] = payload_of(story, details);
    if (OrderedJson links = links_of(story); !links.empty()) event["links"] = std::move(links);
    event["client"] = "Entrawatch";
    return event;
}

void keep_the_facts(OrderedJson& details, const Story& story) {
    details = OrderedJson::object();
    for (const Fact& fact : kept_facts(story))
        details[fact.label] = escaped(fact.value, most_in_short);
}

bool leave_out_event_details(OrderedJson& details, const Story&) {
    return details.erase("events") > 0;
}

// Members from the front, as far as they go.
bool shorten_details(OrderedJson& details, const Story&) {
    if (dump(details).size() <= most_details_when_shed) return false;
    OrderedJson small = OrderedJson::object();
    std::size_t size = 0;
    for (const auto& [key, value] : details.items()) {
        const std::size_t more = dump(value).size() + key.size();
        if (size + more > most_details_when_shed) continue;
        size += more;
        small[key] = value;
    }
    details = std::move(small);
    return true;
}

bool leave_out_details(OrderedJson& details, const Story& story) {
    keep_the_facts(details, story);
    return true;
}

struct DetailStep {
    const char* name;
    bool (*apply)(OrderedJson& details, const Story& story);
};

constexpr std::array<DetailStep, 3> steps{
    {{"events", leave_out_event_details}, {"long_details", shorten_details}, {"details", leave_out_details}}};

}  // namespace pagerduty_body
}  // namespace

RenderedRequest pagerduty_request(const Receiver& receiver, const Notification& notification) {
    using namespace pagerduty_body;
    const Story story = tell(notification);
    OrderedJson details = all_shown(data_in(notification.body));
    RenderedRequest request;
    request.path = "/v2/enqueue";
    request.shed = story.shed;
    request.body = dump(event_of(receiver, story, details));
    for (const DetailStep& step : steps) {
        if (request.body.size() <= budget_bytes) break;
        if (!step.apply(details, story)) continue;
        name_shed(request.shed, step.name);
        details["shed"] = request.shed;
        request.body = dump(event_of(receiver, story, details));
    }
    return request;
}

}  // namespace entrawatch
