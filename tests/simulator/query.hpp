// Query: a request target taken apart: the path, and the query options decoded once.
//
// Raw blanks and double quotes are refused, as Graph does; `+` is a blank, so that an unescaped "+00:00"
// breaks here as it does there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/simulator/graph_error.hpp"

namespace entrawatch::simulator {

struct Query {
    std::string path;                                          // decoded, letter case as sent
    std::vector<std::pair<std::string, std::string>> options;  // decoded, in order

    // Names are compared without case; nullopt when absent.
    [[nodiscard]] std::optional<std::string> option(std::string_view name) const;
};

[[nodiscard]] OrGraphError<Query> parse_target(std::string_view target);
// application/x-www-form-urlencoded, as in token requests; broken escapes are kept as they are.
[[nodiscard]] Query parse_form(std::string_view body);

}  // namespace entrawatch::simulator
