#include "daemon/commands/listing.hpp"

#include <ostream>

#include "daemon/commands/opening.hpp"
#include "daemon/options.hpp"

namespace entrawatch {
namespace {

Result<> list_tenant(const TenantSettings& tenant, const Listing& listing, ListWriter& list,
                     const Invocation& invocation) {
    auto store = open_existing_store(tenant, true, invocation.now(), invocation.stop);
    return store ? listing.rows(tenant, *store, list) : fail(store.error());
}

}  // namespace

int list_tenants(const std::vector<const TenantSettings*>& tenants, const Listing& listing,
                 const Invocation& invocation) {
    ListWriter list{invocation.out, listing.columns, invocation.style(listing.format)};
    int code = exit_ok;
    for (const TenantSettings* tenant : tenants) {
        if (const auto done = list_tenant(*tenant, listing, list, invocation); !done)
            code = complain(invocation, done.error(), exit_problems);
    }
    list.finish();
    if (code == exit_ok && list.rows() == 0 && listing.format == Format::table)
        invocation.err << listing.nothing << '\n';
    return code;
}

}  // namespace entrawatch
