#include "daemon/delivery_worker.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

#include "alerts/retry_policy.hpp"
#include "config/load.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "daemon/delivery_request.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds attempt_limit = 30s;
constexpr Ticks lease_length = 60s;  // the attempt's limit and time to write it down
constexpr std::size_t answer_excerpt = 512;
// Some send back the whole message; an answer that could not be read would mean a second message.
constexpr std::size_t longest_answer = 256UL * 1024;
constexpr int rows_at_once = 4;

std::int64_t unix_seconds(Instant t) {
    return day_of(t) * 86'400 + (ticks_of(t) - day_of(t) * 864'000'000'000) / 10'000'000;
}

}  // namespace

Result<> append_line(const std::filesystem::path& file, const std::string& line) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return fail(ErrorCode::unavailable, std::strerror(errno), file.string());
    const std::string whole = line + "\n";
    const auto written = ::write(fd, whole.data(), whole.size());
    const bool durable = written == static_cast<ssize_t>(whole.size()) && ::fdatasync(fd) == 0;
    const int error = errno;
    ::close(fd);
    if (!durable) return fail(ErrorCode::unavailable, std::strerror(error), file.string());
    return {};
}

DeliveryWorker::DeliveryWorker(TenantRuntime& tenant, DestinationSettings destination,
                               std::shared_ptr<http::HttpClient> client)
    : tenant_(tenant),
      destination_(std::move(destination)),
      client_(std::move(client)),
      status_(tenant.status.destinations[destination_.name]),
      wakeup_(tenant.executor, tenant.stop),
      budget_(budget_of(destination_.type)) {
    if (destination_.type == DestinationType::sentinel) {
        tokens_.emplace(tenant_.executor, destination_.ingestion.application, destination_.ingestion.resource,
                        client_, tenant_.clock);
    }
}

asio::awaitable<void> DeliveryWorker::run() {
    while (!tenant_.stop.stopping()) {
        const auto rows = co_await lease();
        bool going = !rows.empty();
        for (const auto& row : rows) {
            if (tenant_.stop.stopping()) co_return;  // leases left behind are released at the next start
            const bool delivered = co_await deliver(row);
            going = going && delivered;
        }
        if (!going) co_await wait_for_work();
    }
}

DueQuestion DeliveryWorker::question(Instant now) const {
    DueQuestion question;
    question.destination = destination_.name;
    question.type = destination_.type;
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
    auto job = [name = destination_.name](Store& store, RuleScratch&) { return store.next_due(name); };
    const auto due = co_await tenant_.lane.run(job);
    const Instant now = tenant_.now();
    Instant until = now + Ticks{1min};
    if (due && *due) until = std::min(until, **due);
    until = std::max({until, may_try_at(circuit_, now), next_allowance(budget_, sent_, now)});
    // A row that is due at once while the destination may be tried means the store failed: not a tight loop.
    co_await wakeup_.sleep(std::clamp<Ticks>(until - now, 20ms, 1min));
}

asio::awaitable<bool> DeliveryWorker::deliver(DeliveryRow row) {
    note_sent(sent_, budget_, tenant_.now());
    if (destination_.type == DestinationType::file) {
        auto tried = co_await append(row);
        co_return co_await settle(std::move(row), std::move(tried));
    }
    if (destination_.type == DestinationType::syslog) {
        auto tried = co_await send(row);
        co_return co_await settle(std::move(row), std::move(tried));
    }
    auto tried = co_await post(row);
    co_return co_await settle(std::move(row), std::move(tried));
}

DeliveryWorker::Tried DeliveryWorker::begin_attempt(const DeliveryRow& row,
                                                    const RenderedRequest& rendered) const {
    Tried tried;
    tried.attempt.delivery = row.id;
    tried.attempt.number = row.attempts + 1;
    tried.attempt.started_at = tenant_.now();
    tried.attempt.request_sha256 = to_hex(as_bytes(sha256(rendered.body)));
    tried.shed = rendered.shed;
    return tried;
}

asio::awaitable<DeliveryWorker::Tried> DeliveryWorker::post(DeliveryRow row) {
    RenderedRequest request = rendered(destination_, row);
    Tried tried = begin_attempt(row, request);
    if (!request.lookup.empty()) {
        const std::string answer = co_await exchange(lookup_of(destination_, request), tried);
        if (tried.verdict != Verdict::delivered) co_return tried;
        if (const std::string record = record_in(answer); !record.empty())
            request = changing(std::move(request), record);
    }
    co_await post_once(row, request, tried);
    // A token may have been revoked: another one is tried at once.
    if (tokens_ && tried.attempt.http_status == 401) co_await post_once(row, request, tried);
    co_return tried;
}

asio::awaitable<void> DeliveryWorker::post_once(const DeliveryRow& row, const RenderedRequest& rendered,
                                                Tried& tried) {
    auto request = request_of(destination_, row, rendered, unix_seconds(tenant_.now()));
    if (!tokens_ || !request) {
        co_await exchange(std::move(request), tried);
        co_return;
    }
    const auto token = co_await tokens_->get();
    if (!token) {
        tried.verdict =
            token.error().code == ErrorCode::unavailable ? Verdict::transient : Verdict::misconfigured;
        tried.attempt.detail = "no token: " + tenant_.log->redactor().redact(token.error().text());
        tried.attempt.ended_at = tenant_.now();
        co_return;
    }
    request->headers.set("authorization", "Bearer " + std::string{token->reveal()});
    co_await exchange(std::move(request), tried);
    if (tried.attempt.http_status == 401) tokens_->discard(*token);
}

// What came of it goes into `tried`; the body of the answer comes back.
asio::awaitable<std::string> DeliveryWorker::exchange(Result<http::Request> request, Tried& tried) {
    if (!request) {
        tried.verdict = Verdict::misconfigured;
        tried.attempt.detail = "the URL cannot be used: " + request.error().what;
        tried.attempt.ended_at = tenant_.now();
        co_return std::string{};
    }
    const auto response = co_await client_->exchange(std::move(*request), {attempt_limit, longest_answer});
    tried.attempt.ended_at = tenant_.now();
    Answer answer = answer_of(response);
    tried.verdict = judge(destination_.type, answer);
    tried.attempt.retry_after = asked_to_wait(destination_.type, answer, tenant_.now());
    tried.attempt.http_status = answer.status;
    if (response) {
        tried.attempt.remote_address = response->remote_address;
        tried.attempt.detail =
            cut_utf8(to_valid_utf8(tenant_.log->redactor().redact(response->body)), answer_excerpt);
    } else {
        tried.attempt.detail = tenant_.log->redactor().redact(response.error().error.text());
    }
    co_return std::move(answer.body);
}

// Syslog has no answer: what was acknowledged on a connection that stands is delivered.
asio::awaitable<DeliveryWorker::Tried> DeliveryWorker::send(DeliveryRow row) {
    const RenderedRequest message = rendered(destination_, row);
    Tried tried = begin_attempt(row, message);
    auto peer = peer_of(destination_);
    if (!peer) {
        tried.verdict = Verdict::misconfigured;
        tried.attempt.detail = "the address cannot be used: " + peer.error().what;
        tried.attempt.ended_at = tenant_.now();
        co_return tried;
    }
    const auto sent =
        co_await client_->send(std::move(*peer), frame_of(message) + message.body, attempt_limit);
    tried.attempt.ended_at = tenant_.now();
    if (sent) {
        tried.verdict = Verdict::delivered;
        tried.attempt.remote_address = *sent;
        co_return tried;
    }
    tried.verdict = sent.error().certificate ? Verdict::misconfigured : Verdict::transient;
    tried.attempt.detail = sent.error().error.text();
    co_return tried;
}

asio::awaitable<DeliveryWorker::Tried> DeliveryWorker::append(DeliveryRow row) {
    const RenderedRequest line = rendered(destination_, row);
    Tried tried = begin_attempt(row, line);
    tried.verdict = Verdict::delivered;
    auto job = [path = destination_.path, body = line.body](Store&, RuleScratch&) {
        return append_line(path, body);
    };
    const auto done = co_await tenant_.lane.run(job);
    tried.attempt.ended_at = tenant_.now();
    if (!done) {
        tried.verdict = Verdict::transient;
        tried.attempt.detail = done.error().text();
    }
    co_return tried;
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
    if (tried.attempt.http_status == 401 || tried.attempt.http_status == 403) read_secrets_again();
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
                           {"destination", destination_.name},
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
         {"destination", destination_.name},
         {"alert", row.alert_id},
         {"verdict", std::string{name_of(tried.verdict)}},
         {"status", answer},
         {"reason", tried.attempt.detail},
         {"next_attempt_at", settlement.state == "due" ? to_iso_millis(settlement.due_at) : "never"}});
}

// An operator may have rotated the URL or the keys; files that cannot be read leave what is in hand.
void DeliveryWorker::read_secrets_again() {
    if (!destination_.url_file.empty()) {
        if (auto url = read_secret(destination_.url_file)) {
            tenant_.log->redactor().add(url->reveal());
            destination_.url = std::move(*url);
        }
    }
    if (!destination_.key_file.empty()) {
        if (auto key = read_secret(destination_.key_file)) {
            tenant_.log->redactor().add(key->reveal());
            destination_.key = std::move(*key);
        }
    }
    if (destination_.signing_secret_file.empty()) return;
    const auto text = read_secret(destination_.signing_secret_file);
    if (!text) return;
    if (auto keys = parse_signing_keys(text->reveal())) destination_.signing_keys = std::move(*keys);
}

}  // namespace entrawatch
