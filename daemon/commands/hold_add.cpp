#include <ostream>

#include "alerts/alert.hpp"
#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

Result<HoldRow> typed_hold(const HoldAddOptions& options, const Invocation& invocation) {
    HoldRow hold;
    hold.entity = trim(options.entity);
    hold.alert = trim(options.alert);
    hold.author = invocation.user;
    hold.created_at = invocation.now();
    hold.id = make_id("hold_", hold.created_at, random_bytes());
    auto reason = checked_reason(options.reason);
    if (!reason) return fail(reason.error());
    hold.reason = std::move(*reason);
    const auto span = typed_span(options.from, options.to, hold.created_at);
    if (!span) return fail(span.error());
    hold.from = span->from;
    hold.to = span->to;
    if (hold.entity.empty() && hold.alert.empty() && !hold.from && !hold.to)
        return fail(ErrorCode::invalid,
                    "a hold of everything is refused: name --entity, --alert, --from or --to; to keep "
                    "everything longer, raise `retention`");
    return hold;
}

// In the words of the store: the whole id of the alert, whatever part of it was typed.
Result<> find_alert(Store& store, HoldRow& hold) {
    if (hold.alert.empty()) return {};
    const auto alert = store.alert(hold.alert);
    if (!alert) return fail(alert.error());
    if (!*alert)
        return fail(ErrorCode::not_found, "--alert: no alert has an id that begins with " + hold.alert);
    hold.alert = (*alert)->id;
    return {};
}

Result<> write_hold(Store& store, const HoldRow& hold) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = store.insert_hold(hold); !done) return done;
    const AuditEntry entry{hold.created_at, hold.author, "hold add", hold.id,
                           matchers_of(hold) + "; " + hold.reason};
    if (auto done = store.add_audit(entry); !done) return done;
    return transaction->commit();
}

}  // namespace

int run_hold_add(const HoldAddOptions& options, const Invocation& invocation) {
    auto hold = typed_hold(options, invocation);
    if (!hold) return complain(invocation, hold.error(), exit_usage);
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenant = one_tenant(*settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    auto store = open_existing_store(**tenant, false, invocation.now());
    if (!store) return complain(invocation, store.error(), exit_problems);
    if (const auto found = find_alert(*store, *hold); !found)
        return complain(invocation, found.error(), exit_problems);
    if (const auto done = write_hold(*store, *hold); !done)
        return complain(invocation, done.error(), exit_problems);
    invocation.out << hold->id << ": tenant " << for_terminal((*tenant)->name) << ", "
                   << for_terminal(matchers_of(*hold)) << "; kept until the hold is removed\n";
    return exit_ok;
}

}  // namespace entrawatch
