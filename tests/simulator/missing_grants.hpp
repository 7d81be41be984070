// missing_grants: how Graph says that a permission or a licence is missing: differently for each group of
// feeds. Used by tenant.
#pragma once

#include <string_view>

#include "core/feed/feed.hpp"
#include "tests/simulator/graph_error.hpp"

namespace entrawatch::simulator {

[[nodiscard]] GraphError missing_permission(BudgetGroup group, std::string_view permission);
[[nodiscard]] GraphError missing_licence(FeedId feed);

}  // namespace entrawatch::simulator
