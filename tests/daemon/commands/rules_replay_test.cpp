#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A history of three roles given on two days, and one removed.
class RulesReplay : public CommandWorld {
  protected:
    RulesReplay() {
        std::string removed = role_record("Directory_4", "2026-11-21T09:00:00Z");
        const std::string_view given = "Add member to role";
        removed.replace(removed.find(given), given.size(), "Remove member from role");
        write_file(folder() / "history.jsonl",
                   role_record("Directory_1", "2026-11-20T09:00:00Z") + "\n" +
                       role_record("Directory_2", "2026-11-21T09:00:00Z", "ada@contoso.example",
                                   "00000000-0000-4000-8000-000000000003") +
                       "\n" + role_record("Directory_3", "2026-11-21T09:10:00Z") + "\n" + removed + "\n");
        EXPECT_EQ(run({"import", "--config", config().string(), (folder() / "history.jsonl").string()}),
                  exit_ok)
            << out << err;
    }
    int replay(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"rules", "replay", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    nlohmann::json replayed(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(replay(more), exit_ok) << out << err;
        return nlohmann::json::parse(out);
    }
};

TEST_F(RulesReplay, TellsWhatTheRulesWouldHaveToldAndSendsNothing) {
    const auto rows = replayed();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["rule"], "pim/role-given");
    EXPECT_EQ(rows[0]["alerts"], 3);
    EXPECT_EQ(rows[0]["per_day"]["2026-11-20"], 1);
    EXPECT_EQ(rows[0]["per_day"]["2026-11-21"], 2);
    EXPECT_EQ(rows[0]["actors"]["admin@contoso.example"], 3);
    EXPECT_EQ(replay(), exit_ok);
    EXPECT_THAT(out, HasSubstr("4 records replayed, 3 alerts of 1 rule; nothing was sent"));
    EXPECT_THAT(out, HasSubstr("by admin@contoso.example (3); on 2026-11-21 (2), 2026-11-20 (1)"));
    for (const AlertRow& alert : must(store().alerts({})))
        EXPECT_TRUE(must(store().deliveries_of(alert.id)).empty());
}

TEST_F(RulesReplay, TakesARuleThatIsNotInForceYet) {
    std::string mine{role_rule};
    mine.replace(mine.find("000000000001"), 12, "0000000000ff");
    const std::string_view given = "activityDisplayName: Add member to role";
    mine.replace(mine.find(given), given.size(), "activityDisplayName: Remove member from role");
    write_file(folder() / "mine/removed.yml", mine);
    const auto rows = replayed({(folder() / "mine/removed.yml").string()});
    ASSERT_EQ(rows.size(), 1U) << "the rules in force keep silent";
    EXPECT_EQ(rows[0]["alerts"], 1);
}

TEST_F(RulesReplay, DecidesWhatWaitsWhenTheWholeHistoryHasBeenTaken) {
    std::string removed = role_record("Directory_5", "2026-11-21T09:55:00Z");
    const std::string_view given = "Add member to role";
    removed.replace(removed.find(given), given.size(), "Remove member from role");
    write_file(folder() / "more.jsonl", removed + "\n");
    EXPECT_EQ(run({"import", "--config", config().string(), (folder() / "more.jsonl").string()}), exit_ok);
    write_file(folder() / "mine/stayed.yml", waiting_rule);
    const auto rows = replayed({(folder() / "mine/stayed.yml").string()});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["rule"], "mine/stayed");
    EXPECT_EQ(rows[0]["alerts"], 2) << "of the third role, the removal is there";
}

TEST_F(RulesReplay, KeepsToTheTimeAndTheRuleAskedFor) {
    EXPECT_EQ(replayed({"--from", "2026-11-21"})[0]["alerts"], 2);
    EXPECT_EQ(replayed({"--to", "2026-11-21"})[0]["alerts"], 1);
    EXPECT_TRUE(replayed({"emergency/sign-in"}).empty());
    EXPECT_EQ(replay({"no-such-rule"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no-such-rule"));
}

TEST_F(RulesReplay, SaysWhatAMuteWouldHide) {
    EXPECT_EQ(run({"mute", "add", "--config", config().string(), "--rule", "pim/role-given", "--reason",
                   "patch night", "--for", "2h"}),
              exit_ok)
        << err;
    EXPECT_EQ(replayed()[0]["muted"], 3);
}

constexpr std::string_view ada_filter =
    "title: Ada's team\nlogsource: {product: azure, service: auditlogs}\n"
    "filter: {rules: [pim/role-given], selection: {target.name: ada@contoso.example}, condition: selection}\n"
    "entrawatch: {owner: ops, reason: known, expires: 2027-05-31}\n";

TEST_F(RulesReplay, SaysWhatAnExceptionWouldHide) {
    write_file(folder() / "mine/ada.yml", ada_filter);
    const auto rows = replayed({(folder() / "mine/ada.yml").string()});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["rule"], "pim/role-given");
    EXPECT_EQ(rows[0]["alerts"], 2);
    EXPECT_EQ(rows[0]["suppressed"], 1);
    EXPECT_EQ(rows[0]["filters"]["mine/ada"], 1);
    EXPECT_EQ(replay({(folder() / "mine/ada.yml").string()}), exit_ok);
    EXPECT_THAT(out, HasSubstr("2 alerts of 1 rule, 1 suppressed by filters; nothing was sent"));
    EXPECT_THAT(out, HasSubstr("suppressed by the filter mine/ada (1)"));
}

TEST_F(RulesReplay, LeavesNothingBehind) {
    const auto before = must(store().alerts({})).size();
    EXPECT_EQ(replay(), exit_ok);
    for (const auto& entry : std::filesystem::directory_iterator{folder() / "state"})
        EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("replay")));
    EXPECT_EQ(must(store().alerts({})).size(), before);
}

TEST_F(RulesReplay, SaysWhenThereIsNoHistory) {
    write_settings({"fabrikam"});
    EXPECT_EQ(replay(), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet"));
}

}  // namespace
}  // namespace entrawatch::test
