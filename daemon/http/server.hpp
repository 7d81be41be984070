// HttpServer: a small HTTP/1.1 server for routes, and for the simulated tenant and the receiver of tests and
// demo.
//
// Plain or TLS; keep-alive; request head and body bounded; a slow or silent client is dropped after
// `patience`. The handler is a coroutine, so a simulated tenant can take its time. Connections are children
// of the server: stop() closes the acceptor and lets answers finish.
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
    std::string host = "127.0.0.1";
    int port = 0;                          // 0 = any; see HttpServer::port()
    std::string certificate_pem, key_pem;  // both empty = plain HTTP
    std::size_t max_body = 1024U * 1024U;
    std::chrono::seconds patience{30};
    int max_connections = 256;
};

// `request.url` holds host, port and target. An empty Response (status 0) closes the connection without an
// answer.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

class HttpServer {
  public:
    // Binds at once: a port in use is an Error here, not later.
    [[nodiscard]] static Result<std::shared_ptr<HttpServer>> listen(boost::asio::any_io_executor executor,
                                                                    ServerSettings settings, Handler handler);
    ~HttpServer();
    [[nodiscard]] int port() const;
    // Accepts until stop(); spawn it once.
    [[nodiscard]] boost::asio::awaitable<void> serve();
    void stop();  // no new connections; open ones end after their answer
    void cut();   // open sockets too

  private:
    struct Impl;
    explicit HttpServer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::http
