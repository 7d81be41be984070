#include "daemon/tenant_watch.hpp"

#include "daemon/canary_watch.hpp"
#include "daemon/count_watch.hpp"
#include "daemon/disk_room.hpp"
#include "daemon/drill_watch.hpp"
#include "daemon/enqueue.hpp"
#include "daemon/feed_ledger.hpp"
#include "daemon/follow_up_watch.hpp"
#include "daemon/head_report.hpp"
#include "daemon/mute_watch.hpp"
#include "daemon/tenant_opening.hpp"
#include "daemon/waiting_watch.hpp"
#include "daemon/watch_report.hpp"
#include "daemon/watch_verdicts.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Seconds from one to the next; each falls on a second of its own.
constexpr int probe_interval = 10;
constexpr int count_interval = 10;
constexpr int waiting_interval = 5;
constexpr int follow_up_interval = 10;
constexpr int verdict_interval = 60;
constexpr int reminder_interval = 3600;
constexpr int signing_interval = 300;
constexpr int checkpoint_interval = 300;

}  // namespace

TenantWatch::TenantWatch(TenantRuntime& tenant, const Ed25519Key& key, Duties duties)
    : tenant_(tenant),
      key_(key),
      duties_(std::move(duties)),
      pruning_(tenant, key),
      wakeup_(tenant.executor, tenant.stop),
      since_(tenant.now()),
      filters_looked_at_(since_) {}

asio::awaitable<void> TenantWatch::run() {
    for (int second = 0; !tenant_.stop.stopping(); ++second) {
        co_await look_for_foreign_changes();
        co_await report_mutes();
        co_await pruning_.step();
        if (second % count_interval == count_interval / 2) co_await tell_counts();
        if (second % waiting_interval == waiting_interval - 1) co_await decide_waiting();
        if (second % follow_up_interval == follow_up_interval - 2) co_await follow_up();
        if (second % probe_interval == 0) co_await probe_store();
        if (second % verdict_interval == verdict_interval - 1) {
            co_await send_canary();
            co_await tell_watch();
        }
        if (second % verdict_interval == verdict_interval / 2)
            co_await look_after_drills(second % reminder_interval == verdict_interval / 2);
        if (second % signing_interval == 0) {
            co_await sign_chain();
            co_await report_chain_head();
        }
        if (second % checkpoint_interval == checkpoint_interval - 1) co_await move_wal();
        co_await wakeup_.sleep(1s);
    }
}

asio::awaitable<void> TenantWatch::look_for_foreign_changes() {
    auto count_changes = [](Store& store, RuleScratch&) { return store.foreign_changes(); };
    const auto changes = co_await tenant_.lane.run(count_changes);
    if (!changes || *changes == foreign_changes_) co_return;
    foreign_changes_ = *changes;
    std::map<std::string, int> all;
    for (const std::string& name : duties_.destinations)
        all.emplace(name, 1);
    tenant_.ring_workers(all);
}

// A failure shows in the next probe; the mute is reported a second later.
asio::awaitable<void> TenantWatch::report_mutes() {
    auto report = [tenant = tenant_name(tenant_.settings), now = tenant_.now()](Store& store, RuleScratch&) {
        return report_ended_mutes(store, tenant, now, random_bytes);
    };
    const auto due = co_await tenant_.lane.run(report);
    if (due && !due->empty()) tenant_.ring_workers(*due);
}

asio::awaitable<void> TenantWatch::tell_counts() {
    auto tell = [this, now = tenant_.now()](Store& store, RuleScratch&) {
        return tell_overdue_counts(store, duties_.destinations, now);
    };
    const auto due = co_await tenant_.lane.run(tell);
    if (due && !due->empty()) tenant_.ring_workers(*due);
}

// A failure is said, and tried again.
asio::awaitable<void> TenantWatch::decide_waiting() {
    auto decide = [context = tenant_.ingest_context,
                   question = waiting_question(tenant_.settings, tenant_.now())](Store& store,
                                                                                 RuleScratch& scratch) {
        return conclude_waiting(store, *context, question, scratch);
    };
    const auto report = co_await tenant_.lane.run(decide);
    if (!report) {
        tenant_.log->warning("findings that wait could not be decided; it is tried again",
                             {{"tenant", tenant_.settings.name}, {"reason", report.error().text()}});
        co_return;
    }
    for (const Rejection& rejection : report->rejections) {
        tenant_.log->warning("a finding that waits cannot be decided; it is tried again in an hour",
                             {{"tenant", tenant_.settings.name}, {"reason", rejection.reason}});
    }
    report_told(tenant_, *report);
}

// Steps come before reminders: who is brought an alert at this moment is not reminded of it.
asio::awaitable<void> TenantWatch::follow_up() {
    auto tell = [this, now = tenant_.now()](Store& store,
                                            RuleScratch&) -> Result<std::map<std::string, int>> {
        auto due = escalate(store, duties_.escalations, now);
        if (!due || !duties_.reminders) return due;
        const auto reminded = remind(store, *duties_.reminders, duties_.destinations, now);
        if (!reminded) return fail(reminded.error());
        add_due(*due, *reminded);
        return due;
    };
    const auto due = co_await tenant_.lane.run(tell);
    if (!due) {
        tenant_.log->warning("an alert that nobody acknowledged could not be told again; it is tried again",
                             {{"tenant", tenant_.settings.name}, {"reason", due.error().text()}});
        co_return;
    }
    if (!due->empty()) tenant_.ring_workers(*due);
}

void TenantWatch::say_ended_filters(Instant now) {
    for (const RuleFilter& filter : tenant_.ingest_context->rules->filters()) {
        if (!in_force(filter, filters_looked_at_) || in_force(filter, now)) continue;
        tenant_.log->warning("a filter has ended and suppresses nothing any more",
                             {{"tenant", tenant_.settings.name},
                              {"filter", filter.name},
                              {"owner", filter.owner},
                              {"last_day", filter.last_day}});
    }
    filters_looked_at_ = now;
}

asio::awaitable<void> TenantWatch::tell_watch() {
    const Instant now = tenant_.now();
    say_ended_filters(now);
    const WatchReport report{tenant_name(tenant_.settings), tenant_.ingest_context->routes,
                             watch_verdicts({&tenant_.status, since_, now, tenant_.settings.poll_interval}),
                             now, random_bytes};
    auto tell = [report](Store& store, RuleScratch&) { return report_watch(store, report); };
    const auto due = co_await tenant_.lane.run(tell);
    if (due && !due->empty()) tenant_.ring_workers(*due);
}

// Before the verdicts, which say what came of it; what the status says of it stays while the store fails.
asio::awaitable<void> TenantWatch::send_canary() {
    if (!duties_.canary) co_return;
    const CanaryQuestion question{*duties_.canary, tenant_.ingest_context, tenant_.shipped_roles,
                                  tenant_.now()};
    auto look = [question](Store& store, RuleScratch&) { return look_after_canary(store, question); };
    auto answer = co_await tenant_.lane.run(look);
    if (!answer) {
        tenant_.log->warning("a canary could not be sent; it is tried again",
                             {{"tenant", tenant_.settings.name}, {"reason", answer.error().text()}});
        // A store that takes no writes is told of by itself.
        if (answer.error().code != ErrorCode::unavailable)
            tenant_.status.canary_problem = answer.error().text();
        co_return;
    }
    tenant_.status.canary_problem.clear();
    tenant_.status.canary = std::move(answer->status);
    if (!answer->due.empty()) tenant_.ring_workers(answer->due);
}

// A failure shows in the next probe; what is left is done a minute or an hour later.
asio::awaitable<void> TenantWatch::look_after_drills(bool remind) {
    const DrillQuestion question{tenant_name(tenant_.settings), tenant_.ingest_context->routes,
                                 tenant_.settings.emergency_accounts, tenant_.now(), random_bytes};
    auto judge = [question](Store& store, RuleScratch&) { return judge_drills(store, question); };
    const auto judged = co_await tenant_.lane.run(judge);
    if (judged && !judged->empty()) tenant_.ring_workers(*judged);
    if (!remind) co_return;
    auto reminder = [question](Store& store, RuleScratch&) { return remind_of_drills(store, question); };
    const auto reminded = co_await tenant_.lane.run(reminder);
    if (reminded && !reminded->empty()) tenant_.ring_workers(*reminded);
}

void TenantWatch::look_at_disk() {
    TenantStatus& status = tenant_.status;
    const auto space = disk_space(tenant_.settings.database);
    if (!space) return;
    const DiskRoom room = room_of(*space, status.disk_room);
    status.disk_free = space->available;
    if (room == DiskRoom::full && status.disk_room != DiskRoom::full) {
        tenant_.log->error(
            "the disk of the store is full; no further window is read until there is room",
            {{"tenant", tenant_.settings.name}, {"free_bytes", std::to_string(space->available)}});
    }
    status.disk_room = room;
}

asio::awaitable<void> TenantWatch::probe_store() {
    look_at_disk();
    auto probe = [now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.probe(now); });
    };
    const auto works = co_await tenant_.lane.run(probe);
    tenant_.status.store_works = works.has_value();
    tenant_.status.store_problem = works ? "" : works.error().text();
}

asio::awaitable<void> TenantWatch::sign_chain() {
    auto job = [this, now = tenant_.now()](Store& store, RuleScratch&) {
        return store.sign_chain(key_, now);
    };
    const auto signed_to = co_await tenant_.lane.run(job);
    if (!signed_to) {
        tenant_.log->warning("the evidence chain could not be signed; it is tried again",
                             {{"tenant", tenant_.settings.name}, {"reason", signed_to.error().text()}});
        co_return;
    }
    if (!*signed_to) co_return;
    tenant_.status.signed_chain = SignedChain{**signed_to, tenant_.now()};
    tenant_.log->info("signed the evidence chain",
                      {{"tenant", tenant_.settings.name}, {"head", to_text(**signed_to)}});
}

// A failure shows in the next probe; it is sent at the next signing.
asio::awaitable<void> TenantWatch::report_chain_head() {
    if (duties_.evidence.head_destinations.empty()) co_return;
    const HeadQuestion question{tenant_name(tenant_.settings),
                                duties_.evidence.head_destinations,
                                tenant_.ingest_context->routes,
                                duties_.evidence.head_interval,
                                tenant_.now(),
                                random_bytes};
    auto report = [question](Store& store, RuleScratch&) { return report_head(store, question); };
    const auto due = co_await tenant_.lane.run(report);
    if (due && !due->empty()) tenant_.ring_workers(*due);
}

// Idle moments are for moving the WAL into the file; a failure shows in the next probe.
asio::awaitable<void> TenantWatch::move_wal() {
    auto checkpoint = [](Store& store, RuleScratch&) { return store.checkpoint(); };
    static_cast<void>(co_await tenant_.lane.run(checkpoint));
}

}  // namespace entrawatch
