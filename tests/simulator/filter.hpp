// Filter: the $filter of a list request, as far as the log feeds understand it: eq ne ge le gt lt, and, or,
// not, parentheses, any().
//
// Only the endpoint's documented properties; the first unknown one fails the whole request with its name, as
// on the wire. A quoted time is no error: it matches nothing. Used by tenant. Read next: endpoint.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "tests/simulator/graph_error.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

struct FilterNode;

class Filter {
  public:
    [[nodiscard]] static OrGraphError<Filter> parse(std::string_view text, const Endpoint& endpoint);

    [[nodiscard]] bool matches(const Properties& properties) const;
    // True when the filter speaks of that property anywhere.
    [[nodiscard]] bool names(std::string_view property) const;
    // The span of `property` that the filter's outermost "and" allows; nullopt when it is open on either
    // side.
    [[nodiscard]] std::optional<Span> span_of(std::string_view property) const;

  private:
    explicit Filter(std::shared_ptr<const FilterNode> root) : root_(std::move(root)) {}
    std::shared_ptr<const FilterNode> root_;
};

}  // namespace entrawatch::simulator
