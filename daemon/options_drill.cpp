#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

void add_drill_announce(CLI::App* drill, Command& chosen) {
    const auto [command, options] = declare<DrillAnnounceOptions>(
        *drill, "announce",
        "say that an emergency account is going to be tried; it is told as ever, as DRILL", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "whose account; may be left out when there is one",
                "NAME");
    command->add_option("--account", options->account, "the emergency account: its name or object id")
        ->type_name("NAME|OBJECT_ID")
        ->required();
    text_option(command, "--from", options->from, "when it begins; now without it", "TIME");
    command->add_option("--for", options->length, "how long: 30m, 2h; at most 24h")
        ->type_name("SPAN")
        ->required();
    text_option(command, "--author", options->author, "who tries it; you without it", "WHO");
    command->add_option("--reason", options->reason, "why; kept as evidence")->type_name("TEXT")->required();
    command->footer(
        "Alerts about the account within that time are recorded and delivered at full severity, with "
        "\"drill\": true.\nNone by two hours after the end is a failed drill, which is told. Exit: 0, 1 it "
        "cannot be announced.");
}

void add_drill_list(CLI::App* drill, Command& chosen) {
    const auto [command, options] = declare<DrillListOptions>(
        *drill, "list", "drills, newest first: what came of each, when it was told and acknowledged", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_option("--limit", options->limit, "at most this many of each tenant")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    format_option(command, options->format, listing_formats());
}

void add_drill_cancel(CLI::App* drill, Command& chosen) {
    const auto [command, options] = declare<DrillCancelOptions>(
        *drill, "cancel", "end drills before their time; from now on their accounts are told as ever",
        chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_option("DRILL_ID", options->ids, "drill ids, or beginnings of ids that fit one drill each")
        ->type_name("")
        ->required();
    command->add_option("--reason", options->reason, "why")->type_name("TEXT")->required();
}

}  // namespace

void add_drill(CLI::App& app, Command& chosen) {
    CLI::App* drill = app.add_subcommand("drill", "announced drills of emergency accounts");
    drill->require_subcommand(1);
    add_drill_announce(drill, chosen);
    add_drill_list(drill, chosen);
    add_drill_cancel(drill, chosen);
}

}  // namespace entrawatch
