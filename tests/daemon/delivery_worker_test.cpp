// A worker, a store with due rows, and a receiver on loopback: what goes out for each type, and what an
// answer makes of the row.
#include "daemon/delivery_worker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "daemon/clock.hpp"
#include "daemon/http/server.hpp"
#include "daemon/version.hpp"
#include "tests/support/raw_peer.hpp"
#include "tests/support/run.hpp"
#include "tests/support/sample_alerts.hpp"

namespace entrawatch {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using testing::HasSubstr;

constexpr std::string_view told_body =
    R"({"type":"alert.opened","timestamp":"2026-11-22T10:00:00.000Z","data":{"alert_id":"alrt_1",)"
    R"("tenant":"contoso","rule":{"id":"r","name":"pim/sample","title":"A sample"},"severity":"high",)"
    R"("summary":"Somebody did something","actor":{"kind":"user","name":"eve"},"count":1,"dedup_key":"k|1"}})";

class Delivery : public testing::Test {
  protected:
    Delivery() {
        asio::co_spawn(io_, server_->serve(), asio::detached);
        destination_.name = "soc";
    }
    ~Delivery() override {
        server_->stop();
        pool_.join();
    }

    [[nodiscard]] asio::io_context& io() { return io_; }
    [[nodiscard]] std::string base() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

    // Works until the receiver has been asked `requests` times and what became of the row is written down.
    void deliver(std::size_t requests = 1) {
        Store store = must_open();
        NotificationRow notification;
        test::must(store.insert_alert(test::sample_alert("alrt_1")));
        notification.alert_id = "alrt_1";
        notification.type = "alert.opened";
        notification.body = told_body;
        notification.created_at = clock_->now().wall;
        const auto stored = test::must(store.insert_notification(notification));
        test::must(store.insert_delivery(stored, "soc", "msg_1", clock_->now().wall));
        TenantSettings settings;
        settings.name = "contoso";
        TenantRuntime runtime{settings,
                              {},
                              std::make_shared<IngestContext>(),
                              StoreLane{pool_, must_open()},
                              graph::GraphClient{io_.get_executor(), settings, client_, clock_},
                              io_.get_executor(),
                              clock_,
                              log_,
                              stop_,
                              status_,
                              [] { return 0.5; }};
        DeliveryWorker worker{runtime, destination_, client_};
        bool ended = false;
        asio::co_spawn(io_, worker.run(), [&](const std::exception_ptr&) { ended = true; });
        const auto settled = [&] {
            const auto& status = status_.destinations["soc"];
            return seen_.size() >= requests && status.delivered + status.failed_attempts > 0;
        };
        test::run_until(io_, settled);
        stop_.set();
        test::run_until(io_, [&] { return ended; });
        rows_ = test::must(store.deliveries_of("alrt_1"));
        attempts_ = test::must(store.attempts_of(rows_.front().id));
    }

    void answer_with(int status, std::string text) { answers_.push_back({status, {}, std::move(text), {}}); }

    DestinationSettings destination_;
    std::vector<http::Request> seen_;
    std::vector<DeliveryRow> rows_;
    std::vector<AttemptRow> attempts_;

  private:
    Store must_open() { return store_.another(); }

    static asio::awaitable<http::Response> answer(Delivery* self, http::Request request) {
        self->seen_.push_back(std::move(request));
        http::Response response{200, {}, "ok", {}};
        if (!self->answers_.empty()) {
            response = self->answers_.front();
            self->answers_.pop_front();
        }
        co_return response;
    }

    asio::io_context io_{1};
    asio::thread_pool pool_{1};
    test::TempStore store_;
    std::deque<http::Response> answers_;
    std::shared_ptr<http::HttpServer> server_ =
        http::HttpServer::listen(io_.get_executor(), {}, [this](http::Request request) {
            return answer(this, std::move(request));
        }).value();
    std::shared_ptr<http::HttpClient> client_ = http::HttpClient::create(io_.get_executor(), {}).value();
    std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(at("2026-11-22T10:00:01Z"));
    std::shared_ptr<Log> log_ = std::make_shared<Log>(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>()), false);
    StopSignal stop_;
    TenantStatus status_;
};

TEST_F(Delivery, SendsAWebhookTheStoredOctetsSigned) {
    destination_.url = Secret{base() + "/hook?a=b"};
    destination_.signing_keys = {*SigningKey::parse("whsec_Q0FOQVJZLXNpZ25pbmcta2V5LTAwMDAw")};
    deliver();
    const http::Request& sent = seen_.front();
    EXPECT_EQ(sent.method, "POST");
    EXPECT_EQ(sent.url.target, "/hook?a=b");
    EXPECT_EQ(sent.body, told_body);
    EXPECT_EQ(sent.headers.get("content-type"), "application/json");
    EXPECT_EQ(sent.headers.get("webhook-id"), "msg_1");
    EXPECT_EQ(sent.headers.get("webhook-timestamp"), "1795341601");
    EXPECT_TRUE(verify_signature(destination_.signing_keys, "msg_1", "1795341601",
                                 sent.headers.get("webhook-signature"), sent.body, 1795341601));
    EXPECT_EQ(rows_.front().state, "delivered");
    EXPECT_EQ(attempts_.front().request_sha256, to_hex(as_bytes(sha256(told_body))));
}

TEST_F(Delivery, SignsWhatItSendsInAnotherFormat) {
    destination_.url = Secret{base() + "/hook"};
    destination_.format = BodyFormat::cloudevents;
    destination_.signing_keys = {*SigningKey::parse("whsec_Q0FOQVJZLXNpZ25pbmcta2V5LTAwMDAw")};
    deliver();
    const http::Request& sent = seen_.front();
    EXPECT_EQ(sent.headers.get("content-type"), "application/cloudevents+json; charset=utf-8");
    EXPECT_EQ(json::parse(sent.body)["id"], "msg_1");
    EXPECT_TRUE(verify_signature(destination_.signing_keys, "msg_1", "1795341601",
                                 sent.headers.get("webhook-signature"), sent.body, 1795341601));
}

// A receiver that answers nothing, in place of the HTTP server.
TEST_F(Delivery, SendsSyslogItsMessageInAFrame) {
    test::RawPeer peer{io(), std::nullopt, {{test::ReadFrame{}, test::Silence{}}}};
    destination_.type = DestinationType::syslog;
    destination_.url = Secret{"tcp://127.0.0.1:" + std::to_string(peer.port())};
    deliver(0);
    ASSERT_EQ(peer.requests().size(), 1U);
    EXPECT_THAT(peer.requests().front(), testing::StartsWith("<83>1 2026-11-22T10:00:00.000Z "));
    EXPECT_THAT(peer.requests().front(),
                HasSubstr(" entrawatch - alert.opened [entrawatch@32473 alert_id=\"alrt_1\""));
    EXPECT_THAT(peer.requests().front(),
                HasSubstr("CEF:0|Entrawatch|Entrawatch|" + std::string{program_version}));
    EXPECT_EQ(rows_.front().state, "delivered");
    EXPECT_EQ(attempts_.front().http_status, 0);
    EXPECT_EQ(attempts_.front().remote_address, "127.0.0.1:" + std::to_string(peer.port()));
    EXPECT_EQ(attempts_.front().request_sha256, to_hex(as_bytes(sha256(peer.requests().front()))));
}

TEST_F(Delivery, TriesSyslogAgainWhenTheReceiverClosesOrRefuses) {
    test::RawPeer peer{io(), std::nullopt, {{test::ReadFrame{}, test::CloseCleanly{}}}};
    destination_.type = DestinationType::syslog;
    destination_.url = Secret{"tcp://127.0.0.1:" + std::to_string(peer.port())};
    deliver(0);
    EXPECT_EQ(rows_.front().state, "due");
    EXPECT_EQ(attempts_.front().verdict, "transient");
    EXPECT_THAT(attempts_.front().detail, HasSubstr("closed the connection after the message"));
}

TEST_F(Delivery, CallsASyslogReceiverWithABadCertificateMisconfigured) {
    test::RawPeer peer{io(), test::self_signed(), {{test::ReadFrame{}, test::Silence{}}}};
    destination_.type = DestinationType::syslog;
    destination_.url = Secret{"tls://127.0.0.1:" + std::to_string(peer.port())};
    deliver(0);
    EXPECT_EQ(rows_.front().state, "due");
    EXPECT_EQ(attempts_.front().verdict, "misconfigured");
    EXPECT_THAT(attempts_.front().detail, HasSubstr("ca_file"));
}

// The fake receiver is sign-in host and ingestion endpoint in one.
class Ingestion : public Delivery {
  protected:
    Ingestion() {
        destination_.type = DestinationType::sentinel;
        destination_.url = Secret{base()};
        destination_.ingestion = {"dcr-0123",
                                  "Custom-Entrawatch",
                                  {"soc", base(), "tenant-1", "client-1", ClientSecret{secret_.path()}},
                                  "https://monitor.azure.com"};
    }
    void hand_out(const std::string& token) {
        answer_with(200, R"({"token_type":"Bearer","expires_in":3599,"access_token":")" + token + "\"}");
    }
    std::string targets_seen() const {
        std::string out;
        for (const http::Request& request : seen_)
            out += request.url.target.substr(0, 15) + " " +
                   std::string{request.headers.get("authorization")} + "\n";
        return out;
    }

  private:
    test::TemporaryFile secret_{"CANARY-client-secret\n"};
};

TEST_F(Ingestion, SendsARowWithATokenForAzureMonitor) {
    hand_out("token-1");
    answer_with(204, "");
    deliver(2);
    ASSERT_EQ(seen_.size(), 2U);
    EXPECT_EQ(seen_[0].url.target, "/tenant-1/oauth2/v2.0/token");
    EXPECT_THAT(seen_[0].body, HasSubstr("scope=https%3A%2F%2Fmonitor.azure.com%2F.default"));
    EXPECT_THAT(seen_[0].body, HasSubstr("client_secret=CANARY-client-secret"));
    EXPECT_EQ(seen_[1].url.target,
              "/dataCollectionRules/dcr-0123/streams/Custom-Entrawatch?api-version=2023-01-01");
    EXPECT_EQ(seen_[1].headers.get("authorization"), "Bearer token-1");
    EXPECT_EQ(json::parse(seen_[1].body)[0]["AlertId"], "alrt_1");
    EXPECT_EQ(rows_.front().state, "delivered");
    EXPECT_EQ(attempts_.front().http_status, 204);
}

TEST_F(Ingestion, AsksForAnotherTokenWhenOneIsRefused) {
    hand_out("token-1");
    answer_with(401, R"({"error":{"code":"InvalidToken"}})");
    hand_out("token-2");
    answer_with(204, "");
    deliver(4);
    EXPECT_EQ(targets_seen(),
              "/tenant-1/oauth \n/dataCollection Bearer token-1\n/tenant-1/oauth \n/dataCollection Bearer "
              "token-2\n");
    EXPECT_EQ(rows_.front().state, "delivered");
    EXPECT_EQ(attempts_.size(), 1U);
}

TEST_F(Ingestion, AMissingRoleIsForSomeoneToMend) {
    hand_out("token-1");
    answer_with(403,
                R"({"error":{"code":"OperationFailed","message":"does not have access to ingest data"}})");
    deliver(2);
    EXPECT_EQ(rows_.front().state, "due");
    EXPECT_EQ(attempts_.front().verdict, "misconfigured");
    EXPECT_THAT(attempts_.front().detail, HasSubstr("does not have access"));
}

TEST_F(Ingestion, WithoutATokenNothingIsSent) {
    answer_with(401,
                R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret"})");
    deliver(1);
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(attempts_.front().verdict, "misconfigured");
    EXPECT_THAT(attempts_.front().detail, testing::StartsWith("no token: "));
    EXPECT_THAT(attempts_.front().detail, testing::Not(HasSubstr("CANARY")));
}

TEST_F(Ingestion, ASignInHostThatIsDownIsTriedAgainSoon) {
    answer_with(503, "");
    deliver(1);
    EXPECT_EQ(attempts_.front().verdict, "transient");
}

TEST_F(Delivery, SendsPagerDutyItsEventWithoutWebhookHeaders) {
    destination_.type = DestinationType::pagerduty;
    destination_.url = Secret{base()};
    destination_.key = Secret{"routing-key"};
    answer_with(202, R"({"status":"success"})");
    deliver();
    const http::Request& sent = seen_.front();
    EXPECT_EQ(sent.url.target, "/v2/enqueue");
    EXPECT_EQ(sent.headers.get("webhook-id"), "");
    EXPECT_EQ(json::parse(sent.body)["routing_key"], "routing-key");
    EXPECT_EQ(json::parse(sent.body)["dedup_key"], "k|1");
    EXPECT_EQ(rows_.front().state, "delivered");
}

TEST_F(Delivery, SendsOpsgenieItsKeyInAHeader) {
    destination_.type = DestinationType::opsgenie;
    destination_.url = Secret{base() + "/jsm/ops/integration/"};
    destination_.key = Secret{"genie"};
    answer_with(202, "{}");
    deliver();
    EXPECT_EQ(seen_.front().url.target, "/jsm/ops/integration/v2/alerts");
    EXPECT_EQ(seen_.front().headers.get("authorization"), "GenieKey genie");
    EXPECT_EQ(json::parse(seen_.front().body)["alias"], "k|1");
}

TEST_F(Delivery, TakesA200ThatIsNotOkForSlacksRefusal) {
    destination_.type = DestinationType::slack;
    destination_.url = Secret{base() + "/services/x"};
    answer_with(200, R"({"ok":false,"error":"invalid_blocks"})");
    deliver();
    EXPECT_EQ(json::parse(seen_.front().body)["blocks"][0]["type"], "header");
    EXPECT_EQ(rows_.front().state, "due");
    EXPECT_EQ(attempts_.front().verdict, "misconfigured");
}

TEST_F(Delivery, WaitsAsLongAsDiscordsBodySays) {
    destination_.type = DestinationType::discord;
    destination_.url = Secret{base() + "/webhooks/1/x"};
    answer_with(429, R"({"retry_after":7.2})");
    deliver();
    EXPECT_EQ(seen_.front().url.target, "/webhooks/1/x?wait=true");
    EXPECT_EQ(attempts_.front().verdict, "throttled");
    EXPECT_EQ(attempts_.front().retry_after, std::chrono::seconds{8});
    EXPECT_EQ(rows_.front().attempts, 0) << "a wait is no failure";
}

TEST_F(Delivery, MakesOneServiceNowIncidentHoweverOftenItIsSent) {
    destination_.type = DestinationType::servicenow;
    destination_.records = ServiceNowRecords::incidents;
    destination_.url = Secret{base()};
    destination_.username = "watcher";
    destination_.key = Secret{"password"};
    answer_with(200, R"({"result":[{"sys_id":"abc123"}]})");
    answer_with(200, R"({"result":{"sys_id":"abc123"}})");
    deliver(2);
    EXPECT_EQ(seen_[0].method, "GET");
    EXPECT_THAT(seen_[0].url.target, HasSubstr("sysparm_query=correlation_id%3Dalrt_1"));
    EXPECT_EQ(seen_[0].headers.get("authorization"), "Basic " + to_base64("watcher:password"));
    EXPECT_EQ(seen_[1].method, "PATCH");
    EXPECT_EQ(seen_[1].url.target, "/api/now/table/incident/abc123?sysparm_fields=sys_id");
    EXPECT_EQ(rows_.front().state, "delivered");
}

TEST_F(Delivery, MakesTheServiceNowIncidentWhenThereIsNone) {
    destination_.type = DestinationType::servicenow;
    destination_.records = ServiceNowRecords::incidents;
    destination_.url = Secret{base()};
    answer_with(200, R"({"result":[]})");
    answer_with(201, R"({"result":{"sys_id":"abc123"}})");
    deliver(2);
    EXPECT_EQ(seen_[1].method, "POST");
    EXPECT_EQ(json::parse(seen_[1].body)["correlation_id"], "alrt_1");
}

TEST_F(Delivery, MakesNoIncidentWhenTheLookUpFails) {
    destination_.type = DestinationType::servicenow;
    destination_.records = ServiceNowRecords::incidents;
    destination_.url = Secret{base()};
    answer_with(500, "{}");
    deliver();
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(rows_.front().state, "due");
    EXPECT_EQ(attempts_.front().verdict, "transient");
}

TEST_F(Delivery, AppendsToAFileWhatANativeWebhookGets) {
    const test::TempFolder folder;
    destination_.type = DestinationType::file;
    destination_.path = folder.path() / "alerts.jsonl";
    deliver(0);
    std::ifstream file{destination_.path};
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, told_body);
    EXPECT_EQ(rows_.front().state, "delivered");
}

}  // namespace
}  // namespace entrawatch
