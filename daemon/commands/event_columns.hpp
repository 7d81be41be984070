// event_columns: the members of the `events` view, under its names, for whoever prints or exports them.
//
// Used by `query` and `evidence export`.
#pragma once

#include <vector>

#include "core/store/query.hpp"
#include "daemon/output/list_writer.hpp"

namespace entrawatch {

// Without `tenant` and `raw`, which callers add.
[[nodiscard]] std::vector<Column> event_view_columns();
[[nodiscard]] std::vector<OrderedJson> event_view_row(const EventRow& row);

}  // namespace entrawatch
