#include "tests/simulator/simulator_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/http/server.hpp"

namespace entrawatch::simulator {
namespace {

namespace asio = boost::asio;

struct Setup {
    std::shared_ptr<const Clock> clock;
    Responder responder;
};

asio::awaitable<http::Response> respond(std::shared_ptr<const Setup> setup, http::Request request) {
    Answer answer = setup->responder(request, setup->clock->now().wall);
    if (answer.delay > Ticks{0}) {
        asio::steady_timer timer{co_await asio::this_coro::executor,
                                 std::chrono::duration_cast<asio::steady_timer::duration>(answer.delay)};
        co_await timer.async_wait(asio::use_awaitable);
    }
    co_return std::move(answer.response);
}

asio::awaitable<void> serve(std::shared_ptr<http::HttpServer> server) {
    co_await server->serve();
}

}  // namespace

Result<std::unique_ptr<SimulatorServer>> SimulatorServer::start(const asio::any_io_executor& executor,
                                                                std::shared_ptr<const Clock> clock,
                                                                Responder responder,
                                                                const std::optional<Certificate>& certificate,
                                                                int port) {
    http::ServerSettings settings;
    settings.port = port;
    if (certificate) {
        settings.certificate_pem = certificate->certificate_pem;
        settings.key_pem = certificate->key_pem;
    }
    const auto setup = std::make_shared<const Setup>(Setup{std::move(clock), std::move(responder)});
    auto server = http::HttpServer::listen(executor, std::move(settings), [setup](http::Request request) {
        return respond(setup, std::move(request));
    });
    if (!server) return fail(std::move(server.error()));
    // serve() reports nothing and ends with stop(); the coroutine owns the server until then.
    asio::co_spawn(executor, serve(*server), asio::detached);
    return std::unique_ptr<SimulatorServer>{new SimulatorServer{std::move(*server), certificate.has_value()}};
}

SimulatorServer::~SimulatorServer() {
    server_->cut();
}

std::string SimulatorServer::url() const {
    return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server_->port());
}

int SimulatorServer::port() const {
    return server_->port();
}

void SimulatorServer::stop() {
    server_->stop();
}

}  // namespace entrawatch::simulator
