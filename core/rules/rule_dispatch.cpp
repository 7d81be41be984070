#include "core/rules/rule_dispatch.hpp"

#include <algorithm>

#include "core/rules/condition.hpp"
#include "core/rules/pivot.hpp"

namespace entrawatch {

RuleDispatch::RuleDispatch(std::span<const Rule> rules, std::span<const RuleFilter> filters) {
    ids_.reserve(rules.size());  // the graph looks into them
    for (std::uint32_t number = 0; number < rules.size(); ++number)
        add(rules[number], number);
    for (std::uint32_t number = 0; number < filters.size(); ++number) {
        filter_ids_.push_back(intern(filters[number].excepts->fields()));
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            if (is_about(filters[number], rules[rule])) ids_[rule].filters.push_back(number);
        }
    }
}

std::uint32_t RuleDispatch::intern(const FieldPath& field) {
    const auto [place, added] =
        field_ids_.try_emplace(field.key(), static_cast<std::uint32_t>(fields_.size()));
    if (added) fields_.push_back(field);
    return place->second;
}

std::vector<std::uint32_t> RuleDispatch::intern(std::span<const FieldPath> fields) {
    std::vector<std::uint32_t> ids;
    ids.reserve(fields.size());
    for (const FieldPath& field : fields)
        ids.push_back(intern(field));
    return ids;
}

RuleDispatch::Pivot& RuleDispatch::pivot_of(FeedTable& table, std::uint32_t field) {
    const auto found = std::find_if(table.pivots.begin(), table.pivots.end(),
                                    [&](const Pivot& pivot) { return pivot.field == field; });
    if (found != table.pivots.end()) return *found;
    return table.pivots.emplace_back(Pivot{field, {}});
}

void RuleDispatch::add(const Rule& rule, std::uint32_t number) {
    RuleFieldIds& ids = ids_.emplace_back();
    ids.subject = intern(rule.subject);
    ids.summary = intern(rule.summary_fields);
    if (rule.counted) ids.counted = intern(*rule.counted);
    for (const SeverityAdjustment& adjustment : rule.severity)
        ids.severity.push_back(adjustment.when ? intern(adjustment.when->fields())
                                               : std::vector<std::uint32_t>{});
    if (!rule.condition || !rule.alerts) return;
    ids.condition = intern(rule.condition->fields());
    ids.root = graph_.add(*rule.condition, ids.condition);
    const auto keys = pivot_keys(*rule.condition);
    for (const FeedId feed : rule.feeds) {
        FeedTable& table = feeds_.at(static_cast<std::size_t>(feed));
        if (!keys) {
            table.residual.push_back(number);
            continue;
        }
        for (const PivotKey& key : *keys) {
            auto& numbers = pivot_of(table, ids.condition[key.field]).rules[key.value];
            if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
        }
    }
}

void RuleDispatch::begin(const Event& event, Json record, RuleScratch& scratch) const {
    scratch.cache.begin(event, record, fields_.size());
    scratch.judgements.begin(graph_.size());
    find_candidates(event.feed, scratch);
}

void RuleDispatch::find_candidates(FeedId feed, RuleScratch& scratch) const {
    const FeedTable& table = feeds_.at(static_cast<std::size_t>(feed));
    ++scratch.event_number;
    if (scratch.seen_in.size() < ids_.size()) scratch.seen_in.resize(ids_.size());
    scratch.candidates = table.residual;
    for (const Pivot& pivot : table.pivots) {
        const FieldPath& path = fields_[pivot.field];
        if (scratch.cache.values(pivot.field, path).empty()) continue;
        for (const std::string& value : scratch.cache.folded(pivot.field, path)) {
            const auto found = pivot.rules.find(std::string_view{value});
            if (found == pivot.rules.end()) continue;
            for (const std::uint32_t number : found->second) {
                if (std::exchange(scratch.seen_in[number], scratch.event_number) == scratch.event_number)
                    continue;
                scratch.candidates.push_back(number);
            }
        }
    }
    std::sort(scratch.candidates.begin(), scratch.candidates.end());
}

}  // namespace entrawatch
