#include "daemon/http/way.hpp"

namespace entrawatch::http {

using boost::asio::ip::tcp;

std::string text_of(const tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" +
           std::to_string(endpoint.port());
}

std::string Way::first_place() const {
    return proxy ? "the proxy " + proxy->url.origin() : target.origin();
}

std::string Way::place() const {
    return target.origin() + (proxy ? " through the proxy " + proxy->url.origin() : "");
}

}  // namespace entrawatch::http
