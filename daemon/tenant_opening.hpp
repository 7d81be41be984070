// tenant_opening: a tenant's store, directory and name, opened in one way by the daemon and by every command.
//
// Failures are sentences that name the remedy. Read next: commands/opening.hpp, app.hpp.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "alerts/alert.hpp"
#include "config/settings.hpp"
#include "core/context/directory.hpp"
#include "core/store/store.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

// With the portal of the tenant's cloud, which links lead into.
[[nodiscard]] TenantName tenant_name(const TenantSettings& tenant);

// The tenant's database as it is; not_found when there is none, because nothing was collected yet.
// `stop` as in StoreOptions.
[[nodiscard]] Result<Store> open_existing_store(const TenantSettings& tenant, bool read_only, Instant now,
                                                const std::atomic<bool>* stop = nullptr);
// The folder of the databases, made with mode 0700 when there is none.
[[nodiscard]] Result<> make_state_directory(const Settings& settings);
// The tenant's database, made with its folder (0700) when there is none.
[[nodiscard]] Result<Store> open_or_create_store(const Settings& settings, const TenantSettings& tenant,
                                                 Instant now);

// What the store and the settings know of the tenant's directory.
[[nodiscard]] Result<std::shared_ptr<const Directory>> open_directory(const TenantSettings& tenant,
                                                                      Store& store,
                                                                      std::vector<RoleInfo> roles);

// What a tenant's records are judged with; without routes, nobody is told.
[[nodiscard]] IngestContext ingest_context(const TenantSettings& tenant, std::shared_ptr<const RuleSet> rules,
                                           std::shared_ptr<const Directory> directory);

// 10 bytes from the system's dice, for alert ids.
[[nodiscard]] std::string random_bytes();

}  // namespace entrawatch
