#include "daemon/delivery_worker.hpp"

#include <algorithm>

#include "alerts/retry_policy.hpp"
#include "core/base/text.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr Ticks lease_length = 60s;  // the attempt's limit (destination_client) and time to write it down
constexpr int rows_at_once = 4;

}  // namespace

DeliveryWorker::DeliveryWorker(TenantRuntime& tenant, const DestinationSettings& destination,
                               std::shared_ptr<http::HttpClient> client)
    : tenant_(tenant),
      name_(destination.name),
      type_(destination.type),
      client_(tenant, destination, std::move(client)),
      status_(tenant.status.destinations[name_]),
      wakeup_(tenant.executor, tenant.stop),
      budget_(budget_of(type_)) {}

asio::awaitable<void> DeliveryWorker::run() {
    while (!tenant_.stop.stopping()) {
        const auto rows = co_await lease();
        bool going = !rows.empty();
        for (const auto& row : rows) {
            if (tenant_.stop.stopping()) co_return;  // leases left behind are released at the next start
            note_sent(sent_, budget_, tenant_.now());
            auto tried = co_await client_.attempt(row);
            const bool delivered = co_await settle(row, std::move(tried));
            going = going && delivered;
        }
        if (!going) co_await wait_for_work();
    }
}

DueQuestion DeliveryWorker::question(Instant now) const {
    DueQuestion question;
    question.destination = name_;
    question.type = type_;
    question.now = now;
    question.lease_length = lease_length;
    // A destination in doubt is asked with one row.
    question.limit = circuit_.failures_in_a_row > 0 ? 1 : rows_at_once;
    question.allowed = allowance(budget_, sent_, now);
    question.last_digest = last_digest_;
    question.context = tenant_.ingest_context;
    return question;
}

asio::awaitable<std::vector<DeliveryRow>> DeliveryWorker::lease() {
    const Instant now = tenant_.now();
    if (may_try_at(circuit_, now) > now) co_return std::vector<DeliveryRow>{};
    auto job = [asked = question(now)](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return due_rows(s, asked); });
    };
    auto answer = co_await tenant_.lane.run(job);
    if (!answer) {
        tenant_.status.store_works = false;
        tenant_.status.store_problem = answer.error().text();
        co_return std::vector<DeliveryRow>{};
    }
    if (answer->folded) last_digest_ = now;
    if (!answer->due.empty() && tenant_.ring_workers) tenant_.ring_workers(answer->due);
    co_return std::move(answer->rows);
}

asio::awaitable<void> DeliveryWorker::wait_for_work() {
    auto job = [name = name_](Store& store, RuleScratch&) { return store.next_due(name); };
    const auto due = co_await tenant_.lane.run(job);
    const Instant now = tenant_.now();
    Instant until = now + Ticks{1min};
    if (due && *due) until = std::min(until, **due);
    until = std::max({until, may_try_at(circuit_, now), next_allowance(budget_, sent_, now)});
    // A row that is due at once while the destination may be tried means the store failed: not a tight loop.
    co_await wakeup_.sleep(std::clamp<Ticks>(until - now, 20ms, 1min));
}

Store::Settlement DeliveryWorker::settlement_of(const DeliveryRow& row, const Tried& tried) {
    Store::Settlement settlement;
    settlement.delivery = row.id;
    settlement.counts = tried.verdict != Verdict::throttled;
    if (tried.verdict == Verdict::delivered) {
        settlement.state = "delivered";
        return settlement;
    }
    RetryInput input;
    input.verdict = tried.verdict;
    input.failures = row.attempts + (settlement.counts ? 1 : 0);
    input.created_at = row.created_at;
    input.now = tried.attempt.ended_at;
    input.retry_after = tried.attempt.retry_after;
    input.dice = tenant_.dice();
    const auto next = next_attempt(input);
    settlement.state = next ? "due" : "dead";
    settlement.due_at = next.value_or(Instant{});
    return settlement;
}

// True when the destination took it: the next row may follow at once.
asio::awaitable<bool> DeliveryWorker::settle(DeliveryRow row, Tried tried) {
    tried.attempt.verdict = std::string{name_of(tried.verdict)};
    circuit_ = after(circuit_, tried.verdict, tried.attempt.retry_after, tried.attempt.ended_at);
    const auto settlement = settlement_of(row, tried);
    note(row, tried, settlement);
    if (tried.attempt.http_status == 401 || tried.attempt.http_status == 403) client_.read_secrets_again();
    // What became of an attempt must be written down, or it would be made again without end: kept until the
    // store takes it.
    while (true) {
        auto job = [attempt = tried.attempt, settlement](Store& store, RuleScratch&) {
            return transact(store, [&](Store& s) { return s.settle(attempt, settlement); });
        };
        const auto done = co_await tenant_.lane.run(job);
        if (done) co_return tried.verdict == Verdict::delivered;
        tenant_.status.store_works = false;
        tenant_.status.store_problem = done.error().text();
        if (tenant_.stop.stopping()) co_return false;  // at least once: it is sent again after the restart
        co_await wakeup_.sleep(1s);
    }
}

void DeliveryWorker::note(const DeliveryRow& row, const Tried& tried, const Store::Settlement& settlement) {
    status_.circuit_open = circuit_.open;
    if (tried.verdict == Verdict::delivered) {
        ++status_.delivered;
        status_.last_latency = tried.attempt.ended_at - row.created_at;
        status_.last_problem.clear();
        tenant_.log->info("alert delivered",
                          {{"tenant", tenant_.settings.name},
                           {"destination", name_},
                           {"alert", row.alert_id},
                           {"webhook_id", row.webhook_id},
                           {"left_out", tried.shed.empty() ? "nothing" : joined(tried.shed)}});
        return;
    }
    ++status_.failed_attempts;
    if (settlement.state == "dead") ++status_.dead;
    status_.last_problem = tried.attempt.detail;
    const std::string answer =
        tried.attempt.http_status == 0 ? "none" : std::to_string(tried.attempt.http_status);
    tenant_.log->warning(
        settlement.state == "dead" ? "delivery given up; kept as a dead letter" : "delivery failed",
        {{"tenant", tenant_.settings.name},
         {"destination", name_},
         {"alert", row.alert_id},
         {"verdict", std::string{name_of(tried.verdict)}},
         {"status", answer},
         {"reason", tried.attempt.detail},
         {"next_attempt_at", settlement.state == "due" ? to_iso_millis(settlement.due_at) : "never"}});
}

}  // namespace entrawatch
