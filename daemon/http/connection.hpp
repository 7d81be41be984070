// Connection: one open socket to one origin, plain or TLS, directly or through a tunnel of a proxy. Inside of
// HttpClient; nobody else uses it.
//
// Its operations bear no cancellation slot of their own: whoever waits for them calls cut(), which ends them
// all at once. Read next: client.cpp, tunnel.hpp, carrier.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "daemon/http/client.hpp"
#include "daemon/http/way.hpp"

namespace entrawatch::http {

using Deadline = std::chrono::steady_clock::time_point;
using Addresses = std::vector<boost::asio::ip::tcp::endpoint>;

// Errors as values, and deaf to the coroutine's own cancellation slot: an exchange ends by cut(), never
// halfway through an operation.
[[nodiscard]] inline auto uncancelled() {
    return boost::asio::as_tuple(
        boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot{}, boost::asio::use_awaitable));
}

struct Attempt {
    tl::expected<Response, ExchangeError> result;
    bool answered = false;  // a byte of the answer arrived, so the request may have been acted on
    bool keep_alive = false;
};

class Connection {
  public:
    Connection() = default;
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Tries the addresses of the first hop in turn, each with its share of the time left; then the tunnel, if
    // the way has one, and the handshake.
    [[nodiscard]] virtual boost::asio::awaitable<tl::expected<void, ExchangeError>> open(
        Addresses addresses, Deadline deadline) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Attempt> exchange(std::shared_ptr<const Request> request,
                                                                   std::size_t max_body,
                                                                   Deadline deadline) = 0;
    // Octets that nobody answers. Ends well once the other side's TCP has acknowledged all of them and, after
    // a short look, still keeps the connection (through a proxy: the proxy's TCP). From the first time on the
    // connection is read from, so that its end is known at once; what it says is passed over. The value is
    // the peer's address.
    [[nodiscard]] virtual boost::asio::awaitable<tl::expected<std::string, ExchangeError>> send(
        std::shared_ptr<const std::string> octets, Deadline deadline) = 0;
    // False when the other side has closed, or said something nobody asked for.
    [[nodiscard]] virtual bool is_quiet() = 0;
    // For one that is no longer wanted: over TLS with the closing notice, in the background.
    virtual void part() = 0;
    virtual void cut() = 0;
};

// TLS when the target's URL is secure, which it is when there is a proxy.
[[nodiscard]] std::shared_ptr<Connection> make_connection(const boost::asio::any_io_executor& executor,
                                                          TlsContexts tls, Way way);

}  // namespace entrawatch::http
