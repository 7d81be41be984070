#include "daemon/http/client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "daemon/http/connection.hpp"
#include "daemon/http/idle_connections.hpp"
#include "daemon/http/tls.hpp"

namespace entrawatch::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Exchanged = tl::expected<Response, ExchangeError>;
using Sent = tl::expected<std::string, ExchangeError>;

namespace {

constexpr std::size_t max_addresses = 8;

// What terminal cancellation must end, whatever the exchange is waiting for at that moment.
struct Cutter {
    bool cut = false;
    std::shared_ptr<Connection> connection;
    std::weak_ptr<asio::steady_timer> lookup;

    void operator()() {
        cut = true;
        if (connection) connection->cut();
        if (const auto timer = lookup.lock()) timer->cancel();
    }
};

// An answer of the resolver that may come after nobody waits for it any more.
struct Lookup {
    std::shared_ptr<asio::steady_timer> done;
    bool finished = false;
    error_code error;
    Addresses addresses;
};

tl::unexpected<ExchangeError> refuse(ErrorCode code, std::string what, std::string place) {
    return tl::make_unexpected(ExchangeError{{code, std::move(what), std::move(place)}});
}

tl::unexpected<ExchangeError> refuse_plain(const Url& url) {
    return refuse(ErrorCode::invalid,
                  "plain " + url.scheme + " is only allowed to a loopback address; use " +
                      (url.scheme == "tcp" ? "tls" : "https"),
                  url.origin());
}

// Nothing of a request may end a line early, and plain http may only go to this machine.
tl::expected<void, ExchangeError> check(const Request& request, bool plain_to_link_local) {
    const Url& url = request.url;
    if (!url.is_secure() && !url.is_loopback() && !(plain_to_link_local && url.is_link_local()))
        return refuse_plain(url);
    if (!is_valid_header(request.method, "") || !Url::parse(url.origin() + url.target)) {
        return refuse(ErrorCode::invalid, "the method or the URL contains a forbidden character",
                      url.origin());
    }
    for (const auto& [name, value] : request.headers.all()) {
        if (!is_valid_header(name, value))
            return refuse(ErrorCode::invalid, "a request header contains a forbidden character",
                          url.origin());
    }
    return {};
}

bool may_repeat(const Request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

struct HttpClient::Impl {
    asio::any_io_executor executor;
    std::shared_ptr<asio::ssl::context> tls;
    std::shared_ptr<asio::ssl::context> tls_to_proxy;  // nullptr: none, or none over TLS
    SharedProxy proxy;
    bool plain_to_link_local;
    IdleConnections idle;

    Impl(asio::any_io_executor on, std::shared_ptr<asio::ssl::context> context, bool link_local)
        : executor(std::move(on)), tls(std::move(context)), plain_to_link_local(link_local) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    static asio::awaitable<Exchanged> run(std::shared_ptr<Impl> self, Request request, ExchangeLimits limits);
    static asio::awaitable<Sent> run_send(std::shared_ptr<Impl> self, Url peer, std::string octets,
                                          std::chrono::milliseconds total);
    asio::awaitable<Sent> send(Url peer, std::shared_ptr<const std::string> octets, Deadline deadline,
                               std::shared_ptr<Cutter> cutter);
    static asio::awaitable<std::shared_ptr<Cutter>> cutter_for_caller();
    asio::awaitable<Exchanged> attempt(std::shared_ptr<const Request> request, ExchangeLimits limits,
                                       std::shared_ptr<Cutter> cutter);
    asio::awaitable<tl::expected<std::shared_ptr<Connection>, ExchangeError>> connect(
        Url url, Deadline deadline, std::shared_ptr<Cutter> cutter);
    asio::awaitable<tl::expected<Addresses, ExchangeError>> resolve(Url url, std::string place,
                                                                    Deadline deadline,
                                                                    std::shared_ptr<Cutter> cutter);
    [[nodiscard]] Way way_to(Url target) const {
        SharedProxy via = proxy && proxy->serves(target) ? proxy : nullptr;
        return {std::move(target), std::move(via)};
    }
};

asio::awaitable<tl::expected<Addresses, ExchangeError>> HttpClient::Impl::resolve(
    Url url, std::string place, Deadline deadline, std::shared_ptr<Cutter> cutter) {
    error_code no_address;
    const auto literal = asio::ip::make_address(url.host, no_address);
    const auto port = static_cast<std::uint16_t>(std::stoul(url.port));
    if (!no_address) co_return Addresses{{literal, port}};

    // A resolver neither keeps deadlines nor stops at once, so the wait is for a timer that the answer ends
    // early.
    auto lookup = std::make_shared<Lookup>();
    lookup->done = std::make_shared<asio::steady_timer>(executor, deadline);
    cutter->lookup = lookup->done;
    auto resolver = std::make_shared<tcp::resolver>(executor);
    resolver->async_resolve(url.host, url.port,
                            [lookup, resolver](error_code error, const tcp::resolver::results_type& results) {
                                lookup->finished = true;
                                lookup->error = error;
                                for (const auto& entry : results)
                                    lookup->addresses.push_back(entry.endpoint());
                                lookup->done->cancel();
                            });
    co_await lookup->done->async_wait(uncancelled());
    if (cutter->cut) co_return refuse(ErrorCode::unavailable, "cut short because we are stopping", place);
    if (!lookup->finished) {
        co_return tl::make_unexpected(ExchangeError{
            {ErrorCode::unavailable, "the host name was not resolved in time; is DNS reachable?", place},
            false,
            true});
    }
    if (lookup->error || lookup->addresses.empty()) {
        co_return refuse(ErrorCode::unavailable,
                         "the host name cannot be resolved: " + lookup->error.message(), place);
    }
    if (lookup->addresses.size() > max_addresses) lookup->addresses.resize(max_addresses);
    co_return std::move(lookup->addresses);
}

asio::awaitable<tl::expected<std::shared_ptr<Connection>, ExchangeError>> HttpClient::Impl::connect(
    Url url, Deadline deadline, std::shared_ptr<Cutter> cutter) {
    Way way = way_to(url);
    auto addresses = co_await resolve(way.first_hop(), way.first_place(), deadline, cutter);
    if (!addresses) co_return tl::make_unexpected(addresses.error());
    const bool all_here = std::ranges::all_of(
        *addresses, [](const auto& endpoint) { return endpoint.address().is_loopback(); });
    const bool by_link = plain_to_link_local && url.is_link_local();  // a literal address: nothing to resolve
    if (!url.is_secure() && !all_here && !by_link) co_return refuse_plain(url);
    auto connection = make_connection(executor, {*tls, tls_to_proxy.get()}, std::move(way));
    cutter->connection = connection;
    auto opened = co_await connection->open(std::move(*addresses), deadline);
    if (!opened) co_return tl::make_unexpected(opened.error());
    co_return connection;
}

asio::awaitable<Exchanged> HttpClient::Impl::attempt(std::shared_ptr<const Request> request,
                                                     ExchangeLimits limits, std::shared_ptr<Cutter> cutter) {
    if (auto checked = check(*request, plain_to_link_local); !checked)
        co_return tl::make_unexpected(checked.error());
    const Deadline deadline = std::chrono::steady_clock::now() + limits.total;
    const std::string origin = request->url.origin();
    idle.drop_stale();
    if (auto kept = idle.take(origin)) {
        cutter->connection = kept;
        Attempt first = co_await kept->exchange(request, limits.max_body, deadline);
        if (first.keep_alive) idle.put_back(origin, kept);
        const bool died_unheard =
            !first.result && !first.answered && !first.result.error().timed_out && !cutter->cut;
        if (!died_unheard || !may_repeat(*request)) co_return std::move(first.result);
    }
    auto connection = co_await connect(request->url, deadline, cutter);
    if (!connection) co_return tl::make_unexpected(connection.error());
    Attempt only = co_await (*connection)->exchange(request, limits.max_body, deadline);
    if (only.keep_alive) idle.put_back(origin, *connection);
    co_return std::move(only.result);
}

asio::awaitable<Sent> HttpClient::Impl::send(Url peer, std::shared_ptr<const std::string> octets,
                                             Deadline deadline, std::shared_ptr<Cutter> cutter) {
    if (!peer.is_secure() && !peer.is_loopback()) co_return refuse_plain(peer);
    const std::string origin = peer.origin();
    idle.drop_stale();
    auto connection = idle.take(origin);
    if (connection) {
        cutter->connection = connection;
    } else {
        auto opened = co_await connect(peer, deadline, cutter);
        if (!opened) co_return tl::make_unexpected(opened.error());
        connection = std::move(*opened);
    }
    Sent sent = co_await connection->send(std::move(octets), deadline);
    if (sent && !cutter->cut) {
        idle.put_back(origin, connection);
    } else {
        connection->cut();
    }
    co_return sent;
}

// The slot of whoever called is ours while we wait for an exchange, which is a child without one: terminal
// cuts the socket, anything milder waits for the answer.
asio::awaitable<std::shared_ptr<Cutter>> HttpClient::Impl::cutter_for_caller() {
    auto cutter = std::make_shared<Cutter>();
    asio::cancellation_slot slot = (co_await asio::this_coro::cancellation_state).slot();
    if (slot.is_connected()) {
        slot.assign([cutter](asio::cancellation_type type) {
            if ((type & asio::cancellation_type::terminal) != asio::cancellation_type::none) (*cutter)();
        });
    }
    co_return cutter;
}

asio::awaitable<Exchanged> HttpClient::Impl::run(std::shared_ptr<Impl> self, Request request,
                                                 ExchangeLimits limits) {
    auto cutter = co_await cutter_for_caller();
    co_return co_await asio::co_spawn(
        self->executor, self->attempt(std::make_shared<const Request>(std::move(request)), limits, cutter),
        asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable));
}

asio::awaitable<Sent> HttpClient::Impl::run_send(std::shared_ptr<Impl> self, Url peer, std::string octets,
                                                 std::chrono::milliseconds total) {
    auto cutter = co_await cutter_for_caller();
    const Deadline deadline = std::chrono::steady_clock::now() + total;
    auto held = std::make_shared<const std::string>(std::move(octets));
    co_return co_await asio::co_spawn(
        self->executor, self->send(std::move(peer), std::move(held), deadline, cutter),
        asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable));
}

HttpClient::HttpClient(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpClient::~HttpClient() = default;

Result<std::shared_ptr<HttpClient>> HttpClient::create(asio::any_io_executor executor, const TlsSettings& tls,
                                                       SharedProxy proxy) {
    auto context = client_context(tls);
    if (!context) return fail(context.error());
    auto impl = std::make_shared<Impl>(std::move(executor), std::move(*context), tls.plain_to_link_local);
    if (proxy && proxy->url.is_secure()) {
        // Who may vouch for the proxy may not vouch for those behind it, and it is not told who we are.
        auto to_proxy = client_context({proxy->ca_file});
        if (!to_proxy) return fail(to_proxy.error());
        impl->tls_to_proxy = std::move(*to_proxy);
    }
    impl->proxy = std::move(proxy);
    return std::shared_ptr<HttpClient>{new HttpClient{std::move(impl)}};
}

asio::awaitable<Exchanged> HttpClient::exchange(Request request, ExchangeLimits limits) {
    return Impl::run(impl_, std::move(request), limits);
}

asio::awaitable<Sent> HttpClient::send(Url peer, std::string octets, std::chrono::milliseconds total) {
    return Impl::run_send(impl_, std::move(peer), std::move(octets), total);
}

void HttpClient::close_idle() {
    impl_->idle.part_all();
}

}  // namespace entrawatch::http
