#include <ostream>
#include <variant>

#include "daemon/commands/commands.hpp"

namespace entrawatch {
namespace {

struct Run {
    const Invocation& invocation;

    int operator()(const TextOptions& o) const {
        invocation.out << o.text << std::flush;
        return invocation.out.good() ? exit_ok : exit_problems;
    }
    int operator()(const RunOptions& o) const { return run_daemon(o); }
    int operator()(const CheckOptions& o) const { return run_check(o, invocation); }
    int operator()(const ImportOptions& o) const { return run_import(o, invocation); }
    int operator()(const QueryOptions& o) const { return run_query(o, invocation); }
    int operator()(const AlertsListOptions& o) const { return run_alerts_list(o, invocation); }
    int operator()(const AlertsShowOptions& o) const { return run_alerts_show(o, invocation); }
    int operator()(const AlertsExplainOptions& o) const { return run_alerts_explain(o, invocation); }
    int operator()(const AlertsAckOptions& o) const { return run_alerts_ack(o, invocation); }
    int operator()(const AlertsResolveOptions& o) const { return run_alerts_resolve(o, invocation); }
    int operator()(const AlertsRenderOptions& o) const { return run_alerts_render(o, invocation); }
    int operator()(const AlertsRedeliverOptions& o) const { return run_alerts_redeliver(o, invocation); }
    int operator()(const AlertsTestOptions& o) const { return run_alerts_test(o, invocation); }
    int operator()(const DeadListOptions& o) const { return run_dead_list(o, invocation); }
    int operator()(const DeadShowOptions& o) const { return run_dead_show(o, invocation); }
    int operator()(const DeadRedeliverOptions& o) const { return run_dead_redeliver(o, invocation); }
    int operator()(const DeadPurgeOptions& o) const { return run_dead_purge(o, invocation); }
    int operator()(const DrillAnnounceOptions& o) const { return run_drill_announce(o, invocation); }
    int operator()(const DrillListOptions& o) const { return run_drill_list(o, invocation); }
    int operator()(const DrillCancelOptions& o) const { return run_drill_cancel(o, invocation); }
    int operator()(const HoldAddOptions& o) const { return run_hold_add(o, invocation); }
    int operator()(const HoldListOptions& o) const { return run_hold_list(o, invocation); }
    int operator()(const HoldRemoveOptions& o) const { return run_hold_remove(o, invocation); }
    int operator()(const MuteAddOptions& o) const { return run_mute_add(o, invocation); }
    int operator()(const MuteListOptions& o) const { return run_mute_list(o, invocation); }
    int operator()(const MuteRemoveOptions& o) const { return run_mute_remove(o, invocation); }
    int operator()(const RulesListOptions& o) const { return run_rules_list(o, invocation); }
    int operator()(const RulesShowOptions& o) const { return run_rules_show(o, invocation); }
    int operator()(const RulesCheckOptions& o) const { return run_rules_check(o, invocation); }
    int operator()(const RulesTestOptions& o) const { return run_rules_test(o, invocation); }
    int operator()(const RulesReplayOptions& o) const { return run_rules_replay(o, invocation); }
    int operator()(const ScenariosOptions& o) const { return run_scenarios(o, invocation); }
    int operator()(const CoverageOptions& o) const { return run_coverage(o, invocation); }
    int operator()(const VerifyOptions& o) const { return run_verify(o, invocation); }
    int operator()(const EvidenceExportOptions& o) const { return run_evidence_export(o, invocation); }
    int operator()(const StatusOptions& o) const { return run_status(o, invocation); }
};

}  // namespace

int run_command_line(const std::vector<std::string>& arguments, const Invocation& invocation) {
    const auto command = parse_options(arguments);
    if (!command) return complain(invocation, command.error(), exit_usage);
    return std::visit(Run{invocation}, *command);
}

}  // namespace entrawatch
