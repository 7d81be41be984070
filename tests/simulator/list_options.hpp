// list_options: what a list request asks for, checked as the endpoint checks it: $filter, $top, $orderby.
//
// $top over the maximum is clamped on the report feeds and refused on identity protection; options that these
// paths do not take are refused.
#pragma once

#include <optional>

#include "tests/simulator/filter.hpp"
#include "tests/simulator/query.hpp"

namespace entrawatch::simulator {

struct ListOptions {
    std::optional<Filter> filter;
    std::size_t page_size = 1000;
    bool ascending = false;
};

[[nodiscard]] OrGraphError<ListOptions> parse_list_options(const Endpoint& endpoint, const Query& query);

}  // namespace entrawatch::simulator
