// What the tests of the HTTP client share: an io_context, a CA of their own, a client that trusts it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "daemon/http/client.hpp"
#include "tests/support/raw_peer.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::http {

class ClientFixture : public ::testing::Test {
  protected:
    // The system's CAs take a fifth of a second to read, for each client anew, and no test needs them.
    static void SetUpTestSuite() { setenv("SSL_CERT_FILE", "/dev/null", 1); }

    using Exchanged = tl::expected<Response, ExchangeError>;

    static const test::TestAuthority& authority() {
        static const test::TestAuthority one;
        return one;
    }
    [[nodiscard]] static Request get(const std::string& base, const std::string& target = "/") {
        return {"GET", Url::parse(base + target).value(), {}, {}};
    }
    [[nodiscard]] static std::string https(int port) { return "https://127.0.0.1:" + std::to_string(port); }
    [[nodiscard]] static std::string http(int port) { return "http://127.0.0.1:" + std::to_string(port); }
    [[nodiscard]] static std::string answer(const std::string& body, const std::string& more_headers = "") {
        return "HTTP/1.1 200 OK\r\n" + more_headers + "Content-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }
    [[nodiscard]] Exchanged exchange(Request request, ExchangeLimits limits = {}) {
        return test::run(io, client->exchange(std::move(request), limits));
    }

    // The body, or the error in words: what a test compares without minding which it got.
    [[nodiscard]] static std::string body_of(const Exchanged& result) {
        return result ? result->body : "error: " + result.error().error.text();
    }

    boost::asio::io_context io{1};
    test::TemporaryFile ca_file{authority().ca_pem()};
    std::shared_ptr<HttpClient> client = HttpClient::create(io.get_executor(), {ca_file.path()}).value();
};

}  // namespace entrawatch::http
