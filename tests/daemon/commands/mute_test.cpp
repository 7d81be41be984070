// `mute add|list|remove`.
#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MuteCommands : public AlertsCommands {
  protected:
    MuteCommands() { static_cast<void>(store()); }
    int mute(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"mute", command, "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    int add(std::vector<std::string> more) {
        more.insert(more.end(), {"--reason", "patch night"});
        return mute("add", more);
    }
    nlohmann::json listed(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(mute("list", more), exit_ok) << err;
        return nlohmann::json::parse(out);
    }
};

TEST_F(MuteCommands, AddSaysWhatIsMutedFromWhenUntilWhenAndWritesWhoDidIt) {
    ASSERT_EQ(add({"--rule", "pim/role-given", "--for", "2h"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr(": tenant contoso, rule pim/role-given; from 2026-11-22T10:00:00.000Z until "
                               "2026-11-22T12:00:00.000Z (2 h)"));
    const auto row = listed().at(0);
    EXPECT_EQ(row["condition"], "in force");
    EXPECT_EQ(row["rule"], "pim/role-given");
    EXPECT_EQ(row["author"], "auditor");
    EXPECT_EQ(row["reason"], "patch night");
    EXPECT_EQ(row["hidden"], 0);
    EXPECT_TRUE(row["removed_at"].is_null());
    EXPECT_EQ(sql("SELECT actor || '|' || action || '|' || detail FROM audit_trail"),
              "auditor|mute add|rule pim/role-given; from 2026-11-22T10:00:00Z until 2026-11-22T12:00:00Z; "
              "patch night");
}

TEST_F(MuteCommands, AddTakesAMaintenanceWindowToCome) {
    ASSERT_EQ(add({"--severity-at-most", "medium", "--from", "2026-11-23T20:00:00Z", "--until",
                   "2026-11-23T23:00:00Z"}),
              exit_ok)
        << err;
    EXPECT_EQ(listed()[0]["condition"], "to come");
    EXPECT_EQ(listed()[0]["severity_at_most"], "medium");
    clock.advance(std::chrono::hours{35});
    EXPECT_EQ(listed()[0]["condition"], "in force");
    clock.advance(std::chrono::hours{3});
    EXPECT_THAT(listed(), IsEmpty());
    EXPECT_EQ(listed({"--all"})[0]["condition"], "ended");
}

TEST_F(MuteCommands, AddNamesARuleByItsNameWhateverWasTyped) {
    ASSERT_EQ(add({"--rule", "11111111-aaaa-4000-8000-000000000001", "--for", "1h"}), exit_ok) << err;
    EXPECT_EQ(listed()[0]["rule"], "pim/role-given");
}

TEST_F(MuteCommands, AddIsRefusedWithTheRemedy) {
    const auto refused = [&](std::vector<std::string> more, int code, const std::string& because) {
        EXPECT_EQ(add(std::move(more)), code);
        EXPECT_THAT(err, HasSubstr(because));
    };
    refused({"--for", "2h"}, exit_usage, "a mute of everything is refused");
    refused({"--rule", "pim/role-given"}, exit_usage, "say when the mute ends");
    refused({"--rule", "pim/role-given", "--for", "31d"}, exit_usage, "at most 30 d");
    refused({"--rule", "pim/role-given", "--for", "soon"}, exit_usage, "is no length of time");
    refused({"--rule", "pim/role-given", "--from", "-2h", "--for", "1h"}, exit_usage, "in the past");
    refused({"--rule", "pim/role-gven", "--for", "1h"}, exit_problems, "pim/role-given");
    refused({"--scenario", "PR-2", "--for", "1h"}, exit_problems, "did you mean PR-1?");
    refused({"--rule", "pim/role-given", "--destination", "socc", "--for", "1h"}, exit_problems,
            "did you mean soc?");
    EXPECT_EQ(mute("add", {"--rule", "pim/role-given", "--for", "1h"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--reason"));
    EXPECT_EQ(mute("add", {"--rule", "pim/role-given", "--for", "1h", "--reason", " "}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--reason says nothing"));
    EXPECT_THAT(listed({"--all"}), IsEmpty());
}

TEST_F(MuteCommands, AddRefusesARuleThatIsUnsilenceable) {
    std::string text{emergency_rule};
    text.replace(text.find("  scenario: EA-1"), 16, "  scenario: EA-1\n  unsilenceable: true");
    write_file(shipped() / "rules/emergency/sign-in.yml", text);
    EXPECT_EQ(add({"--rule", "emergency/sign-in", "--for", "1h"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("rule emergency/sign-in is unsilenceable"));
    EXPECT_EQ(add({"--scenario", "EA-1", "--for", "1h"}), exit_problems);
}

TEST_F(MuteCommands, HideAnAlertAndSayThatTheyDid) {
    ASSERT_EQ(add({"--target", "eve@contoso.example", "--for", "2h"}), exit_ok) << err;
    open_two();
    const std::string bob = newest_id();
    const std::string eve = alerts_json("list")[1]["id"];
    ASSERT_EQ(alerts("explain", {eve}), exit_ok);
    EXPECT_THAT(out, HasSubstr("held back by mute mute_"));
    EXPECT_THAT(out,
                HasSubstr("of auditor (patch night), until 2026-11-22T12:00:00.000Z; told of in one report"));
    ASSERT_EQ(alerts("explain", {bob}), exit_ok);
    EXPECT_THAT(out, HasSubstr("due since"));
    const auto shown = alerts_json("show", {eve});
    EXPECT_EQ(shown[0]["deliveries"][0]["state"], "muted");
    EXPECT_EQ(shown[0]["deliveries"][0]["muted_by"], listed()[0]["id"]);
    EXPECT_EQ(listed()[0]["hidden"], 1);
    EXPECT_THAT(listed({"--unused"}), IsEmpty());
}

TEST_F(MuteCommands, SayNothingOfAResolutionToThoseWhoNeverHeardOfTheAlert) {
    ASSERT_EQ(add({"--target", "eve@contoso.example", "--for", "2h"}), exit_ok) << err;
    import(role_record("d1", "2026-11-22T08:00:00Z"), "contoso", true);
    ASSERT_EQ(alerts("resolve", {newest_id(), "--reason", "known"}), exit_ok) << err;
    EXPECT_EQ(sql("SELECT count(*) FROM deliveries"), "1");
}

TEST_F(MuteCommands, RemoveEndsAMuteOnceAndKeepsIt) {
    ASSERT_EQ(add({"--rule", "pim/role-given", "--for", "2h"}), exit_ok);
    const std::string id = listed()[0]["id"];
    EXPECT_EQ(mute("remove", {id}), exit_usage) << "a reason is asked for";
    ASSERT_EQ(mute("remove", {id.substr(0, 20), "--reason", "done early"}), exit_ok) << err;
    EXPECT_THAT(listed(), IsEmpty());
    const auto row = listed({"--all"})[0];
    EXPECT_EQ(row["condition"], "removed");
    EXPECT_EQ(row["removed_by"], "auditor");
    EXPECT_EQ(row["removed_because"], "done early");
    EXPECT_EQ(mute("remove", {id, "--reason", "x"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("was removed already, by auditor"));
    EXPECT_EQ(mute("remove", {"mute_none", "--reason", "x"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no mute has an id"));
    EXPECT_EQ(sql("SELECT count(*) FROM audit_trail"), "2");
}

TEST_F(MuteCommands, RemoveSaysThatAMuteEndedByItself) {
    ASSERT_EQ(add({"--rule", "pim/role-given", "--for", "2h"}), exit_ok);
    const std::string id = listed()[0]["id"];
    clock.advance(std::chrono::hours{3});
    EXPECT_EQ(mute("remove", {id, "--reason", "x"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("ended by itself at 2026-11-22T12:00:00Z"));
}

TEST_F(MuteCommands, BelongToOneTenant) {
    write_settings({"contoso", "fabrikam"});
    static_cast<void>(store("fabrikam"));
    EXPECT_EQ(add({"--rule", "pim/role-given", "--for", "2h"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("name one with --tenant"));
    ASSERT_EQ(add({"--rule", "pim/role-given", "--for", "2h", "--tenant", "fabrikam"}), exit_ok) << err;
    EXPECT_EQ(listed()[0]["tenant"], "fabrikam");
    EXPECT_THAT(listed({"--tenant", "contoso"}), IsEmpty());
}

}  // namespace
}  // namespace entrawatch::test
