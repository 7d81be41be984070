#include <algorithm>
#include <ostream>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/daemon_client.hpp"
#include "daemon/commands/ingest_context.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/commands/rule_selection.hpp"
#include "daemon/test_alert.hpp"
#include "daemon/test_record.hpp"

namespace entrawatch {
namespace {

constexpr Ticks between_looks = std::chrono::milliseconds{200};

Result<Rule> chosen_rule(const IngestContext& context, const std::string& name) {
    const std::span<const Rule> rules = context.rules->rules();
    if (name.empty()) {
        if (const Rule* rule = default_test_rule(rules)) return *rule;
        return fail(ErrorCode::not_found, "no rule in force carries an example that fires");
    }
    auto named = rules_named({rules.begin(), rules.end()}, name);
    if (!named) return fail(named.error());
    if (firing_example(named->front()) != nullptr) return std::move(named->front());
    return fail(ErrorCode::invalid,
                "rule " + named->front().name +
                    " carries no example of one record that fires; choose another with --rule");
}

// The destination alone, whatever its minimum severity; or all routes as they are.
Result<std::vector<Route>> chosen_routes(const Settings& settings, const std::string& destination) {
    if (destination.empty()) return settings.routes();
    if (auto known = known_destination(settings, "--destination", destination); !known)
        return fail(known.error());
    return std::vector<Route>{{destination, Severity::informational, {}}};
}

Result<> note_in_audit_trail(Store& store, const Rule& rule, const Invocation& invocation) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const AuditEntry entry{invocation.now(), invocation.user, "alerts test", rule.name,
                           "a synthetic record is injected"};
    if (auto done = store.add_audit(entry); !done) return done;
    return transaction->commit();
}

// Settled, or tried at least once: there is something to tell.
bool is_told(const DeliveryRow& delivery) {
    return delivery.state == "delivered" || delivery.state == "dead" || delivery.attempts > 0 ||
           !delivery.last_answer.empty();
}

Result<std::vector<DeliveryRow>> wait_for_verdicts(Store& store, const std::string& alert,
                                                   std::chrono::seconds wait, const Invocation& invocation) {
    const SteadyInstant end = invocation.clock.now().steady + wait;
    while (true) {
        auto deliveries = store.deliveries_of(alert);
        if (!deliveries) return deliveries;
        const bool all = std::all_of(deliveries->begin(), deliveries->end(), is_told);
        if (all || invocation.clock.now().steady >= end) return deliveries;
        invocation.pause(between_looks);
    }
}

Result<> tell(Store& store, const DeliveryRow& delivery, const Invocation& invocation) {
    const auto attempts = store.attempts_of(delivery.id);
    if (!attempts) return fail(attempts.error());
    invocation.out << for_terminal(delivery.destination) << ": " << for_terminal(delivery.state);
    if (!attempts->empty()) {
        const AttemptRow& last = attempts->back();
        invocation.out << ", " << for_terminal(last.verdict);
        if (last.http_status != 0) invocation.out << ", HTTP " << last.http_status;
        invocation.out << ", " << to_words(last.ended_at - delivery.created_at) << " after the alert";
        if (!last.detail.empty()) invocation.out << ": " << for_terminal(last.detail);
    }
    invocation.out << " (" << for_terminal(delivery.webhook_id) << ")\n";
    return {};
}

int report_deliveries(Store& store, const Settings& settings, const AlertRow& alert,
                      const AlertsTestOptions& options, const Invocation& invocation) {
    const auto deliveries = wait_for_verdicts(store, alert.id, options.wait, invocation);
    if (!deliveries) return complain(invocation, deliveries.error(), exit_problems);
    if (deliveries->empty()) {
        invocation.out << "routed to nobody: no destination takes " << name_of(alert.severity)
                       << " alerts of this tenant; name one with --destination\n";
        return exit_problems;
    }
    for (const DeliveryRow& delivery : *deliveries) {
        if (const auto told = tell(store, delivery, invocation); !told)
            return complain(invocation, told.error(), exit_problems);
    }
    const bool untried = std::none_of(deliveries->begin(), deliveries->end(), is_told);
    if (untried && options.wait.count() > 0) {
        const auto answer = ask_daemon(settings, "/healthz");
        invocation.out
            << (answer ? "the daemon is running and has not taken it up yet; see `entrawatch alerts explain`"
                       : "no daemon answers; it stays due and goes out when `entrawatch run` starts")
            << "\n";
    }
    const bool all = std::all_of(deliveries->begin(), deliveries->end(),
                                 [](const DeliveryRow& delivery) { return delivery.state == "delivered"; });
    return all || options.wait.count() == 0 ? exit_ok : exit_problems;
}

}  // namespace

int run_alerts_test(const AlertsTestOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenant = one_tenant(*settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    auto routes = chosen_routes(*settings, options.destination);
    if (!routes) return complain(invocation, routes.error(), exit_problems);
    auto store = open_existing_store(**tenant, false, invocation.now());
    if (!store) return complain(invocation, store.error(), exit_problems);
    auto context = make_ingest_context(*settings, **tenant, *store, invocation);
    if (!context) return complain(invocation, context.error(), exit_configuration);
    auto roles = open_roles(invocation);
    if (!roles) return complain(invocation, roles.error(), exit_configuration);
    const auto rule = chosen_rule(*context, options.rule);
    if (!rule) return complain(invocation, rule.error(), exit_problems);

    const auto noted = note_in_audit_trail(*store, *rule, invocation);
    const auto injected =
        noted ? inject_test_alert(
                    *store,
                    {std::move(*context), *rule, std::move(*roles), std::move(*routes), {}, invocation.now()})
              : fail(noted.error());
    if (!injected) return complain(invocation, injected.error(), exit_problems);
    const AlertRow& alert = injected->alert;
    invocation.out << for_terminal(alert.id) << ": " << name_of(alert.severity) << " test alert of rule "
                   << for_terminal(rule->name) << "\n"
                   << std::flush;
    return report_deliveries(*store, *settings, alert, options, invocation);
}

}  // namespace entrawatch
