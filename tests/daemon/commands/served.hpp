// Served: an HTTP server on a thread of its own, for commands that bring their own event loop; on wish over
// TLS and behind a proxy.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "daemon/http/server.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/test_proxy.hpp"

namespace entrawatch::test {

inline http::Response json_response(int status, std::string body) {
    return {status, {{"content-type", "application/json"}}, std::move(body), {}};
}
inline http::Response html_response(std::string body) {
    return {200, {{"content-type", "text/html"}}, std::move(body), {}};
}

class Served {
  public:
    // `answer` runs on the server's thread, one request at a time; what it writes may be read once the
    // command has returned.
    explicit Served(std::function<http::Response(const http::Request&)> answer,
                    const http::ServerSettings& settings = {},
                    std::optional<ProxyWish> behind = std::nullopt) {
        server_ = must(http::HttpServer::listen(
            io_.get_executor(), settings,
            [answer = std::move(answer)](http::Request request) { return reply(answer(request)); }));
        if (behind) {
            for (auto& [host, port] : behind->hosts)
                port = server_->port();
            proxy_.emplace(io_, std::move(*behind));
            proxy_url_ = proxy_->url();
        }
        boost::asio::co_spawn(io_, server_->serve(), boost::asio::detached);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Served() {
        boost::asio::post(io_, [this] {
            server_->stop();
            server_->cut();
            proxy_.reset();
        });
        thread_.join();
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    [[nodiscard]] int port() const { return server_->port(); }
    [[nodiscard]] const std::string& proxy_url() const { return proxy_url_; }
    [[nodiscard]] const TestProxy& proxy() const { return *proxy_; }
    [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port()); }

  private:
    static boost::asio::awaitable<http::Response> reply(http::Response response) { co_return response; }

    boost::asio::io_context io_;
    std::shared_ptr<http::HttpServer> server_;
    std::optional<TestProxy> proxy_;
    std::string proxy_url_;
    std::thread thread_;
};

}  // namespace entrawatch::test
