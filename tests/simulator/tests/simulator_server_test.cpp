// The tenant on a real TLS port, asked by the project's own HTTP client.
#include "tests/simulator/simulator_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <future>

#include "daemon/http/client.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

namespace asio = boost::asio;

class SimulatorServerTest : public testing::Test {
  protected:
    void SetUp() override {
        auto certificate = make_loopback_certificate();
        ASSERT_TRUE(certificate) << certificate.error().text();
        certificate_ = *certificate;
        ca_file_ = std::filesystem::path{testing::TempDir()} /
                   ("simulator_ca_" + std::to_string(::getpid()) + ".pem");
        std::ofstream{ca_file_} << certificate_.authority_pem;
    }
    void TearDown() override { std::filesystem::remove(ca_file_); }

    std::unique_ptr<SimulatorServer> start(const std::optional<Certificate>& certificate) {
        auto server = SimulatorServer::start(
            io_.get_executor(), clock_,
            [this](const http::Request& request, Instant now) { return tenant_.answer(request, now); },
            certificate);
        EXPECT_TRUE(server) << (server ? "" : server.error().text());
        return server ? std::move(*server) : nullptr;
    }
    // Runs one exchange to its end.
    tl::expected<http::Response, http::ExchangeError> get(const std::string& url, bool trust) {
        http::TlsSettings tls;
        if (trust) tls.ca_file = ca_file_;
        auto client = http::HttpClient::create(io_.get_executor(), tls);
        EXPECT_TRUE(client);
        http::Request request;
        request.url = *http::Url::parse(url);
        std::optional<tl::expected<http::Response, http::ExchangeError>> outcome;
        asio::co_spawn(io_, (*client)->exchange(request, {}),
                       [&](const std::exception_ptr& thrown, auto result) {
                           EXPECT_FALSE(thrown);
                           outcome = std::move(result);
                           (*client)->close_idle();
                       });
        while (!outcome && io_.run_one() > 0) {
        }
        return std::move(*outcome);
    }

    asio::io_context io_;
    std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(noon());
    Tenant tenant_{1};
    Certificate certificate_;
    std::filesystem::path ca_file_;
};

TEST_F(SimulatorServerTest, SpeaksTlsThatAClientCanVerify) {
    ASSERT_TRUE(tenant_.add(FeedId::directory_audits, audit_at(noon(), "row"), noon()));
    const auto server = start(certificate_);
    ASSERT_TRUE(server);
    const auto response = get(server->url() + "/_simulator/ledger", true);
    ASSERT_TRUE(response) << response.error().error.text();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(Document::parse(response->body).at("records").at(0).at("id"), "row");
    EXPECT_EQ(get(server->url() + audits_path, true)->status, 401);
}

TEST_F(SimulatorServerTest, IsRefusedByAClientThatDoesNotTrustItsAuthority) {
    const auto server = start(certificate_);
    ASSERT_TRUE(server);
    const auto response = get(server->url() + "/_simulator/ledger", false);
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().certificate);
}

TEST_F(SimulatorServerTest, SpeaksPlainHttpWithoutACertificate) {
    const auto server = start(std::nullopt);
    ASSERT_TRUE(server);
    EXPECT_EQ(server->url().rfind("http://127.0.0.1:", 0), 0U);
    EXPECT_EQ(get(server->url() + "/_simulator/ledger", false)->status, 200);
}

TEST_F(SimulatorServerTest, ClosesTheConnectionWhenTheTenantGivesNoAnswer) {
    const auto server = start(std::nullopt);
    ASSERT_TRUE(server);
    tenant_.order({FaultKind::no_answer, {}, 0, 1000, ""});
    Asker asker{tenant_};
    asker.sign_in(noon());
    EXPECT_EQ(asker.get(audits_path, noon()).status, 0);
    EXPECT_TRUE(get(server->url() + audits_path, false));  // 401: without a token the fault is not met
}

}  // namespace
}  // namespace entrawatch::simulator
