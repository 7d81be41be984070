#include "daemon/graph/graph_client.hpp"

#include <array>
#include <random>

#include "daemon/graph/directory_targets.hpp"
#include "daemon/graph/gate.hpp"
#include "daemon/graph/random_guid.hpp"
#include "daemon/version.hpp"

namespace entrawatch::graph {

namespace asio = boost::asio;

namespace {

// Risk detections of this minute go first, and what fills holes comes after.
constexpr int policies_priority = 1;
constexpr std::size_t max_page = std::size_t{64} * 1024 * 1024;

struct GraphQuestion {
    std::string link;
    std::string body;  // JSON; empty: a GET
};

Got no_answer(Outcome outcome, std::string message, std::string code = {}) {
    Got got;
    got.judgement.outcome = outcome;
    got.judgement.message = std::move(message);
    got.judgement.code = std::move(code);
    return got;
}

Got explain(const http::ExchangeError& error) {
    // A page over the limit is, like one that takes too long, a window that is too wide.
    const bool too_much = error.timed_out || error.error.code == ErrorCode::too_large;
    const std::string code = error.certificate ? "certificate" : error.must_be_mended() ? "proxy" : "";
    return no_answer(too_much ? Outcome::too_slow : Outcome::transient, error.error.text(), code);
}

}  // namespace

struct GraphClient::Impl {
    TenantSettings tenant;
    std::shared_ptr<http::HttpClient> client;
    std::shared_ptr<const Clock> clock;
    TokenSource tokens;
    std::array<Gate, 4> gates;
    std::mt19937_64 generator{std::random_device{}()};

    Impl(const asio::any_io_executor& executor, TenantSettings of, std::shared_ptr<http::HttpClient> with,
         std::shared_ptr<const Clock> by)
        : tenant(std::move(of)),
          client(std::move(with)),
          clock(std::move(by)),
          tokens(executor, tenant.application(), tenant.graph_url, client, clock),
          gates{Gate{executor, clock, BudgetGroup::reports},
                Gate{executor, clock, BudgetGroup::identity_protection},
                Gate{executor, clock, BudgetGroup::directory}, Gate{executor, clock, BudgetGroup::security}} {
    }

    Gate& gate_of(BudgetGroup group) { return gates.at(static_cast<std::size_t>(group)); }
    static asio::awaitable<Got> get(std::shared_ptr<Impl> self, Feed feed, GraphQuestion question,
                                    int priority);
    asio::awaitable<Got> get_once(Feed feed, http::Url url, std::string body, int priority, Secret token);
    [[nodiscard]] http::Request request_for(http::Url url, std::string body, const Secret& token);
    double dice() { return std::uniform_real_distribution<double>{0.0, 1.0}(generator); }
};

http::Request GraphClient::Impl::request_for(http::Url url, std::string body, const Secret& token) {
    http::Request request{body.empty() ? "GET" : "POST", std::move(url), {}, std::move(body)};
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization", "Bearer " + std::string{token.reveal()});
    request.headers.set("Accept", "application/json");
    request.headers.set("Accept-Encoding", "gzip");
    request.headers.set("Prefer", "include-unknown-enum-members");
    request.headers.set("client-request-id", random_guid());
    request.headers.set("User-Agent", "entrawatch/" + std::string{program_version});
    return request;
}

asio::awaitable<Got> GraphClient::Impl::get_once(Feed feed, http::Url url, std::string body, int priority,
                                                 Secret token) {
    Gate& gate = gate_of(feed.budget);
    const bool passed = co_await gate.pass(priority);
    if (!passed) co_return no_answer(Outcome::transient, "not asked, because we are stopping");
    auto request = request_for(std::move(url), std::move(body), token);
    auto response = co_await client->exchange(std::move(request), {feed.patience, max_page});
    if (!response) co_return explain(response.error());
    const TimePoint now = clock->now();
    Got got{judge(*response, feed, now.wall), {}, response->status};
    if (got.judgement.outcome == Outcome::throttled)
        gate.limiter().throttled(now.steady, got.judgement.retry_after, dice());
    if (got.judgement.outcome == Outcome::page) {
        gate.limiter().succeeded();
        got.body = std::move(response->body);
    }
    co_return got;
}

asio::awaitable<Got> GraphClient::Impl::get(std::shared_ptr<Impl> self, Feed feed, GraphQuestion question,
                                            int priority) {
    const auto url = checked_link(question.link, self->tenant.graph_url);
    if (!url) co_return no_answer(Outcome::bad_request, url.error().text(), "ForeignLink");
    Got got;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto token = co_await self->tokens.get();
        if (!token) co_return no_answer(Outcome::transient, token.error().text(), "NoToken");
        got = co_await self->get_once(feed, *url, question.body, priority, *token);
        if (got.judgement.outcome != Outcome::new_token) break;
        self->tokens.discard(*token);
    }
    co_return got;
}

GraphClient::GraphClient(const asio::any_io_executor& executor, TenantSettings tenant,
                         std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock)
    : impl_(std::make_shared<Impl>(executor, std::move(tenant), std::move(client), std::move(clock))) {}
GraphClient::~GraphClient() = default;

asio::awaitable<Got> GraphClient::get(const Feed& feed, std::string link, int priority) {
    return Impl::get(impl_, feed, GraphQuestion{std::move(link), {}}, priority);
}

asio::awaitable<Got> GraphClient::get_directory(std::string target) {
    Feed feed = feed_of(FeedId::posture);
    if (is_of_pim_for_groups(target)) {
        feed.permission = "PrivilegedEligibilitySchedule.Read.AzureADGroup";
        feed.licence = "Entra ID P2 or ID Governance";
    }
    if (!is_of_conditional_access(target))
        return Impl::get(impl_, feed, GraphQuestion{std::move(target), {}}, 0);
    feed.budget = BudgetGroup::identity_protection;
    feed.permission = "Policy.Read.All";
    feed.licence = "Entra ID P1";
    return Impl::get(impl_, feed, GraphQuestion{std::move(target), {}}, policies_priority);
}

asio::awaitable<Got> GraphClient::post_directory(std::string target, std::string body,
                                                 std::chrono::seconds patience) {
    Feed feed = feed_of(FeedId::posture);
    feed.patience = patience;
    if (!impl_->gate_of(feed.budget).is_free())
        co_return no_answer(Outcome::throttled, "not asked, because the budget of requests is used up");
    GraphQuestion question{std::move(target), std::move(body)};
    co_return co_await Impl::get(impl_, feed, std::move(question), 0);
}

TokenSource& GraphClient::tokens() {
    return impl_->tokens;
}

void GraphClient::stop() {
    for (Gate& gate : impl_->gates)
        gate.close();
}

}  // namespace entrawatch::graph
