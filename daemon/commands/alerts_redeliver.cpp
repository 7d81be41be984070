#include <ostream>

#include "core/base/text.hpp"
#include "daemon/commands/alert_dossier.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

std::string wanted(const std::string& destination) {
    return destination.empty() ? std::string{"any destination"} : "destination " + destination;
}

// Makes the rows due and writes who asked for it, together or not at all.
Result<int> redeliver(FoundAlert& found, const std::string& destination, const Invocation& invocation) {
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    const auto due = found.store.redeliver(found.row.id, destination, invocation.now());
    if (!due) return fail(due.error());
    if (*due == 0) {
        return fail(ErrorCode::not_found, "alert " + found.row.id + " was never addressed to " +
                                              wanted(destination) +
                                              "; `entrawatch alerts show` lists its deliveries");
    }
    const AuditEntry entry{invocation.now(), invocation.user, "alerts redeliver", found.row.id,
                           wanted(destination) + ", " + std::to_string(*due) + " made due"};
    if (auto done = found.store.add_audit(entry); !done) return fail(done.error());
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return *due;
}

}  // namespace

int run_alerts_redeliver(const AlertsRedeliverOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        auto found = find_alert(*tenants, id, false, invocation.now());
        const auto due = found ? redeliver(*found, options.destination, invocation) : fail(found.error());
        if (!due) {
            code = complain(invocation, due.error(), exit_problems);
            continue;
        }
        invocation.out << for_terminal(found->row.id) << ": "
                       << counted(*due, "delivery is", "deliveries are")
                       << " due again, under the same webhook-id; the running daemon sends within a second\n";
    }
    return code;
}

}  // namespace entrawatch
