#include "tests/support/raw_peer.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace entrawatch::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

tcp::socket& socket_of(tcp::socket& socket) {
    return socket;
}
tcp::socket& socket_of(TlsStream& stream) {
    return stream.next_layer();
}

void reset(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

// As servers do: the closing notice, if any, and the end of the stream, without waiting for the client's own
// notice.
template <class Stream>
asio::awaitable<void> close_cleanly(Stream& stream) {
    boost::system::error_code ignored;
    asio::steady_timer over{co_await asio::this_coro::executor, asio::steady_timer::time_point::max()};
    if constexpr (std::is_same_v<Stream, TlsStream>) {
        stream.async_shutdown([&over](const boost::system::error_code&) { over.cancel(); });
    }
    socket_of(stream).shutdown(tcp::socket::shutdown_send, ignored);
    socket_of(stream).close(ignored);
    if constexpr (std::is_same_v<Stream, TlsStream>) co_await over.async_wait(quiet);
}

}  // namespace

struct RawPeer::Impl {
    tcp::acceptor acceptor;
    std::vector<Script> scripts;
    std::optional<asio::ssl::context> tls;
    std::vector<std::string> requests;
    int connections = 0;

    Impl(asio::io_context& io, std::vector<Script> played)
        : acceptor(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}), scripts(std::move(played)) {}

    static asio::awaitable<void> accept(std::shared_ptr<Impl> self);
    static asio::awaitable<void> greet(std::shared_ptr<Impl> self, tcp::socket socket, Script script);
    template <class Stream>
    static asio::awaitable<void> play(std::shared_ptr<Impl> self, Stream stream, Script script);
    template <class Stream>
    asio::awaitable<bool> act(Stream& stream, std::string& buffer, const Step& step);
};

asio::awaitable<void> RawPeer::Impl::accept(std::shared_ptr<Impl> self) {
    for (;;) {
        auto [error, socket] = co_await self->acceptor.async_accept(quiet);
        if (error) co_return;
        const std::size_t index =
            std::min<std::size_t>(static_cast<std::size_t>(self->connections++), self->scripts.size() - 1);
        const auto executor = self->acceptor.get_executor();
        asio::co_spawn(executor, greet(self, std::move(socket), self->scripts[index]), asio::detached);
    }
}

asio::awaitable<void> RawPeer::Impl::greet(std::shared_ptr<Impl> self, tcp::socket socket, Script script) {
    const bool plain = !self->tls || (!script.empty() && std::holds_alternative<NoHandshake>(script.front()));
    if (plain) {
        co_await play(self, std::move(socket), std::move(script));
        co_return;
    }
    TlsStream stream{std::move(socket), *self->tls};
    const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, quiet);
    if (!error) co_await play(self, std::move(stream), std::move(script));
}

template <class Stream>
asio::awaitable<void> RawPeer::Impl::play(std::shared_ptr<Impl> self, Stream stream, Script script) {
    std::string buffer;
    for (const Step& step : script) {
        if (!co_await self->act(stream, buffer, step)) co_return;
    }
}

// False when the connection is over.
template <class Stream>
asio::awaitable<bool> RawPeer::Impl::act(Stream& stream, std::string& buffer, const Step& step) {
    if (std::holds_alternative<ReadHead>(step)) {
        const auto [error, size] =
            co_await asio::async_read_until(stream, asio::dynamic_buffer(buffer), "\r\n\r\n", quiet);
        if (error) co_return false;
        requests.push_back(buffer.substr(0, size));
        buffer.erase(0, size);
    } else if (const auto* bytes = std::get_if<ReadBytes>(&step)) {
        const std::size_t missing = bytes->size - std::min(bytes->size, buffer.size());
        const auto [error, size] = co_await asio::async_read(stream, asio::dynamic_buffer(buffer),
                                                             asio::transfer_exactly(missing), quiet);
        if (error) co_return false;
        requests.push_back(buffer.substr(0, bytes->size));
        buffer.erase(0, bytes->size);
    } else if (std::holds_alternative<ReadFrame>(step)) {
        const auto [error, size] =
            co_await asio::async_read_until(stream, asio::dynamic_buffer(buffer), ' ', quiet);
        if (error) co_return false;
        const std::size_t length = std::stoul(buffer.substr(0, size));
        buffer.erase(0, size);
        const std::size_t missing = length - std::min(length, buffer.size());
        const auto [cut, rest] = co_await asio::async_read(stream, asio::dynamic_buffer(buffer),
                                                           asio::transfer_exactly(missing), quiet);
        if (cut) co_return false;
        requests.push_back(buffer.substr(0, length));
        buffer.erase(0, length);
    } else if (const auto* send = std::get_if<Send>(&step)) {
        const auto [error, size] = co_await asio::async_write(stream, asio::buffer(send->bytes), quiet);
        co_return !error;
    } else if (const auto* drip = std::get_if<Drip>(&step)) {
        asio::steady_timer timer{co_await asio::this_coro::executor};
        for (const char byte : drip->bytes) {
            timer.expires_after(drip->pause);
            co_await timer.async_wait(quiet);
            const auto [error, size] = co_await asio::async_write(stream, asio::buffer(&byte, 1), quiet);
            if (error) co_return false;
        }
    } else if (const auto* endless = std::get_if<SendForEver>(&step)) {
        for (;;) {
            const auto [error, size] =
                co_await asio::async_write(stream, asio::buffer(endless->bytes), quiet);
            if (error) co_return false;
        }
    } else if (std::holds_alternative<CloseCleanly>(step)) {
        co_await close_cleanly(stream);
        co_return false;
    } else if (std::holds_alternative<Cut>(step)) {
        reset(socket_of(stream));
        co_return false;
    } else if (std::holds_alternative<ReadClosingNotice>(step)) {
        char waste = 0;
        const auto [error, size] = co_await stream.async_read_some(asio::buffer(&waste, 1), quiet);
        if (error == asio::error::eof) requests.emplace_back("closing notice");
        co_return false;
    } else if (std::holds_alternative<Silence>(step)) {
        char waste[256];
        for (;;) {
            const auto [error, size] = co_await stream.async_read_some(asio::buffer(waste), quiet);
            if (error) co_return false;
        }
    }
    co_return true;
}

RawPeer::RawPeer(asio::io_context& io, std::optional<PemPair> certificate, std::vector<Script> scripts)
    : impl_(std::make_shared<Impl>(io, std::move(scripts))) {
    if (certificate) {
        impl_->tls.emplace(asio::ssl::context::tls_server);
        impl_->tls->use_certificate_chain(asio::buffer(certificate->certificate_pem));
        impl_->tls->use_private_key(asio::buffer(certificate->key_pem), asio::ssl::context::pem);
    }
    asio::co_spawn(io, Impl::accept(impl_), asio::detached);
}

RawPeer::~RawPeer() {
    boost::system::error_code ignored;
    impl_->acceptor.close(ignored);
}

void RawPeer::ask_for_certificate_of(const std::string& ca_pem) {
    impl_->tls->add_certificate_authority(asio::buffer(ca_pem));
    impl_->tls->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
}

int RawPeer::port() const {
    return impl_->acceptor.local_endpoint().port();
}
const std::vector<std::string>& RawPeer::requests() const {
    return impl_->requests;
}
int RawPeer::connections() const {
    return impl_->connections;
}

}  // namespace entrawatch::test
