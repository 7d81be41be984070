#include "daemon/http/session.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <exception>
#include <optional>

#include "core/base/text.hpp"
#include "daemon/http/connection.hpp"

namespace entrawatch::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::uint32_t max_request_head_bytes = 80U * 1024U;  // a next link of 64 KiB and its headers
constexpr auto farewell_time = std::chrono::seconds{1};

Response plain_answer(int status, std::string words) {
    return {status, {{"Content-Type", "text/plain"}}, std::move(words) + "\n", {}};
}

// The answer to a request that could not be read; nullopt when the client is simply gone.
std::optional<Response> answer_to(const error_code& error) {
    if (error == beast::http::error::body_limit) return plain_answer(413, "the body is too large");
    if (error == beast::http::error::header_limit) return plain_answer(431, "the request head is too large");
    if (error == beast::http::error::end_of_stream || error == beast::http::error::partial_message)
        return std::nullopt;
    if (error.category() == beast::http::make_error_code(beast::http::error::bad_method).category()) {
        return plain_answer(400, "this is no HTTP/1.1 request");
    }
    return std::nullopt;
}

// nullopt when the target or the Host header make no URL.
std::optional<Request> to_request(Parser& parser, const std::string& scheme, const std::string& own_address) {
    auto message = parser.release();
    const std::string_view host = message[beast::http::field::host];
    const std::string_view target = message.target();
    if (!target.starts_with('/')) return std::nullopt;
    auto url =
        Url::parse(scheme + "://" + (host.empty() ? own_address : std::string{host}) + std::string{target});
    if (!url) return std::nullopt;
    Request request{std::string{message.method_string()}, std::move(*url), {}, std::move(message.body())};
    for (const auto& field : message)
        request.headers.add(std::string{field.name_string()}, std::string{field.value()});
    return request;
}

bool asks_to_close(const Response& response) {
    return equal_ignoring_ascii_case(response.headers.get("Connection"), "close");
}

// How the body is framed is the server's business, not the handler's.
bool is_framing(std::string_view name) {
    return equal_ignoring_ascii_case(name, "Content-Length") ||
           equal_ignoring_ascii_case(name, "Transfer-Encoding") ||
           equal_ignoring_ascii_case(name, "Connection");
}

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

template <class Message>
void fill_head(Message& message, const Response& response, bool keep_alive) {
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers.all()) {
        if (!is_framing(name) && is_valid_header(name, value)) message.insert(name, value);
    }
    if (!has_no_body(response.status)) message.content_length(response.body.size());
    message.keep_alive(keep_alive);
}

template <class Stream>
class StreamSession final : public Session {
  public:
    StreamSession(Stream stream, std::shared_ptr<asio::ssl::context> tls,
                  std::shared_ptr<const ServerSettings> settings, std::shared_ptr<const Handler> handler)
        : tls_(std::move(tls)),
          stream_(std::move(stream)),
          settings_(std::move(settings)),
          handler_(std::move(handler)) {}

    asio::awaitable<void> run(std::shared_ptr<Session> self) override;
    void stop() override {
        stopping_ = true;
        if (idle_) close();
    }
    void cut() override {
        stopping_ = true;
        close();
        cancel.emit(asio::cancellation_type::terminal);
    }

  private:
    static constexpr bool over_tls = std::is_same_v<Stream, TlsStream>;
    beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }
    void close() {
        error_code ignored;
        lowest().socket().close(ignored);
    }
    asio::awaitable<bool> one_exchange();
    asio::awaitable<error_code> read_request(Parser& parser);
    asio::awaitable<Response> answer(Request request);
    asio::awaitable<bool> write(Response response, bool head_only, bool keep_alive);
    asio::awaitable<void> farewell();
    [[nodiscard]] std::string own_address() {
        error_code error;
        return text_of(lowest().socket().local_endpoint(error));
    }
    [[nodiscard]] std::string peer_address() {
        error_code error;
        return text_of(lowest().socket().remote_endpoint(error));
    }

    std::shared_ptr<asio::ssl::context> tls_;
    Stream stream_;
    std::shared_ptr<const ServerSettings> settings_;
    std::shared_ptr<const Handler> handler_;
    beast::flat_buffer buffer_;
    bool idle_ = true;
    bool stopping_ = false;
};

template <class Stream>
asio::awaitable<void> StreamSession<Stream>::run(std::shared_ptr<Session> /*keeps this alive*/) {
    co_await asio::this_coro::throw_if_cancelled(false);
    lowest().expires_after(settings_->patience);
    if constexpr (over_tls) {
        const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, uncancelled());
        if (error) co_return;
    }
    bool more = true;
    while (more)
        more = co_await one_exchange();
    co_await farewell();
}

template <class Stream>
asio::awaitable<error_code> StreamSession<Stream>::read_request(Parser& parser) {
    idle_ = true;
    lowest().expires_after(settings_->patience);
    auto [error, head] = co_await beast::http::async_read_header(stream_, buffer_, parser, uncancelled());
    idle_ = false;
    if (error || parser.is_done()) co_return error;
    if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue")) {
        beast::http::response<beast::http::empty_body> go_on{beast::http::status::continue_, 11};
        const auto [unheard, written] = co_await beast::http::async_write(stream_, go_on, uncancelled());
        if (unheard) co_return unheard;
    }
    const auto [cut_short, body] = co_await beast::http::async_read(stream_, buffer_, parser, uncancelled());
    co_return cut_short;
}

template <class Stream>
asio::awaitable<bool> StreamSession<Stream>::one_exchange() {
    if (stopping_) co_return false;
    Parser parser;
    parser.header_limit(max_request_head_bytes);
    parser.body_limit(settings_->max_body);
    const error_code error = co_await read_request(parser);
    if (error) {
        auto refusal = answer_to(error);
        if (refusal && !stopping_) co_await write(std::move(*refusal), false, false);
        co_return false;
    }
    const bool wants_more = parser.keep_alive();
    auto request = to_request(parser, over_tls ? "https" : "http", own_address());
    if (!request) {
        co_await write(plain_answer(400, "the request target or Host header is not valid"), false, false);
        co_return false;
    }
    request->local = own_address();
    request->peer = peer_address();
    const bool head_only = request->method == "HEAD";
    Response response = co_await answer(std::move(*request));
    if (response.status == 0) co_return false;
    const bool keep_alive = wants_more && !stopping_ && !asks_to_close(response);
    co_return co_await write(std::move(response), head_only, keep_alive);
}

template <class Stream>
asio::awaitable<Response> StreamSession<Stream>::answer(Request request) {
    Response response = plain_answer(500, "internal error");
    co_await asio::this_coro::throw_if_cancelled(true);
    try {
        Response made = co_await (*handler_)(std::move(request));
        if (made.status == 0 || (made.status >= 200 && made.status <= 599)) response = std::move(made);
    } catch (const std::exception&) {
        // Also how a handler ends that cut() woke; then the socket is closed and nobody reads the 500.
        response.headers.set("Connection", "close");
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    co_return response;
}

template <class Stream>
asio::awaitable<bool> StreamSession<Stream>::write(Response response, bool head_only, bool keep_alive) {
    lowest().expires_after(settings_->patience);
    error_code error;
    if (head_only || has_no_body(response.status)) {
        beast::http::response<beast::http::empty_body> message;
        fill_head(message, response, keep_alive);
        std::tie(error, std::ignore) = co_await beast::http::async_write(stream_, message, uncancelled());
    } else {
        beast::http::response<beast::http::string_body> message;
        fill_head(message, response, keep_alive);
        message.body() = std::move(response.body);
        std::tie(error, std::ignore) = co_await beast::http::async_write(stream_, message, uncancelled());
    }
    co_return !error && keep_alive;
}

// A closing notice lets a client tell a whole answer from one that was cut; reading on a little keeps an
// early answer from being lost in a reset.
template <class Stream>
asio::awaitable<void> StreamSession<Stream>::farewell() {
    if (!lowest().socket().is_open()) co_return;
    lowest().expires_after(farewell_time);
    if constexpr (over_tls) {
        co_await stream_.async_shutdown(uncancelled());
    } else {
        error_code ignored;
        lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
        char waste[1024];
        for (;;) {
            const auto [error, read] = co_await lowest().async_read_some(asio::buffer(waste), uncancelled());
            if (error) break;
        }
    }
    close();
}

}  // namespace

std::shared_ptr<Session> make_session(tcp::socket socket, std::shared_ptr<asio::ssl::context> tls,
                                      std::shared_ptr<const ServerSettings> settings,
                                      std::shared_ptr<const Handler> handler) {
    beast::tcp_stream stream{std::move(socket)};
    if (!tls) {
        return std::make_shared<StreamSession<beast::tcp_stream>>(std::move(stream), tls, std::move(settings),
                                                                  std::move(handler));
    }
    TlsStream encrypted{std::move(stream), *tls};
    return std::make_shared<StreamSession<TlsStream>>(std::move(encrypted), std::move(tls),
                                                      std::move(settings), std::move(handler));
}

}  // namespace entrawatch::http
