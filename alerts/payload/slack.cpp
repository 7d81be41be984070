// Slack incoming webhooks: Block Kit. Limits: 50 blocks, 150 characters of a header, 3000 of a section, 2000
// of a field; about 13,000 in all, which is written nowhere (a longer message is refused:
// msg_blocks_too_long).
//
// Values stand in plain_text, where nothing is markup, and & < > are entities everywhere: a name can be no
// mention. Left out, in this order: events, fields, context (links), all but the text.
#include <array>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {
namespace slack_body {

constexpr std::size_t budget_units = 10'000;
constexpr std::size_t budget_blocks = 40;
constexpr std::size_t most_in_header = 150;
constexpr std::size_t most_in_section = 2900;
constexpr std::size_t most_in_field = 1800;
constexpr std::size_t fields_of_section = 10;

OrderedJson plain(std::string_view text, std::size_t limit) {
    OrderedJson out;
    out["type"] = "plain_text";
    out["text"] = escaped(text, limit, for_slack);
    out["emoji"] = false;
    return out;
}

OrderedJson section(std::string_view text) {
    OrderedJson block;
    block["type"] = "section";
    block["text"] = plain(text, most_in_section);
    return block;
}

void add_fields(OrderedJson& blocks, const std::vector<Fact>& facts) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (i % fields_of_section == 0) {
            OrderedJson block;
            block["type"] = "section";
            block["fields"] = OrderedJson::array();
            blocks.push_back(std::move(block));
        }
        blocks.back()["fields"].push_back(plain(facts[i].label + "\n" + facts[i].value, most_in_field));
    }
}

void add_context(OrderedJson& blocks, const Story& story) {
    OrderedJson elements = OrderedJson::array();
    const auto link = [&](const std::string& url, const char* words) {
        if (url.empty()) return;
        OrderedJson element;
        element["type"] = "mrkdwn";
        element["text"] = "<" + escaped(url, most_in_section, for_slack) + "|" + words + ">";
        element["verbatim"] = true;
        elements.push_back(std::move(element));
    };
    link(story.entra_link, "Open in Entra");
    link(story.runbook_link, "Runbook");
    if (const std::string note = footnote(story); !note.empty())
        elements.push_back(plain(note, most_in_field));
    if (elements.empty()) return;
    OrderedJson block;
    block["type"] = "context";
    block["elements"] = std::move(elements);
    blocks.push_back(std::move(block));
}

OrderedJson blocks_of(const Story& story) {
    OrderedJson header;
    header["type"] = "header";
    header["text"] = plain(story.heading, most_in_header);
    OrderedJson blocks = OrderedJson::array({std::move(header)});
    if (!story.summary.empty()) blocks.push_back(section(story.summary));
    add_fields(blocks, kept_facts(story));
    add_fields(blocks, story.changes);
    add_fields(blocks, story.more);
    const std::string events = joined(story.events, "\n");
    if (!events.empty()) blocks.push_back(section(events));
    add_context(blocks, story);
    return blocks;
}

// What notifications and screen readers say, and all there is when the message is brief.
std::string text_of(const Story& story) {
    constexpr std::size_t most_in_line = 400;
    std::string text = escaped(story.heading, most_in_line, for_slack);
    if (!story.summary.empty()) text += "\n" + escaped(story.summary, most_in_line, for_slack);
    return story.brief ? text + brief_lines(story, most_in_line, for_slack) : text;
}

OrderedJson message(const Story& story) {
    OrderedJson body;
    body["text"] = text_of(story);
    body["mrkdwn"] = false;
    body["unfurl_links"] = false;
    body["unfurl_media"] = false;
    if (!story.brief) body["blocks"] = blocks_of(story);
    return body;
}

bool fits(const OrderedJson& body) {
    return text_units(body) <= budget_units && member(body, "blocks").size() <= budget_blocks;
}

constexpr std::array<SheddingStep, 4> steps{{{"events", leave_out_events},
                                             {"fields", leave_out_fields},
                                             {"context", leave_out_links},
                                             {"blocks", be_brief}}};

}  // namespace slack_body
}  // namespace

RenderedRequest slack_request(const Notification& notification) {
    using namespace slack_body;
    return fitted_request(tell(notification), steps, message, fits);
}

}  // namespace entrawatch
