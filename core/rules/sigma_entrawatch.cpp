#include "core/rules/sigma_entrawatch.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "core/base/text.hpp"
#include "core/rules/sigma_detection.hpp"
#include "core/rules/sigma_examples.hpp"
#include "core/rules/sigma_values.hpp"
#include "core/rules/summary.hpp"
#include "core/rules/waiting.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_subject_fields = 8;
constexpr std::size_t max_adjustments = 32;
constexpr int largest_shift = 4;

void unknown_key(const YamlMember& member, std::string_view where, const std::vector<std::string_view>& known,
                 SigmaReading& reading) {
    reading.error(member.line, "unknown key `" + cut_utf8(member.key, 60) + "` in " + std::string{where} +
                                   did_you_mean(member.key, known));
}

void read_subject(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    rule.subject.clear();
    const std::size_t before = reading.problem_count();
    for (const std::string& name : reading.texts(member)) {
        if (auto path = read_field_name(name, member.line, reading)) rule.subject.push_back(std::move(*path));
    }
    if (reading.problem_count() > before) return;
    if (rule.subject.empty() || rule.subject.size() > max_subject_fields) {
        reading.error(member.line,
                      "`subject` names one to " + std::to_string(max_subject_fields) + " fields");
    }
}

void read_window(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    const auto window = parse_duration(reading.text(member));
    if (window) {
        rule.window = *window;
    } else {
        reading.error(member.line, "`window` must be a duration such as 1h, 24h or 7d");
    }
}

void read_hold(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    const auto hold = parse_duration(reading.text(member));
    if (!hold || *hold <= Ticks{0} || *hold > longest_hold) {
        reading.error(member.line, "`hold` must be a duration up to 24h, such as 15m");
    } else if (rule.correlation) {
        reading.error(member.line,
                      "`hold` waits for a revision of one record, and a correlation is about several");
    } else {
        rule.hold = *hold;
    }
}

// Which of the correlation's rules must not be there.
void read_absent(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    const bool temporal = rule.correlation && (rule.correlation->type == CorrelationType::temporal ||
                                               rule.correlation->type == CorrelationType::temporal_ordered);
    if (!temporal) {
        return reading.error(member.line,
                             "`absent` names rules of a correlation of the type temporal or "
                             "temporal_ordered");
    }
    auto made = std::make_shared<Correlation>(*rule.correlation);
    std::vector<std::string_view> known;
    for (const CorrelationStep& step : made->steps)
        known.push_back(step.rule);
    for (const std::string& name : reading.texts(member)) {
        const auto step = std::ranges::find(made->steps, name, &CorrelationStep::rule);
        if (step == made->steps.end()) {
            reading.error(member.line, "`absent` names `" + cut_utf8(name, 100) +
                                           "`, which the correlation's `rules` do not" +
                                           did_you_mean(name, known));
        } else {
            step->absent = true;
        }
    }
    if (std::ranges::count(made->steps, false, &CorrelationStep::absent) != 1 || !is_absence(*made)) {
        reading.error(member.line, "`absent` names all `rules` of the correlation but the one that is told");
    }
    rule.correlation = std::move(made);
}

void read_summary(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    rule.summary = reading.text(member);
    rule.summary_fields.clear();
    auto places = summary_places(rule.summary);
    if (!places) return reading.error(member.line, places.error().what);
    rule.differences = take_differences_place(rule.summary);
    if (rule.differences) places->pop_back();
    for (const std::string& name : *places) {
        if (name == differences_place) {
            reading.error(member.line, "`{differences}` can only stand at the end of the summary, and once");
            continue;
        }
        if (auto path = read_field_name(name, member.line, reading))
            rule.summary_fields.push_back(std::move(*path));
    }
}

void read_unsilenceable(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    const std::string text = reading.text(member);
    rule.unsilenceable = text == "true";
    if (text != "true" && text != "false")
        reading.error(member.line, "`unsilenceable` must be true or false");
}

void read_needs(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    for (const YamlMember& need : reading.members(member.value, "`needs`")) {
        if (need.key == "permissions") {
            rule.permissions = reading.texts(need);
        } else if (need.key == "licence") {
            rule.licence = reading.text(need);
        } else {
            unknown_key(need, "`needs`", {"permissions", "licence"}, reading);
        }
    }
}

void read_raise(const YamlMember& member, SeverityAdjustment& adjustment, SigmaReading& reading) {
    const std::string text = reading.text(member);
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, adjustment.raise);
    const bool bounded = adjustment.raise >= -largest_shift && adjustment.raise <= largest_shift;
    if (error == std::errc{} && stop == end && bounded && adjustment.raise != 0) return;
    reading.error(member.line, "`raise` must be a number of levels from -4 to 4, and not 0");
}

void read_adjustment(const YAML::Node& node, Rule& rule, SigmaReading& reading) {
    SeverityAdjustment adjustment;
    const std::size_t before = reading.problem_count();
    for (const YamlMember& member : reading.members(node, "an entry of `severity`")) {
        if (member.key == "when") {
            adjustment.when = read_selection(member, reading);
        } else if (member.key == "level") {
            adjustment.level = severity_of(reading.text(member));
            if (!adjustment.level) {
                reading.error(member.line, "`level` must be informational, low, medium, high or critical");
            }
        } else if (member.key == "raise") {
            read_raise(member, adjustment, reading);
        } else if (member.key == "because") {
            adjustment.reason = reading.text(member);
        } else {
            unknown_key(member, "an entry of `severity`", {"when", "level", "raise", "because"}, reading);
        }
    }
    if (reading.problem_count() > before) return;
    const int line = std::max(line_of(node), 1);
    if (!adjustment.when) return reading.error(line, "an entry of `severity` needs `when`");
    if (adjustment.level.has_value() == (adjustment.raise != 0)) {
        return reading.error(line, "an entry of `severity` needs either `level` or `raise`");
    }
    if (adjustment.reason.empty()) {
        return reading.error(line, "an entry of `severity` needs `because`: the reason that the alert shows");
    }
    rule.severity.push_back(std::move(adjustment));
}

void read_severity(const YamlMember& member, Rule& rule, SigmaReading& reading) {
    if (!member.value.IsSequence() || member.value.size() > max_adjustments) {
        return reading.error(member.line, "`severity` must be a list of at most " +
                                              std::to_string(max_adjustments) + " adjustments");
    }
    for (const YAML::Node& node : reading.items(member.value))
        read_adjustment(node, rule, reading);
}

using Reader = void (*)(const YamlMember&, Rule&, SigmaReading&);
struct Key {
    std::string_view name;
    Reader read;
};
constexpr std::array keys{
    Key{"scenario", [](const YamlMember& m, Rule& rule, SigmaReading& r) { rule.scenario = r.text(m); }},
    Key{"feeds", [](const YamlMember&, Rule&, SigmaReading&) {}},  // read_feeds has read them
    Key{"act", [](const YamlMember& m, Rule& rule, SigmaReading& r) { rule.act = r.text(m); }},
    Key{"subject", read_subject},
    Key{"window", read_window},
    Key{"hold", read_hold},
    Key{"absent", read_absent},
    Key{"unsilenceable", read_unsilenceable},
    Key{"severity", read_severity},
    Key{"needs", read_needs},
    Key{"summary", read_summary},
    Key{"runbook", [](const YamlMember& m, Rule& rule, SigmaReading& r) { rule.runbook = r.text(m); }},
    Key{"examples", read_examples},
};

}  // namespace

std::vector<FeedId> read_feeds(const YAML::Node& entrawatch, SigmaReading& reading) {
    std::vector<FeedId> feeds;
    if (!entrawatch.IsMap()) return feeds;
    for (const auto& pair : entrawatch) {
        if (!pair.first.IsScalar() || pair.first.Scalar() != "feeds") continue;
        const YamlMember member{"feeds", line_of(pair.first), pair.second};
        for (const std::string& name : reading.texts(member)) {
            if (const Feed* feed = find_feed(name)) {
                if (std::find(feeds.begin(), feeds.end(), feed->id) == feeds.end()) feeds.push_back(feed->id);
                continue;
            }
            std::vector<std::string_view> names;
            for (const Feed& feed : all_feeds())
                names.push_back(feed.name);
            reading.error(member.line,
                          "no feed is named `" + cut_utf8(name, 60) + "`" + did_you_mean(name, names));
        }
        return feeds;
    }
    return feeds;
}

void read_entrawatch(const YAML::Node& entrawatch, Rule& rule, SigmaReading& reading) {
    std::optional<YamlMember> examples;  // read last: what they may hold depends on the rest
    for (const YamlMember& member : reading.members(entrawatch, "`entrawatch`")) {
        const auto key =
            std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == member.key; });
        if (member.key == "examples") {
            examples = member;
        } else if (key != keys.end()) {
            key->read(member, rule, reading);
        } else {
            std::vector<std::string_view> names(keys.size());
            std::transform(keys.begin(), keys.end(), names.begin(),
                           [](const Key& known) { return known.name; });
            unknown_key(member, "`entrawatch`", names, reading);
        }
    }
    if (examples) read_examples(*examples, rule, reading);
}

void set_defaults(Rule& rule, SigmaReading& reading) {
    if (rule.act.empty()) rule.act = rule.id;
    if (rule.correlation && !rule.subject.empty())
        reading.error(rule.line, "the subject of a correlation is what it groups by; leave `subject` out");
    if (rule.subject.empty() && !rule.correlation) {
        for (const std::string_view name : {"actor.id", "target.id", "activity"}) {
            if (auto path = FieldPath::compile(name)) rule.subject.push_back(std::move(*path));
        }
    }
    if (rule.summary.empty()) {
        const std::string sentence =
            as_summary_text(cut_utf8(rule.title, 300)) +
            (rule.correlation && !is_absence(*rule.correlation) ? ", at last: " : ": ") +
            "{activity} by {actor.name} on {target.name}";
        read_summary({"summary", rule.line, YAML::Node{sentence}}, rule, reading);
    }
}

}  // namespace entrawatch
