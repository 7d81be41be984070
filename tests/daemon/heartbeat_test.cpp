#include "daemon/heartbeat.hpp"

#include <gmock/gmock.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "daemon/http/server.hpp"
#include "tests/support/run.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

namespace asio = boost::asio;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(BeatUrl, AddsFailBehindThePath) {
    EXPECT_EQ(beat_url("https://hc.example/abc", true), "https://hc.example/abc");
    EXPECT_EQ(beat_url("https://hc.example/abc", false), "https://hc.example/abc/fail");
    EXPECT_EQ(beat_url("https://hc.example/abc/", false), "https://hc.example/abc/fail");
    EXPECT_EQ(beat_url("https://hc.example/abc?key=1", false), "https://hc.example/abc/fail?key=1");
}

TEST(WatchProblems, AreWhatIsDegradedAndNotWhatIsMerelyNotLicensed) {
    TenantStatus status;
    status.name = "contoso";
    status.directory_read = true;
    FeedStatus& audits = status.feeds[FeedId::directory_audits];
    audits.condition = FeedCondition::running;
    audits.last_answer_at = noon;
    FeedStatus& risk = status.feeds[FeedId::risk_detections];
    risk.condition = FeedCondition::parked;
    risk.reason = "licence: none";
    const WatchQuestion question{&status, ten, noon, std::chrono::minutes{1}};
    EXPECT_THAT(watch_problems(question), IsEmpty());
    audits.last_answer_at = ten;
    EXPECT_THAT(watch_problems(question), ElementsAre(HasSubstr("contoso: feed directory_audits: ")));
    status.store_works = false;
    status.store_problem = "disk full";
    EXPECT_THAT(watch_problems(question).front(), HasSubstr("the store takes no writes: disk full"));
}

// A heart that beats every hour, and a switch on loopback.
class HeartbeatTest : public ::testing::Test {
  protected:
    HeartbeatTest() { asio::co_spawn(io_, server_->serve(), asio::detached); }
    ~HeartbeatTest() override { server_->stop(); }

    void beat_until_heard(std::vector<std::string> problems) {
        HeartbeatSettings settings;
        settings.url = Secret{"http://127.0.0.1:" + std::to_string(server_->port()) + "/ping/abc"};
        settings.interval = std::chrono::milliseconds{1};
        Heartbeat heartbeat{
            io_.get_executor(),
            stop_,
            {settings, must(http::HttpClient::create(io_.get_executor(), {})),
             std::make_shared<ManualClock>(ten), log_, status_, [problems] { return problems; }}};
        bool ended = false;
        asio::co_spawn(io_, heartbeat.run(), [&](const std::exception_ptr&) { ended = true; });
        test::run_until(io_, [&] { return ended; });
    }
    static asio::awaitable<http::Response> answer(HeartbeatTest* self, http::Request request) {
        self->heard_.push_back(std::move(request));
        if (self->heard_.size() == self->enough_) self->stop_.set();
        co_return http::Response{self->status_code_, {}, "OK", {}};
    }

    asio::io_context io_{1};
    StopSignal stop_;
    Status status_;
    std::vector<http::Request> heard_;
    std::size_t enough_ = 1;
    int status_code_ = 200;
    std::shared_ptr<Log> log_ = std::make_shared<Log>(
        std::make_shared<spdlog::logger>("null", std::make_shared<spdlog::sinks::null_sink_mt>()), false);
    std::shared_ptr<http::HttpServer> server_ = must(http::HttpServer::listen(
        io_.get_executor(), {}, [this](http::Request request) { return answer(this, std::move(request)); }));
};

TEST_F(HeartbeatTest, TellsThatTheWatchDoesItsWork) {
    beat_until_heard({});
    ASSERT_EQ(heard_.size(), 1U);
    EXPECT_EQ(heard_.front().method, "POST");
    EXPECT_EQ(heard_.front().url.target, "/ping/abc");
    EXPECT_EQ(heard_.front().body, "the watch does its work\n");
}

TEST_F(HeartbeatTest, TellsWhyItDoesNot) {
    beat_until_heard({"contoso: feed directory_audits: silent", "contoso: destination soc: down"});
    EXPECT_EQ(heard_.front().url.target, "/ping/abc/fail");
    EXPECT_EQ(heard_.front().body,
              "contoso: feed directory_audits: silent\ncontoso: destination soc: down\n");
}

TEST_F(HeartbeatTest, CutsALongReport) {
    beat_until_heard({std::string(100'000, 'x')});
    EXPECT_LE(heard_.front().body.size(), 8'000U);
}

TEST_F(HeartbeatTest, RemembersWhetherItWasHeard) {
    beat_until_heard({});
    EXPECT_EQ(status_.heartbeat_at, ten);
    EXPECT_EQ(status_.heartbeat_problem, "");
}

TEST_F(HeartbeatTest, SaysWhenTheSwitchRefuses) {
    enough_ = 2;
    status_code_ = 404;
    beat_until_heard({});
    EXPECT_EQ(status_.heartbeat_at, std::nullopt);
    EXPECT_EQ(status_.heartbeat_problem, "HTTP 404");
}

}  // namespace
}  // namespace entrawatch
