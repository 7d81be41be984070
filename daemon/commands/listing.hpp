// listing: what `alerts list`, `alerts dead list` and `mute list` are but for their columns and rows: a list
// over the chosen tenants, in which a tenant that cannot be read is a complaint and no end.
//
// Read next: daemon/output/list_writer.hpp.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "core/store/store.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/output/list_writer.hpp"

namespace entrawatch {

struct Listing {
    std::vector<Column> columns;
    Format format = Format::table;
    // Writes one tenant's rows.
    std::function<Result<>(const TenantSettings&, Store&, ListWriter&)> rows;
    std::string_view nothing;  // said where a table would have no row
};

// The exit code.
[[nodiscard]] int list_tenants(const std::vector<const TenantSettings*>& tenants, const Listing& listing,
                               const Invocation& invocation);

}  // namespace entrawatch
