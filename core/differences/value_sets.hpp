// Lists of values as sets that keep the order in which they were written. Used by phrasing and the families.
#pragma once

#include <string>
#include <vector>

namespace entrawatch {

// Takes from `values` what `others` holds too. n log n: lists may be as long as a record.
void take_away(std::vector<std::string>& values, const std::vector<std::string>& others);
// Keeps the first of those that are the same.
void make_unique(std::vector<std::string>& values);

}  // namespace entrawatch
