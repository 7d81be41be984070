#include "tests/support/test_proxy.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <regex>

#include "core/base/digest.hpp"

namespace entrawatch::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using ProxyTls = asio::ssl::stream<tcp::socket>;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

std::string two_octets(char one, char other) {
    return {one, other};
}

void end(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.close(ignored);
}
void end(ProxyTls& stream) {
    end(stream.next_layer());
}

template <class From, class To>
asio::awaitable<void> relay(std::shared_ptr<From> from, std::shared_ptr<To> to) {
    std::array<char, 4096> octets{};
    for (;;) {
        const auto [unheard, size] = co_await from->async_read_some(asio::buffer(octets), no_throw);
        if (unheard) break;
        const auto [unsent, written] = co_await asio::async_write(*to, asio::buffer(octets, size), no_throw);
        if (unsent) break;
    }
    end(*from);
    end(*to);
}

}  // namespace

struct TestProxy::Impl {
    tcp::acceptor acceptor;
    ProxyWish wish;
    std::optional<asio::ssl::context> tls;
    std::vector<std::string> tunnels;
    std::vector<std::string> faults;
    int connections = 0;

    Impl(asio::io_context& io, ProxyWish wished)
        : acceptor(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}), wish(std::move(wished)) {
        if (!wish.certificate) return;
        tls.emplace(asio::ssl::context::tls_server);
        tls->use_certificate_chain(asio::buffer(wish.certificate->certificate_pem));
        tls->use_private_key(asio::buffer(wish.certificate->key_pem), asio::ssl::context::pem);
    }

    static asio::awaitable<void> accept(std::shared_ptr<Impl> self);
    static asio::awaitable<void> greet(std::shared_ptr<Impl> self, tcp::socket socket);
    template <class Stream>
    static asio::awaitable<void> serve(std::shared_ptr<Impl> self, std::shared_ptr<Stream> client);
    template <class Stream>
    asio::awaitable<std::string> hear_connect(Stream& client);
    template <class Stream>
    asio::awaitable<std::string> hear_socks(Stream& client);
    template <class Stream>
    asio::awaitable<bool> hear_password(Stream& client);
    template <class Stream>
    asio::awaitable<std::string> read(Stream& client, std::size_t size);
    template <class Stream>
    static asio::awaitable<void> say(Stream& client, std::string octets);
    bool must(bool holds, const char* fault) {
        if (!holds) faults.emplace_back(fault);
        return holds;
    }
};

asio::awaitable<void> TestProxy::Impl::accept(std::shared_ptr<Impl> self) {
    for (;;) {
        auto [error, socket] = co_await self->acceptor.async_accept(no_throw);
        if (error) co_return;
        ++self->connections;
        asio::co_spawn(self->acceptor.get_executor(), greet(self, std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> TestProxy::Impl::greet(std::shared_ptr<Impl> self, tcp::socket socket) {
    if (!self->tls) {
        co_await serve(self, std::make_shared<tcp::socket>(std::move(socket)));
        co_return;
    }
    auto client = std::make_shared<ProxyTls>(std::move(socket), *self->tls);
    const auto [error] = co_await client->async_handshake(asio::ssl::stream_base::server, no_throw);
    if (!error) co_await serve(self, std::move(client));
}

template <class Stream>
asio::awaitable<void> TestProxy::Impl::serve(std::shared_ptr<Impl> self, std::shared_ptr<Stream> client) {
    const bool socks = self->wish.socks;
    std::string to;
    if (socks) {
        to = co_await self->hear_socks(*client);
    } else {
        to = co_await self->hear_connect(*client);
    }
    if (to.empty()) co_return;
    const auto known = self->wish.hosts.find(to);
    auto target = std::make_shared<tcp::socket>(self->acceptor.get_executor());
    boost::system::error_code error = asio::error::host_not_found;
    if (known != self->wish.hosts.end()) {
        const tcp::endpoint place{asio::ip::address_v4::loopback(),
                                  static_cast<std::uint16_t>(known->second)};
        std::tie(error) = co_await target->async_connect(place, no_throw);
    }
    if (error) {
        std::string cannot_reach = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
        if (socks) cannot_reach.assign("\x05\x04\0\x01\0\0\0\0\0\0", 10);
        co_await say(*client, std::move(cannot_reach));
        co_return;
    }
    self->tunnels.push_back(to);
    // As where it is bound SOCKS 5 may say a name, here of three octets.
    std::string it_stands = "HTTP/1.1 200 Connection established\r\n\r\n";
    if (socks) it_stands = std::string{"\5\0\0\3\3", 5} + "abc" + std::string{"\0\x50", 2};
    co_await say(*client, std::move(it_stands));
    asio::co_spawn(self->acceptor.get_executor(), relay(target, client), asio::detached);
    co_await relay(client, target);
}

// The target, or empty when the client was turned away.
template <class Stream>
asio::awaitable<std::string> TestProxy::Impl::hear_connect(Stream& client) {
    std::string buffer;
    const auto [error, size] =
        co_await asio::async_read_until(client, asio::dynamic_buffer(buffer, 8192), "\r\n\r\n", no_throw);
    if (error) co_return std::string{};
    must(size == buffer.size(), "the client spoke before the tunnel stood");
    static const std::regex grammar{
        "CONNECT ([a-z0-9.-]+:[0-9]+|\\[[0-9a-f:.]+\\]:[0-9]+) HTTP/1\\.1\r\n"
        "Host: ([^\r\n]+)\r\nUser-Agent: entrawatch/[0-9.]+\r\n"
        "(?:Proxy-Authorization: Basic ([A-Za-z0-9+/=]+)\r\n)?\r\n"};
    std::smatch parts;
    if (!must(std::regex_match(buffer, parts, grammar), "no CONNECT as it must be")) co_return std::string{};
    must(parts[1] == parts[2], "the Host header names another host");
    const std::string expected = wish.credentials.empty() ? "" : to_base64(wish.credentials);
    if (parts[3] == expected) co_return parts[1].str();
    co_await say(client,
                 "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                 "Content-Length: 0\r\n\r\n");
    co_return std::string{};
}

template <class Stream>
asio::awaitable<std::string> TestProxy::Impl::hear_socks(Stream& client) {
    const std::string hello = co_await read(client, 2);
    if (!must(hello.size() == 2 && hello[0] == 5 && hello[1] >= 1, "no greeting of SOCKS 5"))
        co_return std::string{};
    const std::string methods = co_await read(client, static_cast<unsigned char>(hello[1]));
    const char method = wish.credentials.empty() ? '\0' : '\2';
    if (methods.find(method) == std::string::npos) {
        co_await say(client, "\x05\xFF");
        co_return std::string{};
    }
    co_await say(client, two_octets('\5', method));
    if (method != 0) {
        const bool taken = co_await hear_password(client);
        if (!taken) co_return std::string{};
    }
    const std::string request = co_await read(client, 5);
    if (!must(request.size() == 5 && request.starts_with(std::string{"\5\1\0\3", 4}),
              "no request of SOCKS 5 to connect to a name"))
        co_return std::string{};
    const auto length = static_cast<unsigned char>(request[4]);
    const std::string rest = co_await read(client, length + 2U);
    if (!must(rest.size() == length + 2U, "the request of SOCKS 5 is cut short")) co_return std::string{};
    const unsigned port =
        static_cast<unsigned char>(rest[length]) * 256U + static_cast<unsigned char>(rest[length + 1U]);
    co_return rest.substr(0, length) + ":" + std::to_string(port);
}

template <class Stream>
asio::awaitable<bool> TestProxy::Impl::hear_password(Stream& client) {
    std::string said;
    for (int part = 0; part < 2; ++part) {
        const std::string head = co_await read(client, part == 0 ? 2 : 1);
        if (head.empty()) co_return false;
        if (part == 0) must(head[0] == 1, "no RFC 1929");
        said += co_await read(client, static_cast<unsigned char>(head.back()));
        if (part == 0) said += ':';
    }
    const bool taken = said == wish.credentials;
    co_await say(client, two_octets('\1', taken ? '\0' : '\1'));
    co_return taken;
}

// Shorter than `size` when the client is gone.
template <class Stream>
asio::awaitable<std::string> TestProxy::Impl::read(Stream& client, std::size_t size) {
    std::string octets(size, '\0');
    const auto [error, got] = co_await asio::async_read(client, asio::buffer(octets), no_throw);
    octets.resize(got);
    co_return octets;
}

template <class Stream>
asio::awaitable<void> TestProxy::Impl::say(Stream& client, std::string octets) {
    co_await asio::async_write(client, asio::buffer(octets), no_throw);
}

TestProxy::TestProxy(asio::io_context& io, ProxyWish wish)
    : impl_(std::make_shared<Impl>(io, std::move(wish))) {
    asio::co_spawn(io, Impl::accept(impl_), asio::detached);
}

TestProxy::~TestProxy() {
    boost::system::error_code ignored;
    impl_->acceptor.close(ignored);
}

int TestProxy::port() const {
    return impl_->acceptor.local_endpoint().port();
}
std::string TestProxy::url() const {
    const char* scheme = impl_->wish.socks ? "socks5h" : impl_->tls ? "https" : "http";
    return std::string{scheme} + "://127.0.0.1:" + std::to_string(port());
}
int TestProxy::connections() const {
    return impl_->connections;
}
const std::vector<std::string>& TestProxy::tunnels() const {
    return impl_->tunnels;
}
const std::vector<std::string>& TestProxy::faults() const {
    return impl_->faults;
}

}  // namespace entrawatch::test
