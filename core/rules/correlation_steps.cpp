// Correlations get the conditions of the rules they name.
#include <algorithm>

#include "core/base/text.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/rule.hpp"

namespace entrawatch {
namespace {

class Resolver {
  public:
    Resolver(std::vector<Rule>& rules, std::span<const Rule> known, Problems& problems)
        : rules_(rules), known_(known), problems_(problems) {}

    // False: the rule cannot be used, which was reported.
    bool resolve(Rule& rule) {
        auto made = std::make_shared<Correlation>(*rule.correlation);
        rule.feeds.clear();
        for (CorrelationStep& step : made->steps) {
            if (!resolve(rule, *made, step)) return false;
        }
        rule.correlation = std::move(made);
        return true;
    }

  private:
    bool resolve(Rule& rule, const Correlation& correlation, CorrelationStep& step) {
        const Rule* base = find(rule, step.rule);
        if (base == nullptr) return complain(rule, correlation, no_rule(step.rule));
        if (base->correlation) {
            return complain(rule, correlation,
                            "correlations of correlations are not evaluated: " + cut_utf8(step.rule, 100));
        }
        step.condition = base->condition;
        step.feeds = base->feeds;
        step.group_by.clear();
        for (const std::string& name : correlation.group_by) {
            auto field = compile(rule, correlation, step, name);
            if (!field) return false;
            step.group_by.push_back(std::move(*field));
        }
        if (!correlation.value_field.empty()) {
            step.value = compile(rule, correlation, step, correlation.value_field);
            if (!step.value) return false;
        }
        for (const FeedId feed : base->feeds) {
            if (std::find(rule.feeds.begin(), rule.feeds.end(), feed) == rule.feeds.end())
                rule.feeds.push_back(feed);
        }
        if (base->file == rule.file && !base->generates) silence(*base);
        return true;
    }

    void silence(const Rule& base) {
        for (Rule& rule : rules_) {
            if (&rule == &base) rule.alerts = false;
        }
    }

    // Rules of the same file first, rules from elsewhere last.
    [[nodiscard]] const Rule* find(const Rule& from, std::string_view name) const {
        const Rule* found = nullptr;
        for (const std::span<const Rule> all : {std::span<const Rule>{rules_}, known_}) {
            for (const Rule& rule : all) {
                const bool same =
                    rule.reference == name || rule.name == name || equal_ignoring_ascii_case(rule.id, name);
                if (!same || &rule == &from) continue;
                if (rule.file == from.file) return &rule;
                if (found == nullptr) found = &rule;
            }
        }
        return found;
    }

    std::optional<FieldPath> compile(const Rule& rule, const Correlation& correlation,
                                     const CorrelationStep& step, const std::string& name) {
        const auto alias = correlation.aliases.find(name);
        std::string field = name;
        if (alias != correlation.aliases.end()) {
            const auto own = alias->second.find(step.rule);
            if (own == alias->second.end()) {
                complain(rule, correlation,
                         "the alias `" + name + "` names no field of the rule " + step.rule);
                return std::nullopt;
            }
            field = own->second;
        }
        auto path = FieldPath::compile(field, step.feeds);
        if (path) return std::move(*path);
        complain(rule, correlation, path.error().what);
        return std::nullopt;
    }

    std::string no_rule(std::string_view name) {
        std::vector<std::string_view> known;
        for (const Rule& rule : rules_) {
            known.push_back(rule.name);
            if (!rule.reference.empty()) known.push_back(rule.reference);
        }
        const std::string near = nearest(name, known);
        return "the correlation names the rule `" + cut_utf8(name, 100) + "`, which is not there" +
               (near.empty() ? "" : "; did you mean `" + near + "`?");
    }

    bool complain(const Rule& rule, const Correlation& correlation, std::string what) {
        problems_.push_back({rule.file, correlation.line, std::move(what), rule.foreign});
        return false;
    }

    std::vector<Rule>& rules_;
    std::span<const Rule> known_;
    Problems& problems_;
};

}  // namespace

Problems resolve_correlations(std::vector<Rule>& rules, std::span<const Rule> known) {
    Problems problems;
    Resolver resolver{rules, known, problems};
    std::vector<std::string> unusable;
    for (Rule& rule : rules) {
        if (rule.correlation && !resolver.resolve(rule)) unusable.push_back(rule.id);
    }
    std::erase_if(rules, [&](const Rule& rule) {
        return std::find(unusable.begin(), unusable.end(), rule.id) != unusable.end();
    });
    return problems;
}

}  // namespace entrawatch
