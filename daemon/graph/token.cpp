#include "daemon/graph/token.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "config/files.hpp"
#include "core/base/text.hpp"
#include "daemon/graph/retry_after.hpp"

namespace entrawatch::graph {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t max_secret_file = 4096;
constexpr http::ExchangeLimits token_limits{30s, std::size_t{128} * 1024};
// As Microsoft's own libraries do: a refusal is remembered for a minute.
constexpr Ticks refusal_memory = 60s;
constexpr Ticks longest_token_backoff = 60s;

}  // namespace

struct TokenSource::Impl {
    asio::any_io_executor executor;
    Application application;
    std::string resource;
    std::shared_ptr<http::HttpClient> client;
    std::shared_ptr<const Clock> clock;

    std::optional<Secret> token;
    SteadyInstant renew_at{};
    SteadyInstant dead_at{};
    std::optional<Error> failure;  // of the last request, until it succeeds
    SteadyInstant ask_again_at{};
    int failures = 0;
    bool fetching = false;
    asio::steady_timer fetched;  // never expires; cancelled to wake all who wait for the request in flight

    Impl(asio::any_io_executor on, Application of, std::string for_resource,
         std::shared_ptr<http::HttpClient> with, std::shared_ptr<const Clock> by)
        : executor(std::move(on)),
          application(std::move(of)),
          resource(std::move(for_resource)),
          client(std::move(with)),
          clock(std::move(by)),
          fetched(executor, asio::steady_timer::time_point::max()) {}

    static asio::awaitable<Result<Secret>> get(std::shared_ptr<Impl> self);
    static asio::awaitable<void> fetch(std::shared_ptr<Impl> self);
    asio::awaitable<Result<http::Response>> ask();
    void keep(TokenAnswer answer, SteadyInstant asked_at);
    void remember(Error error, std::optional<Ticks> wait);
    [[nodiscard]] Result<Secret> in_hand() const;
};

namespace {

// However the request ends, the next one may start and the waiting are woken.
struct InFlight {
    bool& flag;
    asio::steady_timer& waiting;
    InFlight(bool& fetching, asio::steady_timer& fetched) : flag(fetching), waiting(fetched) { flag = true; }
    ~InFlight() {
        flag = false;
        waiting.cancel();
    }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;
};

}  // namespace

Result<Secret> TokenSource::Impl::in_hand() const {
    if (token && clock->now().steady < dead_at) return *token;
    if (failure) return fail(*failure);
    return fail(ErrorCode::unavailable, "no token yet");
}

asio::awaitable<Result<Secret>> TokenSource::Impl::get(std::shared_ptr<Impl> self) {
    while (self->fetching)
        co_await self->fetched.async_wait(asio::as_tuple(asio::use_awaitable));
    const SteadyInstant now = self->clock->now().steady;
    if (self->token && now < self->renew_at) co_return *self->token;
    if (self->failure && now < self->ask_again_at) co_return self->in_hand();
    co_await fetch(self);
    co_return self->in_hand();
}

asio::awaitable<void> TokenSource::Impl::fetch(std::shared_ptr<Impl> self) {
    const InFlight in_flight{self->fetching, self->fetched};
    // The life counts from before the request: a token is never believed to live longer than it does.
    const TimePoint asked_at = self->clock->now();
    auto response = co_await self->ask();
    if (!response) {
        self->remember(response.error(), std::nullopt);
        co_return;
    }
    auto answer = parse_token_answer(response->status, response->body);
    if (answer) {
        self->keep(std::move(*answer), asked_at.steady);
    } else {
        answer.error().where = self->application.name;
        self->remember(answer.error(), retry_after(response->headers, self->clock->now().wall));
    }
}

asio::awaitable<Result<http::Response>> TokenSource::Impl::ask() {
    auto secret = read_small_file(std::get<ClientSecret>(application.credential).file, max_secret_file);
    if (!secret) co_return fail(secret.error());
    const Secret held{std::string{trim(*secret)}};
    auto url = http::Url::parse(application.login_url + "/" + application.tenant_id + "/oauth2/v2.0/token");
    if (!url) co_return fail(url.error());
    http::Request request{
        "POST", std::move(*url), {}, token_request_body(application, resource, held.reveal())};
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    auto response = co_await client->exchange(std::move(request), token_limits);
    if (!response) co_return fail(response.error().error);
    co_return std::move(*response);
}

void TokenSource::Impl::keep(TokenAnswer answer, SteadyInstant asked_at) {
    renew_at = asked_at + renewal_age(answer);
    dead_at = asked_at + answer.life;
    token = std::move(answer.token);
    failure.reset();
    failures = 0;
}

void TokenSource::Impl::remember(Error error, std::optional<Ticks> wait) {
    failures = std::min(failures + 1, 6);
    const Ticks backoff = std::min<Ticks>(std::chrono::seconds{1 << failures}, longest_token_backoff);
    const Ticks pause = error.code == ErrorCode::refused ? refusal_memory : backoff;
    ask_again_at = clock->now().steady + std::max(pause, wait.value_or(Ticks{0}));
    failure = std::move(error);
}

TokenSource::TokenSource(asio::any_io_executor executor, Application application, std::string resource,
                         std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(application), std::move(resource),
                                   std::move(client), std::move(clock))) {}
TokenSource::~TokenSource() = default;

asio::awaitable<Result<Secret>> TokenSource::get() {
    return Impl::get(impl_);
}

void TokenSource::discard() {
    impl_->token.reset();
}

void TokenSource::discard(const Secret& refused) {
    if (impl_->token && impl_->token->reveal() == refused.reveal()) discard();
}

}  // namespace entrawatch::graph
