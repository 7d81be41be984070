#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ScenariosCommand : public CommandWorld {
  protected:
    ScenariosCommand() {
        write_file(
            shipped() / "scenarios.yml",
            "scenarios:\n"
            "  - { id: PR-1, part: Roles, title: \"a role outside PIM\" }\n"
            "  - { id: HY-9, part: Servers, title: \"logs of servers\", unseen: \"Graph has none\" }\n");
    }
    int scenarios(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"scenarios", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // The daemon read the audits at `now` and left.
    void read_audits(Instant now) {
        Store tenant = store();
        auto transaction = must(tenant.begin());
        const Feed& feed = feed_of(FeedId::directory_audits);
        const auto window = must(tenant.open_window(
            feed.id, {Pass::hot, {now - std::chrono::hours{1}, now}, feed.window_time}, now));
        ASSERT_TRUE(tenant.complete_window(window, now));
        ASSERT_TRUE(transaction.commit());
    }
};

TEST_F(ScenariosCommand, SayThatNothingIsSeenBeforeTheDaemonHasRun) {
    EXPECT_EQ(scenarios(), exit_problems);
    EXPECT_THAT(out, HasSubstr("blind"));
    EXPECT_THAT(out, HasSubstr("directory_audits: nothing has been collected yet"));
}

TEST_F(ScenariosCommand, ListWhatIsCoveredWithItsRulesAndWhatNobodyCanSee) {
    read_audits(clock.now().wall);
    EXPECT_EQ(scenarios(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("covered"));
    EXPECT_THAT(out, HasSubstr("told by pim/role-given"));
    EXPECT_THAT(out, HasSubstr("not watched"));
    EXPECT_THAT(out, HasSubstr("Graph has none"));
}

TEST_F(ScenariosCommand, SayWhatTheCloudDoesNotHaveBeforeAndAfterTheDaemonRan) {
    write_file(shipped() / "scenarios.yml",
               "scenarios:\n  - { id: PR-1, part: Alerts, title: \"an alert\" }\n");
    std::string rule{role_rule};
    rule.replace(rule.find("auditlogs"), 9, "securityalert");
    rule.replace(rule.find("activityDisplayName"), 19, "activity");
    write_file(shipped() / "rules" / "pim" / "role-given.yml", rule);
    std::string yaml = read_text(config());
    write_file(config(), yaml.insert(yaml.find("    client_id"), "    cloud: china\n"));
    read_audits(clock.now().wall);
    EXPECT_EQ(scenarios(), exit_problems);
    EXPECT_THAT(out, HasSubstr("security_alerts: the cloud china does not have it"));
}

TEST_F(ScenariosCommand, CallWhatWasNotReadLatelyLate) {
    read_audits(clock.now().wall);
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(scenarios(), exit_problems);
    EXPECT_THAT(out, HasSubstr("late"));
    EXPECT_THAT(out, HasSubstr("2 h ago"));
}

TEST_F(ScenariosCommand, SayWhyARefusedFeedLeavesAScenarioBlind) {
    read_audits(clock.now().wall);
    {
        Store tenant = store();
        auto transaction = must(tenant.begin());
        FeedState state;
        state.state = "parked";
        state.reason = "permission: AuditLog.Read.All is not granted";
        ASSERT_TRUE(tenant.set_feed_state(FeedId::directory_audits, state));
        ASSERT_TRUE(transaction.commit());
    }
    EXPECT_EQ(scenarios({"--format", "json"}), exit_problems);
    const auto rows = nlohmann::json::parse(out);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["scenario"], "PR-1");
    EXPECT_EQ(rows[0]["state"], "blind");
    EXPECT_EQ(rows[0]["rules"][0], "pim/role-given");
    EXPECT_EQ(rows[0]["reasons"][0], "directory_audits: permission: AuditLog.Read.All is not granted");
}

TEST_F(ScenariosCommand, NameTheMistakeInACatalogueThatCannotBeRead) {
    for (const auto& [text, problem] :
         {std::pair{"scenarios: []\n", "scenarios.yml:1: expected a list"},
          {"scenarios:\n  - { id: A, part: B }\n", "scenarios.yml:2: a scenario needs"},
          {"scenarios:\n  - { id: A, part: B, title: C }\n  - { id: A, part: B, title: C }\n",
           "scenarios.yml:3: the scenario A stands twice"}}) {
        write_file(shipped() / "scenarios.yml", text);
        EXPECT_EQ(scenarios(), exit_configuration);
        EXPECT_THAT(err, HasSubstr(problem));
    }
}

}  // namespace
}  // namespace entrawatch::test
