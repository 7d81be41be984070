#include "daemon/commands/opening.hpp"

#include <ostream>
#include <utility>

#include "config/load.hpp"
#include "core/base/text.hpp"
#include "daemon/options.hpp"

namespace entrawatch {
namespace {

std::string names_of(const Settings& settings) {
    std::string names;
    for (const TenantSettings& tenant : settings.tenants)
        names += (names.empty() ? "" : ", ") + tenant.name;
    return names;
}

}  // namespace

std::optional<Settings> open_settings(const std::filesystem::path& config, const Invocation& invocation) {
    std::error_code ignored;
    if (!std::filesystem::exists(config, ignored)) {
        complain(invocation,
                 {ErrorCode::not_found,
                  "there is no settings file here; name it with --config (a commented example ships as "
                  "entrawatch.yaml)",
                  config.string()},
                 exit_configuration);
        return std::nullopt;
    }
    LoadedSettings loaded = load_settings(config);
    for (const Problem& problem : loaded.problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    return std::move(loaded.settings);
}

Result<std::vector<const TenantSettings*>> chosen_tenants(const Settings& settings, std::string_view name) {
    std::vector<const TenantSettings*> chosen;
    for (const TenantSettings& tenant : settings.tenants) {
        if (name.empty() || tenant.name == name) chosen.push_back(&tenant);
    }
    if (!chosen.empty()) return chosen;
    return fail(ErrorCode::not_found, "--tenant: the settings have no tenant '" + std::string{name} +
                                          "'; they have " + names_of(settings));
}

Result<const TenantSettings*> one_tenant(const Settings& settings, std::string_view name) {
    auto chosen = chosen_tenants(settings, name);
    if (!chosen) return fail(chosen.error());
    if (chosen->size() == 1) return chosen->front();
    return fail(ErrorCode::invalid,
                "there are several tenants; name one with --tenant: " + names_of(settings));
}

Result<> known_destination(const Settings& settings, std::string_view option, const std::string& name) {
    if (settings.destination(name) != nullptr) return {};
    std::vector<std::string> names;
    for (const DestinationSettings& known : settings.destinations)
        names.push_back(known.name);
    const std::string near = nearest(name, names);
    return fail(ErrorCode::not_found, std::string{option} + ": the settings have no destination '" + name +
                                          "'" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

Result<LoadedRules> open_rules(const Settings* settings, const Invocation& invocation) {
    const auto shipped = find_shipped_data(invocation.executable);
    if (!shipped) return fail(shipped.error());
    LoadedRules loaded = load_rules(*shipped, settings == nullptr ? RuleSettings{} : settings->rules);
    for (Problem& problem : expiry_problems(loaded.filters, invocation.now()))
        loaded.problems.push_back(std::move(problem));
    return loaded;
}

Result<std::vector<RoleInfo>> open_roles(const Invocation& invocation) {
    const auto shipped = find_shipped_data(invocation.executable);
    if (!shipped) return fail(shipped.error());
    return read_roles(*shipped / "roles.yml");
}

Result<std::vector<Scenario>> open_scenarios(const Invocation& invocation) {
    const auto shipped = find_shipped_data(invocation.executable);
    if (!shipped) return fail(shipped.error());
    return read_scenarios(*shipped / "scenarios.yml");
}

Result<std::optional<Instant>> typed_time(std::string_view option, std::string_view text, Instant now) {
    if (text.empty()) return std::optional<Instant>{};
    if (const auto time = parse_human_time(text, now)) return time;
    return fail(ErrorCode::invalid, std::string{option} + ": '" + std::string{text} +
                                        "' is no time; write 2026-11-22T10:00:00Z, 2026-11-22, -2h or -30d");
}

Result<TypedSpan> typed_span(std::string_view from, std::string_view to, Instant now) {
    const auto begin = typed_time("--from", from, now);
    if (!begin) return fail(begin.error());
    const auto end = typed_time("--to", to, now);
    if (!end) return fail(end.error());
    if (*begin && *end && **end <= **begin) return fail(ErrorCode::invalid, "--to is not after --from");
    return TypedSpan{*begin, *end};
}

}  // namespace entrawatch
