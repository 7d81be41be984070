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
// Of a POST: getByIds is the one that is known.
[[nodiscard]] std::optional<OrGraphError<std::string>> directory_answer(const Query& query,
                                                                        const std::string& body,
                                                                        const DirectoryState& state);
// The permission a directory path needs; empty when the path is none of ours.
[[nodiscard]] std::string_view directory_permission(std::string_view path);
// Whose limit a directory path counts against.
[[nodiscard]] BudgetGroup directory_budget(std::string_view path);

}  // namespace entrawatch::simulator
