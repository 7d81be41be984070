#include "core/rules/rule_set.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/rules/condition.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/rule_dispatch.hpp"
#include "core/rules/rule_findings.hpp"

namespace entrawatch {
namespace {

// A later rule takes the place of an earlier one with its id.
std::vector<Rule> replaced_by_id(std::vector<Rule> rules) {
    std::vector<Rule> kept;
    std::map<std::string, std::size_t, std::less<>> places;
    for (Rule& rule : rules) {
        const auto [place, added] = places.try_emplace(to_lower_ascii(rule.id), kept.size());
        if (added) {
            kept.push_back(std::move(rule));
        } else {
            kept[place->second] = std::move(rule);
        }
    }
    return kept;
}

// Each step of a correlation as a rule of its own: the step's condition and group, the correlation's words.
std::vector<Rule> with_steps(std::vector<Rule> all) {
    const std::size_t in_force = all.size();
    for (std::size_t i = 0; i < in_force; ++i) {
        const Rule rule = all[i];
        if (!rule.correlation) continue;
        int number = 0;
        for (const CorrelationStep& step : rule.correlation->steps) {
            Rule one = rule;
            one.condition = step.condition;
            one.feeds = step.feeds;
            one.subject = step.group_by;
            one.counted = step.value;
            one.step = number++;
            all.push_back(std::move(one));
        }
    }
    return all;
}

}  // namespace

void RuleScratchDeleter::operator()(RuleScratch* scratch) const {
    delete scratch;
}

RuleScratchPtr make_rule_scratch() {
    return RuleScratchPtr{new RuleScratch};
}

struct RuleSet::Dispatch : RuleDispatch {
    using RuleDispatch::RuleDispatch;
};

RuleSet::RuleSet(std::vector<Rule> rules, std::vector<RuleFilter> filters)
    : rules_(replaced_by_id(std::move(rules))), filters_(std::move(filters)) {
    in_force_ = rules_.size();
    rules_ = with_steps(std::move(rules_));
    dispatch_ = std::make_unique<Dispatch>(rules_, filters_);
}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

std::vector<Finding> RuleSet::evaluate(const Event& event, Json record, RuleScratch& scratch) const {
    std::vector<Finding> findings;
    dispatch_->begin(event, record, scratch);
    for (const std::uint32_t number : scratch.candidates) {
        const Rule& rule = rules_[number];
        const RuleFieldIds& ids = dispatch_->ids(number);
        if (!dispatch_->holds(number, scratch)) continue;
        const std::size_t before = findings.size();
        conclude(rule, ids, scratch.cache, findings);
        const RuleFilter* filter = exception(ids, event.feed, scratch.cache);
        for (std::size_t i = before; i < findings.size(); ++i)
            findings[i].filter = filter;
    }
    return findings;
}

const RuleFilter* RuleSet::exception(const RuleFieldIds& ids, FeedId feed, FieldCache& cache) const {
    const RuleFilter* longest = nullptr;
    for (const std::uint32_t number : ids.filters) {
        const RuleFilter& filter = filters_[number];
        if (longest != nullptr && filter.expires <= longest->expires) continue;
        if (std::find(filter.feeds.begin(), filter.feeds.end(), feed) == filter.feeds.end()) continue;
        if (filter.excepts->matches(cache, dispatch_->filter_ids(number))) longest = &filter;
    }
    return longest;
}

std::span<const Rule> RuleSet::rules() const {
    return std::span{rules_}.first(in_force_);
}

const Rule* RuleSet::find(std::string_view id_or_name) const {
    const std::span<const Rule> in_force = rules();
    const auto found = std::find_if(in_force.begin(), in_force.end(), [&](const Rule& rule) {
        return equal_ignoring_ascii_case(rule.id, id_or_name) || rule.name == id_or_name;
    });
    return found == in_force.end() ? nullptr : &*found;
}

}  // namespace entrawatch
