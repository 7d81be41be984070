#include "daemon/option_parts.hpp"

namespace entrawatch {
namespace {

void add_export(CLI::App& evidence, Command& chosen) {
    const auto [command, options] = declare<EvidenceExportOptions>(
        evidence, "export", "the auditor's pack: all that the store holds of a span, in a folder", chosen);
    config_option(command, options->config)->required();
    command->add_option("--from", options->from, "event time from: ISO 8601, a date, or -30d")
        ->type_name("TIME")
        ->required();
    command->add_option("--to", options->to, "event time to, itself outside")->type_name("TIME")->required();
    command
        ->add_option_function<std::string>(
            "--output", [into = options](const std::string& value) { into->output = value; },
            "the folder to make; it must not be there yet")
        ->type_name("DIR")
        ->required();
    text_option(command, "--tenant", options->tenant, "only this tenant", "NAME");
    command->footer(
        "A folder for each tenant: events with the records as received, alerts with their stories, "
        "deliveries, "
        "mutes,\ncommands, coverage with its holes, settings and rules, report.html, a signed manifest, and "
        "what is needed\nto verify it all without Entrawatch. Nothing is sent anywhere. Holes are told, and "
        "are no failure.\nExit: 0, 1 failure (and no folder), 78 unusable configuration.");
}

}  // namespace

void add_evidence(CLI::App& app, Command& chosen) {
    CLI::App* evidence = app.add_subcommand("evidence", "what auditors take along");
    evidence->require_subcommand(1);
    add_export(*evidence, chosen);
}

}  // namespace entrawatch
