// directory_reads: what the simulated Graph says of the directory: one service principal by its appId, and
// the role definitions.
//
// Used by tenant; the answers a collector needs in order to know MS-PIM by id and roles by template.
#pragma once

#include <optional>

#include "daemon/http/message.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/query.hpp"

namespace entrawatch::simulator {

// nullopt: the path is none of ours. `base_url` is printed in @odata.context.
[[nodiscard]] std::optional<OrGraphError<std::string>> directory_body(const Query& query,
                                                                      std::string_view base_url);
// The permission a directory path needs; empty when the path is none of ours.
[[nodiscard]] std::string_view directory_permission(std::string_view path);

}  // namespace entrawatch::simulator
