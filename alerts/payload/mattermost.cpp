// Mattermost incoming webhooks: a text and one attachment. A post of more than 16,383 characters is split
// into several: 15,000 are the budget.
//
// Markdown is escaped and every @ that could begin a mention is parted from its name: @channel, @all and
// @here stay words. Left out: the attachment, then all stands in a short text.
#include <array>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {
namespace mattermost_body {

constexpr std::size_t budget_units = 15'000;
constexpr std::size_t most_in_text = 3000;
constexpr std::size_t most_in_value = 1000;
constexpr std::size_t most_in_brief_value = 400;
constexpr std::size_t most_in_events = 4000;

std::string colour_of(Severity severity) {
    if (severity >= Severity::high) return "#b00020";
    return severity == Severity::medium ? "#f9a825" : "#546e7a";
}

void add_fields(OrderedJson& fields, const std::vector<Fact>& facts, bool brief) {
    for (const Fact& fact : facts) {
        OrderedJson field;
        field["short"] = brief;
        field["title"] = escaped(fact.label, most_in_brief_value, for_mattermost);
        field["value"] = escaped(fact.value, most_in_value, for_mattermost);
        fields.push_back(std::move(field));
    }
}

std::string links_of(const Story& story) {
    std::string links;
    // A story's links hold nothing that could end them here.
    if (!story.entra_link.empty()) links += "[Open in Entra](" + story.entra_link + ") ";
    if (!story.runbook_link.empty()) links += "[Runbook](" + story.runbook_link + ")";
    return links;
}

OrderedJson attachment_of(const Story& story) {
    OrderedJson attachment;
    attachment["fallback"] = escaped(story.heading, most_in_brief_value, for_mattermost);
    attachment["color"] = colour_of(story.severity);
    const std::string events = joined(story.events, "\n");
    std::string text = escaped(events, most_in_events, for_mattermost);
    if (const std::string links = links_of(story); !links.empty()) text += (text.empty() ? "" : "\n") + links;
    if (!text.empty()) attachment["text"] = std::move(text);
    attachment["fields"] = OrderedJson::array();
    add_fields(attachment["fields"], kept_facts(story), true);
    add_fields(attachment["fields"], story.changes, false);
    add_fields(attachment["fields"], story.more, false);
    if (const std::string note = footnote(story); !note.empty())
        attachment["footer"] = escaped(note, most_in_brief_value, for_mattermost);
    return attachment;
}

std::string text_of(const Story& story) {
    const std::size_t limit = story.brief ? most_in_brief_value : most_in_text;
    std::string text = "**" + escaped(story.heading, most_in_brief_value, for_mattermost) + "**";
    if (!story.summary.empty()) text += "\n" + escaped(story.summary, limit, for_mattermost);
    return story.brief ? text + brief_lines(story, limit, for_mattermost) : text;
}

OrderedJson message(const Story& story) {
    OrderedJson body;
    body["text"] = text_of(story);
    if (!story.brief) body["attachments"] = OrderedJson::array({attachment_of(story)});
    return body;
}

bool fits(const OrderedJson& body) {
    return text_units(body) <= budget_units;
}

constexpr std::array<SheddingStep, 1> steps{{{"attachments", be_brief}}};

}  // namespace mattermost_body
}  // namespace

RenderedRequest mattermost_request(const Notification& notification) {
    using namespace mattermost_body;
    return fitted_request(tell(notification), steps, message, fits);
}

}  // namespace entrawatch
