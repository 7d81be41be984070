// A tenant whose token endpoint and Graph are one server on loopback, answering from lists that the test
// fills.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "daemon/graph/graph_client.hpp"
#include "daemon/http/server.hpp"
#include "tests/daemon/graph/feed_fixture.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::graph {

class GraphFixture : public ::testing::Test {
  protected:
    GraphFixture() {
        boost::asio::co_spawn(io, server->serve(), boost::asio::detached);
        tenant.name = "contoso";
        tenant.tenant_id = "11111111-2222-3333-4444-555555555555";
        tenant.client_id = "66666666-7777-8888-9999-000000000000";
        tenant.graph_url = tenant.login_url = "http://127.0.0.1:" + std::to_string(server->port());
        tenant.credential = ClientSecret{secret_file.path()};
    }

    [[nodiscard]] static http::Response token(const std::string& name, int life = 3600) {
        return {200,
                {},
                R"({"token_type":"Bearer","expires_in":)" + std::to_string(life) + R"(,"access_token":")" +
                    name + "\"}",
                {}};
    }
    [[nodiscard]] static http::Response page() {
        return {200, {{"Content-Type", "application/json"}}, R"({"value":[]})", {}};
    }
    [[nodiscard]] static http::Response status(int code, http::Headers headers = {}) {
        return {code, std::move(headers), "{}", {}};
    }

    // The last entry of a list answers all further requests.
    static http::Response next(std::deque<http::Response>& answers) {
        http::Response response = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return response;
    }
    static boost::asio::awaitable<http::Response> answer(GraphFixture* self, http::Request request) {
        const bool for_token = request.url.target.ends_with("/oauth2/v2.0/token");
        (for_token ? self->token_requests : self->graph_requests).push_back(request);
        co_return next(for_token ? self->token_answers : self->graph_answers);
    }

    boost::asio::io_context io{1};
    std::deque<http::Response> token_answers{token("token-1"), token("token-2"), token("token-3")};
    std::deque<http::Response> graph_answers{page()};
    std::vector<http::Request> token_requests;
    std::vector<http::Request> graph_requests;
    test::TemporaryFile secret_file{"s3cret~value\n"};
    std::shared_ptr<http::HttpServer> server =
        http::HttpServer::listen(io.get_executor(), {}, [this](http::Request request) {
            return answer(this, std::move(request));
        }).value();
    std::shared_ptr<http::HttpClient> client = http::HttpClient::create(io.get_executor(), {}).value();
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(*parse_iso("2026-03-01T12:00:00Z"));
    TenantSettings tenant;
};

}  // namespace entrawatch::graph
