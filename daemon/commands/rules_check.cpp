#include <iterator>
#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {

int run_rules_check(const RulesCheckOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    auto in_force = open_rules(opened.get(), invocation);
    if (!in_force) return complain(invocation, in_force.error(), exit_configuration);
    LoadedRules all;
    for (const std::string& path : options.paths) {
        LoadedRules read = read_rules_at(path, opened.rules(), in_force->rules);
        std::move(read.rules.begin(), read.rules.end(), std::back_inserter(all.rules));
        std::move(read.filters.begin(), read.filters.end(), std::back_inserter(all.filters));
        std::move(read.problems.begin(), read.problems.end(), std::back_inserter(all.problems));
    }
    for (Problem& problem : expiry_problems(all.filters, invocation.now()))
        all.problems.push_back(std::move(problem));
    if (options.paths.empty()) all = std::move(*in_force);
    for (const Problem& problem : all.problems)
        invocation.out << for_terminal(problem.text()) << "\n";
    invocation.out << counted(std::ssize(all.rules), "rule", "rules")
                   << (all.filters.empty() ? ""
                                           : " and " + counted(std::ssize(all.filters), "filter", "filters"))
                   << " can be used, " << counted(std::ssize(all.problems), "problem", "problems") << "\n";
    return has_errors(all.problems) ? exit_problems : exit_ok;
}

}  // namespace entrawatch
