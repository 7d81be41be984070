#include <ostream>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"

namespace entrawatch {
namespace {

std::vector<Column> columns() {
    return {{"name", "NAME"},   {"scenario", "SCENARIO"},
            {"level", "LEVEL"}, {"feeds", "FEEDS"},
            {"title", "TITLE"}, {"id", ""},
            {"status", ""},     {"built_in", ""},
            {"attack", ""},     {"examples", ""},
            {"file", ""}};
}

OrderedJson feeds_of(const Rule& rule) {
    OrderedJson feeds = OrderedJson::array();
    for (const FeedId feed : rule.feeds)
        feeds.push_back(feed_of(feed).name);
    return feeds;
}

}  // namespace

int run_rules_list(const RulesListOptions& options, const Invocation& invocation) {
    const auto opened = open_optional_settings(options.config, invocation);
    if (opened.code) return *opened.code;
    const auto loaded = open_rules(opened.get(), invocation);
    if (!loaded) return complain(invocation, loaded.error(), exit_configuration);
    ListWriter list{invocation.out, columns(), invocation.style(options.format)};
    for (const Rule& rule : loaded->rules) {
        list.row({rule.name, rule.scenario, name_of(rule.level), feeds_of(rule), rule.title, rule.id,
                  rule.status, rule.built_in, rule.attack, rule.examples.size(), rule.file});
    }
    list.finish();
    for (const Problem& problem : loaded->problems)
        invocation.err << for_terminal(problem.text()) << "\n";
    return has_errors(loaded->problems) ? exit_problems : exit_ok;
}

}  // namespace entrawatch
