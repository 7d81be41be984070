#include <algorithm>
#include <ostream>

#include "alerts/drill.hpp"
#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_author = 256;  // bytes

// By object id or by name, as the settings have them.
Result<EmergencyAccount> account_called(const TenantSettings& tenant, const std::string& typed) {
    std::vector<std::string> names;
    for (const EmergencyAccount& account : tenant.emergency_accounts) {
        if (equal_ignoring_ascii_case(account.object_id, typed) ||
            equal_ignoring_ascii_case(account.name, typed))
            return account;
        names.push_back(account.name.empty() ? account.object_id : account.name);
    }
    if (names.empty()) {
        return fail(ErrorCode::not_found, "--account: tenant " + tenant.name +
                                              " has no emergency accounts; name them in the settings under "
                                              "`emergency_accounts`");
    }
    const std::string near = nearest(typed, names);
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return fail(ErrorCode::not_found,
                "--account: '" + typed + "' is no emergency account of tenant " + tenant.name +
                    (near.empty() ? "; it has " + all : "; did you mean " + near + "?"));
}

Result<DrillRow> typed_drill(const DrillAnnounceOptions& options, const Invocation& invocation) {
    const Instant now = invocation.now();
    DrillRow drill;
    drill.author = to_valid_utf8(trim(options.author.empty() ? invocation.user : options.author));
    if (drill.author.empty() || drill.author.size() > longest_author)
        return fail(ErrorCode::invalid, "--author: say who tries the account, in at most " +
                                            std::to_string(longest_author) + " bytes");
    auto reason = checked_reason(options.reason);
    if (!reason) return fail(reason.error());
    drill.reason = std::move(*reason);
    const auto from = typed_time("--from", options.from, now);
    if (!from) return fail(from.error());
    const auto length = parse_duration(options.length);
    if (!length) {
        return fail(ErrorCode::invalid,
                    "--for: '" + options.length + "' is no length of time; write 30m or 2h");
    }
    drill.created_at = now;
    drill.starts_at = from->value_or(now);
    drill.ends_at = drill.starts_at + std::min(*length, longest_drill + Ticks{1});
    drill.id = make_id("drill_", now, random_bytes());
    if (auto fine = check_drill(drill, now); !fine) return fail(fine.error());
    return drill;
}

Result<> write(Store& store, const DrillRow& drill, const std::string& user) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = store.insert_drill(drill); !done) return done;
    const AuditEntry entry{drill.created_at, user, "drill announce", drill.id,
                           drill.account + " (" + drill.account_name + "), from " + to_iso(drill.starts_at) +
                               " until " + to_iso(drill.ends_at) + ", by " + drill.author + "; " +
                               drill.reason};
    if (auto done = store.add_audit(entry); !done) return done;
    return transaction->commit();
}

}  // namespace

int run_drill_announce(const DrillAnnounceOptions& options, const Invocation& invocation) {
    auto drill = typed_drill(options, invocation);
    if (!drill) return complain(invocation, drill.error(), exit_usage);
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenant = one_tenant(*settings, options.tenant);
    if (!tenant) return complain(invocation, tenant.error(), exit_problems);
    const auto account = account_called(**tenant, std::string{trim(options.account)});
    if (!account) return complain(invocation, account.error(), exit_problems);
    drill->account = to_lower_ascii(account->object_id);
    drill->account_name = account->name;
    auto store = open_existing_store(**tenant, false, invocation.now());
    if (!store) return complain(invocation, store.error(), exit_problems);
    if (const auto done = write(*store, *drill, invocation.user); !done)
        return complain(invocation, done.error(), exit_problems);
    invocation.out << drill->id << ": tenant " << for_terminal((*tenant)->name) << ", "
                   << for_terminal(drill->account_name.empty() ? drill->account : drill->account_name)
                   << "; from " << to_iso_millis(drill->starts_at) << " until "
                   << to_iso_millis(drill->ends_at) << " (" << to_words(drill->ends_at - drill->starts_at)
                   << "). Its alerts say DRILL and are delivered as ever; `entrawatch drill list` shows what "
                      "came of it\n";
    return exit_ok;
}

}  // namespace entrawatch
