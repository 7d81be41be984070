// SimulatorServer: puts a pure responder (a Tenant, a Receiver) on a loopback port, over TLS or plain.
//
// Everything runs on the executor's one thread; the responder needs no lock. Used by the demo, the simulator
// program and flow tests.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/clock.hpp"
#include "tests/simulator/certificate.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::http {
class HttpServer;
}

namespace entrawatch::simulator {

using Responder = std::function<Answer(const http::Request& request, Instant now)>;

class SimulatorServer {
  public:
    // `certificate`: nullopt = plain http. `port` 0 = any. Error when the port cannot be had.
    [[nodiscard]] static Result<std::unique_ptr<SimulatorServer>> start(
        const boost::asio::any_io_executor& executor, std::shared_ptr<const Clock> clock, Responder responder,
        const std::optional<Certificate>& certificate, int port = 0);
    ~SimulatorServer();  // cuts what is still open
    SimulatorServer(const SimulatorServer&) = delete;
    SimulatorServer& operator=(const SimulatorServer&) = delete;

    [[nodiscard]] std::string url() const;  // "https://127.0.0.1:40123"
    [[nodiscard]] int port() const;
    void stop();  // no new connections; open answers finish

  private:
    SimulatorServer(std::shared_ptr<http::HttpServer> server, bool tls)
        : server_(std::move(server)), tls_(tls) {}
    std::shared_ptr<http::HttpServer> server_;
    bool tls_;
};

}  // namespace entrawatch::simulator
