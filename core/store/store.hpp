// Store: the only memory. One SQLite file per tenant, behind named operations; no SQL outside core/store/sql.
//
// One writer; readers beside it (WAL). Every write happens inside a Transaction: one page of a feed, its
// findings, alerts, deliveries and the progress of its window commit together or not at all. Operations are
// synchronous and know no clock. An Error `unavailable` (locked, disk full) means: retry the whole
// transaction later; `refused`: a database newer than this program; `corrupt`: stop. Used by daemon/ingest,
// the pollers, the delivery workers and the commands. Manual for auditors: README.md. Read next: rows.hpp
// (what goes in and out), query.hpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ed25519.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/event/event.hpp"
#include "core/rules/correlation.hpp"
#include "core/store/chain_point.hpp"
#include "core/store/rows.hpp"

namespace entrawatch {

struct StoreOptions {
    std::filesystem::path file{};
    std::string tenant{};  // for the views' tenant column, stored on creation
    bool read_only = false;
    bool create = true;
    int cache_kib = 8192;
    int patience_ms = 5000;  // how long to wait for another process that writes
    // Once set, from whatever thread, a statement that runs ends soon with `unavailable`. Outlives the Store.
    const std::atomic<bool>* stop = nullptr;
};

class Store {
  public:
    // Creates (0600; the folder must exist) or opens, and migrates. `now` stamps migrations. Readers do not
    // migrate: `refused`.
    [[nodiscard]] static Result<Store> open(const StoreOptions& options, Instant now);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    // --- transactions: at most one at a time; destroyed without commit() = nothing happened, caches
    // included. A write outside of one commits by itself. After a failed write inside of one commit()
    // refuses: half a step is never stored.
    class Transaction {
      public:
        explicit Transaction(Store& store) : store_(&store) {}
        Transaction(Transaction&& other) noexcept : store_(std::exchange(other.store_, nullptr)) {}
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        Transaction& operator=(Transaction&&) = delete;
        ~Transaction();
        [[nodiscard]] Result<> commit();

      private:
        Store* store_;
    };
    [[nodiscard]] Result<Transaction> begin();

    // While it lives everything is read as it was when it was taken, whatever others write. Not inside of a
    // transaction.
    class Snapshot {
      public:
        explicit Snapshot(Store& store) : store_(&store) {}
        Snapshot(Snapshot&& other) noexcept : store_(std::exchange(other.store_, nullptr)) {}
        Snapshot(const Snapshot&) = delete;
        Snapshot& operator=(const Snapshot&) = delete;
        Snapshot& operator=(Snapshot&&) = delete;
        ~Snapshot();

      private:
        Store* store_;
    };
    [[nodiscard]] Result<Snapshot> snapshot();

    // --- events
    // Looks up (feed, id) first: octets seen before are a duplicate and cost a look-up; other octets are a
    // revision (the older ones are kept; the newest is shown; never regresses: an older `updated` than the
    // stored one is kept as a past revision).
    [[nodiscard]] Result<PutResult> put_event(const Event& event, std::string_view raw, Instant received_at);
    // Whether (feed, id) is stored, in whatever revision.
    [[nodiscard]] Result<bool> has_event(const Event& event);
    // Keeps octets that could not become an event, with the reason. false when exactly these octets are kept
    // already.
    [[nodiscard]] Result<bool> put_rejection(FeedId feed, std::string_view raw, std::string_view reason,
                                             Instant received_at);
    [[nodiscard]] Result<std::string> raw_of(std::int64_t event);
    // The revisions that are not the one shown, oldest first.
    [[nodiscard]] Result<std::vector<PastRevision>> past_revisions(std::int64_t event);
    // What the record said before that revision; nullopt when it is the first.
    [[nodiscard]] Result<std::optional<std::string>> octets_before(std::int64_t event, int revision);

    // --- windows
    [[nodiscard]] Result<std::int64_t> open_window(FeedId feed, const WindowPlan& plan, Instant now);
    [[nodiscard]] Result<> add_progress(std::int64_t window, const WindowProgress& progress);
    // How late the rows came that a page of the window showed for the first time.
    [[nodiscard]] Result<> add_lateness(std::int64_t window, const Lateness& lateness, Instant now);
    // Of the rows that were seen for the first time on the day of `since` or later.
    [[nodiscard]] Result<LatenessByPass> lateness(FeedId feed, Instant since);
    [[nodiscard]] Result<> complete_window(std::int64_t window,
                                           Instant now);  // its span joins the feed's coverage
    [[nodiscard]] Result<> abandon_window(std::int64_t window, std::string_view reason, Instant now);
    [[nodiscard]] Result<> abandon_open_windows(std::string_view reason,
                                                Instant now);  // at start: of an earlier process
    [[nodiscard]] Result<SweepState> sweep_state(FeedId feed);
    [[nodiscard]] Result<> set_backfill_span(FeedId feed, Ticks span);
    [[nodiscard]] Result<std::vector<WindowRow>> windows(std::optional<FeedId> feed, Span opened, int limit);

    // --- feeds
    [[nodiscard]] Result<> set_feed_state(FeedId feed, const FeedState& state);
    [[nodiscard]] Result<FeedState> feed_state(FeedId feed);

    // --- directory knowledge, kept across restarts
    [[nodiscard]] Result<> save_directory(std::string_view json, Instant now);
    [[nodiscard]] Result<std::optional<std::string>> load_directory();

    // --- alerts
    [[nodiscard]] Result<std::optional<AlertRow>> newest_alert_with_key(std::string_view dedup_key);
    // The alert with that key to which the event is linked already, if any.
    [[nodiscard]] Result<std::optional<AlertRow>> alert_of_event(std::int64_t event,
                                                                 std::string_view dedup_key);
    [[nodiscard]] Result<> insert_alert(const AlertRow& alert);
    [[nodiscard]] Result<> update_alert(
        const AlertRow& alert);  // severity, summary, state, times, count, data
    // false when this event is linked to the alert already (a revision or a re-read).
    [[nodiscard]] Result<bool> link_event(std::string_view alert_id, std::int64_t event);
    [[nodiscard]] Result<std::optional<AlertRow>> alert(std::string_view id);  // full id or unique prefix
    struct AlertFilter {
        std::optional<Span> opened{};
        std::optional<Severity> minimum{};
        std::string rule{};  // id or name
        std::string state{};
        std::optional<bool> suppressed = false;  // whether a filter suppressed it; nullopt = either
        int limit = 100;
    };
    [[nodiscard]] Result<std::vector<AlertRow>> alerts(const AlertFilter& filter);  // newest first
    [[nodiscard]] Result<std::vector<SuppressedRow>> suppressed();                  // by filter and rule
    struct AlertEvent {
        std::int64_t event;
        FeedId feed;
        std::string id;
        Instant time, received_at;
        std::string activity, correlation_id;
    };
    [[nodiscard]] Result<std::vector<AlertEvent>> events_of(std::string_view alert_id, int limit);

    // --- outbox
    [[nodiscard]] Result<std::int64_t> insert_notification(
        const NotificationRow& notification);  // sequence is assigned
    // Due at once, or held back by that mute.
    [[nodiscard]] Result<std::int64_t> insert_delivery(std::int64_t notification,
                                                       std::string_view destination,
                                                       std::string_view webhook_id, Instant now,
                                                       std::optional<std::int64_t> mute = std::nullopt);
    // Marks up to `limit` due rows of the destination leased until `lease_until`, severest and oldest first;
    // a notification of an alert waits for the earlier ones of the same alert at this destination.
    [[nodiscard]] Result<std::vector<DeliveryRow>> lease_due(std::string_view destination, Instant now,
                                                             Instant lease_until, int limit);
    [[nodiscard]] Result<std::optional<Instant>> next_due(std::string_view destination);
    struct Settlement {
        std::int64_t delivery = 0;
        std::string state;   // delivered | due | dead
        Instant due_at;      // when state is due
        bool counts = true;  // a throttled attempt does not count
    };
    // Writes the attempt and the delivery's new state together.
    [[nodiscard]] Result<> settle(const AttemptRow& attempt, const Settlement& settlement);
    [[nodiscard]] Result<> release_leases();  // at start: of an earlier process
    [[nodiscard]] Result<int> redeliver(std::string_view alert_id, std::string_view destination,
                                        Instant now);  // "" = all; rows made due
    struct DeadFilter {
        std::string destination{};       // empty = all
        std::string webhook_id{};        // full id or beginning; empty = all
        std::optional<Instant> since{};  // promised at or after
        int limit = 100;
    };
    [[nodiscard]] Result<std::vector<DeliveryRow>> dead_letters(const DeadFilter& filter);  // oldest first
    // false when it is no dead letter (any more).
    [[nodiscard]] Result<bool> revive(std::int64_t delivery, Instant now);  // due again, as redeliver()
    [[nodiscard]] Result<bool> purge(std::int64_t delivery);                // given up for good; kept
    [[nodiscard]] Result<std::vector<DeliveryRow>> deliveries_of(std::string_view alert_id);
    [[nodiscard]] Result<std::vector<AttemptRow>> attempts_of(std::int64_t delivery);

    // --- mutes
    [[nodiscard]] Result<> insert_mute(const MuteRow& mute);
    [[nodiscard]] Result<std::vector<MuteRow>> mutes_in_force(Instant now);
    // Over and not reported yet.
    [[nodiscard]] Result<std::vector<MuteRow>> ended_mutes(Instant now);
    [[nodiscard]] Result<std::vector<MuteRow>> mutes(bool past_too, Instant now, int limit);  // newest first
    [[nodiscard]] Result<std::optional<MuteRow>> mute(std::string_view id);  // full id or unique prefix
    [[nodiscard]] Result<> remove_mute(std::string_view id, std::string_view by, std::string_view because,
                                       Instant now);
    [[nodiscard]] Result<> set_mute_reported(std::int64_t number, Instant now);
    // A delivery that its worker leased goes back, held by the mute.
    [[nodiscard]] Result<> mute_delivery(std::int64_t delivery, std::int64_t mute);
    // Whose deliveries the mute holds back that nothing has told of.
    [[nodiscard]] Result<std::vector<std::string>> muted_destinations(std::int64_t mute);
    // From now on `notification` has told of all that the mute holds back.
    [[nodiscard]] Result<> tell_muted(std::int64_t mute, std::int64_t notification);

    // --- drills of emergency accounts
    [[nodiscard]] Result<> insert_drill(const DrillRow& drill);
    [[nodiscard]] Result<std::vector<DrillRow>> drills_at(Instant time);  // on at that moment
    [[nodiscard]] Result<std::vector<DrillRow>> drills(int limit);        // newest first
    [[nodiscard]] Result<std::vector<DrillRow>> unjudged_drills(Instant ended_by);
    [[nodiscard]] Result<std::optional<DrillRow>> drill(std::string_view id);  // full id or unique prefix
    [[nodiscard]] Result<> cancel_drill(std::string_view id, std::string_view by, std::string_view because,
                                        Instant now);
    [[nodiscard]] Result<> set_drill_judged(std::int64_t number, Instant now);
    // The end of the newest drill of the account that an alert came of.
    [[nodiscard]] Result<std::optional<Instant>> last_drill_of(std::string_view account);
    [[nodiscard]] Result<std::vector<AlertRow>> alerts_of_drill(std::string_view id, int limit);
    // Since when this store looks.
    [[nodiscard]] Result<Instant> created_at();

    // --- follow-ups: what is told once more because nobody acknowledged it or nothing arrived
    [[nodiscard]] Result<> insert_follow_up(const FollowUpRow& row);
    [[nodiscard]] Result<std::vector<FollowUpRow>> follow_ups_of(std::string_view alert_id);  // in order
    // What the notification is, if it is one.
    [[nodiscard]] Result<std::optional<FollowUpRow>> follow_up_of(std::int64_t notification);
    // Open alerts, tests left out, the oldest first.
    [[nodiscard]] Result<std::vector<AlertRow>> alerts_to_follow_up(const FollowUpFilter& filter);

    // --- notifications that tell of others
    // Alerts, not resolved, whose count grew after it was told, and that were told then or earlier.
    [[nodiscard]] Result<std::vector<AlertRow>> untold_alerts(Instant told_by, int limit);
    // What is due or leased of the alert at the destination, in order.
    [[nodiscard]] Result<std::vector<DeliveryRow>> waiting_of(std::string_view alert_id,
                                                              std::string_view destination);
    // The delivery is not sent: `notification` tells of it. `state`: superseded | digested.
    [[nodiscard]] Result<> tell_in(std::int64_t delivery, std::int64_t notification, std::string_view state);
    [[nodiscard]] Result<> lease(std::int64_t delivery, Instant lease_until);
    [[nodiscard]] Result<std::vector<std::string>> superseded_types(std::int64_t notification,
                                                                    std::string_view destination);
    // How many rows are due at the destination, counted up to `limit`.
    [[nodiscard]] Result<int> due_count(std::string_view destination, Instant now, int limit);
    // Due rows that are the first word about a critical alert, and those that a digest may tell of.
    [[nodiscard]] Result<std::vector<DeliveryRow>> critical_firsts(std::string_view destination, Instant now,
                                                                   int limit);
    [[nodiscard]] Result<std::vector<DeliveryRow>> foldable(std::string_view destination, Instant now,
                                                            int limit);
    [[nodiscard]] Result<DigestFacts> told_in(std::int64_t notification, int limit);
    // The body is made after the rows it tells of are known; before anyone could have sent it.
    [[nodiscard]] Result<> set_body(std::int64_t notification, std::string_view body, Severity severity);

    // --- correlations: which events matched a step of a rule about several events
    struct CorrelationGroup {
        std::string_view rule_id;
        std::string_view values;  // of the fields that the rule groups by
        Ticks timespan{0};
        Ticks grain{0};  // hits of one value within it are one row; zero: every event is one
    };
    // false when the hit was seen as one with others close to it.
    [[nodiscard]] Result<bool> add_correlation_hit(const CorrelationGroup& group, const CorrelationHit& hit,
                                                   Instant now);
    // The group's hits within the time span before and after `at`, the nearest `most` of either side.
    [[nodiscard]] Result<std::vector<CorrelationHit>> correlation_hits(const CorrelationGroup& group,
                                                                       Instant at, std::int64_t most);
    // Drops what is older than the time span and the lateness of any feed.
    [[nodiscard]] Result<> forget_correlation_hits(Instant now);

    // --- findings that are not told yet (core/rules/waiting.hpp)
    // The finding waits from now on, or waits already with the time it has; false: `most` findings of the
    // rule wait, and this one does not.
    [[nodiscard]] Result<bool> put_off(const WaitingRow& waiting, std::int64_t most);
    // Whose time to be looked at has come, the longest waiting first.
    [[nodiscard]] Result<std::vector<WaitingRow>> waiting_due(Instant now, int limit);
    [[nodiscard]] Result<> look_later(const WaitingRow& waiting, Instant look_at);
    // All that is due, also what would be looked at a little later.
    [[nodiscard]] Result<> look_now(Instant now);
    [[nodiscard]] Result<> remove_waiting(const WaitingRow& waiting);

    // --- audit trail
    [[nodiscard]] Result<> add_audit(const AuditEntry& entry);

    // --- the evidence chain: every commit of the operations above adds its entry by itself
    [[nodiscard]] Result<> add_configuration(const ConfigurationEntry& entry);
    // Signs where the chain ends; nullopt when that is signed already.
    [[nodiscard]] Result<std::optional<ChainPoint>> sign_chain(const Ed25519Key& key, Instant now);

    // nullopt: nothing is signed yet.
    [[nodiscard]] Result<std::optional<SignedHead>> signed_head();

    // --- holds: what is held is never pruned
    // Error invalid when it names an alert that is not there, or nothing at all.
    [[nodiscard]] Result<> insert_hold(const HoldRow& hold);
    [[nodiscard]] Result<std::vector<HoldRow>> holds(bool past_too, int limit);  // newest first
    [[nodiscard]] Result<std::optional<HoldRow>> hold(std::string_view id);      // full id or unique prefix
    [[nodiscard]] Result<> remove_hold(std::string_view id, std::string_view by, std::string_view because,
                                       Instant now);

    // --- retention
    // Prunes what is old enough and not needed any more, with a signed receipt, as one transaction.
    [[nodiscard]] Result<PruneStep> prune(const PruneRequest& request, const Ed25519Key& key, Instant now);
    // Removes up to `most` index rows of one day before that of `before` whose events are all gone; false
    // when there is no such day.
    [[nodiscard]] Result<bool> prune_lists(Instant before, int most);
    [[nodiscard]] Result<StoreRoom> room();
    // Cuts up to so many free pages off the file; true while some are left. The file on the disk becomes
    // shorter at the next checkpoint().
    [[nodiscard]] Result<bool> give_back(int pages);

    // --- changes by another process (`alerts redeliver` beside the daemon): a number that moves when someone
    // else committed.
    [[nodiscard]] Result<std::int64_t> foreign_changes();
    // Moves the WAL into the file; cheap when there is nothing to move. For idle moments and shutdown.
    [[nodiscard]] Result<> checkpoint();
    // A small write that must succeed for /healthz.
    [[nodiscard]] Result<> probe(Instant now);

    struct Counts {
        std::int64_t events = 0, revisions = 0, rejections = 0, alerts = 0, deliveries_due = 0,
                     deliveries_dead = 0;
    };
    [[nodiscard]] Result<Counts> counts();
    // The newest migration that ran on the file.
    [[nodiscard]] Result<std::int64_t> schema_version();

    struct Impl;
    [[nodiscard]] Impl& impl() { return *impl_; }

  private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace entrawatch
