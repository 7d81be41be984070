// FilterNode: the parsed form of a $filter. Shared by filter.cpp (which evaluates) and filter_parser.cpp
// (which builds).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulator/graph_error.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

enum class Comparison : std::uint8_t { eq, ne, ge, le, gt, lt };

struct FilterNode {
    enum class Kind : std::uint8_t {
        all_of,
        any_of,
        negation,
        compare,
        lambda,
        nothing
    } kind = Kind::nothing;
    std::vector<std::shared_ptr<const FilterNode>> children;  // all_of, any_of, negation, lambda (one)
    std::string property;                                     // compare, lambda, nothing
    Comparison comparison = Comparison::eq;
    PropertyType type = PropertyType::text;
    std::string text;  // the literal, unquoted
    Instant time;      // the literal, when type is time
};

using FilterNodePtr = std::shared_ptr<const FilterNode>;

// Bounds: 8 KiB of text, 32 levels of parentheses.
[[nodiscard]] OrGraphError<FilterNodePtr> parse_filter(std::string_view text, const Endpoint& endpoint);

}  // namespace entrawatch::simulator
