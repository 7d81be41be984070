#include "core/rules/rule_dispatch.hpp"

#include <algorithm>

#include "core/rules/condition.hpp"
#include "core/rules/pivot.hpp"

namespace entrawatch {
namespace {

// What must be there for the condition to hold, without what must not.
ConditionNode demanded(const ConditionNode& root) {
    if (root.kind != ConditionNode::Kind::all) return root;
    std::vector<ConditionNode> there;
    std::copy_if(root.children.begin(), root.children.end(), std::back_inserter(there),
                 [](const ConditionNode& child) { return child.kind != ConditionNode::Kind::none; });
    return there.empty() ? root : ConditionNode::of(ConditionNode::Kind::all, std::move(there));
}

}  // namespace

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
    ids.root = graph_.add(rule.condition->root(), *rule.condition, ids.condition);
    const std::uint32_t gate = graph_.add(demanded(rule.condition->root()), *rule.condition, ids.condition);
    for (const FeedId feed : rule.feeds) {
        FeedTable& table = feeds_.at(static_cast<std::size_t>(feed));
        std::vector<std::uint32_t>& behind = gate_of(table, gate, *rule.condition, ids.condition).rules;
        if (behind.empty() || behind.back() != number) behind.push_back(number);
    }
}

// `condition`: of a rule behind the gate; all of them have the pivots that the gate has.
RuleDispatch::Gate& RuleDispatch::gate_of(FeedTable& table, std::uint32_t node, const Condition& condition,
                                          std::span<const std::uint32_t> ids) {
    const auto number = static_cast<std::uint32_t>(table.gates.size());
    const auto [place, added] = table.gate_numbers.try_emplace(node, number);
    if (!added) return table.gates[place->second];
    if (const auto keys = pivot_keys(condition)) {
        for (const PivotKey& key : *keys) {
            auto& gates = pivot_of(table, ids[key.field]).gates[key.value];
            if (gates.empty() || gates.back() != number) gates.push_back(number);
        }
    } else {
        table.residual.push_back(number);
    }
    return table.gates.emplace_back(Gate{node, {}});
}

void RuleDispatch::begin(const Event& event, Json record, RuleScratch& scratch) const {
    scratch.cache.begin(event, record, fields_.size());
    scratch.judgements.begin(graph_.size());
    find_candidates(event.feed, scratch);
}

void RuleDispatch::find_candidates(FeedId feed, RuleScratch& scratch) const {
    const FeedTable& table = feeds_.at(static_cast<std::size_t>(feed));
    ++scratch.event_number;
    if (scratch.seen_in.size() < table.gates.size()) scratch.seen_in.resize(table.gates.size());
    scratch.candidates.clear();
    for (const std::uint32_t gate : table.residual)
        ask_at(table, gate, scratch);
    for (const Pivot& pivot : table.pivots) {
        const FieldPath& path = fields_[pivot.field];
        if (scratch.cache.values(pivot.field, path).empty()) continue;
        for (const std::string& value : scratch.cache.folded(pivot.field, path)) {
            const auto found = pivot.gates.find(std::string_view{value});
            if (found == pivot.gates.end()) continue;
            for (const std::uint32_t gate : found->second)
                ask_at(table, gate, scratch);
        }
    }
    std::sort(scratch.candidates.begin(), scratch.candidates.end());
}

void RuleDispatch::ask_at(const FeedTable& table, std::uint32_t gate, RuleScratch& scratch) const {
    if (std::exchange(scratch.seen_in[gate], scratch.event_number) == scratch.event_number) return;
    const Gate& asked = table.gates[gate];
    if (!graph_.holds(asked.node, scratch.cache, scratch.judgements)) return;
    scratch.candidates.insert(scratch.candidates.end(), asked.rules.begin(), asked.rules.end());
}

}  // namespace entrawatch
