// shipped_list: the lists of rows that come with the program (roles.yml, scenarios.yml, controls.yml), up to
// what a row means. Private to roles.cpp, scenarios.cpp and controls.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml_tree.hpp"
#include "core/base/error.hpp"

namespace entrawatch {

// The rows under `key:`; the Error names file and line.
[[nodiscard]] Result<std::vector<YamlNode>> read_shipped_list(const std::filesystem::path& file,
                                                              std::string_view key);
// The text of a member; empty when it is missing or no scalar.
[[nodiscard]] std::string row_text(const YamlNode& row, std::string_view key);
[[nodiscard]] tl::unexpected<Error> wrong_row(const std::filesystem::path& file, int line, std::string what);

}  // namespace entrawatch
