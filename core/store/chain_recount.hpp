// chain_recount: what the chain does not cover because it follows from what it covers, worked out again: the
// schema itself, the structure of the file, counters, coverage.
//
// Each hands back the first difference in words. Used by chain_verify.
#pragma once

#include <optional>
#include <string>

#include "core/store/sqlite.hpp"

namespace entrawatch {

// Against the schema that the migrations make.
[[nodiscard]] std::optional<std::string> altered_schema(Database& db);
// SQLite's own check: pages, and that indexes have every row of their table.
[[nodiscard]] std::optional<std::string> damaged_structure(Database& db);
// Counters, planner's clock, coverage; octets and changes without an event.
[[nodiscard]] std::optional<std::string> wrong_recount(Database& db);

}  // namespace entrawatch
