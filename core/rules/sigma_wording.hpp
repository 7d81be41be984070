// What one line of a selection demands, in plain words: `is 'A' or 'B'`, `begins with 'A'`.
//
// Made by sigma_values while the line is read, because what is compiled of it no longer says how it was
// written; shown by explanation. Read next: explanation.hpp.
#pragma once

#include <string>
#include <vector>

#include "core/rules/sigma_modifiers.hpp"

namespace entrawatch {

inline constexpr std::size_t max_worded_values = 5;         // of one line; further ones are counted
inline constexpr std::size_t max_worded_value_bytes = 100;  // of one value

// `values`: the scalars of the line, as written. Without the opposite that `neq` makes of it.
[[nodiscard]] std::string demand_in_words(const FieldKey& key, const std::vector<YAML::Node>& values);

}  // namespace entrawatch
