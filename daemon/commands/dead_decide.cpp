// `alerts dead redeliver` and `alerts dead purge`: a person's decision about what was given up.
#include <algorithm>
#include <map>
#include <ostream>

#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/dead_letters.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

enum class Decision { redeliver, purge };

class Deciding {
  public:
    Deciding(Decision decision, const DeadSelection& selection, std::string reason,
             const Invocation& invocation)
        : decision_(decision),
          selection_(selection),
          reason_(std::move(reason)),
          invocation_(invocation),
          missing_(selection.ids.begin(), selection.ids.end()) {}

    // All of a tenant's letters and the audit rows, or nothing.
    Result<> tenant(const TenantSettings& tenant) {
        auto store = open_existing_store(tenant, false, invocation_.now());
        if (!store) return fail(store.error());
        auto transaction = store->begin();
        if (!transaction) return fail(transaction.error());
        const auto chosen = chosen_letters(*store, selection_, invocation_);
        if (!chosen) return fail(chosen.error());
        std::int64_t decided = 0;
        for (const DeliveryRow& letter : chosen->letters) {
            if (auto done = decide(*store, letter); !done) return done;
            ++decided;
        }
        if (auto done = transaction->commit(); !done) return done;
        decided_ += decided;
        std::erase_if(missing_, [&](const std::string& id) {
            return std::find(chosen->missing.begin(), chosen->missing.end(), id) == chosen->missing.end();
        });
        return {};
    }

    [[nodiscard]] std::int64_t decided() const { return decided_; }
    // Ids that no tenant has.
    [[nodiscard]] const std::vector<std::string>& missing() const { return missing_; }

  private:
    Result<> decide(Store& store, const DeliveryRow& letter) {
        const bool again = decision_ == Decision::redeliver;
        const auto done = again ? store.revive(letter.id, invocation_.now()) : store.purge(letter.id);
        if (!done) return fail(done.error());
        std::string detail = "to " + letter.destination + ", of alert " + letter.alert_id;
        if (!reason_.empty()) detail += ": " + reason_;
        return store.add_audit({invocation_.now(), invocation_.user,
                                again ? "alerts dead redeliver" : "alerts dead purge", letter.webhook_id,
                                detail});
    }

    Decision decision_;
    const DeadSelection& selection_;
    std::string reason_;
    const Invocation& invocation_;
    std::vector<std::string> missing_;
    std::int64_t decided_ = 0;
};

int decide_all(Decision decision, const DeadSelection& selection, const Invocation& invocation) {
    if (const auto fine = check_selection(selection); !fine)
        return complain(invocation, fine.error(), exit_usage);
    std::string reason;
    if (decision == Decision::purge || !selection.reason.empty()) {
        auto checked = checked_reason(selection.reason);
        if (!checked) return complain(invocation, checked.error(), exit_usage);
        reason = std::move(*checked);
    }
    if (const auto since = typed_time("--since", selection.since, invocation.now()); !since)
        return complain(invocation, since.error(), exit_usage);
    const auto settings = open_settings(selection.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, selection.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    Deciding deciding{decision, selection, std::move(reason), invocation};
    int code = exit_ok;
    for (const TenantSettings* tenant : *tenants) {
        if (const auto done = deciding.tenant(*tenant); !done)
            code = complain(invocation, done.error(), exit_problems);
    }
    for (const std::string& id : deciding.missing()) {
        code = complain(
            invocation,
            {ErrorCode::not_found, "no dead letter has an id that is or begins with '" + id + "'", {}},
            exit_problems);
    }
    invocation.out
        << counted(deciding.decided(), "dead letter is ", "dead letters are ")
        << (decision == Decision::redeliver
                ? "due again, under the same webhook-id; the running daemon sends within a second\n"
                : "purged: not sent any more, kept with the reason\n");
    return code;
}

}  // namespace

int run_dead_redeliver(const DeadRedeliverOptions& options, const Invocation& invocation) {
    return decide_all(Decision::redeliver, options, invocation);
}

int run_dead_purge(const DeadPurgeOptions& options, const Invocation& invocation) {
    return decide_all(Decision::purge, options, invocation);
}

}  // namespace entrawatch
