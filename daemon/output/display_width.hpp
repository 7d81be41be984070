// display_width: how many columns of a terminal a text takes, and a cut to that many. Used by tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entrawatch {

// Columns of valid UTF-8 without control characters: East Asian wide characters take two, combining marks
// none.
[[nodiscard]] std::size_t display_width(std::string_view text);
// At most `columns` (>= 1) wide, between code points, ending in "…" when something was cut.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t columns);

}  // namespace entrawatch
