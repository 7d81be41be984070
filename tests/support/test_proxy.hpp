// TestProxy: an honest proxy on loopback that speaks CONNECT or SOCKS 5, and is strict about the grammar of
// whoever asks.
//
// It alone knows where the hosts are, so what reaches them came through it. What dishonest proxies do is
// scripted with RawPeer. Used by HTTP, Graph and command tests. Everything runs on the io_context of the
// test.
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/test_certificates.hpp"

namespace entrawatch::test {

struct ProxyWish {
    bool socks = false;
    std::optional<PemPair> certificate{};  // TLS to the proxy; CONNECT only
    std::string credentials{};           // "USER:PASSWORD"; empty: whoever comes, and nobody with a password
    std::map<std::string, int> hosts{};  // "elsewhere.example:443" to a port of this machine
};

class TestProxy {
  public:
    TestProxy(boost::asio::io_context& io, ProxyWish wish);
    ~TestProxy();
    TestProxy(const TestProxy&) = delete;
    TestProxy& operator=(const TestProxy&) = delete;

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string url() const;  // "http://127.0.0.1:PORT", https or socks5h
    [[nodiscard]] int connections() const;
    [[nodiscard]] const std::vector<std::string>& tunnels()
        const;  // "elsewhere.example:443", those that were opened
    [[nodiscard]] const std::vector<std::string>& faults() const;  // against the grammar, in words

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::test
