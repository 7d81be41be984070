// HttpServer: a small HTTP/1.1 server for routes, and for the simulated tenant and the receiver of tests and
// demo.
//
// Plain or TLS; keep-alive; request head and body bounded; a slow or silent client is dropped after
// `patience`. The handler is a coroutine, so a simulated tenant can take its time. Connections are children
// of the server: stop() closes the acceptor and lets answers finish. Everything runs on the executor's one
// thread, stop() and cut() too. Read next: session.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "daemon/http/message.hpp"

namespace entrawatch::http {

struct ServerSettings {
    std::string host = "127.0.0.1";        // a literal address
    int port = 0;                          // 0 = any; see HttpServer::port()
    std::string certificate_pem, key_pem;  // both empty = plain HTTP
    std::size_t max_body = std::size_t{1024} * 1024;
    std::chrono::milliseconds patience{
        std::chrono::seconds{30}};  // for one request to arrive, and for one answer to be taken
    int max_connections = 256;      // more are closed at once
};

// `request.url` holds scheme, host, port and target. An empty Response (status 0) closes the connection
// without an answer. An exception becomes a 500 without details.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

class HttpServer {
  public:
    // Binds at once: a port in use is an Error here, not later.
    [[nodiscard]] static Result<std::shared_ptr<HttpServer>> listen(
        const boost::asio::any_io_executor& executor, ServerSettings settings, Handler handler);
    ~HttpServer();  // stops; a serve() in progress ends once its connections have
    [[nodiscard]] int port() const;
    // Accepts until stop(), and returns when the last connection has ended; spawn it once. Total cancellation
    // is stop(), terminal is cut().
    [[nodiscard]] boost::asio::awaitable<void> serve();
    void stop();  // no new connections; idle ones close, busy ones end after their answer
    void cut();   // open sockets too, and handlers are cancelled

  private:
    struct Impl;
    explicit HttpServer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::http
