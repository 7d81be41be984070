// compare: where two documents differ, member by member; lists by what only one of them holds, in any order.
//
// Objects in a list are matched by what names them (id, target, name …) and compared with their partner, so
// that a state is the state of its own method. Nothing that differs is left out, up to a bound that is
// counted. Used by differences.cpp. Read next: phrasing.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/differences/document.hpp"

namespace entrawatch {

inline constexpr std::size_t max_path_differences = 1'000;

struct PathDifference {
    std::vector<std::string> path;  // names of members; "[Sms]" is the item of that name in a list
    bool list = false;  // what was removed from and added to a list; else one value before and after
    std::vector<std::string> removed;  // texts to show
    std::vector<std::string> added;
};

struct Comparison {
    std::vector<PathDifference> differences;
    std::size_t further = 0;  // beyond the bound
    bool whole = true;        // false: a side was too large to be read whole
};
[[nodiscard]] Comparison compare(const Document& before, const Document& after);

}  // namespace entrawatch
