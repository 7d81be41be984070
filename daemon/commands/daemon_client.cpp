#include "daemon/commands/daemon_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <utility>

#include "daemon/http/client.hpp"

namespace entrawatch {
namespace {

// An address that means "any" is listened on, but not asked at.
std::string host_to_ask(const std::string& listen_host) {
    if (listen_host == "0.0.0.0") return "127.0.0.1";
    if (listen_host == "::") return "[::1]";
    return listen_host.find(':') != std::string::npos ? "[" + listen_host + "]" : listen_host;
}

}  // namespace

Result<http::Response> ask_daemon(const Settings& settings, const std::string& target) {
    if (settings.listen_port < 0) {
        return fail(ErrorCode::unavailable,
                    "the settings say `listen: off`, so the daemon cannot be asked; set listen");
    }
    const std::string origin =
        "http://" + host_to_ask(settings.listen_host) + ":" + std::to_string(settings.listen_port);
    auto url = http::Url::parse(origin + target);
    if (!url) return fail(url.error());
    boost::asio::io_context loop;
    auto client = http::HttpClient::create(loop.get_executor(), {});
    if (!client) return fail(client.error());
    http::Request request;
    request.url = std::move(*url);
    std::optional<Result<http::Response>> answer;
    const auto ask = [](std::shared_ptr<http::HttpClient> to,
                        http::Request what) -> boost::asio::awaitable<Result<http::Response>> {
        auto response = co_await to->exchange(std::move(what), {std::chrono::seconds{10}, 1024UL * 1024});
        if (!response) co_return fail(response.error().error);
        co_return std::move(*response);
    };
    boost::asio::co_spawn(loop, ask(*client, std::move(request)),
                          [&](const std::exception_ptr& bug, Result<http::Response> response) {
                              if (bug) std::rethrow_exception(bug);
                              answer = std::move(response);
                              (*client)->close_idle();
                          });
    loop.run();
    if (*answer) return std::move(**answer);
    return fail(
        ErrorCode::unavailable,
        "no daemon answers (" + answer->error().what + "); is `entrawatch run` running with these settings?",
        origin);
}

}  // namespace entrawatch
