// rule_selection: which rules a `rules` command is about: those in force, files and folders, or names.
//
// Works without a settings file: the built-in rules, and any path. Used by rules list|show|check|test|replay.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "daemon/commands/invocation.hpp"

namespace entrawatch {

// The settings when a file was named; `code` when it cannot be used (its problems are printed).
struct OptionalSettings {
    std::optional<Settings> settings;
    std::optional<int> code;

    [[nodiscard]] const Settings* get() const { return settings ? &*settings : nullptr; }
    [[nodiscard]] RuleSettings rules() const { return settings ? settings->rules : RuleSettings{}; }
};
[[nodiscard]] OptionalSettings open_optional_settings(const std::filesystem::path& config,
                                                      const Invocation& invocation);

// A rule file, or every rule file below a folder. A path that cannot be read is a Problem.
[[nodiscard]] LoadedRules read_rules_at(const std::filesystem::path& path, const RuleSettings& settings,
                                        std::span<const Rule> known);

// The rules in force whose name or id is `name`, or whose name matches it as a wildcard. The Error names the
// nearest.
[[nodiscard]] Result<std::vector<Rule>> rules_named(const std::vector<Rule>& rules, std::string_view name);

// Each word a path, which is read, or a name among the rules in force; all of those without any word.
[[nodiscard]] Result<LoadedRules> selected_rules(const std::vector<std::string>& selection,
                                                 const OptionalSettings& opened,
                                                 const Invocation& invocation);

}  // namespace entrawatch
