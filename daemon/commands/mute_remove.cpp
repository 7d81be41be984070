#include <optional>
#include <ostream>

#include "alerts/handling.hpp"
#include "alerts/mute.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

struct FoundMute {
    Store store;
    MuteRow mute;
};

// Ids are made from time and dice: the same beginning in two tenants means that too little was typed.
Result<FoundMute> find_mute(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                            Instant now) {
    std::optional<FoundMute> found;
    for (const TenantSettings* tenant : tenants) {
        auto store = open_existing_store(*tenant, false, now);
        if (!store && store.error().code == ErrorCode::not_found) continue;
        if (!store) return fail(store.error());
        auto mute = store->mute(id);
        if (!mute) return fail(mute.error());
        if (!*mute) continue;
        if (found)
            return fail(ErrorCode::invalid, "mutes of several tenants begin with '" + id +
                                                "'; type more of the id, or name one with --tenant");
        found = FoundMute{std::move(*store), std::move(**mute)};
    }
    if (found) return std::move(*found);
    return fail(ErrorCode::not_found, "no mute has an id that is or begins with '" + id +
                                          "'; `entrawatch mute list --all` shows them");
}

Result<> remove(FoundMute& found, const std::string& reason, const Invocation& invocation) {
    const Instant now = invocation.now();
    const std::string_view condition = condition_of(found.mute, now);
    if (condition == "removed") {
        return fail(ErrorCode::invalid, "mute " + found.mute.id + " was removed already, by " +
                                            found.mute.removed_by + " at " + to_iso(*found.mute.removed_at));
    }
    if (condition == "ended")
        return fail(ErrorCode::invalid,
                    "mute " + found.mute.id + " ended by itself at " + to_iso(found.mute.ends_at));
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = found.store.remove_mute(found.mute.id, invocation.user, reason, now); !done) return done;
    if (auto done = found.store.add_audit({now, invocation.user, "mute remove", found.mute.id, reason});
        !done)
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
        invocation.out << for_terminal(found->mute.id)
                       << ": removed; the running daemon reports what it hid within a second\n";
    }
    return code;
}

}  // namespace entrawatch
