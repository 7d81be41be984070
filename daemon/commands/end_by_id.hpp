// end_by_id: a person's word that something (a mute, a hold, a drill) is over before its time, for every id
// that was given: one transaction each, with the row of the audit trail.
//
// Used by mute remove, hold remove and drill cancel. Read next: find_by_id.hpp.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/find_by_id.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {

struct EndWords {
    IdWords ids;
    std::string_view command;  // as the audit trail has it: "mute remove"
    std::string_view done;     // what the person is told, after the id
};

// How one kind of row is found and ended.
template <class Row>
struct Ending {
    EndWords words;
    Result<std::optional<Row>> (*find)(Store& store, const std::string& id);
    // Why it cannot end any more: what follows its id; nullopt when it can.
    std::optional<std::string> (*over)(const Row& row, Instant now);
    Result<> (*end)(Store& store, const Row& row, const std::string& by, const std::string& reason,
                    Instant now);
};

template <class Row>
[[nodiscard]] Result<> end_one(Found<Row>& found, const Ending<Row>& ending, const std::string& reason,
                               const Invocation& invocation) {
    const Instant now = invocation.now();
    if (const auto over = ending.over(found.row, now)) {
        return fail(ErrorCode::invalid, std::string{ending.words.ids.one} + " " + found.row.id + " " + *over);
    }
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    auto done = ending.end(found.store, found.row, invocation.user, reason, now);
    if (!done) return done;
    done = found.store.add_audit(
        {now, invocation.user, std::string{ending.words.command}, found.row.id, reason});
    if (!done) return done;
    return transaction->commit();
}

// The exit code.
template <class Row>
[[nodiscard]] int end_by_id(const EndOptions& options, const Ending<Row>& ending,
                            const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto reason = checked_reason(options.reason);
    if (!reason) return complain(invocation, reason.error(), exit_usage);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        auto found = find_by_id<Row>(*tenants, id, ending.words.ids, false, invocation.now(),
                                     [&](Store& store) { return ending.find(store, id); });
        const auto done = found ? end_one(*found, ending, *reason, invocation) : fail(found.error());
        if (done) {
            invocation.out << for_terminal(found->row.id) << ": " << ending.words.done << "\n";
        } else {
            code = complain(invocation, done.error(), exit_problems);
        }
    }
    return code;
}

}  // namespace entrawatch
