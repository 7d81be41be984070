#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "daemon/commands/daemon_client.hpp"
#include "tests/daemon/commands/command_world.hpp"
#include "tests/daemon/commands/served.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StatusCommand : public CommandWorld {
  protected:
    int status_at(const std::string& listen, std::vector<std::string> more = {}) {
        write_file(config(),
                   "state_directory: " + (folder() / "state").string() + "\nlisten: " + listen +
                       "\ntenants:\n  - name: contoso\n    tenant_id: 11111111-2222-3333-4444-555555555550\n"
                       "    client_id: 66666666-7777-8888-9999-000000000000\n    credential: { secret_file: "
                       "good.secret }\n"
                       "destinations:\n  - { name: soc, type: webhook, url_file: soc.url }\n");
        std::vector<std::string> arguments{"status", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    static std::string local(int port) { return "127.0.0.1:" + std::to_string(port); }
};

TEST_F(StatusCommand, AReadyDaemonIsReady) {
    std::string asked;
    Served daemon{[&](const http::Request& request) {
        asked = request.method + " " + request.url.target;
        return json_response(200, R"({"ready":true,"tenants":{"contoso":{"directory_audits":"running"}}})");
    }};
    EXPECT_EQ(status_at(local(daemon.port())), exit_ok) << err;
    EXPECT_EQ(asked, "GET /readyz");
    EXPECT_THAT(out, ::testing::StartsWith("ready\n"));
    EXPECT_THAT(out, HasSubstr("  tenants.contoso.directory_audits: running\n"));
}

TEST_F(StatusCommand, ADaemonThatIsNotReadySaysWhy) {
    Served daemon{[](const http::Request&) {
        return json_response(503, R"({"reasons":["directory_audits: no answer yet"]})");
    }};
    EXPECT_EQ(status_at(local(daemon.port())), exit_problems);
    EXPECT_THAT(out, ::testing::StartsWith("not ready\n"));
    EXPECT_THAT(out, HasSubstr("directory_audits: no answer yet"));
    EXPECT_EQ(status_at(local(daemon.port()), {"--format", "json"}), exit_problems);
    const auto json = nlohmann::json::parse(out);
    EXPECT_EQ(json["ready"], false);
    EXPECT_EQ(json["http_status"], 503);
    EXPECT_EQ(json["detail"]["reasons"][0], "directory_audits: no answer yet");
}

TEST_F(StatusCommand, AnAnswerThatIsNoJsonIsShownSafely) {
    Served other{[](const http::Request&) { return html_response("<p>\x1b[31m something else"); }};
    EXPECT_EQ(status_at(local(other.port())), exit_ok);
    EXPECT_THAT(out, HasSubstr("something else"));
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
}

TEST_F(StatusCommand, NobodyAnswering) {
    int port = 0;
    {
        const Served gone{[](const http::Request&) { return json_response(200, "{}"); }};
        port = gone.port();
    }
    EXPECT_EQ(status_at(local(port)), exit_problems);
    EXPECT_THAT(err, HasSubstr("no daemon answers"));
    EXPECT_THAT(err, HasSubstr("is `entrawatch run` running with these settings?"));
}

TEST_F(StatusCommand, ListenOffCannotBeAsked) {
    EXPECT_EQ(status_at("off"), exit_problems);
    EXPECT_THAT(err, HasSubstr("listen: off"));
}

TEST_F(StatusCommand, AnAddressThatMeansAnyIsAskedAtLoopback) {
    Served daemon{[](const http::Request&) { return json_response(200, "{}"); }};
    EXPECT_EQ(status_at("0.0.0.0:" + std::to_string(daemon.port())), exit_ok) << err;
}

}  // namespace
}  // namespace entrawatch::test
