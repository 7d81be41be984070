// `drill announce|list|cancel`, and what a drill makes of alerts.
#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class DrillCommands : public AlertsCommands {
  protected:
    DrillCommands() {
        write_settings({"contoso"});
        std::ifstream in{config()};
        std::string yaml{std::istreambuf_iterator<char>{in}, {}};
        const std::string_view after = "credential: { secret_file: good.secret }\n";
        yaml.insert(yaml.find(after) + after.size(),
                    "    emergency_accounts:\n"
                    "      - { object_id: 00000000-0000-4000-8000-00000000000E, name: "
                    "breakglass@contoso.example }\n");
        write_file(config(), yaml);
        static_cast<void>(store());
    }
    int drill(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"drill", command, "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    int announce(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--reason", "quarterly", "--author", "ada"});
        return drill("announce", more);
    }
    void announce_now() {
        ASSERT_EQ(announce({"--account", "breakglass@contoso.example", "--for", "2h"}), exit_ok) << err;
    }
    nlohmann::json listed() {
        EXPECT_EQ(drill("list", {"--format", "json"}), exit_ok) << err;
        return nlohmann::json::parse(out);
    }
    void sign_in_at(const std::string& id, const std::string& time) {
        import(
            R"({"id":")" + id + R"(","createdDateTime":")" + time +
                R"(","userId":"00000000-0000-4000-8000-00000000000e","userPrincipalName":"breakglass@contoso.example",)"
                R"("ipAddress":"198.51.100.7","signInEventTypes":["interactiveUser"],"status":{"errorCode":0}})",
            "contoso", true);
    }
};

TEST_F(DrillCommands, AnnounceSaysWhatIsTriedAndWritesWhoSaidSo) {
    announce_now();
    EXPECT_THAT(out,
                HasSubstr(": tenant contoso, breakglass@contoso.example; from 2026-11-22T10:00:00.000Z until "
                          "2026-11-22T12:00:00.000Z (2 h)"));
    const auto row = listed().at(0);
    EXPECT_EQ(row["outcome"], "on");
    EXPECT_EQ(row["account"], "00000000-0000-4000-8000-00000000000e");
    EXPECT_EQ(row["author"], "ada");
    EXPECT_EQ(row["reason"], "quarterly");
    EXPECT_THAT(sql("SELECT actor || '|' || action || '|' || detail FROM audit_trail"),
                StartsWith("auditor|drill announce|00000000-0000-4000-8000-00000000000e "
                           "(breakglass@contoso.example), from 2026-11-22T10:00:00Z"));
    EXPECT_EQ(sql("SELECT account_name || '|' || starts_at || '|' || alerts FROM drills"),
              "breakglass@contoso.example|2026-11-22T10:00:00Z|0");
}

TEST_F(DrillCommands, AnnounceIsRefusedWithTheRemedy) {
    const auto refused = [&](std::vector<std::string> more, int code, const std::string& because) {
        EXPECT_EQ(announce(std::move(more)), code);
        EXPECT_THAT(err, HasSubstr(because));
    };
    refused({"--account", "breakglas@contoso.example", "--for", "2h"}, exit_problems,
            "did you mean breakglass@contoso.example?");
    refused({"--account", "breakglass@contoso.example", "--for", "25h"}, exit_usage, "at most 1 d");
    refused({"--account", "breakglass@contoso.example", "--for", "soon"}, exit_usage, "is no length of time");
    refused({"--account", "breakglass@contoso.example", "--for", "2h", "--from", "-1h"}, exit_usage,
            "announced before it begins");
    refused({"--account", "breakglass@contoso.example"}, exit_usage, "--for");
    write_settings({"contoso"});
    refused({"--account", "x", "--for", "2h"}, exit_problems, "has no emergency accounts");
}

TEST_F(DrillCommands, MakeTheAlertSayDrillAndTellItAsEver) {
    announce_now();
    sign_in_at("s1", "2026-11-22T10:10:00Z");
    const auto alert = alerts_json("show", {newest_id()})[0];
    EXPECT_EQ(alert["severity"], "critical");
    EXPECT_EQ(alert["data"]["drill"], true);
    EXPECT_EQ(alert["data"]["drill_id"], listed()[0]["id"]);
    EXPECT_THAT(alert["summary"].get<std::string>(), StartsWith("DRILL: "));
    EXPECT_EQ(alert["deliveries"].size(), 1U);
}

TEST_F(DrillCommands, NeverLetTheRealThingPassAsPractice) {
    announce_now();
    sign_in_at("s1", "2026-11-22T10:10:00Z");
    // Within the rule's window of an hour after the drill's sign-in, and after the drill.
    ASSERT_EQ(drill("cancel", {"--reason", "done", listed()[0]["id"].get<std::string>()}), exit_ok) << err;
    clock.advance(std::chrono::minutes{20});
    sign_in_at("s2", "2026-11-22T10:20:00Z");
    const auto alert = alerts_json("show", {newest_id()})[0];
    EXPECT_EQ(alert["data"]["drill"], false);
    EXPECT_THAT(alert["summary"].get<std::string>(), Not(HasSubstr("DRILL")));
    EXPECT_EQ(alert["count"], 1);
}

TEST_F(DrillCommands, ListShowsWhatCameOfADrillWhenItWasToldAndAcknowledged) {
    announce_now();
    sign_in_at("s1", "2026-11-22T10:10:00Z");
    const std::string id = newest_id();
    EXPECT_EQ(listed()[0]["alerts"][0]["deliveries"][0]["delivered_at"], nullptr);
    deliver_all("delivered", 200);
    clock.advance(std::chrono::minutes{3});
    ASSERT_EQ(alerts("ack", {"--reason", "that is me", id}), exit_ok) << err;
    const auto row = listed()[0];
    EXPECT_EQ(row["outcome"], "passed");
    EXPECT_EQ(row["alerts"][0]["id"], id);
    EXPECT_EQ(row["alerts"][0]["deliveries"][0]["destination"], "soc");
    EXPECT_EQ(row["alerts"][0]["deliveries"][0]["delivered_at"], "2026-11-22T10:00:00Z");
    EXPECT_EQ(row["alerts"][0]["acknowledged_at"], "2026-11-22T10:03:00.000Z");
    EXPECT_EQ(row["alerts"][0]["acknowledged_by"], "auditor");
    ASSERT_EQ(drill("list"), exit_ok);
    EXPECT_THAT(out, HasSubstr("soc took alert.opened at 2026-11-22T10:00:00Z"));
    EXPECT_THAT(out, HasSubstr("acknowledged at 2026-11-22T10:03:00.000Z by auditor"));
}

TEST_F(DrillCommands, ListSaysThatADrillFailed) {
    announce_now();
    clock.advance(std::chrono::hours{4});
    EXPECT_EQ(listed()[0]["outcome"], "failed");
}

TEST_F(DrillCommands, CancelEndsADrillOnce) {
    announce_now();
    const std::string id = listed()[0]["id"];
    EXPECT_EQ(drill("cancel", {"--reason", "no time", id.substr(0, 12)}), exit_ok) << err;
    EXPECT_EQ(listed()[0]["outcome"], "cancelled");
    EXPECT_EQ(listed()[0]["cancelled_because"], "no time");
    EXPECT_EQ(drill("cancel", {"--reason", "no time", id}), exit_problems);
    EXPECT_THAT(err, HasSubstr("was cancelled already, by auditor"));
    EXPECT_EQ(drill("cancel", {"--reason", "no time", "drill_none"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("`entrawatch drill list` shows them"));
}

}  // namespace
}  // namespace entrawatch::test
