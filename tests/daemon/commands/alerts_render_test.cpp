#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AlertsRender : public AlertsCommands {
  protected:
    // Of the newest alert.
    int render(const std::string& destination, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{destination, "--alert", newest_id()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return alerts("render", arguments);
    }
};

TEST_F(AlertsRender, PrintsTheRequestThatTheWebhookGets) {
    open_two();
    const std::string webhook_id =
        sql("SELECT webhook_id FROM deliveries WHERE alert_id = '" + newest_id() + "'");
    ASSERT_EQ(render("soc"), exit_ok) << err;
    EXPECT_THAT(out, StartsWith("POST "));
    EXPECT_THAT(out, HasSubstr("\nwebhook-id: " + webhook_id + "\n"));
    EXPECT_THAT(out, HasSubstr("\nwebhook-timestamp: (made at each attempt)\n"));
    EXPECT_THAT(out, HasSubstr("\ncontent-type: application/json\n"));
    EXPECT_THAT(err, HasSubstr("left out: nothing"));
    const std::string body = out.substr(out.find("\n\n") + 2);
    EXPECT_EQ(nlohmann::json::parse(body)["data"]["target"]["name"], "bob@contoso.example");
    ASSERT_EQ(render("soc", {"--body"}), exit_ok);
    EXPECT_EQ(out, body) << "octet for octet, without a line end of its own";
}

TEST_F(AlertsRender, PrintsNoSecret) {
    open_two();
    write_file(folder() / "duty.key", "canaryroutingkey0123456789abcdef\n");
    write_file(folder() / "chat.url", "https://hooks.example/services/canary-of-the-chat\n");
    write_settings(
        {"contoso"},
        "  - { name: duty, type: pagerduty, routing_key_file: duty.key }\n"
        "  - { name: chat, type: slack, url_file: chat.url }\n"
        "  - { name: siem, type: splunk_hec, url: \"https://splunk.example:8088\", token_file: duty.key }\n");
    for (const char* destination : {"duty", "chat", "siem"}) {
        ASSERT_EQ(render(destination), exit_ok) << err;
        EXPECT_THAT(out + err, Not(HasSubstr("canary"))) << destination;
        EXPECT_THAT(out, HasSubstr("[redacted]")) << destination;
    }
    EXPECT_THAT(out, HasSubstr("authorization: Splunk [redacted]\n"));
}

TEST_F(AlertsRender, TellsWhatADestinationThatWasPromisedNothingWouldGet) {
    open_two();
    write_settings({"contoso"},
                   "  - { name: log, type: syslog, address: \"tls://syslog.example:6514\" }\n"
                   "  - { name: archive, type: file, path: alerts.jsonl }\n");
    ASSERT_EQ(render("log"), exit_ok) << err;
    const std::string frame = out.substr(0, out.find(' ') + 1);
    EXPECT_EQ(frame, std::to_string(out.size() - frame.size()) + " ");
    EXPECT_THAT(out.substr(frame.size()), StartsWith("<83>1 "));
    EXPECT_THAT(out, HasSubstr("CEF:0|Entrawatch|"));
    EXPECT_THAT(err, HasSubstr("was not promised it"));
    ASSERT_EQ(render("archive"), exit_ok) << err;
    EXPECT_EQ(nlohmann::json::parse(out)["type"], "alert.opened");
}

TEST_F(AlertsRender, EscapesOnATerminalWhatItWouldObey) {
    import(role_record("d1", "2026-11-22T08:00:00Z", "e\u202Eve@contoso.example",
                       "00000000-0000-4000-8000-000000000011"),
           "contoso", true);
    ASSERT_EQ(render("soc", {"--body"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("\"e\u202Eve@contoso.example\"")) << "as it is sent";
    const std::string id = newest_id();
    terminal = true;
    ASSERT_EQ(alerts("render", {"soc", "--alert", id, "--body"}), exit_ok) << err;
    EXPECT_THAT(out, Not(HasSubstr("\u202E")));
    EXPECT_THAT(out, HasSubstr("\"e\\u{202e}ve@contoso.example\""));
}

TEST_F(AlertsRender, SaysWhatItDoesNotKnow) {
    open_two();
    EXPECT_EQ(render("sco"), exit_problems);
    EXPECT_THAT(err, HasSubstr("soc"));
    EXPECT_EQ(alerts("render", {"soc", "--alert", "alrt_none"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("entrawatch alerts list"));
    EXPECT_EQ(alerts("render", {"soc"}), exit_usage);
}

}  // namespace
}  // namespace entrawatch::test
