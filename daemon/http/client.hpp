// HttpClient: one bounded exchange with one host at a time, over TLS that is always verified.
//
// HTTP/1.1 with keep-alive: idle connections are kept per origin (at most 2, 60 s). One that is known to be
// closed is never used; a GET on one that dies before a byte of the answer is repeated once, silently, on a
// new connection; a POST never is. One deadline covers the whole exchange (resolve, connect, handshake,
// write, read). Bodies are bounded, gzip is decoded within the same bound. Redirects are never followed.
// Plain http goes to loopback addresses only (and see TlsSettings). Errors carry no URL beyond the origin,
// and name the proxy where it is to blame. With a proxy what Proxy::serves() goes through it, and then it is
// the proxy that resolves names. One I/O thread per client. The same connections, kept the same way, carry
// octets to receivers that speak no HTTP and do not answer (send). Used by graph/ and delivery_worker. Read
// next: connection.hpp.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "config/proxy.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::http {

struct TlsSettings {
    std::optional<std::filesystem::path> ca_file;  // trusted in addition to the system's
    // Who we are, for servers that ask: a chain and its key, both or none.
    std::optional<std::filesystem::path> certificate_file{};
    std::optional<std::filesystem::path> key_file{};
    // Plain http may go to 169.254.0.0/16 as well: for the identity service of an Azure machine only.
    bool plain_to_link_local = false;
};

struct ExchangeLimits {
    std::chrono::milliseconds total{std::chrono::seconds{30}};
    std::size_t max_body = std::size_t{16} * 1024;  // decoded bytes; more is Error too_large
};

// Why there is no response. Code `refused`: an operator must act; retrying soon is useless.
struct ExchangeError {
    Error error;
    bool certificate = false;  // the reason why it is refused
    bool timed_out = false;

    [[nodiscard]] bool must_be_mended() const { return error.code == ErrorCode::refused; }
};

class HttpClient {
  public:
    // Error when a file cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<HttpClient>> create(boost::asio::any_io_executor executor,
                                                                    const TlsSettings& tls,
                                                                    SharedProxy proxy = nullptr);
    ~HttpClient();

    // Terminal cancellation cuts the socket; total cancellation lets the exchange finish (it shows at the
    // caller's next co_await).
    [[nodiscard]] boost::asio::awaitable<tl::expected<Response, ExchangeError>> exchange(
        Request request, ExchangeLimits limits);
    // Octets to a peer (tls | tcp) that answers nothing. The value is its address, once its TCP has
    // acknowledged all of them and the connection outlived them; what it does with them then is not known.
    [[nodiscard]] boost::asio::awaitable<tl::expected<std::string, ExchangeError>> send(
        Url peer, std::string octets, std::chrono::milliseconds total);
    void close_idle();

  private:
    struct Impl;
    explicit HttpClient(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;  // an exchange in flight keeps it alive
};

}  // namespace entrawatch::http
