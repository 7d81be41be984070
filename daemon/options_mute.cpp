#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

void add_mute_add(CLI::App* mute, Command& chosen) {
    const auto [command, options] = declare<MuteAddOptions>(
        *mute, "add", "tell nobody of certain alerts for a while; what was hidden is reported at the end",
        chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "whose alerts; may be left out when there is one",
                "NAME");
    text_option(command, "--rule", options->rule, "alerts of this rule: name or id", "RULE");
    text_option(command, "--scenario", options->scenario, "alerts of this scenario", "SCENARIO");
    severity_option(command, "--severity-at-most", options->severity_at_most,
                    "alerts that are no severer; one that grows severer is told");
    text_option(command, "--actor", options->actor,
                "what this one does: an id, or the principal name of a user", "WHO");
    text_option(command, "--target", options->target,
                "what is done to this one: an id, or the principal name of a user", "WHAT");
    text_option(command, "--destination", options->destination, "only there; the others are told", "NAME");
    text_option(command, "--from", options->from, "a maintenance window to come; now without it", "TIME");
    CLI::Option* until = command->add_option("--until", options->until, "when it ends")->type_name("TIME");
    CLI::Option* length = command->add_option("--for", options->length, "how long: 30m, 8h, 2d; at most 30d")
                              ->type_name("SPAN");
    until->excludes(length);
    command->add_option("--reason", options->reason, "why; kept, and shown in the report")
        ->type_name("TEXT")
        ->required();
    command->footer(
        "Several matchers must all fit. Rules that are unsilenceable cannot be muted. Tests, "
        "acknowledgements and\n"
        "resolutions are never held back. Exit: 0, 1 it cannot be made.");
}

void add_mute_list(CLI::App* mute, Command& chosen) {
    const auto [command, options] =
        declare<MuteListOptions>(*mute, "list", "mutes in force and to come, newest first", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_flag("--all", options->past_too, "those that are over as well");
    command->add_flag("--unused", options->unused, "only those that have hidden nothing");
    command->add_option("--limit", options->limit, "at most this many of each tenant")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    format_option(command, options->format, listing_formats());
}

void add_mute_remove(CLI::App* mute, Command& chosen) {
    const auto [command, options] = declare<MuteRemoveOptions>(
        *mute, "remove", "end mutes before their time; what they hid is reported", chosen);
    config_option(command, options->config)->required();
    text_option(command, "--tenant", options->tenant, "only this tenant's", "NAME");
    command->add_option("MUTE_ID", options->ids, "mute ids, or beginnings of ids that fit one mute each")
        ->type_name("")
        ->required();
    command->add_option("--reason", options->reason, "why")->type_name("TEXT")->required();
}

}  // namespace

void add_mute(CLI::App& app, Command& chosen) {
    CLI::App* mute = app.add_subcommand("mute", "silences and maintenance windows");
    mute->require_subcommand(1);
    add_mute_add(mute, chosen);
    add_mute_list(mute, chosen);
    add_mute_remove(mute, chosen);
}

}  // namespace entrawatch
