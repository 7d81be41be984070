#include <ostream>

#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/find_by_id.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

Result<Found<HoldRow>> find_hold(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                                 Instant now) {
    return find_by_id<HoldRow>(tenants, id, {"hold", "holds", "hold list --all"}, false, now,
                               [&id](Store& store) { return store.hold(id); });
}

Result<> remove_hold(Found<HoldRow>& found, const std::string& reason, const Invocation& invocation) {
    const Instant now = invocation.now();
    if (found.row.removed_at) {
        return fail(ErrorCode::invalid, "hold " + found.row.id + " was removed already, by " +
                                            found.row.removed_by + " at " + to_iso(*found.row.removed_at));
    }
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = found.store.remove_hold(found.row.id, invocation.user, reason, now); !done) return done;
    if (auto done = found.store.add_audit({now, invocation.user, "hold remove", found.row.id, reason}); !done)
        return done;
    return transaction->commit();
}

}  // namespace

int run_hold_remove(const HoldRemoveOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto reason = checked_reason(options.reason);
    if (!reason) return complain(invocation, reason.error(), exit_usage);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        auto found = find_hold(*tenants, id, invocation.now());
        const auto done = found ? remove_hold(*found, *reason, invocation) : fail(found.error());
        if (!done) {
            code = complain(invocation, done.error(), exit_problems);
            continue;
        }
        invocation.out << for_terminal(found->row.id)
                       << ": removed; what is old enough is pruned within minutes\n";
    }
    return code;
}

}  // namespace entrawatch
