#include "alerts/payload/story.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "alerts/payload/story_details.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// Only what a browser opens, and nothing that could end the link early in any receiver's markup.
std::string link_at(const OrderedJson& data, std::initializer_list<const char*> path) {
    const std::string link = text_at(data, path);
    const bool web = link.starts_with("https://") || link.starts_with("http://");
    if (!web || link.size() > longest_text) return {};
    std::string out;
    for (const char c : link) {
        if (c <= ' ' || c >= 0x7F || std::string_view{"<>\"|\\`"}.find(c) != std::string_view::npos)
            return {};
        if (c == '(' || c == ')') {
            out += c == '(' ? "%28" : "%29";
        } else {
            out += c;
        }
    }
    return out;
}

std::string what_happened(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{{
        {"alert.updated", "Raised"},
        {"alert.acknowledged", "Acknowledged"},
        {"alert.resolved", "Resolved"},
        {"digest", "Digest"},
        {"watch.degraded", "Watch degraded"},
        {"watch.recovered", "Watch recovered"},
    }};
    for (const auto& [name, word] : words) {
        if (name == type) return std::string{word};
    }
    return {};
}

bool merges_opening(const OrderedJson& data) {
    const OrderedJson merged = member(data, "merged");
    return std::find(merged.begin(), merged.end(), OrderedJson("alert.opened")) != merged.end();
}

// "Raised", "Repeated", "Opened, then resolved"
std::string happening(const Story& story, const OrderedJson& data) {
    std::string happened = what_happened(story.type);
    const std::string update = text_at(data, {"update"});
    if (story.type == "alert.updated" && update == "count") happened = "Repeated";
    if (update == "escalation") happened = "Escalated";
    if (update == "reminder") happened = "Reminder";
    if (happened.empty() || !merges_opening(data)) return happened;
    happened.front() = static_cast<char>(happened.front() + ('a' - 'A'));
    return "Opened, then " + happened;
}

std::string heading_of(const Story& story, const OrderedJson& data) {
    std::string title = shown_at(data, {"rule", "title"});
    if (title.empty()) title = story.rule_name;
    std::string happened = happening(story, data);
    if (title.empty() && happened.empty()) title = story.type;
    if (!title.empty() && !happened.empty()) happened += ": ";
    const bool drill = member(data, "drill") == true;
    return std::string{story.test ? "TEST " : ""} + (drill ? "DRILL " : "") + "[" +
           in_capitals(name_of(story.severity)) + "] " + happened + title;
}

std::string party(const OrderedJson& data, const char* which) {
    const OrderedJson one = member(data, which);
    if (!one.is_object()) return {};
    std::string name = shown_at(one, {"name"});
    if (name.empty()) name = shown_at(one, {"id"});
    std::string kind = shown_at(one, {"kind"});
    if (name.empty()) return kind.empty() ? "unknown" : kind;
    if (const std::string ip = shown_at(one, {"ip"}); !ip.empty()) kind += (kind.empty() ? "" : ", ") + ip;
    return kind.empty() ? name : name + " (" + kind + ")";
}

std::string times_of(const OrderedJson& data) {
    const std::string first = shown_at(data, {"first_event_at"});
    const std::string last = shown_at(data, {"last_event_at"});
    std::string out = first == last || last.empty() ? first : first + " to " + last;
    const OrderedJson count = member(data, "count");
    if (count.is_number_integer() && count > 1) out += " (" + count.dump() + " times)";
    return out;
}

std::string joined(const OrderedJson& list) {
    std::string out;
    for (const OrderedJson& entry : list) {
        if (!entry.is_string()) continue;
        out += (out.empty() ? "" : ", ") + shown(entry.get_ref<const std::string&>());
        if (out.size() > longest_text) break;
    }
    return out;
}

// "alice: looking into it"
std::string word_of(const OrderedJson& data, const char* which) {
    const std::string by = shown_at(data, {which, "by"});
    return by.empty() ? by : by + ": " + shown_at(data, {which, "reason"});
}

std::vector<Fact> words_of(const OrderedJson& data) {
    std::vector<Fact> facts;
    add_fact(facts, "Resolved by", word_of(data, "resolved"));
    add_fact(facts, "Acknowledged by", word_of(data, "acknowledged"));
    return facts;
}

std::vector<Fact> more_of(const OrderedJson& data) {
    std::vector<Fact> facts = words_of(data);
    add_fact(facts, "Alerts by rule", digest_rules(data));
    const OrderedJson context = member(data, "context");
    const std::string role = shown_at(context, {"role", "name"});
    const std::string tier = shown_at(context, {"role", "tier"});
    add_fact(facts, "Role", role.empty() || tier.empty() ? role : role + " (tier: " + tier + ")");
    add_fact(facts, "Emergency account", shown_at(context, {"emergency_account"}));
    add_fact(facts, "Why this severity", joined(member(context, "severity_reasons")));
    std::string also;
    for (const OrderedJson& rule : member(context, "also"))
        also += (also.empty() ? "" : ", ") + shown_at(rule, {"name"});
    add_fact(facts, "Also told by", shown(also));
    add_fact(facts, "ATT&CK", joined(member(member(data, "rule"), "attack")));
    return facts;
}

std::vector<std::string> events_of(const OrderedJson& data) {
    std::vector<std::string> lines = digest_lines(data);
    for (const OrderedJson& event : member(data, "events")) {
        if (lines.size() == most_listed_events) break;
        std::string line = shown_at(event, {"time"});
        for (const char* part : {"activity", "outcome", "client", "location"}) {
            const std::string text = shown_at(event, {part});
            if (!text.empty()) line += (part == std::string_view{"activity"} ? " " : ", ") + text;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace

std::string shown(std::string_view text) {
    return for_terminal(safe_text(text));
}

OrderedJson all_shown(OrderedJson value) {
    if (value.is_string()) return shown(std::string_view{value.get_ref<const std::string&>()});
    for (auto& inner : value) {
        if (inner.is_string() || inner.is_structured()) inner = all_shown(std::move(inner));
    }
    return value;
}

Story tell(const Notification& notification) {
    const OrderedJson body = parse_object(notification.body);
    const OrderedJson data = data_in(notification.body);
    Story story;
    story.type = shown(notification.type);
    story.alert_id = shown(notification.alert_id);
    story.dedup_key = safe_text(text_at(data, {"dedup_key"}));
    if (story.dedup_key.empty()) story.dedup_key = story.alert_id;
    story.tenant = shown_at(data, {"tenant"});
    story.severity = severity_of(text_at(data, {"severity"})).value_or(notification.severity);
    story.test = member(data, "test") == true;
    story.summary = shown_at(data, {"summary"});
    story.rule_name = shown_at(data, {"rule", "name"});
    story.scenario = shown_at(data, {"rule", "scenario"});
    story.rule = story.scenario.empty() ? story.rule_name : story.rule_name + " (" + story.scenario + ")";
    story.heading = heading_of(story, data);
    story.actor = party(data, "actor");
    story.target = party(data, "target");
    story.time = times_of(data);
    story.told_at = shown_at(body, {"timestamp"});
    story.words = words_of(data);
    story.more = more_of(data);
    story.changes = changes_of(data);
    story.events = events_of(data);
    story.entra_link = link_at(data, {"links", "entra"});
    story.runbook_link = link_at(data, {"rule", "runbook"});
    story.shed = shed_of(data);
    return story;
}

std::vector<Fact> kept_facts(const Story& story) {
    std::vector<Fact> facts;
    add_fact(facts, "Actor", story.actor);
    add_fact(facts, "Target", story.target);
    add_fact(facts, "Time", story.time.empty() ? story.told_at : story.time);
    add_fact(facts, "Tenant", story.tenant);
    add_fact(facts, "Rule", story.rule);
    add_fact(facts, "Alert", story.alert_id);
    return facts;
}

std::string footnote(const Story& story) {
    if (story.shed.empty()) return {};
    std::string words;
    for (const std::string& word : story.shed)
        words += (words.empty() ? "" : ", ") + shown(word);
    return "Left out: " + words + ". In full: entrawatch alerts show " + story.alert_id;
}

std::string heading_with_words(const Story& story) {
    std::string line = story.heading;
    for (const Fact& fact : story.words)
        line += "; " + fact.label + " " + fact.value;
    return line;
}

bool is_over(const Story& story) {
    return story.type == "alert.resolved" || story.type == "watch.recovered";
}

bool is_acknowledged(const Story& story) {
    return story.type == "alert.acknowledged";
}

}  // namespace entrawatch
