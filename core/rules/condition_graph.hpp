// ConditionGraph: the conditions of many rules, with what they have in common kept once, so that what a
// hundred rules demand is judged once for an event.
//
// Private to core/rules: the part of RuleDispatch that says whether a rule's condition holds. Read next:
// condition.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/rules/condition.hpp"

namespace entrawatch {

// What was judged of one event; kept from event to event, for its memory.
class Judgements {
  public:
    void begin(std::size_t nodes) {
        ++event_;
        if (judged_.size() < nodes) judged_.resize(nodes);
    }
    [[nodiscard]] bool knows(std::uint32_t node) const { return judged_[node] >> 1U == event_; }
    [[nodiscard]] bool answer(std::uint32_t node) const { return (judged_[node] & 1U) != 0; }
    void set(std::uint32_t node, bool holds) { judged_[node] = event_ << 1U | (holds ? 1U : 0U); }

  private:
    std::uint64_t event_ = 0;
    std::vector<std::uint64_t> judged_;  // the event in which the node was judged, and the judgement
};

class ConditionGraph {
  public:
    // A node of the condition, or one made of its nodes. `ids`: for each of the condition's fields, its id in
    // the cache; condition and ids outlive the graph. Two nodes that demand the same have the same number.
    [[nodiscard]] std::uint32_t add(const ConditionNode& node, const Condition& condition,
                                    std::span<const std::uint32_t> ids);
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    // cache and judgements must have begun.
    [[nodiscard]] bool holds(std::uint32_t node, FieldCache& cache, Judgements& judgements) const;

  private:
    struct Node {
        ConditionNode::Kind kind = ConditionNode::Kind::test;
        std::size_t count = 0;                // at_least
        const FieldTest* test = nullptr;      // test, with the fields of the condition that brought it
        std::span<const FieldPath> fields{};  // of that condition
        std::span<const std::uint32_t> ids{};
        std::vector<std::uint32_t> children{};
    };
    [[nodiscard]] std::uint32_t keep(std::string key, Node node);

    std::vector<Node> nodes_;
    std::unordered_map<std::string, std::uint32_t> numbers_;  // by what the node demands
};

}  // namespace entrawatch
