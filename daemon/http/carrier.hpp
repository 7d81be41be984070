// Carrier: what TLS to a target runs over: TCP, or the TLS to an https proxy. Inside of connection.cpp;
// nobody else uses it.
//
// A handler is wrapped once here, so that the templates of one TLS need not be compiled over those of the
// other: that would be three times as much.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace entrawatch::http {

using ProxyTls = boost::beast::ssl_stream<boost::beast::tcp_stream>;

class Carrier {
  public:
    using executor_type = boost::beast::tcp_stream::executor_type;
    using next_layer_type = boost::beast::tcp_stream;
    using lowest_layer_type = boost::beast::tcp_stream;

    // TLS to the proxy when a context for it is given.
    struct Parts {
        executor_type executor;
        boost::asio::ssl::context* to_proxy;
    };
    explicit Carrier(const Parts& parts);

    [[nodiscard]] executor_type get_executor() { return next_layer().get_executor(); }
    [[nodiscard]] next_layer_type& next_layer() { return tls_ ? tls_->next_layer() : *tcp_; }
    [[nodiscard]] const next_layer_type& next_layer() const { return tls_ ? tls_->next_layer() : *tcp_; }
    [[nodiscard]] lowest_layer_type& lowest_layer() { return next_layer(); }
    // nullptr when it is plain TCP. Its handshake comes first.
    [[nodiscard]] ProxyTls* tls() { return tls_.get(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, Signature>(
            [this](auto handler, boost::asio::mutable_buffer into) {
                read(into, wrapped(std::move(handler)));
            },
            token, boost::asio::mutable_buffer{*boost::asio::buffer_sequence_begin(buffers)});
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, Signature>(
            [this](auto handler, boost::asio::const_buffer from) {
                write(from, wrapped(std::move(handler)));
            },
            token, boost::asio::const_buffer{*boost::asio::buffer_sequence_begin(buffers)});
    }

  private:
    using Signature = void(boost::system::error_code, std::size_t);
    using Done = std::function<Signature>;

    // Handlers can be moved only; std::function wants a copy.
    template <class Handler>
    static Done wrapped(Handler handler) {
        return [held = std::make_shared<Handler>(std::move(handler))](
                   boost::system::error_code error, std::size_t size) { std::move (*held)(error, size); };
    }
    void read(boost::asio::mutable_buffer into, Done done);
    void write(boost::asio::const_buffer from, Done done);

    std::unique_ptr<boost::beast::tcp_stream> tcp_;  // one of the two
    std::unique_ptr<ProxyTls> tls_;
};

}  // namespace entrawatch::http
