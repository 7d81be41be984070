// Condition: what a rule demands of an event, compiled from the selections and the condition of a Sigma file.
//
// Immutable and shared. matches() allocates nothing once the cache has grown, with two exceptions, each at
// most once per event and field: text that is not ASCII is normalised, and the differences of
// `changes.….added|removed` are computed. Made by sigma_detection and sigma_condition_parser, evaluated by
// ConditionGraph for a RuleSet. Read next: field_test.hpp, condition_graph.hpp, pivot.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/rules/field_test.hpp"

namespace entrawatch {

struct ConditionNode {
    enum class Kind { test, all, any, none, at_least } kind = Kind::all;
    std::shared_ptr<const FieldTest> test;  // test
    std::vector<ConditionNode> children;    // the others; none: exactly one
    std::size_t count = 0;                  // at_least: how many children must hold
    std::string selection{};  // the selection of the rule that it is; empty: none, or inside one

    [[nodiscard]] static ConditionNode of(FieldTest test);
    [[nodiscard]] static ConditionNode of(Kind kind, std::vector<ConditionNode> children);
    [[nodiscard]] static ConditionNode negated(ConditionNode child);
};

// What a node that is no test makes of its children, asked in order until the answer is known.
template <class Children, class ChildHolds>
[[nodiscard]] bool combined(ConditionNode::Kind kind, std::size_t count, const Children& children,
                            ChildHolds child_holds) {
    switch (kind) {
        case ConditionNode::Kind::test:
            return false;
        case ConditionNode::Kind::all:
            return std::all_of(children.begin(), children.end(), child_holds);
        case ConditionNode::Kind::any:
            return std::any_of(children.begin(), children.end(), child_holds);
        case ConditionNode::Kind::none:
            return std::none_of(children.begin(), children.end(), child_holds);
        case ConditionNode::Kind::at_least: {
            std::size_t held = 0;
            return std::any_of(children.begin(), children.end(),
                               [&](const auto& child) { return child_holds(child) && ++held >= count; });
        }
    }
    return false;
}

// How many nodes the tree has, counted up to `limit`.
[[nodiscard]] std::size_t node_count(const ConditionNode& node, std::size_t limit);

class Condition {
  public:
    Condition(ConditionNode root, std::vector<FieldPath> fields)
        : root_(std::move(root)), fields_(std::move(fields)) {}

    [[nodiscard]] const ConditionNode& root() const { return root_; }
    [[nodiscard]] std::span<const FieldPath> fields() const { return fields_; }
    // `ids`: for each of fields(), its id in the cache.
    [[nodiscard]] bool matches(FieldCache& cache, std::span<const std::uint32_t> ids) const;
    // Alone, without a rule set; for tests and tools.
    [[nodiscard]] bool matches(const Event& event, Json record) const;

  private:
    ConditionNode root_;
    std::vector<FieldPath> fields_;
};

}  // namespace entrawatch
