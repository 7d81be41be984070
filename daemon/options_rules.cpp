#include "daemon/option_parts.hpp"

namespace entrawatch {

void add_rules(CLI::App& app, Command& chosen) {
    CLI::App* rules = app.add_subcommand("rules", "rules, and their own examples");
    rules->require_subcommand(1);
    {
        const auto [command, options] =
            declare<RulesListOptions>(*rules, "list", "the rules in force", chosen);
        config_option(command, options->config);
        format_option(command, options->format, listing_formats());
    }
    {
        const auto [command, options] = declare<RulesShowOptions>(*rules, "show", "one rule", chosen);
        config_option(command, options->config);
        command->add_option("RULE", options->rule, "name or id")->type_name("")->required();
        format_option(command, options->format, story_formats());
    }
    {
        const auto [command, options] = declare<RulesCheckOptions>(
            *rules, "check", "every problem of rule files, with file and line", chosen);
        config_option(command, options->config);
        command->add_option("PATH", options->paths, "files or folders; the rules in force without any")
            ->type_name("");
    }
    {
        const auto [command, options] =
            declare<RulesTestOptions>(*rules, "test", "run the examples that rules carry", chosen);
        config_option(command, options->config);
        command
            ->add_option("PATH|RULE", options->selection,
                         "files, folders, names or ids; all rules without any")
            ->type_name("");
        format_option(command, options->format, listing_formats());
    }
}

}  // namespace entrawatch
