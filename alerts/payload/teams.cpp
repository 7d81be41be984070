// Microsoft Teams: an Adaptive Card in the envelope that Workflows takes (Power Automate's HTTP trigger; the
// older connectors are retired). A message of more than about 28 KB is refused after it was taken: 20,000
// bytes are the budget.
//
// Values stand in text runs, which know no Markdown, and there is no `msteams.entities`, so nothing can be a
// mention. Left out, in this order: facts beyond 12, events, all but the kept facts.
#include <algorithm>
#include <array>

#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"

namespace entrawatch {
namespace {
namespace teams_body {

constexpr std::size_t budget_bytes = 20'000;
constexpr std::size_t most_facts_when_shed = 12;
constexpr std::size_t most_in_run = 1500;
constexpr std::size_t most_in_brief_run = 300;

std::string colour_of(Severity severity) {
    if (severity >= Severity::high) return "Attention";
    return severity == Severity::medium ? "Warning" : "Default";
}

OrderedJson run(std::string_view text, std::size_t limit) {
    OrderedJson out;
    out["type"] = "TextRun";
    out["text"] = escaped(text, limit);
    return out;
}

OrderedJson paragraph(OrderedJson runs) {
    OrderedJson out;
    out["type"] = "RichTextBlock";
    out["inlines"] = std::move(runs);
    return out;
}

OrderedJson heading(const Story& story) {
    OrderedJson words = run(story.heading, most_in_brief_run);
    words["size"] = "Large";
    words["weight"] = "Bolder";
    words["color"] = colour_of(story.severity);
    return paragraph(OrderedJson::array({std::move(words)}));
}

void add_facts(OrderedJson& body, const std::vector<Fact>& facts, std::size_t limit) {
    for (const Fact& fact : facts) {
        OrderedJson label = run(fact.label + ": ", limit);
        label["weight"] = "Bolder";
        OrderedJson block = paragraph(OrderedJson::array({std::move(label), run(fact.value, limit)}));
        block["spacing"] = "Small";
        body.push_back(std::move(block));
    }
}

void add_line(OrderedJson& body, std::string_view text, std::size_t limit) {
    if (!text.empty()) body.push_back(paragraph(OrderedJson::array({run(text, limit)})));
}

OrderedJson actions_of(const Story& story) {
    OrderedJson actions = OrderedJson::array();
    const auto open = [&](const std::string& url, const char* words) {
        if (url.empty()) return;
        OrderedJson action;
        action["type"] = "Action.OpenUrl";
        action["title"] = words;
        action["url"] = url;
        actions.push_back(std::move(action));
    };
    open(story.entra_link, "Open in Entra");
    open(story.runbook_link, "Runbook");
    return actions;
}

OrderedJson card_of(const Story& story) {
    const std::size_t limit = story.brief ? most_in_brief_run : most_in_run;
    OrderedJson body = OrderedJson::array({heading(story)});
    add_line(body, story.summary, limit);
    add_facts(body, kept_facts(story), limit);
    if (!story.brief) {
        add_facts(body, story.changes, limit);
        add_facts(body, story.more, limit);
        for (const std::string& line : story.events)
            add_line(body, line, limit);
    }
    add_line(body, footnote(story), limit);
    OrderedJson card;
    card["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json";
    card["type"] = "AdaptiveCard";
    card["version"] = "1.4";
    card["body"] = std::move(body);
    if (OrderedJson actions = actions_of(story); !actions.empty()) card["actions"] = std::move(actions);
    card["msteams"]["width"] = "Full";
    return card;
}

OrderedJson message(const Story& story) {
    OrderedJson attachment;
    attachment["contentType"] = "application/vnd.microsoft.card.adaptive";
    attachment["contentUrl"] = nullptr;
    attachment["content"] = card_of(story);
    OrderedJson body;
    body["type"] = "message";
    body["attachments"] = OrderedJson::array({std::move(attachment)});
    return body;
}

bool fits(const OrderedJson& body) {
    return dump(body).size() <= budget_bytes;
}

bool leave_out_facts_beyond_twelve(Story& story) {
    const std::size_t kept = kept_facts(story).size();
    const std::size_t room = most_facts_when_shed - std::min(kept, most_facts_when_shed);
    const std::size_t before = story.changes.size() + story.more.size();
    story.changes.resize(std::min(story.changes.size(), room));
    story.more.resize(std::min(story.more.size(), room - story.changes.size()));
    return story.changes.size() + story.more.size() < before;
}

constexpr std::array<SheddingStep, 3> steps{
    {{"facts", leave_out_facts_beyond_twelve}, {"events", leave_out_events}, {"details", be_brief}}};

}  // namespace teams_body
}  // namespace

RenderedRequest teams_request(const Notification& notification) {
    using namespace teams_body;
    return fitted_request(tell(notification), steps, message, fits);
}

}  // namespace entrawatch
