#include <ostream>

#include "alerts/drill.hpp"
#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/find_by_id.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

Result<Found<DrillRow>> find_drill(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                                   Instant now) {
    return find_by_id<DrillRow>(tenants, id, {"drill", "drills", "drill list"}, false, now,
                                [&id](Store& store) { return store.drill(id); });
}

Result<> cancel(Found<DrillRow>& found, const std::string& reason, const Invocation& invocation) {
    const Instant now = invocation.now();
    if (found.row.cancelled_at) {
        return fail(ErrorCode::invalid, "drill " + found.row.id + " was cancelled already, by " +
                                            found.row.cancelled_by + " at " +
                                            to_iso(*found.row.cancelled_at));
    }
    if (found.row.ends_at <= now)
        return fail(ErrorCode::invalid,
                    "drill " + found.row.id + " ended by itself at " + to_iso(found.row.ends_at));
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = found.store.cancel_drill(found.row.id, invocation.user, reason, now); !done) return done;
    if (auto done = found.store.add_audit({now, invocation.user, "drill cancel", found.row.id, reason});
        !done)
        return done;
    return transaction->commit();
}

}  // namespace

int run_drill_cancel(const DrillCancelOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto reason = checked_reason(options.reason);
    if (!reason) return complain(invocation, reason.error(), exit_usage);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        auto found = find_drill(*tenants, id, invocation.now());
        const auto done = found ? cancel(*found, *reason, invocation) : fail(found.error());
        if (!done) {
            code = complain(invocation, done.error(), exit_problems);
            continue;
        }
        invocation.out << for_terminal(found->row.id)
                       << ": cancelled; what the account does from now on is no drill\n";
    }
    return code;
}

}  // namespace entrawatch
