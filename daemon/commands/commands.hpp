// The commands of the one binary. Each takes its parsed options and an Invocation, prints, and hands back the
// exit code.
//
// One file a command; command_line.cpp picks by the type of the options. Read next: invocation.hpp,
// opening.hpp.
#pragma once

#include <span>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "core/rules/rule.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/options.hpp"

namespace entrawatch {

// Everything main does: parses, runs the command, hands back the exit code.
int run_command_line(const std::vector<std::string>& arguments, const Invocation& invocation);

// The daemon: runs until SIGTERM or SIGINT. Logs for itself, so it needs no Invocation.
int run_daemon(const RunOptions& options);

int run_check(const CheckOptions& options, const Invocation& invocation);
int run_import(const ImportOptions& options, const Invocation& invocation);
int run_query(const QueryOptions& options, const Invocation& invocation);
int run_question(const QueryOptions& options, const Invocation& invocation);

// The questions that /api/v1 asks as well, of settings and rules that are loaded already. Read next:
// daemon/api/api.hpp.
int answer_query(const Settings& settings, const QueryOptions& options, const Invocation& invocation);
int answer_alerts_list(const Settings& settings, const AlertsListOptions& options,
                       const Invocation& invocation);
int answer_coverage(const Settings& settings, const CoverageOptions& options, const Invocation& invocation);
struct ScenarioSources {
    const std::vector<Scenario>& catalogue;
    std::span<const Rule> rules;  // in force
};
int answer_scenarios(const Settings& settings, const ScenarioSources& sources,
                     const ScenariosOptions& options, const Invocation& invocation);
int answer_alerts_ack(const Settings& settings, const AlertsAckOptions& options,
                      const Invocation& invocation);
int answer_alerts_resolve(const Settings& settings, const AlertsResolveOptions& options,
                          const Invocation& invocation);

int run_alerts_list(const AlertsListOptions& options, const Invocation& invocation);
int run_alerts_show(const AlertsShowOptions& options, const Invocation& invocation);
int run_alerts_explain(const AlertsExplainOptions& options, const Invocation& invocation);
int run_alerts_ack(const AlertsAckOptions& options, const Invocation& invocation);
int run_alerts_resolve(const AlertsResolveOptions& options, const Invocation& invocation);
int run_alerts_render(const AlertsRenderOptions& options, const Invocation& invocation);
int run_alerts_redeliver(const AlertsRedeliverOptions& options, const Invocation& invocation);
int run_alerts_test(const AlertsTestOptions& options, const Invocation& invocation);

int run_dead_list(const DeadListOptions& options, const Invocation& invocation);
int run_dead_show(const DeadShowOptions& options, const Invocation& invocation);
int run_dead_redeliver(const DeadRedeliverOptions& options, const Invocation& invocation);
int run_dead_purge(const DeadPurgeOptions& options, const Invocation& invocation);

int run_drill_announce(const DrillAnnounceOptions& options, const Invocation& invocation);
int run_drill_list(const DrillListOptions& options, const Invocation& invocation);
int run_drill_cancel(const DrillCancelOptions& options, const Invocation& invocation);
int run_hold_add(const HoldAddOptions& options, const Invocation& invocation);
int run_hold_list(const HoldListOptions& options, const Invocation& invocation);
int run_hold_remove(const HoldRemoveOptions& options, const Invocation& invocation);
int run_mute_add(const MuteAddOptions& options, const Invocation& invocation);
int run_mute_list(const MuteListOptions& options, const Invocation& invocation);
int run_mute_remove(const MuteRemoveOptions& options, const Invocation& invocation);

int run_rules_list(const RulesListOptions& options, const Invocation& invocation);
int run_rules_show(const RulesShowOptions& options, const Invocation& invocation);
int run_rules_check(const RulesCheckOptions& options, const Invocation& invocation);
int run_rules_test(const RulesTestOptions& options, const Invocation& invocation);

int run_rules_replay(const RulesReplayOptions& options, const Invocation& invocation);
int run_scenarios(const ScenariosOptions& options, const Invocation& invocation);
int run_coverage(const CoverageOptions& options, const Invocation& invocation);
int run_verify(const VerifyOptions& options, const Invocation& invocation);
int run_evidence_export(const EvidenceExportOptions& options,
                        const Invocation& invocation);  // in daemon/evidence
int run_status(const StatusOptions& options, const Invocation& invocation);

}  // namespace entrawatch
