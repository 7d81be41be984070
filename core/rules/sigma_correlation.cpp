#include "core/rules/sigma_correlation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array types{CorrelationType::event_count, CorrelationType::value_count,
                           CorrelationType::temporal, CorrelationType::temporal_ordered};
const std::vector<std::string_view> known_keys{"type",      "rules",   "group-by", "timespan",
                                               "condition", "aliases", "generate"};

class CorrelationReader {
  public:
    CorrelationReader(const YamlMember& member, SigmaReading& reading) : member_(member), reading_(reading) {
        made_.line = member.line;
    }

    std::shared_ptr<const Correlation> run() {
        const std::size_t before = reading_.problem_count();
        for (const YamlMember& part : reading_.members(member_.value, "`correlation`"))
            read(part);
        if (reading_.problem_count() > before) return nullptr;
        check();
        if (reading_.problem_count() > before) return nullptr;
        return std::make_shared<const Correlation>(std::move(made_));
    }

  private:
    void read(const YamlMember& part) {
        if (part.key == "type") return read_type(part);
        if (part.key == "rules") return read_rules(part);
        if (part.key == "group-by") return read_group(part);
        if (part.key == "timespan") return read_timespan(part);
        if (part.key == "condition") return read_condition(part);
        if (part.key == "aliases") return read_aliases(part);
        if (part.key == "generate") return;  // of the older form; the rules themselves say it
        reading_.error(part.line, "unknown key `" + cut_utf8(part.key, 60) + "` in `correlation`" +
                                      did_you_mean(part.key, known_keys));
    }

    void read_type(const YamlMember& part) {
        const std::string name = reading_.text(part);
        const auto found = std::find_if(types.begin(), types.end(),
                                        [&](CorrelationType one) { return name_of(one) == name; });
        if (found != types.end()) {
            made_.type = *found;
            has_type_ = true;
            return;
        }
        std::vector<std::string_view> names;
        names.reserve(types.size());
        for (const CorrelationType one : types)
            names.push_back(name_of(one));
        reading_.cannot_evaluate(part.line, "correlations of the type `" + cut_utf8(name, 60) +
                                                "` are not evaluated" + did_you_mean(name, names));
    }

    void read_rules(const YamlMember& part) {
        for (std::string& name : reading_.texts(part)) {
            CorrelationStep step;
            step.rule = std::move(name);
            made_.steps.push_back(std::move(step));
        }
        if (made_.steps.empty() || made_.steps.size() > max_correlated_rules) {
            reading_.error(part.line, "`rules` names one to " + std::to_string(max_correlated_rules) +
                                          " rules, by `name` or `id`");
        }
    }

    void read_group(const YamlMember& part) {
        made_.group_by = reading_.texts(part);
        if (made_.group_by.size() > max_group_fields) {
            reading_.error(part.line,
                           "`group-by` names at most " + std::to_string(max_group_fields) + " fields");
        }
    }

    void read_timespan(const YamlMember& part) {
        const auto span = parse_duration(reading_.text(part));
        if (!span || *span <= Ticks{0} || *span > longest_timespan) {
            return reading_.error(part.line,
                                  "`timespan` must be a duration up to 30d, such as 15s, 10m or 7d");
        }
        made_.timespan = *span;
    }

    void read_condition(const YamlMember& part) {
        for (const YamlMember& bound : reading_.members(part.value, "`condition`")) {
            if (bound.key == "field") {
                made_.value_field = reading_.text(bound);
            } else if (bound.key == "gte" || bound.key == "gt") {
                read_least(bound);
            } else if (bound.key == "lt" || bound.key == "lte" || bound.key == "eq" || bound.key == "neq") {
                // That there were no more is known only when the time span is over.
                reading_.cannot_evaluate(bound.line, "`" + bound.key +
                                                         "` is not evaluated: an alert is told when enough "
                                                         "events are there; use `gte` or `gt`");
            } else {
                reading_.error(bound.line, "unknown key `" + cut_utf8(bound.key, 60) + "` in `condition`" +
                                               did_you_mean(bound.key, {"gte", "gt", "field"}));
            }
        }
    }

    void read_least(const YamlMember& bound) {
        const std::string text = reading_.text(bound);
        std::int64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (bound.key == "gt") ++number;
        if (error != std::errc{} || stop != end || number < 1 || number > max_correlated_events) {
            return reading_.error(bound.line, "`" + bound.key + "` must be a number from 1 to " +
                                                  std::to_string(max_correlated_events));
        }
        made_.at_least = number;
        has_bound_ = true;
    }

    void read_aliases(const YamlMember& part) {
        for (const YamlMember& alias : reading_.members(part.value, "`aliases`")) {
            for (const YamlMember& field : reading_.members(alias.value, "an alias"))
                made_.aliases[alias.key][field.key] = reading_.text(field);
        }
    }

    void check() {
        const int line = member_.line;
        if (!has_type_) reading_.error(line, "`correlation` needs a `type`");
        if (made_.steps.empty()) reading_.error(line, "`correlation` needs `rules`");
        if (made_.timespan == Ticks{0}) reading_.error(line, "`correlation` needs a `timespan`");
        const bool counts =
            made_.type == CorrelationType::event_count || made_.type == CorrelationType::value_count;
        if (counts && !has_bound_) reading_.error(line, "a count needs a `condition` with `gte` or `gt`");
        if (made_.type == CorrelationType::value_count && made_.value_field.empty())
            reading_.error(line,
                           "`value_count` needs a `condition` with the `field` whose values are counted");
        if (made_.type != CorrelationType::value_count && !made_.value_field.empty())
            reading_.error(line, "only `value_count` counts the values of a `field`");
        if (!counts && has_bound_)
            reading_.cannot_evaluate(line, "`condition` of a temporal correlation is not evaluated");
        if (!counts && made_.steps.size() < 2)
            reading_.error(line, "a temporal correlation needs two `rules` or more");
    }

    const YamlMember& member_;
    SigmaReading& reading_;
    Correlation made_;
    bool has_type_ = false;
    bool has_bound_ = false;
};

}  // namespace

std::shared_ptr<const Correlation> read_correlation(const YamlMember& member, SigmaReading& reading) {
    return CorrelationReader{member, reading}.run();
}

}  // namespace entrawatch
