// directory_reads: what the simulated Graph answers about the directory.
//
// The reads that the product makes, with $select, `$filter=id in (…)` and the refusals that the real one is
// known for. Used by tenant. Read next: directory_state.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/simulator/directory_state.hpp"
#include "tests/simulator/query.hpp"

namespace entrawatch::simulator {

// nullopt: the path is none of ours. `base_url` is printed in @odata.context.
[[nodiscard]] std::optional<OrGraphError<std::string>> directory_body(const Query& query,
                                                                      const DirectoryState& state,
                                                                      std::string_view base_url);
// The permission a directory path needs; empty when the path is none of ours.
[[nodiscard]] std::string_view directory_permission(std::string_view path);
// Whose limit a directory path counts against.
[[nodiscard]] BudgetGroup directory_budget(std::string_view path);

}  // namespace entrawatch::simulator
