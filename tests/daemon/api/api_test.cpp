#include "daemon/api/api.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include "config/load.hpp"
#include "daemon/commands/opening.hpp"
#include "tests/daemon/commands/command_world.hpp"
#include "tests/support/run.hpp"

namespace entrawatch::test {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using ::testing::HasSubstr;

constexpr std::string_view known_token = "0123456789abcdef0123456789abcdef";

// A tenant with two events and an alert about each, asked over the API by somebody with a token.
class ApiTest : public CommandWorld {
  protected:
    ApiTest() {
        write_file(folder() / "api.tokens", "# of the night shift\nnight " + std::string{known_token} + "\n");
        write_settings({"contoso"}, "api_tokens_file: api.tokens\n");
        import(role_record("r1", "2026-11-22T09:00:00Z") + "\n" +
               role_record("r2", "2026-11-22T09:30:00Z", "bob@contoso.example",
                           "00000000-0000-4000-8000-000000000003"));
        settings_ = load_settings(config()).settings;
        rules_.emplace(must(load_shipped_rules()));
    }
    Result<std::vector<Rule>> load_shipped_rules() {
        LoadedRules loaded = load_rules(shipped(), settings_->rules);
        return std::move(loaded.rules);
    }

    http::Response ask(const std::string& target, const std::string& method = "GET",
                       const std::string& body = "") {
        http::Request request;
        request.method = method;
        request.url = *http::Url::parse("http://127.0.0.1:9464" + target);
        request.headers.set("Authorization", "Bearer " + std::string{known_token});
        if (!body.empty()) request.headers.set("Content-Type", "application/json");
        request.body = body;
        return ask(std::move(request));
    }
    http::Response ask(http::Request request) {
        api::Api api{{*settings_, *rules_, scenarios_, std::make_shared<ManualClock>(clock.now().wall)}};
        std::optional<http::Response> answer;
        asio::co_spawn(
            io_, api.answer(std::move(request)),
            [&](const std::exception_ptr&, http::Response response) { answer = std::move(response); });
        run_until(io_, [&] { return answer.has_value(); });
        return std::move(*answer);
    }

    asio::io_context io_{1};
    std::optional<Settings> settings_;
    std::optional<RuleSet> rules_;
    std::vector<Scenario> scenarios_{{"PR-1", "Roles", "a role outside PIM", "", "", false}};
};

TEST_F(ApiTest, AnswersEventsAsTheCommandPrintsThem) {
    const http::Response answer = ask("/api/v1/events?target=bob@contoso.example");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.headers.get("content-type"), "application/json");
    const json events = json::parse(answer.body);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0]["id"], "r2");
    run({"query", "--config", config().string(), "--target", "bob@contoso.example", "--format", "json"});
    EXPECT_EQ(answer.body, out);
}

TEST_F(ApiTest, AnswersAlerts) {
    const json alerts = json::parse(ask("/api/v1/alerts?limit=1").body);
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0]["rule_name"], "pim/role-given");
}

TEST_F(ApiTest, AnswersCoverageAndScenariosThatAreNotFineToo) {
    const http::Response coverage = ask("/api/v1/coverage");
    EXPECT_EQ(coverage.status, 200) << coverage.body;
    EXPECT_THAT(coverage.body, HasSubstr("directory_audits"));
    const http::Response scenarios = ask("/api/v1/scenarios");
    EXPECT_EQ(scenarios.status, 200) << scenarios.body;
    EXPECT_EQ(json::parse(scenarios.body)[0]["rules"][0], "pim/role-given");
}

TEST_F(ApiTest, HandlesAnAlertInTheNameOfTheToken) {
    const std::string id = json::parse(ask("/api/v1/alerts?limit=1").body)[0]["id"];
    const http::Response done = ask("/api/v1/alerts/" + id + "/ack", "POST", R"({"reason": "on it"})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_THAT(done.body, HasSubstr("acknowledged"));
    EXPECT_EQ(json::parse(ask("/api/v1/alerts?state=acknowledged").body)[0]["id"], id);
    run({"alerts", "explain", "--config", config().string(), id});
    EXPECT_THAT(out, HasSubstr("token night"));
}

TEST_F(ApiTest, SaysWhatIsWrongInJson) {
    const auto expect = [&](const http::Response& answer, int status, const char* words) {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_THAT(json::parse(answer.body)["error"].get<std::string>(), HasSubstr(words));
    };
    expect(ask("/api/v1/events?from=yesterday-ish"), 400, "is no time");
    expect(ask("/api/v1/events?tenant=fabrikam"), 422, "the settings have no tenant 'fabrikam'");
    expect(ask("/api/v1/nothing"), 404, "/api/v1/alerts");
    const http::Response method = ask("/api/v1/alerts", "POST", "{}");
    expect(method, 405, "only GET");
    EXPECT_EQ(method.headers.get("allow"), "GET, HEAD");
    http::Request stranger;
    stranger.url = *http::Url::parse("http://192.0.2.1:9464/api/v1/alerts");
    const http::Response refused = ask(stranger);
    expect(refused, 401, "token");
    EXPECT_EQ(refused.headers.get("www-authenticate"), "Bearer realm=\"entrawatch\"");
}

TEST_F(ApiTest, TurnsQuestionsAwayWhenTooManyWait) {
    api::Api api{{*settings_, *rules_, scenarios_, std::make_shared<ManualClock>(clock.now().wall)}};
    std::vector<int> answers;
    for (int i = 0; i <= api::Api::most_waiting; ++i) {
        http::Request request;
        request.url = *http::Url::parse("http://127.0.0.1:9464/api/v1/alerts");
        request.headers.set("Authorization", "Bearer " + std::string{known_token});
        asio::co_spawn(io_, api.answer(request),
                       [&](const std::exception_ptr&, const http::Response& response) {
                           answers.push_back(response.status);
                       });
    }
    run_until(io_, [&] { return std::ssize(answers) > api::Api::most_waiting; });
    EXPECT_EQ(std::ranges::count(answers, 503), 1);
    EXPECT_EQ(std::ranges::count(answers, 200), api::Api::most_waiting);
}

TEST_F(ApiTest, EndsWhatRunsWhenItIsStopped) {
    api::Api api{{*settings_, *rules_, scenarios_, std::make_shared<ManualClock>(clock.now().wall)}};
    api.stop();
    std::optional<http::Response> answer;
    http::Request request;
    request.url = *http::Url::parse("http://127.0.0.1:9464/api/v1/events");
    request.headers.set("Authorization", "Bearer " + std::string{known_token});
    asio::co_spawn(io_, api.answer(request),
                   [&](const std::exception_ptr&, http::Response response) { answer = std::move(response); });
    run_until(io_, [&] { return answer.has_value(); });
    EXPECT_EQ(answer->status, 503);
}

}  // namespace
}  // namespace entrawatch::test
