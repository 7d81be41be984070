#include "daemon/http/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include "daemon/http/gzip.hpp"
#include "tests/daemon/http/client_fixture.hpp"

namespace entrawatch::http {
namespace {

namespace asio = boost::asio;
using test::CloseCleanly;
using test::Cut;
using test::Drip;
using test::RawPeer;
using test::ReadHead;
using test::Script;
using test::Send;
using test::SendForEver;
using test::Silence;
using namespace std::chrono_literals;

class HttpClientTest : public ClientFixture {
  protected:
    // What a client makes of one scripted TLS answer.
    [[nodiscard]] Exchanged against(Script script, ExchangeLimits limits = {}) {
        RawPeer peer{io, authority().good(), {std::move(script)}};
        return exchange(get(https(peer.port())), limits);
    }
};

TEST_F(HttpClientTest, SendsExactlyWhatItWasGiven) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Send{answer("ok")}}}};
    Request request = get(https(peer.port()), "/v1.0/auditLogs?$top=2&x=%24a");
    request.headers.set("Prefer", "include-unknown-enum-members");
    const auto response = exchange(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "ok");
    EXPECT_EQ(response->remote_address, "127.0.0.1:" + std::to_string(peer.port()));
    EXPECT_EQ(peer.requests().at(0),
              "GET /v1.0/auditLogs?$top=2&x=%24a HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) +
                  "\r\nPrefer: include-unknown-enum-members\r\n\r\n");
}

TEST_F(HttpClientTest, RefusesPlainHttpToAnythingButLoopback) {
    const auto response = exchange(get("http://192.0.2.1"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::invalid);
}

TEST_F(HttpClientTest, SpeaksPlainHttpToALinkLocalAddressWhereThatWasAskedForOnly) {
    const std::string link = "http://169.254.169.254:1";
    EXPECT_EQ(exchange(get(link)).error().error.code, ErrorCode::invalid);
    client = HttpClient::create(io.get_executor(), {std::nullopt, std::nullopt, std::nullopt, true}).value();
    // Somebody may answer there or nobody; what counts is that it was tried.
    const auto tried = exchange(get(link), {std::chrono::milliseconds{20}});
    EXPECT_TRUE(tried || tried.error().error.code != ErrorCode::invalid);
    EXPECT_EQ(exchange(get("http://192.0.2.1")).error().error.code, ErrorCode::invalid);
    EXPECT_EQ(exchange(get("http://169.254.example")).error().error.code, ErrorCode::invalid);
}

TEST_F(HttpClientTest, SpeaksPlainHttpToLoopback) {
    RawPeer peer{io, std::nullopt, {{ReadHead{}, Send{answer("plain")}}}};
    EXPECT_EQ(body_of(exchange(get(http(peer.port())))), "plain");
}

TEST_F(HttpClientTest, RefusesHeadersThatWouldSmuggleALine) {
    RawPeer peer{io, std::nullopt, {{ReadHead{}, Send{answer("")}}}};
    Request request = get(http(peer.port()));
    request.headers.set("X", "a\r\nEvil: b");
    EXPECT_EQ(exchange(request).error().error.code, ErrorCode::invalid);
    request = get(http(peer.port()));
    request.url.target = "/ HTTP/1.1\r\nEvil: b\r\n";
    EXPECT_EQ(exchange(request).error().error.code, ErrorCode::invalid);
    EXPECT_EQ(peer.connections(), 0);
}

TEST_F(HttpClientTest, ReadsChunkedBodies) {
    const auto response = against(
        {ReadHead{},
         Send{
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "hello world");
}

TEST_F(HttpClientTest, ReadsABodyThatEndsWithTheConnection) {
    const auto response = against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n\r\nuntil the end"}, CloseCleanly{}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "until the end");
}

TEST_F(HttpClientTest, DecodesGzipAndForgetsThatItWasThere) {
    const auto response =
        against({ReadHead{}, Send{answer(gzip("{\"value\":[]}"), "content-encoding: gzip\r\n")}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "{\"value\":[]}");
    EXPECT_EQ(response->headers.get("Content-Encoding"), "");
    EXPECT_EQ(response->headers.get("Content-Length"), "");
}

TEST_F(HttpClientTest, BoundsWhatComesOutOfGzip) {
    const auto response =
        against({ReadHead{}, Send{answer(gzip(std::string(50'000'000, '0')), "Content-Encoding: gzip\r\n")}},
                {10s, 1'000'000});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::too_large);
}

TEST_F(HttpClientTest, RefusesBrokenGzipAndOtherEncodings) {
    EXPECT_EQ(
        against({ReadHead{}, Send{answer("not gzip", "Content-Encoding: gzip\r\n")}}).error().error.code,
        ErrorCode::invalid);
    EXPECT_EQ(against({ReadHead{}, Send{answer("whatever", "Content-Encoding: br\r\n")}}).error().error.code,
              ErrorCode::invalid);
}

TEST_F(HttpClientTest, PassesOverInterimAnswers) {
    const auto response =
        against({ReadHead{}, Send{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("final")}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "final");
}

TEST_F(HttpClientTest, DoesNotFollowRedirects) {
    const auto response = against(
        {ReadHead{},
         Send{"HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 302);
}

TEST_F(HttpClientTest, ReadsNoBodyAfterHead) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"}, Silence{}}}};
    Request request = get(https(peer.port()));
    request.method = "HEAD";
    const auto response = exchange(request);
    ASSERT_TRUE(response);
    EXPECT_TRUE(response->body.empty());
}

TEST_F(HttpClientTest, FindsABodyCutBeforeItsContentLength) {
    for (const test::Step& end : {test::Step{Cut{}}, test::Step{CloseCleanly{}}}) {
        const auto response =
            against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"}, end});
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
        EXPECT_FALSE(response.error().timed_out);
    }
}

TEST_F(HttpClientTest, FindsABodyWithoutLengthThatWasCut) {
    // TLS tells a cut from an end; half a page must never be taken for a whole one.
    const auto response = against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n\r\n{\"value\":[{\"id\":"}, Cut{}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
}

TEST_F(HttpClientTest, FindsAChunkedBodyThatWasCut) {
    const auto response =
        against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"},
                 CloseCleanly{}});
    ASSERT_FALSE(response);
}

TEST_F(HttpClientTest, RefusesMoreBodyThanAllowed) {
    const ExchangeLimits limits{10s, 10};
    EXPECT_TRUE(against({ReadHead{}, Send{answer("0123456789")}}, limits));
    const auto declared = against({ReadHead{}, Send{answer("0123456789a")}}, limits);
    ASSERT_FALSE(declared);
    EXPECT_EQ(declared.error().error.code, ErrorCode::too_large);
    const auto streamed =
        against({ReadHead{},
                 Send{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n"}},
                limits);
    ASSERT_FALSE(streamed);
    EXPECT_EQ(streamed.error().error.code, ErrorCode::too_large);
}

TEST_F(HttpClientTest, EndsAFloodOfHeaders) {
    const auto response = against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n"},
                                   SendForEver{"X-Flood: " + std::string(1000, 'f') + "\r\n"}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::too_large);
}

TEST_F(HttpClientTest, EndsAFloodOfInterimAnswers) {
    EXPECT_FALSE(against({ReadHead{}, SendForEver{"HTTP/1.1 102 Processing\r\n\r\n"}}));
}

TEST_F(HttpClientTest, RefusesWhatIsNoHttp) {
    const auto response = against({ReadHead{}, Send{"SSH-2.0-OpenSSH_9.2\r\n\r\n"}, CloseCleanly{}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
}

TEST_F(HttpClientTest, GivesUpOnASilentServer) {
    const auto response = against({ReadHead{}, Silence{}}, {100ms, 1000});
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().timed_out);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
}

TEST_F(HttpClientTest, OneDeadlineCoversADripOfBytesThatNeverPauses) {
    const auto response = against({ReadHead{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"},
                                   Drip{std::string(100'000, '.'), 10ms}},
                                  {150ms, 200'000});
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().timed_out);
}

TEST_F(HttpClientTest, AConnectionThatIsRefusedIsUnavailable) {
    int port = 0;
    {
        RawPeer gone{io, std::nullopt, {{Silence{}}}};
        port = gone.port();
    }
    const auto response = exchange(get(https(port)));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
    EXPECT_NE(response.error().error.text().find("Connection refused"), std::string::npos)
        << response.error().error.text();
}

TEST_F(HttpClientTest, ErrorsNameTheOriginOnly) {
    RawPeer peer{io, std::nullopt, {{ReadHead{}, Cut{}}}};
    const auto response = exchange(get(http(peer.port()), "/hooks/canary?key=canary"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.where, http(peer.port()));
    EXPECT_EQ(response.error().error.text().find("canary"), std::string::npos);
}

TEST_F(HttpClientTest, ResolvesNames) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Send{answer("by name")}}}};
    const auto response = exchange(get("https://localhost:" + std::to_string(peer.port())));
    ASSERT_TRUE(response) << response.error().error.text();
    EXPECT_EQ(response->body, "by name");
}

TEST_F(HttpClientTest, ANameThatDoesNotResolveIsUnavailable) {
    const auto response = exchange(get("https://no-such-host.invalid"), {5s, 1000});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
    EXPECT_EQ(response.error().error.where, "https://no-such-host.invalid:443");
}

// --- cancellation
// ------------------------------------------------------------------------------------------------------------------

struct Told {
    asio::cancellation_signal signal;
    std::optional<tl::expected<Response, ExchangeError>> result;
    bool ended = false;
    asio::cancellation_type seen = asio::cancellation_type::none;
};

// As a task of the daemon: hears total and terminal cancellation.
asio::awaitable<void> one_exchange(std::shared_ptr<HttpClient> client, Request request,
                                   std::shared_ptr<Told> told) {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    told->result = co_await client->exchange(std::move(request), {10s, 1000});
    told->seen = (co_await asio::this_coro::cancellation_state).cancelled();
}

class CancelledExchange : public HttpClientTest {
  protected:
    std::shared_ptr<Told> start(Request request) {
        auto told = std::make_shared<Told>();
        asio::co_spawn(io, one_exchange(client, std::move(request), told),
                       asio::bind_cancellation_slot(
                           told->signal.slot(), [told](const std::exception_ptr&) { told->ended = true; }));
        return told;
    }
};

TEST_F(CancelledExchange, TerminalCutsTheSocket) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Silence{}}}};
    const auto told = start(get(https(peer.port())));
    test::run_until(io, [&] { return !peer.requests().empty(); });
    told->signal.emit(asio::cancellation_type::terminal);
    test::run_until(io, [&] { return told->ended; });
    ASSERT_TRUE(told->result.has_value());
    ASSERT_FALSE(told->result->has_value());
    EXPECT_FALSE(told->result->error().timed_out);
}

TEST_F(CancelledExchange, TotalLetsTheAnswerArriveAndIsSeenAfterwards) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Drip{answer("whole"), 1ms}}}};
    const auto told = start(get(https(peer.port())));
    test::run_until(io, [&] { return !peer.requests().empty(); });
    told->signal.emit(asio::cancellation_type::total);
    test::run_until(io, [&] { return told->ended; });
    ASSERT_TRUE(told->result.has_value());
    ASSERT_TRUE(told->result->has_value()) << told->result->error().error.text();
    EXPECT_EQ((*told->result)->body, "whole");
    EXPECT_EQ(told->seen, asio::cancellation_type::total);
}

TEST_F(CancelledExchange, TerminalAfterTotalStillCuts) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Silence{}}}};
    const auto told = start(get(https(peer.port())));
    test::run_until(io, [&] { return !peer.requests().empty(); });
    told->signal.emit(asio::cancellation_type::total);
    io.poll();
    EXPECT_FALSE(told->ended);
    told->signal.emit(asio::cancellation_type::terminal);
    test::run_until(io, [&] { return told->ended; });
    EXPECT_FALSE(told->result->has_value());
}

TEST_F(CancelledExchange, AClientMayGoWhileItsExchangeRuns) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Send{answer("late")}}}};
    const auto told = std::make_shared<Told>();
    asio::co_spawn(io, client->exchange(get(https(peer.port())), {}),
                   [told](const std::exception_ptr&, Exchanged result) { told->result = std::move(result); });
    client.reset();
    test::run_until(io, [&] { return told->result.has_value(); });
    EXPECT_EQ((*told->result)->body, "late");
}

}  // namespace
}  // namespace entrawatch::http
