// Discord: one embed. Limits, in characters: title 256, description 4096, 25 fields of 256 and 1024, footer
// 2048, 6000 in all; 5,500 are the budget. `wait=true`, without which a message that was not saved is no
// error.
//
// Markdown is escaped, and allowed_mentions is empty: nobody can be pinged. Left out, in this order: fields
// (what the directory says, changes, events), most of the description.
#include <array>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {
namespace discord_body {

constexpr std::size_t budget_units = 5500;
constexpr std::size_t most_fields = 25;
constexpr std::size_t most_in_title = 250;
constexpr std::size_t most_in_description = 2500;
constexpr std::size_t most_in_brief_description = 300;
constexpr std::size_t most_in_name = 100;
constexpr std::size_t most_in_value = 800;
constexpr std::size_t most_in_events = 1000;

int colour_of(Severity severity) {
    switch (severity) {
        case Severity::critical:
            return 0xB00020;
        case Severity::high:
            return 0xE65100;
        case Severity::medium:
            return 0xF9A825;
        case Severity::low:
        case Severity::informational:
            break;
    }
    return 0x546E7A;
}

void add_field(OrderedJson& fields, const Fact& fact, std::size_t limit, bool inline_field) {
    if (fields.size() == most_fields) return;
    OrderedJson field;
    field["name"] = escaped(fact.label, most_in_name, for_discord);
    field["value"] = escaped(fact.value, limit, for_discord);
    field["inline"] = inline_field;
    fields.push_back(std::move(field));
}

OrderedJson fields_of(const Story& story) {
    OrderedJson fields = OrderedJson::array();
    for (const Fact& fact : kept_facts(story))
        add_field(fields, fact, most_in_value, true);
    // The last place is the events'.
    for (const auto* facts : {&story.changes, &story.more}) {
        for (const Fact& fact : *facts) {
            if (fields.size() + 1 < most_fields) add_field(fields, fact, most_in_value, false);
        }
    }
    const std::string events = joined(story.events, "\n");
    if (!events.empty()) add_field(fields, {"Events", events}, most_in_events, false);
    return fields;
}

OrderedJson embed_of(const Story& story) {
    const std::size_t limit = story.brief ? most_in_brief_description : most_in_description;
    OrderedJson embed;
    embed["title"] = escaped(story.heading, most_in_title, for_discord);
    if (!story.entra_link.empty()) embed["url"] = story.entra_link;
    if (!story.summary.empty()) embed["description"] = escaped(story.summary, limit, for_discord);
    embed["color"] = colour_of(story.severity);
    embed["fields"] = fields_of(story);
    if (const std::string note = footnote(story); !note.empty()) embed["footer"]["text"] = escaped(note, 400);
    return embed;
}

OrderedJson message(const Story& story) {
    OrderedJson body;
    body["embeds"] = OrderedJson::array({embed_of(story)});
    body["allowed_mentions"]["parse"] = OrderedJson::array();
    return body;
}

bool fits(const OrderedJson& body) {
    return text_units(body) <= budget_units;
}

bool leave_out_all_fields(Story& story) {
    const bool fields = leave_out_fields(story);
    return leave_out_events(story) || fields;
}

constexpr std::array<SheddingStep, 2> steps{{{"fields", leave_out_all_fields}, {"description", be_brief}}};

}  // namespace discord_body
}  // namespace

RenderedRequest discord_request(const Notification& notification) {
    using namespace discord_body;
    RenderedRequest request = fitted_request(tell(notification), steps, message, fits);
    request.query = "wait=true";
    return request;
}

}  // namespace entrawatch
