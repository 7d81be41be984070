// Served: an HTTP server on a thread of its own, for commands that bring their own event loop.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "daemon/http/server.hpp"
#include "tests/support/temp_store.hpp"

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
    explicit Served(std::function<http::Response(const http::Request&)> answer) {
        server_ = must(http::HttpServer::listen(
            io_.get_executor(), {},
            [answer = std::move(answer)](http::Request request) { return reply(answer(request)); }));
        boost::asio::co_spawn(io_, server_->serve(), boost::asio::detached);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Served() {
        boost::asio::post(io_, [this] {
            server_->stop();
            server_->cut();
        });
        thread_.join();
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    [[nodiscard]] int port() const { return server_->port(); }
    [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port()); }

  private:
    static boost::asio::awaitable<http::Response> reply(http::Response response) { co_return response; }

    boost::asio::io_context io_;
    std::shared_ptr<http::HttpServer> server_;
    std::thread thread_;
};

}  // namespace entrawatch::test
