#include "daemon/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

#include "tests/daemon/http/client_fixture.hpp"

namespace entrawatch::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

// What the handler saw, and what it waits for.
struct Seen {
    std::vector<Request> requests;
    bool cancelled = false;
};

asio::awaitable<Response> wait_for_ever(std::shared_ptr<Seen> seen) {
    asio::steady_timer never{co_await asio::this_coro::executor, asio::steady_timer::time_point::max()};
    try {
        co_await never.async_wait(asio::use_awaitable);
    } catch (const boost::system::system_error&) {
        seen->cancelled = true;
        throw;
    }
    co_return Response{200, {}, "never", {}};
}

asio::awaitable<Response> route(std::shared_ptr<Seen> seen, std::shared_ptr<asio::steady_timer> gate,
                                Request request) {
    seen->requests.push_back(request);
    const std::string& target = request.url.target;
    if (target == "/throw") throw std::runtime_error{"canary"};
    if (target == "/empty") co_return Response{};
    if (target == "/odd") co_return Response{7777, {}, {}, {}};
    if (target == "/none") co_return Response{204, {}, {}, {}};
    if (target == "/hang") co_return co_await wait_for_ever(seen);
    if (target == "/gate") co_await gate->async_wait(asio::as_tuple(asio::use_awaitable));
    if (target == "/split")
        co_return Response{200, {{"X", "a\r\nEvil: b"}, {"Content-Length", "1"}, {"Y", "kept"}}, "four", {}};
    co_return Response{200, {{"Content-Type", "text/plain"}}, "hello " + request.body, {}};
}

// Sends bytes as they are and reads until the server closes.
asio::awaitable<std::string> say(int port, std::string bytes) {
    tcp::socket socket{co_await asio::this_coro::executor};
    co_await socket.async_connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)},
                                  asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(bytes), asio::as_tuple(asio::use_awaitable));
    std::string answer;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), asio::as_tuple(asio::use_awaitable));
    co_return answer;
}

class HttpServerTest : public ClientFixture {
  protected:
    std::shared_ptr<HttpServer> start(ServerSettings settings = {}) {
        Handler handler = [seen = seen, gate = gate](Request request) {
            return route(seen, gate, std::move(request));
        };
        server = HttpServer::listen(io.get_executor(), std::move(settings), std::move(handler)).value();
        asio::co_spawn(io, server->serve(),
                       asio::bind_cancellation_slot(signal.slot(), [this](const std::exception_ptr& error) {
                           serve_ended = true;
                           EXPECT_FALSE(error);
                       }));
        return server;
    }
    [[nodiscard]] std::string said(const std::string& bytes) {
        return test::run(io, say(server->port(), bytes));
    }
    // Starts an exchange and returns once the handler has it.
    std::shared_ptr<std::optional<Exchanged>> begin(const std::string& target) {
        auto result = std::make_shared<std::optional<Exchanged>>();
        asio::co_spawn(
            io, client->exchange(get(http(server->port()), target), {}),
            [result](const std::exception_ptr&, Exchanged exchanged) { *result = std::move(exchanged); });
        const std::size_t before = seen->requests.size();
        test::run_until(io, [&] { return seen->requests.size() > before; });
        return result;
    }

    std::shared_ptr<Seen> seen = std::make_shared<Seen>();
    std::shared_ptr<asio::steady_timer> gate =
        std::make_shared<asio::steady_timer>(io, asio::steady_timer::time_point::max());
    std::shared_ptr<HttpServer> server;
    asio::cancellation_signal signal;
    bool serve_ended = false;
};

TEST_F(HttpServerTest, AnswersOverPlainHttpAndKeepsTheConnection) {
    start();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(body_of(exchange(get(http(server->port()), "/a?b=c"))), "hello ");
    EXPECT_EQ(seen->requests.at(2).url.target, "/a?b=c");
    EXPECT_EQ(seen->requests.at(2).url.host, "127.0.0.1");
    EXPECT_EQ(seen->requests.at(2).url.scheme, "http");
}

TEST_F(HttpServerTest, AnswersOverTls) {
    const test::PemPair certificate = authority().good();
    ServerSettings settings;
    settings.certificate_pem = certificate.certificate_pem;
    settings.key_pem = certificate.key_pem;
    start(settings);
    Request request = get(https(server->port()));
    request.method = "POST";
    request.body = "body";
    EXPECT_EQ(body_of(exchange(request)), "hello body");
    EXPECT_EQ(seen->requests.at(0).method, "POST");
    EXPECT_EQ(seen->requests.at(0).url.scheme, "https");
}

TEST_F(HttpServerTest, APortInUseIsAnErrorAtOnce) {
    start();
    ServerSettings settings;
    settings.port = server->port();
    const auto second = HttpServer::listen(io.get_executor(), settings, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
    EXPECT_EQ(second.error().where, "127.0.0.1:" + std::to_string(server->port()));
}

TEST_F(HttpServerTest, RefusesSettingsThatCannotWork) {
    const auto listen = [&](const ServerSettings& settings) {
        return HttpServer::listen(io.get_executor(), settings, {});
    };
    ServerSettings settings;
    settings.host = "localhost";
    EXPECT_FALSE(listen(settings));
    settings = {};
    settings.port = 70000;
    EXPECT_FALSE(listen(settings));
    settings = {};
    settings.certificate_pem = authority().good().certificate_pem;
    settings.key_pem = authority().good().key_pem;  // of another certificate
    EXPECT_FALSE(listen(settings));
}

TEST_F(HttpServerTest, HeadHasTheLengthButNoBody) {
    start();
    const std::string answer = said("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answer.find("Content-Length: 6\r\n"), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(HttpServerTest, NoContentHasNeitherBodyNorLength) {
    start();
    const std::string answer = said("GET /none HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 204")) << answer;
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos) << answer;
}

TEST_F(HttpServerTest, BoundsTheBody) {
    ServerSettings settings;
    settings.max_body = 4;
    start(settings);
    EXPECT_NE(said("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfour")
                  .find("hello four"),
              std::string::npos);
    EXPECT_TRUE(
        said("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nfive!").starts_with("HTTP/1.1 413"));
    EXPECT_TRUE(
        said("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfive!\r\n0\r\n\r\n")
            .starts_with("HTTP/1.1 413"));
    EXPECT_EQ(seen->requests.size(), 1U);
}

TEST_F(HttpServerTest, BoundsTheHeadButTakesALongNextLink) {
    start();
    EXPECT_NE(said("GET /" + std::string(60'000, 'a') + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                  .find("200 OK"),
              std::string::npos);
    EXPECT_TRUE(said("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n")
                    .starts_with("HTTP/1.1 431"));
}

TEST_F(HttpServerTest, RefusesWhatIsNoRequest) {
    start();
    for (const char* bytes : {"rubbish\r\n\r\n", "GET http://elsewhere/ HTTP/1.1\r\nHost: h\r\n\r\n",
                              "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n",
                              "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n"}) {
        EXPECT_TRUE(said(bytes).starts_with("HTTP/1.1 400")) << bytes;
    }
    EXPECT_TRUE(seen->requests.empty());
}

TEST_F(HttpServerTest, GoesOnWhenAClientWaitsForIt) {
    start();
    const std::string answer = said(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: "
        "close\r\n\r\nok");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")) << answer;
}

TEST_F(HttpServerTest, DropsASlowClient) {
    ServerSettings settings;
    settings.patience = 50ms;
    start(settings);
    EXPECT_EQ(said("GET / HTTP/1.1\r\nHost: "), "");
    EXPECT_EQ(said(""), "");
}

TEST_F(HttpServerTest, AnExceptionIsA500WithoutItsWords) {
    start();
    const auto response = exchange(get(http(server->port()), "/throw"));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->body.find("canary"), std::string::npos);
    EXPECT_EQ(exchange(get(http(server->port()), "/odd"))->status, 500);
    EXPECT_EQ(body_of(exchange(get(http(server->port())))), "hello ");
}

TEST_F(HttpServerTest, AnEmptyResponseClosesWithoutAnAnswer) {
    start();
    EXPECT_EQ(said("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n"), "");
}

TEST_F(HttpServerTest, AHandlersHeadersCannotBreakTheFraming) {
    start();
    const std::string answer = said("GET /split HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(answer.find("Evil"), std::string::npos) << answer;
    EXPECT_NE(answer.find("Content-Length: 4\r\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("Y: kept\r\n"), std::string::npos) << answer;
}

TEST_F(HttpServerTest, ClosesConnectionsBeyondTheLimit) {
    ServerSettings settings;
    settings.max_connections = 1;
    start(settings);
    const auto first = begin("/gate");
    EXPECT_EQ(said("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), "");
    gate->cancel();
    test::run_until(io, [&] { return first->has_value(); });
    EXPECT_TRUE((*first)->has_value());
}

TEST_F(HttpServerTest, StopClosesIdleConnectionsAndEndsServing) {
    start();
    EXPECT_TRUE(exchange(get(http(server->port()))));
    server->stop();
    test::run_until(io, [&] { return serve_ended; });
    EXPECT_FALSE(exchange(get(http(server->port()))));
}

TEST_F(HttpServerTest, StopLetsAnAnswerFinish) {
    start();
    const auto result = begin("/gate");
    server->stop();
    io.poll();
    EXPECT_FALSE(serve_ended);
    gate->cancel();
    test::run_until(io, [&] { return result->has_value() && serve_ended; });
    EXPECT_EQ(body_of(**result), "hello ");
    EXPECT_EQ((**result)->headers.get("Connection"), "close");
}

TEST_F(HttpServerTest, CutEndsAHandlerThatWaits) {
    start();
    const auto result = begin("/hang");
    server->cut();
    test::run_until(io, [&] { return result->has_value() && serve_ended; });
    EXPECT_FALSE((*result)->has_value());
    EXPECT_TRUE(seen->cancelled);
}

TEST_F(HttpServerTest, TotalCancellationStopsAndTerminalCuts) {
    start();
    const auto result = begin("/hang");
    signal.emit(asio::cancellation_type::terminal);
    test::run_until(io, [&] { return serve_ended; });
    EXPECT_TRUE(seen->cancelled);
}

TEST_F(HttpServerTest, AServerThatGoesStopsServing) {
    start();
    server.reset();
    test::run_until(io, [&] { return serve_ended; });
}

}  // namespace
}  // namespace entrawatch::http
