// HttpClient: one bounded exchange with one host at a time, over TLS that is always verified.
//
// HTTP/1.1 with keep-alive: idle connections are kept per origin (at most 2, 60 s) and a dead one is replaced
// once, silently. One deadline covers the whole exchange (resolve, connect, handshake, write, read). Bodies
// are bounded, gzip is decoded within the same bound. Redirects are never followed. Errors carry no URL
// beyond the origin. Used by graph/ and delivery_worker; include this in few .cpp files only (Beast is slow
// to compile): the header itself needs Asio alone.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "daemon/http/message.hpp"

namespace entrawatch::http {

struct TlsSettings {
    std::optional<std::filesystem::path> ca_file;  // trusted in addition to the system's
};

struct ExchangeLimits {
    std::chrono::seconds total{30};
    std::size_t max_body = 16U * 1024U;  // decoded bytes; more is Error too_large
};

// Why there is no response. `certificate`: an operator must act; retrying soon is useless.
struct ExchangeError {
    Error error;
    bool certificate = false;
    bool timed_out = false;
};

class HttpClient {
  public:
    // Error when the CA file cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<HttpClient>> create(boost::asio::any_io_executor executor,
                                                                    const TlsSettings& tls);
    ~HttpClient();

    // Terminal cancellation cuts the socket; total cancellation lets the exchange finish.
    [[nodiscard]] boost::asio::awaitable<tl::expected<Response, ExchangeError>> exchange(
        Request request, ExchangeLimits limits);
    void close_idle();

  private:
    struct Impl;
    explicit HttpClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace entrawatch::http
