// DirectoryWorld: a simulated tenant behind a server on loopback, and what a reader of its directory needs.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>
#include <vector>

#include "daemon/http/server.hpp"
#include "daemon/tenant_runtime.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/tenant.hpp"
#include "tests/support/flying_clock.hpp"
#include "tests/support/run.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::test {

class DirectoryWorld : public ::testing::Test {
  protected:
    DirectoryWorld() {
        boost::asio::co_spawn(io_, server_->serve(), boost::asio::detached);
        tenant.options().base_url = "http://127.0.0.1:" + std::to_string(server_->port());
        const auto& who = simulator::cast();
        runtime_ = std::make_unique<TenantRuntime>(
            TenantRuntime{settings(),
                          {},
                          std::make_shared<IngestContext>(),
                          StoreLane{pool_, store_.another()},
                          graph::GraphClient{io_.get_executor(), settings(), client_, clock_},
                          io_.get_executor(),
                          clock_,
                          log_,
                          stop_,
                          status_,
                          [] { return 0.5; }});
        runtime_->settings.emergency_accounts = {{who.emergency.id, "glass1"},
                                                 {who.second_emergency.id, "glass2"}};
    }
    ~DirectoryWorld() override {
        server_->stop();
        pool_.join();
    }

    [[nodiscard]] TenantRuntime& runtime() { return *runtime_; }
    [[nodiscard]] boost::asio::io_context& io() { return io_; }
    // A group of the tenant, with its members.
    void add_group(const std::string& id, const std::string& name, std::vector<std::string> members) {
        tenant.directory().groups[id] = {
            {"id", id}, {"displayName", name}, {"onPremisesSyncEnabled", nullptr}};
        tenant.directory().members[id] = std::move(members);
    }

    simulator::Tenant tenant{1};
    std::vector<std::string> asked;  // request targets, without those for tokens

  private:
    TenantSettings settings() {
        TenantSettings settings;
        settings.name = "contoso";
        settings.tenant_id = simulator::cast().tenant_id;
        settings.client_id = tenant.options().client_id;
        settings.graph_url = settings.login_url = tenant.options().base_url;
        settings.credential = ClientSecret{secret_.path()};
        return settings;
    }
    static boost::asio::awaitable<http::Response> answer(DirectoryWorld* self, http::Request request) {
        if (request.url.target.find("/token") == std::string::npos)
            self->asked.push_back(request.method + " " + request.url.target);
        co_return self->tenant.answer(request, self->clock_->now().wall).response;
    }

    boost::asio::io_context io_{1};
    boost::asio::thread_pool pool_{1};
    TempStore store_;
    TemporaryFile secret_{tenant.options().client_secret};
    std::shared_ptr<http::HttpServer> server_ =
        http::HttpServer::listen(io_.get_executor(), {}, [this](http::Request request) {
            return answer(this, std::move(request));
        }).value();
    std::shared_ptr<http::HttpClient> client_ = http::HttpClient::create(io_.get_executor(), {}).value();
    std::shared_ptr<FlyingClock> clock_ = std::make_shared<FlyingClock>(at("2026-11-22T10:00:00Z"));
    std::shared_ptr<Log> log_ = std::make_shared<Log>(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>()), false);
    StopSignal stop_;
    TenantStatus status_;
    std::unique_ptr<TenantRuntime> runtime_;
};

}  // namespace entrawatch::test
