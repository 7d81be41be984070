// Opsgenie, and Jira Service Management, which takes the same below another URL. Limits, in characters:
// message 130, alias 512, description 15,000, 20 tags of 50, all details 8000; our budgets are 126, 14,000
// and 7000.
//
// The alias is the alert's dedup_key: a retry, or a repeat while the alert is open, only counts up. Closing
// and acknowledging go to the alias. Left out, in this order: details, the end of the description.
#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/percent.hpp"

namespace entrawatch {
namespace {
namespace opsgenie_body {

constexpr std::size_t most_in_message = 126;
constexpr std::size_t most_in_description = 14'000;
constexpr std::size_t most_in_details = 7000;
constexpr std::size_t most_in_detail = 1000;
constexpr std::size_t most_in_tag = 50;
constexpr std::size_t most_in_alias = 512;
constexpr std::size_t most_in_entity = 500;

std::string priority_of(const Story& story) {
    if (story.test) return "P5";
    switch (story.severity) {
        case Severity::critical:
            return "P1";
        case Severity::high:
            return "P2";
        case Severity::medium:
            return "P3";
        case Severity::low:
            return "P4";
        case Severity::informational:
            break;
    }
    return "P5";
}

OrderedJson tags_of(const Story& story) {
    OrderedJson tags = OrderedJson::array();
    for (const std::string& tag :
         {std::string{"entrawatch"}, story.tenant, std::string{name_of(story.severity)}, story.scenario,
          std::string{story.test ? "test" : ""}}) {
        if (!tag.empty()) tags.push_back(escaped(tag, most_in_tag));
    }
    return tags;
}

OrderedJson details_of(const Story& story, bool& whole) {
    OrderedJson details = OrderedJson::object();
    std::size_t units = 0;
    const auto add = [&](const Fact& fact) {
        std::string value = escaped(fact.value, most_in_detail);
        const std::size_t more = chat_length(fact.label) + chat_length(value);
        whole = whole && units + more <= most_in_details;
        if (units + more > most_in_details) return;
        units += more;
        details[escaped(fact.label, most_in_detail)] = std::move(value);
    };
    for (const Fact& fact : kept_facts(story))
        add(fact);
    if (!story.entra_link.empty()) add({"Entra", story.entra_link});
    if (!story.runbook_link.empty()) add({"Runbook", story.runbook_link});
    for (const auto* facts : {&story.changes, &story.more}) {
        for (const Fact& fact : *facts)
            add(fact);
    }
    return details;
}

// Its page takes some HTML in a description: no tag may come from a name.
std::string description_of(const Story& story, bool& whole) {
    std::string text = story.summary;
    for (const Fact& fact : kept_facts(story))
        text += "\n" + fact.label + ": " + fact.value;
    for (const std::string& line : story.events)
        text += "\n" + line;
    whole = chat_length(text) <= most_in_description;
    return escaped_body(text, most_in_description, story.alert_id, without_tags);
}

OrderedJson alert_of(const Story& story, std::vector<std::string>& shed) {
    bool all_details = true;
    bool whole_description = true;
    OrderedJson alert;
    alert["message"] = escaped(story.heading, most_in_message);
    alert["alias"] = escaped(story.dedup_key, most_in_alias);
    alert["description"] = description_of(story, whole_description);
    alert["tags"] = tags_of(story);
    alert["details"] = details_of(story, all_details);
    alert["entity"] = escaped(story.target.empty() ? story.actor : story.target, most_in_entity);
    alert["source"] = "Entrawatch";
    alert["priority"] = priority_of(story);
    if (!all_details) name_shed(shed, "details");
    if (!whole_description) name_shed(shed, "description");
    return alert;
}

}  // namespace opsgenie_body
}  // namespace

RenderedRequest opsgenie_request(const Receiver& receiver, const Notification& notification) {
    using namespace opsgenie_body;
    const Story story = tell(notification);
    RenderedRequest request;
    request.path = "/v2/alerts";
    request.headers.emplace_back("authorization", "GenieKey " + std::string{receiver.key});
    request.shed = story.shed;
    if (is_over(story) || is_acknowledged(story)) {
        request.path += "/" + percent_encoded(escaped(story.dedup_key, most_in_alias)) +
                        (is_over(story) ? "/close" : "/acknowledge");
        request.query = "identifierType=alias";
        OrderedJson note;
        note["source"] = "Entrawatch";
        note["note"] = escaped(heading_with_words(story), most_in_detail);
        request.body = dump(note);
    } else {
        request.body = dump(alert_of(story, request.shed));
    }
    return request;
}

}  // namespace entrawatch
