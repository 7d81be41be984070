#include <iterator>
#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {
namespace {

void append(LoadedRules& all, LoadedRules more) {
    std::move(more.rules.begin(), more.rules.end(), std::back_inserter(all.rules));
    std::move(more.problems.begin(), more.problems.end(), std::back_inserter(all.problems));
}

// Paths are read; everything else is a name among the rules in force.
Result<LoadedRules> select(const std::vector<std::string>& selection, const OptionalSettings& opened,
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
        append(chosen, {std::move(*named), {}});
    }
    return chosen;
}

const char* result_word(const Rule& rule, const Problems& problems) {
    if (!problems.empty()) return "fail";
    return rule.examples.empty() ? "no examples" : "pass";
}

}  // namespace

int run_rules_test(const RulesTestOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    const auto roles = open_roles(invocation);
    if (!roles) return complain(invocation, roles.error(), exit_configuration);
    const auto chosen = select(options.selection, opened, invocation);
    if (!chosen) return complain(invocation, chosen.error(), exit_problems);

    ListWriter list{invocation.out,
                    {{"result", "RESULT"}, {"rule", "RULE"}, {"examples", "EXAMPLES"}, {"problems", ""}},
                    invocation.style(options.format)};
    std::size_t failed = 0;
    std::size_t unproven = 0;
    for (const Rule& rule : chosen->rules) {
        const Problems problems = run_examples(rule, *roles);
        if (!problems.empty()) {
            ++failed;
        } else if (rule.examples.empty()) {
            ++unproven;
        }
        OrderedJson texts = OrderedJson::array();
        for (const Problem& problem : problems)
            texts.push_back(problem.text());
        list.row({result_word(rule, problems), rule.name, rule.examples.size(), std::move(texts)});
        for (const Problem& problem : problems)
            list.note(problem.text());
    }
    list.finish();
    for (const Problem& problem : chosen->problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    if (options.format == Format::table) {
        invocation.out << chosen->rules.size() - failed - unproven << " passed, " << failed << " failed, "
                       << unproven << " without examples\n";
    }
    return failed > 0 || has_errors(chosen->problems) ? exit_problems : exit_ok;
}

}  // namespace entrawatch
