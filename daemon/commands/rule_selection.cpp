#include "daemon/commands/rule_selection.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include "core/base/text.hpp"
#include "core/rules/sigma_reader.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/options.hpp"

namespace entrawatch {
namespace {

constexpr std::uintmax_t max_rule_file_bytes = std::uintmax_t{1024} * 1024;

LoadedRules unreadable(const std::filesystem::path& path, const std::string& why) {
    return {{}, {Problem{path.string(), 0, why, false}}};
}

// "<area>/<name>", as below a rules folder.
std::string rule_name(const std::filesystem::path& file) {
    const std::string area = std::filesystem::absolute(file).parent_path().filename().string();
    return (area.empty() ? "" : area + "/") + file.stem().string();
}

LoadedRules read_rule_file(const std::filesystem::path& file, const RuleSettings& settings) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error) return unreadable(file, "cannot be read: " + error.message());
    if (size > max_rule_file_bytes) return unreadable(file, "is over 1 MiB; a rule file is not that long");
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in.is_open() || in.bad()) return unreadable(file, "cannot be read; check its permissions");
    SigmaOptions options;
    options.require_examples = true;
    options.lists = settings.lists;
    SigmaFile read = read_sigma(text, file.string(), rule_name(file), options);
    return {std::move(read.rules), std::move(read.problems)};
}

}  // namespace

OptionalSettings open_optional_settings(const std::filesystem::path& config, const Invocation& invocation) {
    if (config.empty()) return {};
    OptionalSettings opened{open_settings(config, invocation), std::nullopt};
    if (!opened.settings) opened.code = exit_configuration;
    return opened;
}

LoadedRules read_rules_at(const std::filesystem::path& path, const RuleSettings& settings) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return read_rules_in(path, settings, false);
    if (std::filesystem::is_regular_file(path, error)) return read_rule_file(path, settings);
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

}  // namespace entrawatch
