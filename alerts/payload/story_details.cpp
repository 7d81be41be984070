#include "alerts/payload/story_details.hpp"

#include <utility>

namespace entrawatch {
namespace {

constexpr std::size_t most_facts = 20;

std::string told_side(const OrderedJson& change, const char* which) {
    const OrderedJson value = member(change, which);
    if (value.is_null()) return {};
    return value.is_string() ? shown(value.get_ref<const std::string&>()) : shown(dump(value));
}

// "removed requirement: MFA" as a label and a value.
Fact fact_of(const OrderedJson& difference) {
    Fact fact{shown_at(difference, {"what"}), shown_at(difference, {"text"})};
    const std::string before = fact.label + ": ";
    if (!fact.label.empty() && fact.value.starts_with(before)) fact.value.erase(0, before.size());
    if (fact.label.empty()) fact.label = "Change";
    return fact;
}

std::vector<Fact> differences_of(const OrderedJson& data) {
    std::vector<Fact> facts;
    const OrderedJson list = member(data, "differences");
    const OrderedJson further = member(data, "further_differences");
    std::size_t left = further.is_number_unsigned() ? further.get<std::size_t>() : 0;
    for (const OrderedJson& difference : list) {
        if (facts.size() + 1 < most_facts) {
            const auto [label, value] = fact_of(difference);
            add_fact(facts, label, value);
        } else {
            ++left;
        }
    }
    if (left > 0) add_fact(facts, "Further differences", std::to_string(left));
    return facts;
}

}  // namespace

std::string shown_at(const OrderedJson& object, std::initializer_list<const char*> path) {
    return shown(text_at(object, path));
}

std::string in_capitals(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return out;
}

void add_fact(std::vector<Fact>& facts, std::string label, std::string value) {
    if (!value.empty() && facts.size() < most_facts) facts.push_back({std::move(label), std::move(value)});
}

std::vector<Fact> changes_of(const OrderedJson& data) {
    std::vector<Fact> facts = differences_of(data);
    if (!facts.empty()) return facts;
    for (const OrderedJson& change : member(data, "changes")) {
        const std::string before = told_side(change, "old");
        const std::string after = told_side(change, "new");
        std::string both = before;
        if (!after.empty()) both += (before.empty() ? "→ " : " → ") + after;
        std::string property = shown_at(change, {"property"});
        add_fact(facts, property.empty() ? "(no name)" : std::move(property), std::move(both));
    }
    return facts;
}

std::string digest_rules(const OrderedJson& data) {
    std::string out;
    for (const OrderedJson& rule : member(member(data, "digest"), "rules")) {
        const OrderedJson alerts = member(rule, "alerts");
        out += (out.empty() ? "" : ", ") + shown_at(rule, {"name"});
        if (alerts.is_number_integer()) out += " (" + alerts.dump() + ")";
        if (out.size() > longest_text) break;
    }
    return out;
}

std::vector<std::string> digest_lines(const OrderedJson& data) {
    std::vector<std::string> lines;
    for (const OrderedJson& alert : member(member(data, "digest"), "listed")) {
        if (lines.size() == most_listed_events) break;
        std::string line = in_capitals(shown_at(alert, {"severity"})) + " " + shown_at(alert, {"summary"}) +
                           " (" + shown_at(alert, {"state"}) + ", ";
        const OrderedJson count = member(alert, "count");
        if (count.is_number_integer() && count > 1) line += count.dump() + " times, ";
        lines.push_back(line + shown_at(alert, {"alert_id"}) + ")");
    }
    return lines;
}

}  // namespace entrawatch
