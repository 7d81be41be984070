#include "daemon/commands/rule_selection.hpp"

#include <iterator>
#include <utility>

#include "config/files.hpp"
#include "core/base/text.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/sigma_reader.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/options.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_rule_file_bytes = 1024UL * 1024;

LoadedRules unreadable(const std::filesystem::path& path, const std::string& why) {
    return {{}, {}, {Problem{path.string(), 0, why, false}}};
}

// "<area>/<name>", as below a rules folder.
std::string rule_name(const std::filesystem::path& file) {
    const std::string area = std::filesystem::absolute(file).parent_path().filename().string();
    return (area.empty() ? "" : area + "/") + file.stem().string();
}

LoadedRules read_rule_file(const std::filesystem::path& file, const RuleSettings& settings,
                           std::span<const Rule> known) {
    const auto text = read_small_file(file, max_rule_file_bytes);
    if (!text) return unreadable(file, text.error().what);
    SigmaOptions options;  // as the daemon reads users' rules: examples are asked for where there is an
                           // `entrawatch:` key
    options.lists = settings.lists;
    SigmaFile read = read_sigma(*text, file.string(), rule_name(file), options);
    for (Problem& problem : resolve_correlations(read.rules, known))
        read.problems.push_back(std::move(problem));
    for (Problem& problem : resolve_filters(read.filters, read.rules, known))
        read.problems.push_back(std::move(problem));
    return {std::move(read.rules), std::move(read.filters), std::move(read.problems)};
}

void append(LoadedRules& all, LoadedRules more) {
    std::move(more.rules.begin(), more.rules.end(), std::back_inserter(all.rules));
    std::move(more.filters.begin(), more.filters.end(), std::back_inserter(all.filters));
    std::move(more.problems.begin(), more.problems.end(), std::back_inserter(all.problems));
}

}  // namespace

OptionalSettings open_optional_settings(const std::filesystem::path& config, const Invocation& invocation) {
    if (config.empty()) return {};
    OptionalSettings opened{open_settings(config, invocation), std::nullopt};
    if (!opened.settings) opened.code = exit_configuration;
    return opened;
}

LoadedRules read_rules_at(const std::filesystem::path& path, const RuleSettings& settings,
                          std::span<const Rule> known) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return read_rules_in(path, settings, false, known);
    if (std::filesystem::is_regular_file(path, error)) return read_rule_file(path, settings, known);
    return unreadable(path, "there is no such file or folder");
}

Result<std::vector<Rule>> rules_named(const std::vector<Rule>& rules, std::string_view name) {
    std::vector<Rule> found;
    std::vector<std::string> names;
    for (const Rule& rule : rules) {
        names.push_back(rule.name);
        if (rule.name == name || equal_ignoring_ascii_case(rule.id, name) ||
            matches_wildcard(fold(rule.name), fold(name))) {
            found.push_back(rule);
        }
    }
    if (!found.empty()) return found;
    const std::string near = nearest(name, names);
    return fail(ErrorCode::not_found,
                "no rule in force is called '" + std::string{name} + "'" +
                    (near.empty() ? "; `entrawatch rules list` shows them" : "; did you mean " + near + "?"));
}

Result<LoadedRules> selected_rules(const std::vector<std::string>& selection, const OptionalSettings& opened,
                                   const Invocation& invocation) {
    auto in_force = open_rules(opened.get(), invocation);
    if (!in_force || selection.empty()) return in_force;
    LoadedRules chosen;
    for (const std::string& word : selection) {
        std::error_code ignored;
        if (std::filesystem::exists(word, ignored)) {
            append(chosen, read_rules_at(word, opened.rules(), in_force->rules));
            continue;
        }
        auto named = rules_named(in_force->rules, word);
        if (!named) return fail(named.error());
        append(chosen, {std::move(*named), {}, {}});
    }
    return chosen;
}

}  // namespace entrawatch
