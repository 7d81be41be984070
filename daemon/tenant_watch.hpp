// TenantWatch: what is looked after once a second for a tenant: rows that another process made due, mutes
// that have ended, counts that are to be told, findings that wait, alerts that nobody acknowledged, records
// that are old, whether the store takes writes and its disk has room; every minute a canary, whether feeds
// and destinations work, and drills that are over; every five minutes the evidence chain is signed and the
// WAL moved.
//
// One coroutine a tenant, started by App. What each look decides stands in mute_watch, count_watch,
// waiting_watch, follow_up_watch, watch_verdicts and the store.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "alerts/canary.hpp"
#include "alerts/escalation.hpp"
#include "alerts/reminder.hpp"
#include "core/base/ed25519.hpp"
#include "daemon/pruning.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class TenantWatch {
  public:
    struct Duties {
        std::vector<std::string> destinations;     // all of the settings
        std::vector<EscalationChain> escalations;  // of the tenant
        EvidenceSettings evidence;                 // who is sent the chain's head
        std::optional<ReminderPolicy> reminders;
        std::optional<CanaryPolicy> canary;
    };
    // `key`: signs the chain, and outlives this.
    TenantWatch(TenantRuntime& tenant, const Ed25519Key& key, Duties duties);
    [[nodiscard]] boost::asio::awaitable<void> run();
    // What was written up to now is signed; the log and /metrics carry the hash off the machine. At stop as
    // well.
    [[nodiscard]] boost::asio::awaitable<void> sign_chain();

  private:
    [[nodiscard]] boost::asio::awaitable<void> look_for_foreign_changes();
    [[nodiscard]] boost::asio::awaitable<void> report_mutes();
    [[nodiscard]] boost::asio::awaitable<void> tell_counts();
    [[nodiscard]] boost::asio::awaitable<void> decide_waiting();
    [[nodiscard]] boost::asio::awaitable<void> follow_up();
    [[nodiscard]] boost::asio::awaitable<void> tell_watch();
    [[nodiscard]] boost::asio::awaitable<void> send_canary();
    [[nodiscard]] boost::asio::awaitable<void> look_after_drills(bool remind);
    void say_ended_filters(Instant now);
    [[nodiscard]] boost::asio::awaitable<void> report_chain_head();
    void look_at_disk();
    [[nodiscard]] boost::asio::awaitable<void> probe_store();
    [[nodiscard]] boost::asio::awaitable<void> move_wal();

    TenantRuntime& tenant_;
    const Ed25519Key& key_;
    Duties duties_;
    Pruning pruning_;
    StoppableWakeup wakeup_;
    std::int64_t foreign_changes_ = 0;
    Instant since_;              // when this watch began
    Instant filters_looked_at_;  // those that ended before are said
};

}  // namespace entrawatch
