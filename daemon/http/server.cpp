#include "daemon/http/server.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <list>

#include "daemon/http/connection.hpp"
#include "daemon/http/session.hpp"
#include "daemon/http/tls.hpp"

namespace entrawatch::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// After an accept that failed for want of descriptors or memory: others must get a chance to free some.
constexpr auto accept_pause = std::chrono::milliseconds{100};

}  // namespace

struct HttpServer::Impl {
    asio::any_io_executor executor;
    std::shared_ptr<const ServerSettings> settings;
    std::shared_ptr<const Handler> handler;
    std::shared_ptr<asio::ssl::context> tls;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    asio::steady_timer drained;  // never expires by itself; cancelled when the last session ends
    std::list<std::shared_ptr<Session>> sessions;
    int port = 0;
    bool stopping = false;

    Impl(const asio::any_io_executor& on, ServerSettings with, Handler answer)
        : executor(on),
          settings(std::make_shared<const ServerSettings>(std::move(with))),
          handler(std::make_shared<const Handler>(std::move(answer))),
          acceptor(on),
          pause(on),
          drained(on, asio::steady_timer::time_point::max()) {}

    Result<> bind();
    static asio::awaitable<void> serve(std::shared_ptr<Impl> self);
    static asio::awaitable<void> accept(std::shared_ptr<Impl> self);
    static void admit(const std::shared_ptr<Impl>& self, tcp::socket socket);
    void stop();
    void cut();
};

Result<> HttpServer::Impl::bind() {
    const std::string where = settings->host + ":" + std::to_string(settings->port);
    error_code error;
    const auto address = asio::ip::make_address(settings->host, error);
    if (error || settings->port < 0 || settings->port > 65535) {
        return fail(ErrorCode::invalid, "a literal address and a port are needed to listen on", where);
    }
    const tcp::endpoint endpoint{address, static_cast<std::uint16_t>(settings->port)};
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return fail(ErrorCode::unavailable, "cannot listen: " + error.message(), where);
    port = acceptor.local_endpoint(error).port();
    return {};
}

void HttpServer::Impl::stop() {
    stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    for (const auto& session : sessions)
        session->stop();
}

void HttpServer::Impl::cut() {
    stop();
    for (const auto& session : sessions)
        session->cut();
}

void HttpServer::Impl::admit(const std::shared_ptr<Impl>& self, tcp::socket socket) {
    if (std::ssize(self->sessions) >= self->settings->max_connections) return;  // closes it
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    auto session = make_session(std::move(socket), self->tls, self->settings, self->handler);
    const auto place = self->sessions.insert(self->sessions.end(), session);
    const auto ended = [self, place](const std::exception_ptr&) {
        // The coroutine that ends here still uses its session's cancellation signal on the way out.
        asio::post(self->executor, [session = *place] {});
        self->sessions.erase(place);
        if (self->sessions.empty()) self->drained.cancel();
    };
    asio::co_spawn(self->executor, session->run(session),
                   asio::bind_cancellation_slot(session->cancel.slot(), ended));
}

asio::awaitable<void> HttpServer::Impl::serve(std::shared_ptr<Impl> self) {
    // Accepting is a child without a cancellation slot; ours turns a cancellation into stop() or cut() while
    // we wait for the child.
    asio::cancellation_slot slot = (co_await asio::this_coro::cancellation_state).slot();
    if (slot.is_connected()) {
        slot.assign([self](asio::cancellation_type type) {
            const bool terminal = (type & asio::cancellation_type::terminal) != asio::cancellation_type::none;
            terminal ? self->cut() : self->stop();
        });
    }
    co_await asio::co_spawn(self->executor, accept(self),
                            asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable));
}

asio::awaitable<void> HttpServer::Impl::accept(std::shared_ptr<Impl> self) {
    while (!self->stopping) {
        auto [error, socket] = co_await self->acceptor.async_accept(uncancelled());
        if (!error) {
            admit(self, std::move(socket));
        } else if (!self->stopping) {
            self->pause.expires_after(accept_pause);
            co_await self->pause.async_wait(uncancelled());
        }
    }
    while (!self->sessions.empty())
        co_await self->drained.async_wait(uncancelled());
}

HttpServer::HttpServer(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() {
    impl_->stop();
}

Result<std::shared_ptr<HttpServer>> HttpServer::listen(const asio::any_io_executor& executor,
                                                       ServerSettings settings, Handler handler) {
    const bool encrypted = !settings.certificate_pem.empty() || !settings.key_pem.empty();
    auto impl = std::make_shared<Impl>(executor, std::move(settings), std::move(handler));
    if (encrypted) {
        auto context = server_context(impl->settings->certificate_pem, impl->settings->key_pem);
        if (!context) return fail(context.error());
        impl->tls = std::make_shared<asio::ssl::context>(std::move(*context));
    }
    if (auto bound = impl->bind(); !bound) return fail(bound.error());
    return std::shared_ptr<HttpServer>{new HttpServer{std::move(impl)}};
}

int HttpServer::port() const {
    return impl_->port;
}
asio::awaitable<void> HttpServer::serve() {
    return Impl::serve(impl_);
}
void HttpServer::stop() {
    impl_->stop();
}
void HttpServer::cut() {
    impl_->cut();
}

}  // namespace entrawatch::http
