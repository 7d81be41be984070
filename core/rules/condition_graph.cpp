#include "core/rules/condition_graph.hpp"

#include <utility>

namespace entrawatch {

std::uint32_t ConditionGraph::add(const ConditionNode& node, const Condition& condition,
                                  std::span<const std::uint32_t> ids) {
    if (node.kind == ConditionNode::Kind::test) {
        const std::string& demand = node.test->demand;
        std::string key =
            demand.empty() ? "" : "field " + std::to_string(ids[node.test->field]) + " " + demand;
        return keep(std::move(key), {node.kind, 0, node.test.get(), condition.fields(), ids, {}});
    }
    Node made{node.kind, node.count, nullptr, {}, {}, {}};
    std::string key =
        "node " + std::to_string(static_cast<int>(node.kind)) + " " + std::to_string(node.count);
    for (const ConditionNode& child : node.children) {
        made.children.push_back(add(child, condition, ids));
        key += " " + std::to_string(made.children.back());
    }
    return keep(std::move(key), std::move(made));
}

// A test that does not say what it demands stands for itself.
std::uint32_t ConditionGraph::keep(std::string key, Node node) {
    const auto number = static_cast<std::uint32_t>(nodes_.size());
    if (!key.empty()) {
        const auto [place, added] = numbers_.try_emplace(std::move(key), number);
        if (!added) return place->second;
    }
    nodes_.push_back(std::move(node));
    return number;
}

bool ConditionGraph::holds(std::uint32_t node, FieldCache& cache, Judgements& judgements) const {
    if (judgements.knows(node)) return judgements.answer(node);
    const Node& asked = nodes_[node];
    const bool answer = asked.kind == ConditionNode::Kind::test
                            ? entrawatch::holds(*asked.test, TestSubject{cache, asked.fields, asked.ids})
                            : combined(asked.kind, asked.count, asked.children,
                                       [&](std::uint32_t child) { return holds(child, cache, judgements); });
    judgements.set(node, answer);
    return answer;
}

}  // namespace entrawatch
