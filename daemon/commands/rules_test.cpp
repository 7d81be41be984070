#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/record_trial.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {
namespace {

const char* result_word(const Rule& rule, const Problems& problems) {
    if (!problems.empty()) return "fail";
    return rule.examples.empty() ? "no examples" : "pass";
}

}  // namespace

int run_rules_test(const RulesTestOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    auto roles = open_roles(invocation);
    if (!roles) return complain(invocation, roles.error(), exit_configuration);
    auto chosen = selected_rules(options.selection, opened, invocation);
    if (!chosen) return complain(invocation, chosen.error(), exit_problems);
    if (!options.record.empty())
        return try_record(options, opened, std::move(*chosen), std::move(*roles), invocation);

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
