#include "daemon/http/carrier.hpp"

namespace entrawatch::http {

Carrier::Carrier(const Parts& parts) {
    if (parts.to_proxy != nullptr) {
        tls_ = std::make_unique<ProxyTls>(boost::beast::tcp_stream{parts.executor}, *parts.to_proxy);
    } else {
        tcp_ = std::make_unique<boost::beast::tcp_stream>(parts.executor);
    }
}

void Carrier::read(boost::asio::mutable_buffer into, Done done) {
    if (tls_) {
        tls_->async_read_some(into, std::move(done));
    } else {
        tcp_->async_read_some(into, std::move(done));
    }
}

void Carrier::write(boost::asio::const_buffer from, Done done) {
    if (tls_) {
        tls_->async_write_some(from, std::move(done));
    } else {
        tcp_->async_write_some(from, std::move(done));
    }
}

}  // namespace entrawatch::http
