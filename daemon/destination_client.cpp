#include "daemon/destination_client.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "config/load.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "daemon/delivery_request.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds attempt_limit = 30s;
constexpr std::size_t answer_excerpt = 512;
// Some send back the whole message; an answer that could not be read would mean a second message.
constexpr std::size_t longest_answer = 256UL * 1024;

std::int64_t unix_seconds(Instant t) {
    return day_of(t) * 86'400 + (ticks_of(t) - day_of(t) * 864'000'000'000) / 10'000'000;
}

// Makes it durable. On a lane, because disks are slow.
Result<> append_durably(const std::filesystem::path& file, const std::string& line) {
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

}  // namespace

DestinationClient::DestinationClient(TenantRuntime& tenant, DestinationSettings destination,
                                     std::shared_ptr<http::HttpClient> client)
    : tenant_(tenant), destination_(std::move(destination)), client_(std::move(client)) {
    if (destination_.type == DestinationType::sentinel) {
        tokens_.emplace(tenant_.executor, destination_.ingestion.application, destination_.ingestion.resource,
                        client_, tenant_.clock);
    }
}

asio::awaitable<Tried> DestinationClient::attempt(DeliveryRow row) {
    if (destination_.type == DestinationType::file) co_return co_await append(std::move(row));
    if (destination_.type == DestinationType::syslog) co_return co_await send(std::move(row));
    co_return co_await post(std::move(row));
}

Tried DestinationClient::begin_attempt(const DeliveryRow& row, const RenderedRequest& rendered) const {
    Tried tried;
    tried.attempt.delivery = row.id;
    tried.attempt.number = row.attempts + 1;
    tried.attempt.started_at = tenant_.now();
    tried.attempt.request_sha256 = to_hex(as_bytes(sha256(rendered.body)));
    tried.shed = rendered.shed;
    return tried;
}

asio::awaitable<Tried> DestinationClient::post(DeliveryRow row) {
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

asio::awaitable<void> DestinationClient::post_once(const DeliveryRow& row, const RenderedRequest& rendered,
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
asio::awaitable<std::string> DestinationClient::exchange(Result<http::Request> request, Tried& tried) {
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
asio::awaitable<Tried> DestinationClient::send(DeliveryRow row) {
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
    tried.verdict = sent.error().must_be_mended() ? Verdict::misconfigured : Verdict::transient;
    tried.attempt.detail = tenant_.log->redactor().redact(sent.error().error.text());
    co_return tried;
}

asio::awaitable<Tried> DestinationClient::append(DeliveryRow row) {
    const RenderedRequest line = rendered(destination_, row);
    Tried tried = begin_attempt(row, line);
    tried.verdict = Verdict::delivered;
    auto job = [path = destination_.path, body = line.body](Store&, RuleScratch&) {
        return append_durably(path, body);
    };
    const auto done = co_await tenant_.lane.run(job);
    tried.attempt.ended_at = tenant_.now();
    if (!done) {
        tried.verdict = Verdict::transient;
        tried.attempt.detail = done.error().text();
    }
    co_return tried;
}

void DestinationClient::read_secrets_again() {
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
