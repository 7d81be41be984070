#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

void filter_options(CLI::App* command, std::string& destination, std::string& since) {
    text_option(command, "--destination", destination, "only those to this destination", "NAME");
    text_option(command, "--since", since, "promised at or after: ISO 8601, a date, or -2h, -30d", "TIME");
}

CLI::Option* letters_option(CLI::App* command, std::vector<std::string>& ids) {
    return command
        ->add_option("WEBHOOK_ID", ids, "webhook ids, or beginnings of ids that fit one dead letter each")
        ->type_name("");
}

template <class Options>
std::pair<CLI::App*, std::shared_ptr<Options>> declare_dead(CLI::App* dead, const std::string& name,
                                                            const std::string& sentence, Command& chosen) {
    auto declared = declare<Options>(*dead, name, sentence, chosen);
    config_option(declared.first, declared.second->config)->required();
    text_option(declared.first, "--tenant", declared.second->tenant, "only this tenant's", "NAME");
    return declared;
}

template <class Options>
CLI::Option* add_decision(CLI::App* dead, const std::string& name, const std::string& sentence,
                          Command& chosen) {
    const auto [command, options] = declare_dead<Options>(dead, name, sentence, chosen);
    letters_option(command, options->ids);
    filter_options(command, options->destination, options->since);
    command->add_flag("--all", options->all, "every dead letter");
    return command->add_option("--reason", options->reason, "why; kept in the audit trail")
        ->type_name("TEXT");
}

}  // namespace

void add_dead(CLI::App& alerts, Command& chosen) {
    CLI::App* dead = alerts.add_subcommand(
        "dead", "dead letters: deliveries that were given up, and what to do with them");
    dead->require_subcommand(1);
    {
        const auto [command, options] =
            declare_dead<DeadListOptions>(dead, "list", "dead letters, oldest first", chosen);
        filter_options(command, options->destination, options->since);
        command->add_option("--limit", options->limit, "at most this many of each tenant")
            ->check(CLI::Range(1, 1'000'000))
            ->type_name("N")
            ->capture_default_str();
        format_option(command, options->format, listing_formats());
    }
    {
        const auto [command, options] =
            declare_dead<DeadShowOptions>(dead, "show", "every attempt, and what was to be told", chosen);
        letters_option(command, options->ids)->required();
        format_option(command, options->format, story_formats());
    }
    add_decision<DeadRedeliverOptions>(dead, "redeliver",
                                       "make dead letters due again, under the same webhook-id", chosen);
    add_decision<DeadPurgeOptions>(dead, "purge", "decide that dead letters are not sent any more", chosen)
        ->required();
}

}  // namespace entrawatch
