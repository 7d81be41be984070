#include "core/rules/rule_filter.hpp"

#include <algorithm>
#include <optional>

#include "core/base/text.hpp"
#include "core/rules/rule.hpp"

namespace entrawatch {
namespace {

bool share_a_feed(const RuleFilter& filter, const Rule& rule) {
    return std::any_of(rule.feeds.begin(), rule.feeds.end(), [&](FeedId feed) {
        return std::find(filter.feeds.begin(), filter.feeds.end(), feed) != filter.feeds.end();
    });
}

class FilterResolver {
  public:
    FilterResolver(std::span<const Rule> rules, std::span<const Rule> known, Problems& problems)
        : rules_(rules), known_(known), problems_(problems) {}

    // False: the filter cannot be used, which was reported.
    bool resolve(RuleFilter& filter) {
        bool usable = true;
        for (std::string& name : filter.rules) {
            const Rule* rule = find(name);
            const std::string wrong = rule == nullptr ? no_rule(name) : objection(filter, *rule);
            if (rule != nullptr) name = to_lower_ascii(rule->id);
            if (wrong.empty()) continue;
            usable = false;
            problems_.push_back({filter.file, filter.rules_line, wrong, false});
        }
        return usable;
    }

  private:
    [[nodiscard]] const Rule* find(std::string_view name) const {
        for (const std::span<const Rule> all : {rules_, known_}) {
            const auto found = std::find_if(all.begin(), all.end(), [&](const Rule& rule) {
                return equal_ignoring_ascii_case(rule.id, name) || rule.name == name ||
                       (!rule.reference.empty() && rule.reference == name);
            });
            if (found != all.end()) return &*found;
        }
        return nullptr;
    }

    static std::string objection(const RuleFilter& filter, const Rule& rule) {
        if (rule.unsilenceable) {
            return "the filter " + filter.name + " names the rule " + rule.name +
                   ", which is unsilenceable: nothing may hide what it tells; take the rule out of `rules`";
        }
        if (!rule.alerts) {
            return "the rule " + rule.name +
                   " alerts only through the correlation in its file: name the correlation";
        }
        if (!share_a_feed(filter, rule))
            return "the rule " + rule.name + " reads none of the feeds of the filter's `logsource`";
        return {};
    }

    std::string no_rule(std::string_view name) const {
        std::vector<std::string_view> names;
        for (const std::span<const Rule> all : {rules_, known_}) {
            for (const Rule& rule : all) {
                names.push_back(rule.name);
                if (!rule.reference.empty()) names.push_back(rule.reference);
            }
        }
        const std::string near = nearest(name, names);
        return "the filter names the rule `" + cut_utf8(name, 100) + "`, which is not there" +
               (near.empty() ? "; `entrawatch rules list` shows those that are"
                             : "; did you mean `" + near + "`?");
    }

    std::span<const Rule> rules_, known_;
    Problems& problems_;
};

}  // namespace

bool is_about(const RuleFilter& filter, const Rule& rule) {
    if (rule.unsilenceable || !share_a_feed(filter, rule)) return false;
    return filter.any_rule || std::any_of(filter.rules.begin(), filter.rules.end(), [&](const auto& id) {
               return equal_ignoring_ascii_case(id, rule.id);
           });
}

Problems resolve_filters(std::vector<RuleFilter>& filters, std::span<const Rule> rules,
                         std::span<const Rule> known) {
    Problems problems;
    FilterResolver resolver{rules, known, problems};
    std::erase_if(filters, [&](RuleFilter& filter) { return !resolver.resolve(filter); });
    return problems;
}

Problems expiry_problems(std::span<const RuleFilter> filters, Instant now) {
    Problems problems;
    for (const RuleFilter& filter : filters) {
        if (!in_force(filter, now)) {
            problems.push_back({filter.file, filter.line,
                                "the filter " + filter.name + " of " + filter.owner + " ended after " +
                                    filter.last_day +
                                    " and suppresses nothing; look at it again and give it a new `expires`, "
                                    "or remove it",
                                true});
        } else if (filter.expires > now + longest_exception) {
            problems.push_back({filter.file, filter.line,
                                "the filter " + filter.name + " ends after " + filter.last_day +
                                    ", more than a year from now: choose a nearer `expires`, so that "
                                    "somebody looks at it again",
                                false});
        }
    }
    return problems;
}

}  // namespace entrawatch
