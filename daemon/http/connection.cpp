#include "daemon/http/connection.hpp"

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

#include "daemon/http/beast_message.hpp"
#include "daemon/http/carrier.hpp"
#include "daemon/http/tls.hpp"
#include "daemon/http/tunnel.hpp"

namespace entrawatch::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = beast::ssl_stream<Carrier>;

constexpr std::uint32_t max_answer_head_bytes = 64U * 1024U;
constexpr int max_interim_answers = 8;  // 1xx before the answer proper
constexpr auto least_connect_time = std::chrono::milliseconds{200};
// How long a connection must outlast the octets that were sent on it. The first time longer: a server that
// will not have us may say so only after the handshake.
constexpr auto first_look = std::chrono::milliseconds{300};
constexpr auto further_look = std::chrono::milliseconds{20};
constexpr auto longest_pause = std::chrono::milliseconds{50};
constexpr auto parting_time = std::chrono::seconds{2};

template <class Stream>
constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

template <class Stream>
Stream make_stream(const asio::any_io_executor& executor, TlsContexts tls, const Way& way) {
    if constexpr (is_tls<Stream>) {
        return TlsStream{Carrier::Parts{executor, way.proxy ? tls.to_proxy : nullptr}, tls.to_target};
    } else {
        return beast::tcp_stream{executor};
    }
}

template <class Stream>
class StreamConnection final : public Connection,
                               public std::enable_shared_from_this<StreamConnection<Stream>> {
  public:
    StreamConnection(const asio::any_io_executor& executor, TlsContexts tls, Way way)
        : stream_(make_stream<Stream>(executor, tls, way)),
          way_(std::move(way)),
          place_(way_.place()),
          bell_(executor) {}

    asio::awaitable<tl::expected<void, ExchangeError>> open(Addresses addresses, Deadline deadline) override;
    asio::awaitable<Attempt> exchange(std::shared_ptr<const Request> request, std::size_t max_body,
                                      Deadline deadline) override;
    asio::awaitable<tl::expected<std::string, ExchangeError>> send(std::shared_ptr<const std::string> octets,
                                                                   Deadline deadline) override;
    bool is_quiet() override;
    void part() override;
    void cut() override {
        cut_ = true;
        error_code ignored;
        lowest().socket().close(ignored);
    }

  private:
    beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }
    asio::awaitable<tl::expected<void, ExchangeError>> connect(Addresses addresses, Deadline deadline);
    asio::awaitable<tl::expected<void, ExchangeError>> secure();
    asio::awaitable<tl::expected<void, ExchangeError>> tunnel();
    template <class Tls>
    asio::awaitable<tl::expected<void, ExchangeError>> handshake(Tls& tls, Url host, std::string place);
    asio::awaitable<Attempt> read_answer(bool head_only, std::size_t max_body);
    static asio::awaitable<void> listen(std::shared_ptr<StreamConnection> self);
    asio::awaitable<void> outlast(std::chrono::milliseconds pause);
    asio::awaitable<tl::expected<void, ExchangeError>> acknowledged(Deadline deadline);
    [[nodiscard]] int octets_on_the_way();
    [[nodiscard]] ExchangeError cut_short() const {
        return failed(ErrorCode::unavailable, "cut short because we are stopping", place_);
    }
    // A socket that we closed ourselves also ends its operations; then the error's own words would mislead.
    [[nodiscard]] ExchangeError explain(const std::string& step, const error_code& error) const {
        return explain(step, error, place_);
    }
    [[nodiscard]] ExchangeError explain(const std::string& step, const error_code& error,
                                        const std::string& place) const {
        return cut_ ? cut_short() : failed(step, error, place);
    }
    // Of an answer or an acknowledgement.
    [[nodiscard]] std::string peer() {
        error_code none;
        const tcp::endpoint peer = lowest().socket().remote_endpoint(none);
        if (none) return {};
        return text_of(peer) + (way_.proxy ? " (proxy)" : "");
    }

    Stream stream_;
    Way way_;
    std::string place_;
    beast::flat_buffer buffer_;
    bool cut_ = false;
    asio::steady_timer bell_;  // rung when the other side has ended the connection
    bool listening_ = false;
    std::optional<error_code> ended_;
};

template <class Stream>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::open(Addresses addresses,
                                                                                  Deadline deadline) {
    auto connected = co_await connect(std::move(addresses), deadline);
    if (!connected) co_return connected;
    lowest().expires_at(deadline);
    if constexpr (is_tls<Stream>) co_return co_await secure();
    co_return tl::expected<void, ExchangeError>{};
}

template <class Stream>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::connect(Addresses addresses,
                                                                                     Deadline deadline) {
    error_code error = asio::error::host_not_found;
    for (std::size_t i = 0; i < addresses.size() && !cut_; ++i) {
        const auto left = std::max<Deadline::duration>(deadline - std::chrono::steady_clock::now(), {});
        const auto share = std::max<Deadline::duration>(left / (addresses.size() - i), least_connect_time);
        lowest().expires_after(std::min(left, share));
        std::tie(error) = co_await lowest().async_connect(addresses[i], uncancelled());
        if (!error) break;
        error_code ignored;
        lowest().socket().close(ignored);
    }
    if (cut_) co_return tl::make_unexpected(cut_short());
    if (error) co_return tl::make_unexpected(failed("cannot connect", error, way_.first_place()));
    error_code ignored;
    lowest().socket().set_option(tcp::no_delay{true}, ignored);
    co_return tl::expected<void, ExchangeError>{};
}

// TLS from end to end, inside of a tunnel where there is a proxy.
template <class Stream>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::secure() {
    if (ProxyTls* to_proxy = stream_.next_layer().tls()) {
        auto opened = co_await handshake(*to_proxy, way_.proxy->url, way_.first_place());
        if (!opened) co_return opened;
    }
    if (way_.proxy) {
        auto opened = co_await tunnel();
        if (!opened) co_return opened;
    }
    co_return co_await handshake(stream_, way_.target, place_);
}

template <class Stream>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::tunnel() {
    ProxyDialogue dialogue{way_.proxy, way_.target};
    auto opened = co_await open_tunnel(stream_.next_layer(), std::move(dialogue));
    if (opened) co_return tl::expected<void, ExchangeError>{};
    const std::string place = way_.first_place();
    if (cut_) co_return tl::make_unexpected(cut_short());
    if (!opened.error().network)
        co_return tl::make_unexpected(failed(opened.error().said.code, opened.error().said.what, place));
    co_return tl::make_unexpected(
        failed("no tunnel to " + way_.target.host_and_port(), opened.error().network, place));
}

template <class Stream>
template <class Tls>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::handshake(Tls& tls, Url host,
                                                                                       std::string place) {
    SSL* ssl = tls.native_handle();
    if (!expect_host(ssl, host))
        co_return tl::make_unexpected(failed(ErrorCode::invalid, "the host cannot be checked by TLS", place));
    const auto [error] = co_await tls.async_handshake(asio::ssl::stream_base::client, uncancelled());
    if (!error) co_return tl::expected<void, ExchangeError>{};
    const std::string fault = certificate_fault(ssl, host);
    if (cut_ || fault.empty()) co_return tl::make_unexpected(explain("no TLS connection", error, place));
    ExchangeError refused = failed(ErrorCode::refused, fault, place);
    refused.certificate = true;
    co_return tl::make_unexpected(std::move(refused));
}

template <class Stream>
asio::awaitable<Attempt> StreamConnection<Stream>::exchange(std::shared_ptr<const Request> request,
                                                            std::size_t max_body, Deadline deadline) {
    lowest().expires_at(deadline);
    auto message = to_beast(*request);
    const auto [error, written] = co_await beast::http::async_write(stream_, message, uncancelled());
    if (error) co_return Attempt{tl::make_unexpected(explain("the request could not be sent", error))};
    co_return co_await read_answer(request->method == "HEAD", max_body);
}

template <class Stream>
asio::awaitable<Attempt> StreamConnection<Stream>::read_answer(bool head_only, std::size_t max_body) {
    for (int interim = 0; interim < max_interim_answers; ++interim) {
        ResponseParser parser;
        parser.header_limit(max_answer_head_bytes);
        parser.body_limit(max_body);
        parser.skip(head_only);
        const auto [error, read] = co_await beast::http::async_read(stream_, buffer_, parser, uncancelled());
        if (error) {
            const bool answered = interim > 0 || parser.got_some() || buffer_.size() > 0;
            co_return Attempt{tl::make_unexpected(explain("no answer", error)), answered};
        }
        const unsigned status = parser.get().result_int();
        if (status >= 100 && status < 200 && status != 101) continue;
        const bool keep_alive = parser.keep_alive() && buffer_.size() == 0 && !cut_;
        auto response = to_response(parser, max_body, place_);
        if (response) response->remote_address = peer();
        co_return Attempt{std::move(response), true, keep_alive};
    }
    co_return Attempt{tl::make_unexpected(
                          failed(ErrorCode::invalid, "the server sends interim answers without end", place_)),
                      true};
}

// Until the connection ends; keeps it alive until then.
template <class Stream>
asio::awaitable<void> StreamConnection<Stream>::listen(std::shared_ptr<StreamConnection> self) {
    std::array<char, 1024> said{};
    self->lowest().expires_never();  // for the read that goes on; a write under way keeps its deadline
    while (!self->ended_) {
        const auto [error, size] = co_await self->stream_.async_read_some(asio::buffer(said), uncancelled());
        if (error) self->ended_ = error;
    }
    self->bell_.cancel();
}

template <class Stream>
asio::awaitable<void> StreamConnection<Stream>::outlast(std::chrono::milliseconds pause) {
    if (ended_) co_return;
    bell_.expires_after(pause);
    co_await bell_.async_wait(uncancelled());
}

// What we wrote and the other side's TCP has not acknowledged yet.
template <class Stream>
int StreamConnection<Stream>::octets_on_the_way() {
    int octets = 0;
    const bool known =
        lowest().socket().is_open() && ::ioctl(lowest().socket().native_handle(), SIOCOUTQ, &octets) == 0;
    return known ? octets : 0;
}

template <class Stream>
asio::awaitable<tl::expected<void, ExchangeError>> StreamConnection<Stream>::acknowledged(Deadline deadline) {
    auto pause = std::chrono::milliseconds{1};
    while (!ended_ && octets_on_the_way() > 0) {
        if (std::chrono::steady_clock::now() >= deadline)
            co_return tl::make_unexpected(explain("the message was not acknowledged", beast::error::timeout));
        co_await outlast(pause);
        pause = std::min(pause * 2, longest_pause);
    }
    co_return tl::expected<void, ExchangeError>{};
}

template <class Stream>
asio::awaitable<tl::expected<std::string, ExchangeError>> StreamConnection<Stream>::send(
    std::shared_ptr<const std::string> octets, Deadline deadline) {
    const bool first = !listening_;
    if (first) {
        listening_ = true;
        asio::co_spawn(stream_.get_executor(), listen(this->shared_from_this()), asio::detached);
    }
    std::string receiver = peer();  // before the end of the connection hides it
    lowest().expires_at(deadline);
    const auto [error, written] = co_await asio::async_write(stream_, asio::buffer(*octets), uncancelled());
    if (error) co_return tl::make_unexpected(explain("the message could not be sent", error));
    const auto heard = co_await acknowledged(deadline);
    if (!heard) co_return tl::make_unexpected(heard.error());
    co_await outlast(first ? first_look : further_look);
    if (!ended_) co_return receiver;
    const bool closed = *ended_ == asio::error::eof || *ended_ == asio::ssl::error::stream_truncated;
    if (!closed || cut_)
        co_return tl::make_unexpected(explain("the connection ended after the message", *ended_));
    co_return tl::make_unexpected(
        failed(ErrorCode::unavailable, "the receiver closed the connection after the message", place_));
}

template <class Stream>
void StreamConnection<Stream>::part() {
    if constexpr (is_tls<Stream>) {
        if (listening_ && !ended_ && !cut_) {
            // Whichever comes first, the other side's closing notice or the end of its time, rings the bell.
            bell_.expires_after(parting_time);
            bell_.async_wait([self = this->shared_from_this()](const error_code&) { self->cut(); });
            stream_.async_shutdown([self = this->shared_from_this()](const error_code&) {});
            return;
        }
    }
    cut();
}

template <class Stream>
bool StreamConnection<Stream>::is_quiet() {
    if (cut_ || !lowest().socket().is_open()) return false;
    if (listening_) {
        // The end may have arrived and not been read yet.
        pollfd end{lowest().socket().native_handle(), POLLRDHUP, 0};
        return !ended_ && ::poll(&end, 1, 0) == 0;
    }
    char byte = 0;
    const ssize_t got = ::recv(lowest().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

std::shared_ptr<Connection> make_connection(const asio::any_io_executor& executor, TlsContexts tls, Way way) {
    if (way.target.is_secure())
        return std::make_shared<StreamConnection<TlsStream>>(executor, tls, std::move(way));
    return std::make_shared<StreamConnection<beast::tcp_stream>>(executor, tls, std::move(way));
}

}  // namespace entrawatch::http
