// ingest_context: what `import` and `alerts test` hand to ingest(): the tenant, its rules, its directory and
// its routes.
//
// The same parts the daemon uses, so that a record fares alike whichever way it came. Read next:
// daemon/ingest.hpp.
#pragma once

#include "config/settings.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

// Rules in force, the directory as the store and the settings know it, no routes. Problems of rule files are
// printed on `err`; one that is an error is an Error here, because a scenario must not be passed over in
// silence.
[[nodiscard]] Result<IngestContext> make_ingest_context(const Settings& settings,
                                                        const TenantSettings& tenant, Store& store,
                                                        const Invocation& invocation);

}  // namespace entrawatch
