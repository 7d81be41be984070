// shipped: the data that comes with the program (rules, role tiers, the list of scenarios), found beside the
// binary, and users' own rules on top.
//
// Search order of the data folder: <folder of the binary>/share/entrawatch (a build folder),
// ../share/entrawatch (an installation). Used by `run`, `import`, `rules` and the tests.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "config/settings.hpp"
#include "core/base/problem.hpp"
#include "core/context/directory.hpp"
#include "core/rules/rule.hpp"
#include "core/rules/rule_filter.hpp"

namespace entrawatch {

// The folder that holds rules/ and roles.yml; `executable` is /proc/self/exe resolved.
[[nodiscard]] Result<std::filesystem::path> find_shipped_data(const std::filesystem::path& executable);

[[nodiscard]] Result<std::vector<RoleInfo>> read_roles(const std::filesystem::path& roles_yml);

// A row of scenarios.yml: something that must be watched, whether or not a rule does.
struct Scenario {
    std::string id;              // "PR-4"
    std::string part, title;     // for people
    std::string unseen;          // why nothing tells of it; empty when something does
    std::string unseen_in_part;  // what the rules do not see of it
    bool by_daemon = false;      // the daemon tells of it without a rule
    std::string same_as{};       // the id of the scenario whose rules tell of it; empty: those of its own
};
[[nodiscard]] Result<std::vector<Scenario>> read_scenarios(const std::filesystem::path& scenarios_yml);

struct LoadedRules {
    std::vector<Rule>
        rules;  // built-in first, then users'; disabled ones left out; same id: the later replaces
    std::vector<RuleFilter> filters;  // resolved; whether they are in force is for whoever has a clock
    Problems problems;
};
// Every *.yml below `folder`, in path order; the rule's name is "<area>/<file name>".
// `known`: further rules that a correlation or a filter may name.
[[nodiscard]] LoadedRules read_rules_in(const std::filesystem::path& folder, const RuleSettings& settings,
                                        bool built_in, std::span<const Rule> known = {});
// Built-in rules of `shipped` and those of the settings.
[[nodiscard]] LoadedRules load_rules(const std::filesystem::path& shipped, const RuleSettings& settings);

}  // namespace entrawatch
