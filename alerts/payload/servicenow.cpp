// ServiceNow: an event of Event Management, or a row of the incident table. Limits: description 4000
// characters, and what our budgets are of it, 3900; additional_info is a text that holds JSON, 32 KiB of it.
//
// Events are collapsed by message_key, the alert's dedup_key. The table makes a row for each POST, so the row
// is looked up by correlation_id (the alert id) first, and changed when it is there. Left out, in this order:
// events, changes, all but what identifies the alert.
#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/digest.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace servicenow_body {

constexpr std::size_t most_in_description = 3900;
constexpr std::size_t most_in_info = 32UL * 1024;
constexpr std::size_t most_in_field = 100;  // of the event table's short columns
constexpr std::size_t most_in_short_description = 160;
constexpr std::size_t most_in_key = 1024;

// 1 critical, 2 major, 3 minor, 4 warning, 5 OK; 0 clears.
std::string event_severity(const Story& story) {
    if (is_over(story)) return "0";
    if (story.test) return "5";
    switch (story.severity) {
        case Severity::critical:
            return "1";
        case Severity::high:
            return "2";
        case Severity::medium:
            return "3";
        case Severity::low:
            return "4";
        case Severity::informational:
            break;
    }
    return "5";
}

// "2026-11-22T10:00:00.123Z" as "2026-11-22 10:00:00", which is GMT.
std::string event_time(const Story& story) {
    const auto told = parse_iso(story.told_at);
    if (!told) return {};
    std::string text = to_iso_millis(*told).substr(0, 19);
    text[10] = ' ';
    return text;
}

std::string description_of(const Story& story, std::vector<std::string>& shed) {
    std::string text = story.summary;
    for (const Fact& fact : kept_facts(story))
        text += "\n" + fact.label + ": " + fact.value;
    for (const auto* facts : {&story.changes, &story.more}) {
        for (const Fact& fact : *facts)
            text += "\n" + fact.label + ": " + fact.value;
    }
    if (chat_length(text) > most_in_description) name_shed(shed, "description");
    return escaped_body(text, most_in_description, story.alert_id, without_tags);
}

OrderedJson kept_info(const Story& story) {
    OrderedJson info;
    for (const Fact& fact : kept_facts(story))
        info[fact.label] = escaped(fact.value, most_in_key);
    return info;
}

std::string info_of(const Story& story, OrderedJson data, std::vector<std::string>& shed) {
    std::string text = dump(data);
    for (const char* part : {"events", "changes"}) {
        if (text.size() <= most_in_info) return text;
        if (data.erase(part) == 0) continue;
        name_shed(shed, part);
        text = dump(data);
    }
    if (text.size() <= most_in_info) return text;
    name_shed(shed, "details");
    return dump(kept_info(story));
}

OrderedJson event_record(const Story& story, const OrderedJson& data, std::vector<std::string>& shed) {
    OrderedJson record;
    record["source"] = "Entrawatch";
    record["event_class"] = escaped(story.tenant, most_in_field);
    record["node"] = escaped("entra/" + story.tenant, most_in_field);
    record["resource"] = escaped(story.target.empty() ? story.actor : story.target, most_in_field);
    record["metric_name"] = escaped(story.scenario, most_in_field);
    record["type"] = escaped(story.rule_name, most_in_field);
    record["message_key"] = escaped(story.dedup_key, most_in_key);
    record["severity"] = event_severity(story);
    record["description"] = description_of(story, shed);
    record["additional_info"] = info_of(story, all_shown(data), shed);
    if (const std::string time = event_time(story); !time.empty()) record["time_of_event"] = time;
    record["resolution_state"] = is_over(story) ? "Closing" : "New";
    return record;
}

// Impact and urgency: 1 high, 2 medium, 3 low; the priority follows from them there.
std::string impact_of(const Story& story) {
    if (story.test || story.severity <= Severity::low) return "3";
    return story.severity == Severity::medium ? "2" : "1";
}

OrderedJson incident_of(const Story& story, std::vector<std::string>& shed) {
    OrderedJson row;
    row["correlation_id"] = escaped(story.alert_id, most_in_field);
    row["correlation_display"] = "Entrawatch";
    row["short_description"] = escaped(story.heading, most_in_short_description);
    row["description"] = description_of(story, shed);
    row["impact"] = impact_of(story);
    row["urgency"] = impact_of(story);
    row["category"] = "security";
    // Whether an incident is closed is a person's decision there: it is only told.
    if (story.type != "alert.opened")
        row["work_notes"] = escaped(heading_with_words(story), most_in_description, without_tags);
    return row;
}

}  // namespace servicenow_body
}  // namespace

RenderedRequest servicenow_request(const Receiver& receiver, const Notification& notification) {
    using namespace servicenow_body;
    const Story story = tell(notification);
    RenderedRequest request;
    request.headers.emplace_back("authorization", "Basic " + to_base64(std::string{receiver.username} + ":" +
                                                                       std::string{receiver.key}));
    request.headers.emplace_back("accept", "application/json");
    request.shed = story.shed;
    if (receiver.records == ServiceNowRecords::events) {
        request.path = "/api/global/em/jsonv2";
        OrderedJson body;
        body["records"] = OrderedJson::array({event_record(story, data_in(notification.body), request.shed)});
        request.body = dump(body);
        return request;
    }
    request.path = "/api/now/table/incident";
    request.query = "sysparm_fields=sys_id";
    // Alert ids are letters, digits and an underscore.
    request.lookup = "sysparm_limit=1&sysparm_fields=sys_id&sysparm_query=correlation_id%3D" +
                     std::string{notification.alert_id};
    request.body = dump(incident_of(story, request.shed));
    return request;
}

}  // namespace entrawatch
