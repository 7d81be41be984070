// Session: one accepted connection, from its first request to its last answer. Inside of the HTTP server;
// nobody else uses it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "daemon/http/server.hpp"

namespace entrawatch::http {

class Session {
  public:
    Session() = default;
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] virtual boost::asio::awaitable<void> run(std::shared_ptr<Session> self) = 0;
    // Closes at once when no request is in work, otherwise after the answer.
    virtual void stop() = 0;
    virtual void cut() = 0;
    // Bound to run() by whoever spawns it, so that cut() also reaches a handler that waits.
    boost::asio::cancellation_signal cancel;
};

// TLS when `tls` is given. `settings` and `handler` are shared by the server's sessions.
[[nodiscard]] std::shared_ptr<Session> make_session(boost::asio::ip::tcp::socket socket,
                                                    std::shared_ptr<boost::asio::ssl::context> tls,
                                                    std::shared_ptr<const ServerSettings> settings,
                                                    std::shared_ptr<const Handler> handler);

}  // namespace entrawatch::http
