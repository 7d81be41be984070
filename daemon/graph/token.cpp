#include "daemon/graph/token.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/graph/identity_answer.hpp"
#include "daemon/graph/token_request.hpp"

namespace entrawatch::graph {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// As Microsoft's own libraries do: a refusal is remembered for a minute.
constexpr Ticks refusal_memory = 60s;
constexpr Ticks longest_token_backoff = 60s;

}  // namespace

struct TokenSource::Impl {
    asio::any_io_executor executor;
    std::shared_ptr<const TokenQuestion> question;

    std::optional<Secret> token;
    SteadyInstant renew_at{};
    SteadyInstant dead_at{};
    std::optional<Error> failure;  // of the last request, until it succeeds
    SteadyInstant ask_again_at{};
    int failures = 0;
    bool fetching = false;
    asio::steady_timer fetched;  // never expires; cancelled to wake all who wait for the request in flight

    Impl(asio::any_io_executor on, TokenQuestion asked)
        : executor(std::move(on)),
          question(std::make_shared<const TokenQuestion>(std::move(asked))),
          fetched(executor, asio::steady_timer::time_point::max()) {}

    static asio::awaitable<Result<Secret>> get(std::shared_ptr<Impl> self);
    static asio::awaitable<void> fetch(std::shared_ptr<Impl> self);
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
    if (token && question->clock->now().steady < dead_at) return *token;
    if (failure) return fail(*failure);
    return fail(ErrorCode::unavailable, "no token yet");
}

asio::awaitable<Result<Secret>> TokenSource::Impl::get(std::shared_ptr<Impl> self) {
    while (self->fetching)
        co_await self->fetched.async_wait(asio::as_tuple(asio::use_awaitable));
    const SteadyInstant now = self->question->clock->now().steady;
    if (self->token && now < self->renew_at) co_return *self->token;
    if (self->failure && now < self->ask_again_at) co_return self->in_hand();
    co_await fetch(self);
    co_return self->in_hand();
}

asio::awaitable<void> TokenSource::Impl::fetch(std::shared_ptr<Impl> self) {
    const InFlight in_flight{self->fetching, self->fetched};
    // The life counts from before the request: a token is never believed to live longer than it does.
    const SteadyInstant asked_at = self->question->clock->now().steady;
    auto reply = co_await ask_for_token(self->executor, self->question);
    if (reply.answer) {
        self->keep(std::move(*reply.answer), asked_at);
    } else {
        self->remember(std::move(reply.answer.error()), reply.wait);
    }
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
    const Ticks backoff = question->managed_identity() != nullptr
                              ? identity_backoff(failures)
                              : std::min<Ticks>(std::chrono::seconds{1 << failures}, longest_token_backoff);
    const Ticks pause = error.code == ErrorCode::refused ? refusal_memory : backoff;
    ask_again_at = question->clock->now().steady + std::max(pause, wait.value_or(Ticks{0}));
    failure = std::move(error);
}

TokenSource::TokenSource(asio::any_io_executor executor, Application application, std::string resource,
                         std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock,
                         AzureEnvironment environment)
    : impl_(std::make_shared<Impl>(
          std::move(executor), TokenQuestion{std::move(application), std::move(resource),
                                             std::move(environment), std::move(clock), std::move(client)})) {}
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
