#include "core/rules/condition.hpp"

#include <algorithm>
#include <numeric>

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;

bool holds(const ConditionNode& node, const TestSubject& subject) {
    const auto child_holds = [&](const ConditionNode& child) { return holds(child, subject); };
    const auto& children = node.children;
    switch (node.kind) {
        case Kind::test:
            return entrawatch::holds(*node.test, subject);
        case Kind::all:
            return std::all_of(children.begin(), children.end(), child_holds);
        case Kind::any:
            return std::any_of(children.begin(), children.end(), child_holds);
        case Kind::none:
            return std::none_of(children.begin(), children.end(), child_holds);
        case Kind::at_least: {
            std::size_t held = 0;
            return std::any_of(children.begin(), children.end(), [&](const ConditionNode& child) {
                return child_holds(child) && ++held >= node.count;
            });
        }
    }
    return false;
}

}  // namespace

ConditionNode ConditionNode::of(FieldTest test) {
    ConditionNode node;
    node.kind = Kind::test;
    node.test = std::make_shared<const FieldTest>(std::move(test));
    return node;
}

ConditionNode ConditionNode::of(Kind kind, std::vector<ConditionNode> children) {
    if (children.size() == 1 && (kind == Kind::all || kind == Kind::any)) return std::move(children.front());
    ConditionNode node;
    node.kind = kind;
    node.children = std::move(children);
    return node;
}

ConditionNode ConditionNode::negated(ConditionNode child) {
    ConditionNode node;
    node.kind = Kind::none;
    node.children.push_back(std::move(child));
    return node;
}

std::size_t node_count(const ConditionNode& node, std::size_t limit) {
    std::size_t count = 1;
    for (const ConditionNode& child : node.children) {
        if (count >= limit) break;
        count += node_count(child, limit - count);
    }
    return count;
}

bool Condition::matches(FieldCache& cache, std::span<const std::uint32_t> ids) const {
    return holds(root_, TestSubject{cache, fields_, ids});
}

bool Condition::matches(const Event& event, Json record) const {
    FieldCache cache;
    cache.begin(event, record, fields_.size());
    std::vector<std::uint32_t> ids(fields_.size());
    std::iota(ids.begin(), ids.end(), 0U);
    return matches(cache, ids);
}

}  // namespace entrawatch
