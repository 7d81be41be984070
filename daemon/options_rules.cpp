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
        const auto [command, options] = declare<RulesTestOptions>(
            *rules, "test", "run the examples that rules carry, or a record", chosen);
        CLI::Option* config = config_option(command, options->config);
        command
            ->add_option("PATH|RULE", options->selection,
                         "files, folders, names or ids; all rules without any")
            ->type_name("");
        CLI::Option* record =
            command
                ->add_option("--record", options->record,
                             "one record instead of the examples: which rules fire, and why others do not; "
                             "- is standard input")
                ->type_name("FILE");
        feed_option(command, options->feed, "the feed of the record; without it the record says itself")
            ->needs(record);
        command
            ->add_option("--tenant", options->tenant,
                         "whose directory it is judged with; may be left out when there is one")
            ->type_name("NAME")
            ->needs(record)
            ->needs(config);
        format_option(command, options->format, listing_formats());
        command->footer(
            "--record without rules: those that fire, and the nearest misses. Nothing is stored or sent.\n"
            "Exit: 0 whatever the rules say of the record, 1 an example failed, or the record cannot be "
            "read.");
    }
    {
        const auto [command, options] = declare<RulesReplayOptions>(
            *rules, "replay", "what rules would have told of the stored history; nothing is sent", chosen);
        config_option(command, options->config)->required();
        text_option(command, "--tenant", options->tenant, "the tenant; the only one without it", "NAME");
        text_option(command, "--from", options->from, "event time from; 30 days back without it", "TIME");
        text_option(command, "--to", options->to, "event time to; now without it", "TIME");
        command
            ->add_option("PATH|RULE", options->selection,
                         "files, folders, names or ids; all rules without any")
            ->type_name("");
        format_option(command, options->format, listing_formats());
        command->footer(
            "The records go the way of the daemon's own, in a database of their own beside the tenant's, "
            "which "
            "is deleted\nat the end. What the directory says is what it says now.");
    }
}

}  // namespace entrawatch
