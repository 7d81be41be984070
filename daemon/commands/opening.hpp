// opening: what most commands begin with: settings, tenants, rules, the directory, the store and the times a
// person typed.
//
// Every failure here is a sentence that names the remedy. Read next: commands.hpp.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "core/context/directory.hpp"
#include "core/rules/rule_set.hpp"
#include "core/store/store.hpp"
#include "daemon/commands/invocation.hpp"

namespace entrawatch {

// nullopt after every problem was printed on `err`: the command ends with exit_configuration.
[[nodiscard]] std::optional<Settings> open_settings(const std::filesystem::path& config,
                                                    const Invocation& invocation);

// The tenant named, or all of them when `name` is empty.
[[nodiscard]] Result<std::vector<const TenantSettings*>> chosen_tenants(const Settings& settings,
                                                                        std::string_view name);
// The tenant named, or the only one.
[[nodiscard]] Result<const TenantSettings*> one_tenant(const Settings& settings, std::string_view name);

// The tenant's database as it is; not_found when there is none, because nothing was collected yet.
[[nodiscard]] Result<Store> open_existing_store(const TenantSettings& tenant, bool read_only, Instant now);
// The tenant's database, made with its folder (0700) when there is none.
[[nodiscard]] Result<Store> open_or_create_store(const Settings& settings, const TenantSettings& tenant,
                                                 Instant now);

// Built-in rules and those of the settings (`settings` may be null: built-in only).
[[nodiscard]] Result<LoadedRules> open_rules(const Settings* settings, const Invocation& invocation);
[[nodiscard]] Result<std::vector<RoleInfo>> open_roles(const Invocation& invocation);
// What the store and the settings know of the tenant's directory.
[[nodiscard]] Result<std::shared_ptr<const Directory>> open_directory(const TenantSettings& tenant,
                                                                      Store& store,
                                                                      std::vector<RoleInfo> roles);

// A time typed for `option`; empty text is nullopt.
[[nodiscard]] Result<std::optional<Instant>> typed_time(std::string_view option, std::string_view text,
                                                        Instant now);

struct TypedSpan {
    std::optional<Instant> from, to;
};
// --from and --to; the end must lie after the beginning.
[[nodiscard]] Result<TypedSpan> typed_span(std::string_view from, std::string_view to, Instant now);

// 10 bytes from the system's dice, for alert ids.
[[nodiscard]] std::string random_bytes();

}  // namespace entrawatch
