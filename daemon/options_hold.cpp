#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

void add_hold_add(CLI::App* hold, Command& chosen) {
    const auto [command, options] =
        declare<HoldAddOptions>(*hold, "add", "keep records from being pruned, whatever their age", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "whose records; may be left out when there is one",
                "NAME");
    text_option(command, "--entity", options->entity,
                "events that touch this one, as actor, target or otherwise: an object id, or a name as the "
                "records have it",
                "WHO");
    text_option(command, "--alert", options->alert, "events that this alert rests on", "ALERT_ID");
    text_option(command, "--from", options->from, "events of that time or later", "TIME");
    text_option(command, "--to", options->to, "events before that time", "TIME");
    command->add_option("--reason", options->reason, "why; kept")->type_name("TEXT")->required();
    command->footer(
        "All that is given must fit. Rejections cannot say whom they are about: a hold keeps those that "
        "arrived in its span,\nunless it is of an alert. Exit: 0, 1 it cannot be made.");
}

void add_hold_list(CLI::App* hold, Command& chosen) {
    const auto [command, options] =
        declare<HoldListOptions>(*hold, "list", "holds in force, newest first", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_flag("--all", options->past_too, "those that were removed as well");
    command->add_option("--limit", options->limit, "at most this many of each tenant")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    format_option(command, options->format, listing_formats());
}

void add_hold_remove(CLI::App* hold, Command& chosen) {
    const auto [command, options] = declare<HoldRemoveOptions>(
        *hold, "remove", "let what was held be pruned again when it is old enough", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_option("HOLD_ID", options->ids, "hold ids, or beginnings of ids that fit one hold each")
        ->type_name("")
        ->required();
    command->add_option("--reason", options->reason, "why")->type_name("TEXT")->required();
}

}  // namespace

void add_hold(CLI::App& app, Command& chosen) {
    CLI::App* hold = app.add_subcommand("hold", "legal holds: records that are never pruned");
    hold->require_subcommand(1);
    add_hold_add(hold, chosen);
    add_hold_list(hold, chosen);
    add_hold_remove(hold, chosen);
}

}  // namespace entrawatch
