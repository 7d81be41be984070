#include <ostream>

#include "alerts/handling.hpp"
#include "alerts/mute.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/find_by_id.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

Result<Found<MuteRow>> find_mute(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                                 Instant now) {
    return find_by_id<MuteRow>(tenants, id, {"mute", "mutes", "mute list --all"}, false, now,
                               [&id](Store& store) { return store.mute(id); });
}

Result<> remove(Found<MuteRow>& found, const std::string& reason, const Invocation& invocation) {
    const Instant now = invocation.now();
    const std::string_view condition = condition_of(found.row, now);
    if (condition == "removed") {
        return fail(ErrorCode::invalid, "mute " + found.row.id + " was removed already, by " +
                                            found.row.removed_by + " at " + to_iso(*found.row.removed_at));
    }
    if (condition == "ended")
        return fail(ErrorCode::invalid,
                    "mute " + found.row.id + " ended by itself at " + to_iso(found.row.ends_at));
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = found.store.remove_mute(found.row.id, invocation.user, reason, now); !done) return done;
    if (auto done = found.store.add_audit({now, invocation.user, "mute remove", found.row.id, reason}); !done)
        return done;
    return transaction->commit();
}

}  // namespace

int run_mute_remove(const MuteRemoveOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto reason = checked_reason(options.reason);
    if (!reason) return complain(invocation, reason.error(), exit_usage);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        auto found = find_mute(*tenants, id, invocation.now());
        const auto done = found ? remove(*found, *reason, invocation) : fail(found.error());
        if (!done) {
            code = complain(invocation, done.error(), exit_problems);
            continue;
        }
        invocation.out << for_terminal(found->row.id)
                       << ": removed; the running daemon reports what it hid within a second\n";
    }
    return code;
}

}  // namespace entrawatch
