#include "core/rules/condition.hpp"

#include <numeric>

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;

bool holds(const ConditionNode& node, const TestSubject& subject) {
    if (node.kind == Kind::test) return entrawatch::holds(*node.test, subject);
    return combined(node.kind, node.count, node.children,
                    [&](const ConditionNode& child) { return holds(child, subject); });
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
