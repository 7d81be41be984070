// tunnel: leads the dialogue with a proxy over a connection to it, until the way to the target is open.
// Inside of connection.cpp; nobody else uses it.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

#include "daemon/http/connection.hpp"
#include "daemon/http/proxy_dialogue.hpp"

namespace entrawatch::http {

// Why there is no tunnel: what the proxy said, or what the network did.
struct NoTunnel {
    Error said;
    boost::system::error_code network;  // set: the connection to the proxy failed, and `said` is empty
};

// `to_proxy` is open, over TLS where the proxy wants it, and has its deadline.
template <class Stream>
boost::asio::awaitable<tl::expected<void, NoTunnel>> open_tunnel(Stream& to_proxy, ProxyDialogue dialogue) {
    std::string say = dialogue.opening();
    std::array<char, 4096> said{};
    while (!dialogue.stands()) {
        if (!say.empty()) {
            const auto [unsent, written] =
                co_await boost::asio::async_write(to_proxy, boost::asio::buffer(say), uncancelled());
            if (unsent) co_return tl::make_unexpected(NoTunnel{{}, unsent});
        }
        const auto [unheard, size] =
            co_await to_proxy.async_read_some(boost::asio::buffer(said), uncancelled());
        if (unheard) co_return tl::make_unexpected(NoTunnel{{}, unheard});
        auto next = dialogue.hear({said.data(), size});
        if (!next) co_return tl::make_unexpected(NoTunnel{next.error(), {}});
        say = std::move(*next);
    }
    co_return tl::expected<void, NoTunnel>{};
}

}  // namespace entrawatch::http
