#include "config/shipped.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "config/files.hpp"
#include "config/yaml_tree.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/sigma_reader.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_rule_file = 1024UL * 1024;
constexpr std::size_t most_rule_files = 10'000;

Problem problem_of(const fs::path& file, std::string message, bool warning = false) {
    return {file.string(), 0, std::move(message), warning};
}

// Sorted, so that a run does not depend on the order in which a file system lists.
std::vector<fs::path> rule_files_in(const fs::path& folder, Problems& problems) {
    std::vector<fs::path> files;
    std::error_code error;
    fs::recursive_directory_iterator walk{folder, fs::directory_options::none, error};
    for (; !error && walk != fs::recursive_directory_iterator{}; walk.increment(error)) {
        const fs::path& path = walk->path();
        const std::string extension = path.extension().string();
        std::error_code ignored;
        if ((extension != ".yml" && extension != ".yaml") || !walk->is_regular_file(ignored)) continue;
        if (files.size() == most_rule_files) {
            problems.push_back(problem_of(folder, "more than 10,000 rule files: is this the right folder?"));
            break;
        }
        files.push_back(path);
    }
    if (error) problems.push_back(problem_of(folder, "cannot be read: " + error.message()));
    std::sort(files.begin(), files.end());
    return files;
}

// "<area>/<file name>": the path below the folder, without the extension.
std::string rule_name(const fs::path& file, const fs::path& folder) {
    return file.lexically_relative(folder).replace_extension().generic_string();
}

void append(Problems& to, Problems from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

bool is_disabled(const Rule& rule, const RuleSettings& settings) {
    return std::any_of(settings.disable.begin(), settings.disable.end(), [&](const std::string& id) {
        return equal_ignoring_ascii_case(id, rule.id) || id == rule.name;
    });
}

// A user's rule takes the place of the built-in one; two of one kind with one id are a mistake, told where
// the later one stands.
void add_rule(LoadedRules& loaded, Rule rule) {
    const auto same = std::find_if(loaded.rules.begin(), loaded.rules.end(), [&](const Rule& other) {
        return equal_ignoring_ascii_case(other.id, rule.id);
    });
    if (same == loaded.rules.end()) {
        loaded.rules.push_back(std::move(rule));
        return;
    }
    if (same->built_in == rule.built_in) {
        loaded.problems.push_back({rule.file, rule.line,
                                   "has the same id as " + same->file + ": give it a uuid of its own",
                                   false});
    }
    *same = std::move(rule);
}

void add_filter(LoadedRules& loaded, RuleFilter filter) {
    const auto same = std::find_if(loaded.filters.begin(), loaded.filters.end(),
                                   [&](const RuleFilter& other) { return other.id == filter.id; });
    if (same != loaded.filters.end()) {
        loaded.problems.push_back({filter.file, filter.line,
                                   "has the same id as " + same->file + ": give it a uuid of its own",
                                   false});
    }
    loaded.filters.push_back(std::move(filter));
}

void read_rule_file(LoadedRules& loaded, const fs::path& file, std::string_view name,
                    const SigmaOptions& options, bool built_in) {
    const auto text = read_small_file(file, largest_rule_file);
    if (!text) {
        loaded.problems.push_back(problem_of(file, text.error().what));
        return;
    }
    SigmaFile read = read_sigma(*text, file.string(), name, options);
    append(loaded.problems, std::move(read.problems));
    const std::string digest = to_hex(as_bytes(sha256(*text)));
    for (Rule& rule : read.rules) {
        rule.built_in = built_in;
        rule.sha256 = digest;
        add_rule(loaded, std::move(rule));
    }
    for (RuleFilter& filter : read.filters) {
        filter.built_in = built_in;
        filter.sha256 = digest;
        add_filter(loaded, std::move(filter));
    }
}

LoadedRules read_all_in(const fs::path& folder, const RuleSettings& settings, bool built_in) {
    LoadedRules loaded;
    SigmaOptions options;
    options.require_examples = built_in;
    options.lists = settings.lists;
    for (const fs::path& file : rule_files_in(folder, loaded.problems))
        read_rule_file(loaded, file, rule_name(file, folder), options, built_in);
    return loaded;
}

void warn_of_unknown_ids(LoadedRules& loaded, const RuleSettings& settings) {
    std::set<std::string> known;
    for (const Rule& rule : loaded.rules) {
        known.insert(rule.id);
        known.insert(rule.name);
    }
    for (const std::string& id : settings.disable) {
        const bool found = std::any_of(known.begin(), known.end(), [&](const std::string& one) {
            return equal_ignoring_ascii_case(one, id);
        });
        if (found) continue;
        const std::string near = nearest(id, known);
        loaded.problems.push_back(problem_of("rules.disable",
                                             "no rule has the id or name " + for_terminal(cut_utf8(id, 100)) +
                                                 (near.empty() ? "" : "; did you mean " + near + "?"),
                                             true));
    }
}

void drop_disabled(LoadedRules& loaded, const RuleSettings& settings) {
    std::erase_if(loaded.rules, [&](const Rule& rule) { return is_disabled(rule, settings); });
}

}  // namespace

Result<fs::path> find_shipped_data(const fs::path& executable) {
    const fs::path beside = executable.parent_path();
    const fs::path candidates[]{beside / "share/entrawatch", beside.parent_path() / "share/entrawatch"};
    for (const fs::path& folder : candidates) {
        std::error_code ignored;
        if (fs::is_directory(folder / "rules", ignored) && fs::is_regular_file(folder / "roles.yml", ignored))
            return folder;
    }
    return fail(ErrorCode::not_found,
                "the rules that come with the program are missing: expected rules/ and roles.yml in " +
                    candidates[0].string() + " or " + candidates[1].string() + "; install the package again",
                executable.string());
}

LoadedRules read_rules_in(const fs::path& folder, const RuleSettings& settings, bool built_in,
                          std::span<const Rule> known) {
    LoadedRules loaded = read_all_in(folder, settings, built_in);
    append(loaded.problems, resolve_correlations(loaded.rules, known));
    append(loaded.problems, resolve_filters(loaded.filters, loaded.rules, known));
    drop_disabled(loaded, settings);
    return loaded;
}

LoadedRules load_rules(const fs::path& shipped, const RuleSettings& settings) {
    LoadedRules loaded = read_all_in(shipped / "rules", settings, true);
    for (const fs::path& folder : settings.directories) {
        LoadedRules more = read_all_in(folder, settings, false);
        append(loaded.problems, std::move(more.problems));
        for (Rule& rule : more.rules)
            add_rule(loaded, std::move(rule));
        for (RuleFilter& filter : more.filters)
            add_filter(loaded, std::move(filter));
    }
    append(loaded.problems, resolve_correlations(loaded.rules));
    append(loaded.problems, resolve_filters(loaded.filters, loaded.rules));
    warn_of_unknown_ids(loaded, settings);
    drop_disabled(loaded, settings);
    return loaded;
}

}  // namespace entrawatch
