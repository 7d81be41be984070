// Way: how one origin is reached, directly or through a proxy. Used by client.cpp, which chooses it, and by
// connection.cpp, which goes it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <string>

#include "config/proxy.hpp"

namespace entrawatch::http {

// "127.0.0.1:8443", an IPv6 address in brackets.
[[nodiscard]] std::string text_of(const boost::asio::ip::tcp::endpoint& endpoint);

struct Way {
    Url target;
    SharedProxy proxy;  // null: directly

    [[nodiscard]] const Url& first_hop() const { return proxy ? proxy->url : target; }
    // Where something failed, for errors: on the way to the first hop and there, or beyond it.
    [[nodiscard]] std::string first_place() const;
    [[nodiscard]] std::string place() const;
};

struct TlsContexts {
    boost::asio::ssl::context& to_target;
    boost::asio::ssl::context* to_proxy;  // nullptr where there is no https proxy
};

}  // namespace entrawatch::http
