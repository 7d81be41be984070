#include "daemon/graph/graph_client.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include "daemon/http/gzip.hpp"
#include "daemon/version.hpp"
#include "tests/daemon/graph/graph_fixture.hpp"
#include "tests/support/raw_peer.hpp"

namespace entrawatch::graph {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class GraphClientTest : public GraphFixture {
  protected:
    Got got(const std::string& link = "/v1.0/audits", BudgetGroup group = BudgetGroup::reports) {
        return test::run(io, graph.get(a_feed(group), link, 0));
    }
    GraphClient graph{io.get_executor(), tenant, client, clock};
};

TEST_F(GraphClientTest, SendsTheHeadersThatEveryPageNeeds) {
    const Got page = got("/beta/signIns?$top=5");
    EXPECT_EQ(page.judgement.outcome, Outcome::page);
    EXPECT_EQ(page.body, R"({"value":[]})");
    EXPECT_EQ(page.status, 200);
    const auto& request = graph_requests.at(0);
    EXPECT_EQ(request.url.target, "/beta/signIns?$top=5");
    EXPECT_EQ(request.headers.get("Authorization"), "Bearer token-1");
    EXPECT_EQ(request.headers.get("Accept"), "application/json");
    EXPECT_EQ(request.headers.get("Accept-Encoding"), "gzip");
    EXPECT_EQ(request.headers.get("Prefer"), "include-unknown-enum-members");
    EXPECT_EQ(request.headers.get("User-Agent"), "entrawatch/" + std::string{program_version});
    EXPECT_EQ(request.headers.get("client-request-id").size(), 36U);
}

TEST_F(GraphClientTest, EveryRequestHasAnIdOfItsOwn) {
    static_cast<void>(got());
    static_cast<void>(got());
    EXPECT_NE(graph_requests.at(0).headers.get("client-request-id"),
              graph_requests.at(1).headers.get("client-request-id"));
}

TEST_F(GraphClientTest, ReadsGzippedPages) {
    graph_answers = {{200, {{"Content-Encoding", "gzip"}}, http::gzip(R"({"value":[{"id":"1"}]})"), {}}};
    EXPECT_EQ(got().body, R"({"value":[{"id":"1"}]})");
}

TEST_F(GraphClientTest, FollowsANextLinkVerbatim) {
    const std::string target = "/v1.0/AuditLogs/directoryaudits?%24skiptoken=ab_1000&$filter=a%20ge%20b";
    static_cast<void>(got(tenant.graph_url + target));
    EXPECT_EQ(graph_requests.at(0).url.target, target);
}

TEST_F(GraphClientTest, TheBearerNeverGoesToAnotherHost) {
    test::RawPeer elsewhere{
        io, std::nullopt, {{test::ReadHead{}, test::Send{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}}}};
    for (const std::string& link : {"http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/x",
                                    "https://127.0.0.1:" + std::to_string(server->port()) + "/x"}) {
        const Got refused = got(link);
        EXPECT_EQ(refused.judgement.outcome, Outcome::bad_request);
        EXPECT_EQ(refused.judgement.code, "ForeignLink");
    }
    EXPECT_EQ(elsewhere.connections(), 0);
    EXPECT_TRUE(token_requests.empty());
    EXPECT_TRUE(graph_requests.empty());
}

TEST_F(GraphClientTest, A401MeansOneNewTokenAndTheSameLinkOnceMore) {
    graph_answers = {status(401), page()};
    EXPECT_EQ(got("/v1.0/audits?$skiptoken=x").judgement.outcome, Outcome::page);
    ASSERT_EQ(graph_requests.size(), 2U);
    EXPECT_EQ(graph_requests[0].headers.get("Authorization"), "Bearer token-1");
    EXPECT_EQ(graph_requests[1].headers.get("Authorization"), "Bearer token-2");
    EXPECT_EQ(graph_requests[1].url.target, graph_requests[0].url.target);
}

TEST_F(GraphClientTest, ASecond401IsHandedToThePoller) {
    graph_answers = {status(401)};
    const Got refused = got();
    EXPECT_EQ(refused.judgement.outcome, Outcome::new_token);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(graph_requests.size(), 2U);
    EXPECT_EQ(token_requests.size(), 2U);
}

TEST_F(GraphClientTest, WithoutATokenNothingIsAsked) {
    token_answers = {status(503)};
    const Got none = got();
    EXPECT_EQ(none.judgement.outcome, Outcome::transient);
    EXPECT_EQ(none.judgement.code, "NoToken");
    EXPECT_EQ(none.status, 0);
    EXPECT_TRUE(graph_requests.empty());
}

TEST_F(GraphClientTest, ARefusalIsJudgedForItsFeed) {
    graph_answers = {{403, {}, R"({"error":{"code":"Authorization_RequestDenied","message":""}})", {}}};
    const Got refused = got();
    EXPECT_EQ(refused.judgement.outcome, Outcome::parked);
    EXPECT_EQ(refused.judgement.reason, "permission");
    EXPECT_TRUE(refused.body.empty());
}

TEST_F(GraphClientTest, A429HoldsTheWholeGroupAndNoOther) {
    graph_answers = {status(429, {{"Retry-After", "30"}}), page()};
    EXPECT_EQ(got().judgement.outcome, Outcome::throttled);
    bool answered = false;
    asio::co_spawn(io, graph.get(a_feed(), "/v1.0/held", 0),
                   [&](const std::exception_ptr&, const Got&) { answered = true; });
    EXPECT_EQ(got("/v1.0/risk", BudgetGroup::identity_protection).judgement.outcome, Outcome::page);
    EXPECT_EQ(test::run(io, graph.get_directory("/v1.0/roles")).judgement.outcome, Outcome::page);
    EXPECT_FALSE(answered);
    clock->advance(Ticks{30s});
    test::run_until(io, [&] { return answered; });
    EXPECT_EQ(graph_requests.back().url.target, "/v1.0/held");
}

TEST_F(GraphClientTest, AnAnswerThatTakesTooLongIsTooSlow) {
    test::RawPeer silent{io, std::nullopt, {{test::ReadHead{}, test::Silence{}}}};
    TenantSettings slow = tenant;
    slow.graph_url = "http://127.0.0.1:" + std::to_string(silent.port());
    GraphClient patient{io.get_executor(), slow, client, clock};
    Feed feed = a_feed();
    feed.patience = 1s;
    const Got late = test::run(io, patient.get(feed, "/x", 0));
    EXPECT_EQ(late.judgement.outcome, Outcome::too_slow);
    EXPECT_FALSE(late.judgement.message.empty());
}

TEST_F(GraphClientTest, AConnectionThatIsCutIsTransient) {
    test::RawPeer cut{io,
                      std::nullopt,
                      {{test::ReadHead{},
                        test::Send{"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"value\""}, test::Cut{}}}};
    TenantSettings broken = tenant;
    broken.graph_url = "http://127.0.0.1:" + std::to_string(cut.port());
    GraphClient unlucky{io.get_executor(), broken, client, clock};
    EXPECT_EQ(test::run(io, unlucky.get(a_feed(), "/x", 0)).judgement.outcome, Outcome::transient);
}

TEST_F(GraphClientTest, StoppingWakesWhoWaitsForABudget) {
    graph_answers = {status(429, {{"Retry-After", "3600"}})};
    static_cast<void>(got());
    std::optional<Got> held;
    asio::co_spawn(io, graph.get(a_feed(), "/v1.0/held", 3),
                   [&](const std::exception_ptr&, Got answer) { held = std::move(answer); });
    io.poll();
    graph.stop();
    test::run_until(io, [&] { return held.has_value(); });
    EXPECT_EQ(held->judgement.outcome, Outcome::transient);
    EXPECT_EQ(graph_requests.size(), 1U);
}

}  // namespace
}  // namespace entrawatch::graph
