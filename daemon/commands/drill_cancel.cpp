#include <optional>
#include <ostream>

#include "alerts/drill.hpp"
#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

struct FoundDrill {
    Store store;
    DrillRow drill;
};

// Ids are made from time and dice: the same beginning in two tenants means that too little was typed.
Result<FoundDrill> find_drill(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                              Instant now) {
    std::optional<FoundDrill> found;
    for (const TenantSettings* tenant : tenants) {
        auto store = open_existing_store(*tenant, false, now);
        if (!store && store.error().code == ErrorCode::not_found) continue;
        if (!store) return fail(store.error());
        auto drill = store->drill(id);
        if (!drill) return fail(drill.error());
        if (!*drill) continue;
        if (found) {
            return fail(ErrorCode::invalid, "drills of several tenants begin with '" + id +
                                                "'; type more of the id, or name one with --tenant");
        }
        found = FoundDrill{std::move(*store), std::move(**drill)};
    }
    if (found) return std::move(*found);
    return fail(ErrorCode::not_found,
                "no drill has an id that is or begins with '" + id + "'; `entrawatch drill list` shows them");
}

Result<> cancel(FoundDrill& found, const std::string& reason, const Invocation& invocation) {
    const Instant now = invocation.now();
    if (found.drill.cancelled_at) {
        return fail(ErrorCode::invalid, "drill " + found.drill.id + " was cancelled already, by " +
                                            found.drill.cancelled_by + " at " +
                                            to_iso(*found.drill.cancelled_at));
    }
    if (found.drill.ends_at <= now)
        return fail(ErrorCode::invalid,
                    "drill " + found.drill.id + " ended by itself at " + to_iso(found.drill.ends_at));
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = found.store.cancel_drill(found.drill.id, invocation.user, reason, now); !done)
        return done;
    if (auto done = found.store.add_audit({now, invocation.user, "drill cancel", found.drill.id, reason});
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
        invocation.out << for_terminal(found->drill.id)
                       << ": cancelled; what the account does from now on is no drill\n";
    }
    return code;
}

}  // namespace entrawatch
