// opening: what most commands begin with: settings, tenants, rules and the times a person typed.
//
// Every failure here is a sentence that names the remedy. Read next: daemon/tenant_opening.hpp, commands.hpp.
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
#include "daemon/tenant_opening.hpp"

namespace entrawatch {

// nullopt after every problem was printed on `err`: the command ends with exit_configuration.
[[nodiscard]] std::optional<Settings> open_settings(const std::filesystem::path& config,
                                                    const Invocation& invocation);

// The tenant named, or all of them when `name` is empty.
[[nodiscard]] Result<std::vector<const TenantSettings*>> chosen_tenants(const Settings& settings,
                                                                        std::string_view name);
// The tenant named, or the only one.
[[nodiscard]] Result<const TenantSettings*> one_tenant(const Settings& settings, std::string_view name);

// Whether the settings have that destination; `option` is named in the Error, and the nearest name.
[[nodiscard]] Result<> known_destination(const Settings& settings, std::string_view option,
                                         const std::string& name);

// Built-in rules and those of the settings (`settings` may be null: built-in only).
[[nodiscard]] Result<LoadedRules> open_rules(const Settings* settings, const Invocation& invocation);
[[nodiscard]] Result<std::vector<RoleInfo>> open_roles(const Invocation& invocation);
[[nodiscard]] Result<std::vector<Scenario>> open_scenarios(const Invocation& invocation);
// A time typed for `option`; empty text is nullopt.
[[nodiscard]] Result<std::optional<Instant>> typed_time(std::string_view option, std::string_view text,
                                                        Instant now);

struct TypedSpan {
    std::optional<Instant> from, to;
};
// --from and --to; the end must lie after the beginning.
[[nodiscard]] Result<TypedSpan> typed_span(std::string_view from, std::string_view to, Instant now);

}  // namespace entrawatch
