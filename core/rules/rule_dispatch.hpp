// The index behind RuleSet: fields interned across rules, rules found by feed and by the value they demand.
//
// Private to core/rules. Read next: rule_set.hpp, pivot.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/rules/condition_graph.hpp"
#include "core/rules/field_cache.hpp"
#include "core/rules/rule_set.hpp"

namespace entrawatch {

struct RuleScratch {
    FieldCache cache;
    Judgements judgements;
    std::vector<std::uint32_t> candidates;  // rules to look at, in file order
    std::vector<std::uint64_t> seen_in;     // for each gate of a feed: the event that was asked at it
    std::uint64_t event_number = 0;
};

// The ids under which a rule's fields stand in the cache.
struct RuleFieldIds {
    std::vector<std::uint32_t> condition;
    std::uint32_t root = 0;                            // of the condition, in the graph
    std::vector<std::vector<std::uint32_t>> severity;  // for each adjustment
    std::vector<std::uint32_t> subject;
    std::vector<std::uint32_t> summary;
    std::optional<std::uint32_t> counted;
    std::vector<std::uint32_t> filters;  // places of the filters that are about the rule
};

class RuleDispatch {
  public:
    // Numbers are places in `rules` and in `filters`.
    RuleDispatch(std::span<const Rule> rules, std::span<const RuleFilter> filters);

    // Fills scratch.candidates with every rule that may match the event, each once and in order: those whose
    // gates hold. Event and record outlive the questions asked about them.
    void begin(const Event& event, Json record, RuleScratch& scratch) const;
    // Whether the condition of that candidate holds.
    [[nodiscard]] bool holds(std::size_t rule, RuleScratch& scratch) const {
        return graph_.holds(ids_[rule].root, scratch.cache, scratch.judgements);
    }
    [[nodiscard]] const FieldPath& field(std::uint32_t id) const { return fields_[id]; }
    [[nodiscard]] const RuleFieldIds& ids(std::size_t rule) const { return ids_[rule]; }
    [[nodiscard]] std::span<const std::uint32_t> filter_ids(std::size_t filter) const {
        return filter_ids_[filter];
    }

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    // What the rules behind it demand alike; they are looked at only where it holds. Rules that differ in
    // their exceptions alone, as those of users' own tuning do, stand behind one gate.
    struct Gate {
        std::uint32_t node = 0;  // in the graph
        std::vector<std::uint32_t> rules;
    };
    using GatesByValue =
        std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>>;
    struct Pivot {
        std::uint32_t field = 0;
        GatesByValue gates;
    };
    struct FeedTable {
        std::vector<Gate> gates;
        std::unordered_map<std::uint32_t, std::uint32_t> gate_numbers;  // by their nodes
        std::vector<Pivot> pivots;
        std::vector<std::uint32_t> residual;  // gates that demand no equality: asked about every event
    };

    [[nodiscard]] std::uint32_t intern(const FieldPath& field);
    [[nodiscard]] std::vector<std::uint32_t> intern(std::span<const FieldPath> fields);
    void add(const Rule& rule, std::uint32_t number);
    [[nodiscard]] static Gate& gate_of(FeedTable& table, std::uint32_t node, const Condition& condition,
                                       std::span<const std::uint32_t> ids);
    void find_candidates(FeedId feed, RuleScratch& scratch) const;
    void ask_at(const FeedTable& table, std::uint32_t gate, RuleScratch& scratch) const;
    [[nodiscard]] static Pivot& pivot_of(FeedTable& table, std::uint32_t field);

    std::vector<FieldPath> fields_;
    std::map<std::string, std::uint32_t, std::less<>> field_ids_;  // by FieldPath::key
    std::vector<RuleFieldIds> ids_;
    ConditionGraph graph_;
    std::vector<std::vector<std::uint32_t>> filter_ids_;  // of the conditions of the filters
    std::array<FeedTable, 256> feeds_;                    // by the number of the feed
};

}  // namespace entrawatch
