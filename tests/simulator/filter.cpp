#include "tests/simulator/filter.hpp"

#include <algorithm>

#include "tests/simulator/filter_node.hpp"

namespace entrawatch::simulator {
namespace {

template <class T>
bool holds(const T& left, Comparison comparison, const T& right) {
    switch (comparison) {
        case Comparison::eq:
            return left == right;
        case Comparison::ne:
            return left != right;
        case Comparison::ge:
            return left >= right;
        case Comparison::le:
            return left <= right;
        case Comparison::gt:
            return left > right;
        case Comparison::lt:
            return left < right;
    }
    return false;
}

bool compare_time(const FilterNode& node, const Properties& properties) {
    const auto found = properties.times.find(node.property);
    if (found == properties.times.end()) return false;
    // The store behind risk detections is coarser than the seven digits it prints: `gt` returns equal rows
    // too.
    const bool coarse = node.comparison == Comparison::gt && node.property == "lastUpdatedDateTime";
    return holds(found->second, coarse ? Comparison::ge : node.comparison, node.time);
}

// `element`: the value a lambda stands at; nullptr outside of any().
bool evaluate(const FilterNode& node, const Properties& properties, const std::string* element);

bool compare_text(const FilterNode& node, const Properties& properties, const std::string* element) {
    if (element != nullptr) return holds(*element, node.comparison, node.text);
    const auto found = properties.texts.find(node.property);
    // A missing value equals nothing and differs from everything.
    if (found == properties.texts.end() || found->second.empty()) return node.comparison == Comparison::ne;
    return holds(found->second.front(), node.comparison, node.text);
}

bool some_element(const FilterNode& node, const Properties& properties) {
    const auto found = properties.texts.find(node.property);
    if (found == properties.texts.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const std::string& element) {
        return evaluate(*node.children.front(), properties, &element);
    });
}

bool evaluate(const FilterNode& node, const Properties& properties, const std::string* element) {
    const auto true_for = [&](const FilterNodePtr& child) { return evaluate(*child, properties, element); };
    switch (node.kind) {
        case FilterNode::Kind::all_of:
            return std::all_of(node.children.begin(), node.children.end(), true_for);
        case FilterNode::Kind::any_of:
            return std::any_of(node.children.begin(), node.children.end(), true_for);
        case FilterNode::Kind::negation:
            return !true_for(node.children.front());
        case FilterNode::Kind::lambda:
            return some_element(node, properties);
        case FilterNode::Kind::nothing:
            return false;
        case FilterNode::Kind::compare:
            return node.type == PropertyType::time ? compare_time(node, properties)
                                                   : compare_text(node, properties, element);
    }
    return false;
}

bool names_property(const FilterNode& node, std::string_view property) {
    if (node.property == property) return true;
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const FilterNodePtr& child) { return names_property(*child, property); });
}

struct Bounds {
    std::optional<Instant> from, to;
};

void narrow(const FilterNode& node, std::string_view property, Bounds& bounds) {
    if (node.kind == FilterNode::Kind::all_of) {
        for (const FilterNodePtr& child : node.children)
            narrow(*child, property, bounds);
        return;
    }
    if (node.kind != FilterNode::Kind::compare || node.property != property) return;
    const bool lower = node.comparison == Comparison::ge || node.comparison == Comparison::gt;
    const bool upper = node.comparison == Comparison::le || node.comparison == Comparison::lt;
    if (lower) bounds.from = bounds.from ? std::max(*bounds.from, node.time) : node.time;
    if (upper) bounds.to = bounds.to ? std::min(*bounds.to, node.time) : node.time;
}

}  // namespace

OrGraphError<Filter> Filter::parse(std::string_view text, const Endpoint& endpoint) {
    auto root = parse_filter(text, endpoint);
    if (!root) return tl::make_unexpected(std::move(root.error()));
    return Filter{std::move(*root)};
}

bool Filter::matches(const Properties& properties) const {
    return evaluate(*root_, properties, nullptr);
}

bool Filter::names(std::string_view property) const {
    return names_property(*root_, property);
}

std::optional<Span> Filter::span_of(std::string_view property) const {
    Bounds bounds;
    narrow(*root_, property, bounds);
    if (!bounds.from || !bounds.to) return std::nullopt;
    return Span{*bounds.from, *bounds.to};
}

}  // namespace entrawatch::simulator
