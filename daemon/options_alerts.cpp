#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

template <class Options>
std::pair<CLI::App*, std::shared_ptr<Options>> declare_alert_command(CLI::App* alerts,
                                                                     const std::string& name,
                                                                     const std::string& sentence,
                                                                     Command& chosen) {
    auto declared = declare<Options>(*alerts, name, sentence, chosen);
    config_option(declared.first, declared.second->config)->required();
    text_option(declared.first, "--tenant", declared.second->tenant, "only this tenant's alerts", "NAME");
    return declared;
}

template <class Options>
void ids_option(CLI::App* command, const std::shared_ptr<Options>& options) {
    command->add_option("ALERT_ID", options->ids, "alert ids, or beginnings of ids that fit one alert each")
        ->type_name("")
        ->required();
}

void add_alerts_list(CLI::App* alerts, Command& chosen) {
    const auto [command, options] =
        declare_alert_command<AlertsListOptions>(alerts, "list", "alerts, newest first", chosen);
    text_option(command, "--since", options->since, "opened at or after: ISO 8601, a date, or -2h, -30d",
                "TIME");
    severity_option(command, "--severity", options->minimum, "this severe or more");
    text_option(command, "--rule", options->rule, "id or name of the rule", "RULE");
    command->add_option("--state", options->state, "the state")
        ->check(CLI::IsMember(std::vector<std::string>{"open", "acknowledged", "resolved"}));
    command->add_flag("--suppressed", options->suppressed,
                      "what filters kept from being told, and which filter it was; nothing else lists it");
    command->add_option("--limit", options->limit, "at most this many of each tenant")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    format_option(command, options->format, listing_formats());
}

// A person's word about alerts, with the reason for whoever reads it later.
template <class Options>
void add_alert_handling(CLI::App* alerts, const std::string& name, const std::string& sentence,
                        Command& chosen) {
    const auto [command, options] = declare_alert_command<Options>(alerts, name, sentence, chosen);
    ids_option(command, options);
    command->add_option("--reason", options->reason, "why, in a few words; passed on and kept")
        ->type_name("TEXT")
        ->required();
    command->footer(
        "Passed on to every destination that was told of the alert, by the running daemon within a second.\n"
        "Exit: 0, 1 an alert is unknown or is so already.");
}

void add_alerts_render(CLI::App* alerts, Command& chosen) {
    const auto [command, options] = declare_alert_command<AlertsRenderOptions>(
        alerts, "render", "what one destination is sent of an alert, octet for octet, and what was left out",
        chosen);
    command->add_option("DESTINATION", options->destination, "name of the destination")
        ->type_name("")
        ->required();
    command->add_option("--alert", options->alert, "alert id, or the beginning of one that fits one alert")
        ->type_name("ALERT_ID")
        ->required();
    command->add_flag("--body", options->body, "only the body");
    command->footer(
        "Of the newest notification. Secrets are shown as [redacted]; what was left out is told on standard "
        "error.\n"
        "Nothing is sent.");
}

void add_alerts_test(CLI::App* alerts, Command& chosen) {
    const auto [command, options] = declare_alert_command<AlertsTestOptions>(
        alerts, "test", "send a test alert the way a real one goes, and see what each destination answers",
        chosen);
    text_option(command, "--destination", options->destination,
                "only this destination, whatever its minimum severity", "NAME");
    text_option(command, "--rule", options->rule, "the rule whose first firing example is sent", "RULE");
    command
        ->add_option_function<int>(
            "--wait", [into = options](const int& seconds) { into->wait = std::chrono::seconds{seconds}; },
            "how many seconds to wait for the verdicts")
        ->check(CLI::Range(0, 3600))
        ->type_name("SECONDS")
        ->default_str("15");
    command->footer(
        "Exit: 0 every destination took it (or --wait 0), 1 one did not in time, or it was routed nowhere.");
}

}  // namespace

void add_alerts(CLI::App& app, Command& chosen) {
    CLI::App* alerts = app.add_subcommand("alerts", "alerts and what became of their deliveries");
    alerts->require_subcommand(1);
    add_alerts_list(alerts, chosen);
    {
        const auto [command, options] = declare_alert_command<AlertsShowOptions>(
            alerts, "show", "the whole story: who, what, before and after, what to do, deliveries", chosen);
        ids_option(command, options);
        format_option(command, options->format, story_formats());
    }
    {
        const auto [command, options] = declare_alert_command<AlertsExplainOptions>(
            alerts, "explain", "every decision about an alert, from the store alone", chosen);
        ids_option(command, options);
        format_option(command, options->format, story_formats());
    }
    add_alert_handling<AlertsAckOptions>(alerts, "ack", "say that somebody has taken alerts up", chosen);
    add_alert_handling<AlertsResolveOptions>(
        alerts, "resolve", "say that alerts are over; the same act then opens a new one", chosen);
    {
        const auto [command, options] = declare_alert_command<AlertsRedeliverOptions>(
            alerts, "redeliver", "make deliveries due again, under the same webhook-id", chosen);
        ids_option(command, options);
        text_option(command, "--destination", options->destination, "only this destination", "NAME");
    }
    add_alerts_render(alerts, chosen);
    add_dead(*alerts, chosen);
    add_alerts_test(alerts, chosen);
}

}  // namespace entrawatch
