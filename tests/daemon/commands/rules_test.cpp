#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using RulesCommands = CommandWorld;

// The role rule with an example that does not fire.
std::string lying_rule() {
    std::string text{role_rule};
    const std::string honest = "\"activityDisplayName\": \"Add member to role\"";
    text.replace(text.find(honest), honest.size(), "\"activityDisplayName\": \"Add member to group\"");
    return text;
}

TEST_F(RulesCommands, ListNeedsNoSettings) {
    ASSERT_EQ(run({"rules", "list"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("pim/role-given"));
    EXPECT_THAT(out, HasSubstr("emergency/sign-in"));
    EXPECT_THAT(out, HasSubstr("EA-1"));
}

TEST_F(RulesCommands, ListTellsProgramsMore) {
    ASSERT_EQ(run({"rules", "list", "--format", "json"}), exit_ok);
    const auto rules = nlohmann::json::parse(out);
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules[1]["name"], "pim/role-given");
    EXPECT_EQ(rules[1]["level"], "high");
    EXPECT_EQ(rules[1]["feeds"][0], "directory_audits");
    EXPECT_EQ(rules[1]["examples"], 2);
    EXPECT_EQ(rules[1]["built_in"], true);
}

TEST_F(RulesCommands, ListFollowsTheSettings) {
    write_settings({"contoso"}, "rules: { disable: [11111111-aaaa-4000-8000-000000000001] }\n");
    ASSERT_EQ(run({"rules", "list", "--config", config().string()}), exit_ok) << err;
    EXPECT_THAT(out, Not(HasSubstr("pim/role-given")));
    EXPECT_THAT(out, HasSubstr("emergency/sign-in"));
}

TEST_F(RulesCommands, ShowTellsAllAboutARule) {
    ASSERT_EQ(run({"rules", "show", "pim/role-given"}), exit_ok) << err;
    for (const char* part :
         {"Role given", "Somebody was given a directory role.", "PR-1", "target.id", "AuditLog.Read.All",
          "fires             an administrator gives a role", "role-given.yml:"}) {
        EXPECT_THAT(out, HasSubstr(part));
    }
    ASSERT_EQ(run({"rules", "show", "--format", "json", "11111111-AAAA-4000-8000-000000000001"}), exit_ok)
        << err;
    EXPECT_EQ(nlohmann::json::parse(out)[0]["window_seconds"], 3600);
}

TEST_F(RulesCommands, ShowAnswersAnUnknownNameWithTheNearest) {
    EXPECT_EQ(run({"rules", "show", "pim/role-gven"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no rule in force is called 'pim/role-gven'; did you mean pim/role-given?"));
}

TEST_F(RulesCommands, ShowsForWhatARuleWaits) {
    write_file(shipped() / "rules/correlations/role-stayed.yml", waiting_rule);
    ASSERT_EQ(run({"rules", "show", "correlations/role-stayed"}), exit_ok) << err;
    EXPECT_THAT(
        out,
        HasSubstr("within 1 h, of the rules given, taken, for each target.id, where none is there of taken"));
    std::string held{role_rule};
    held.replace(held.find("  window: 1h"), 12, "  window: 1h\n  hold: 15m");
    write_file(shipped() / "rules/pim/role-given.yml", held);
    ASSERT_EQ(run({"rules", "show", "pim/role-given"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("hold              15 min: told when its record still says so then"));
    ASSERT_EQ(run({"rules", "show", "--format", "json", "pim/role-given"}), exit_ok) << err;
    EXPECT_EQ(nlohmann::json::parse(out)[0]["hold_seconds"], 900);
}

TEST_F(RulesCommands, CheckPassesTheShippedRules) {
    EXPECT_EQ(run({"rules", "check"}), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("2 rules can be used, 0 problems"));
}

TEST_F(RulesCommands, CheckNamesEveryProblemOfFilesAndFoldersWithItsLine) {
    write_file(folder() / "mine/a.yml", "title: A\nid: not-a-uuid\ndetection: {}\n");
    write_file(folder() / "single.yml", "title: [\n");
    EXPECT_EQ(run({"rules", "check", (folder() / "mine").string(), (folder() / "single.yml").string()}),
              exit_problems);
    EXPECT_THAT(out, HasSubstr("mine/a.yml:2: "));
    EXPECT_THAT(out, HasSubstr("single.yml:"));
    EXPECT_THAT(out, HasSubstr("0 rules can be used"));
}

TEST_F(RulesCommands, CheckSaysWhichPathIsMissing) {
    EXPECT_EQ(run({"rules", "check", (folder() / "nothing").string()}), exit_problems);
    EXPECT_THAT(out, HasSubstr("nothing: there is no such file or folder"));
}

TEST_F(RulesCommands, TestRunsTheExamplesOfTheRulesInForce) {
    EXPECT_EQ(run({"rules", "test"}), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("2 passed, 0 failed, 0 without examples"));
}

TEST_F(RulesCommands, TestSaysWhichExampleDoesNotHold) {
    write_file(shipped() / "rules/pim/role-given.yml", lying_rule());
    EXPECT_EQ(run({"rules", "test"}), exit_problems);
    EXPECT_THAT(out, HasSubstr("fail    pim/role-given"));
    EXPECT_THAT(out, HasSubstr("an administrator gives a role"));
    EXPECT_THAT(out, HasSubstr("1 passed, 1 failed"));
}

TEST_F(RulesCommands, TestTakesNamesWildcardsFilesAndFolders) {
    EXPECT_EQ(run({"rules", "test", "pim/role-given"}), exit_ok);
    EXPECT_THAT(out, HasSubstr("1 passed"));
    EXPECT_EQ(run({"rules", "test", "emergency/*", "pim/*"}), exit_ok);
    EXPECT_THAT(out, HasSubstr("2 passed"));
    write_file(folder() / "mine/wrong.yml", lying_rule());
    EXPECT_EQ(run({"rules", "test", (folder() / "mine/wrong.yml").string()}), exit_problems);
    EXPECT_THAT(out, HasSubstr("mine/wrong"));
    EXPECT_EQ(run({"rules", "test", (folder() / "mine").string()}), exit_problems);
    EXPECT_EQ(run({"rules", "test", "emergncy/sign-in"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("did you mean emergency/sign-in?"));
}

TEST_F(RulesCommands, TestPrintsJsonForPrograms) {
    ASSERT_EQ(run({"rules", "test", "--format", "json"}), exit_ok);
    const auto results = nlohmann::json::parse(out);
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0]["result"], "pass");
    EXPECT_TRUE(results[0]["problems"].empty());
}

TEST_F(RulesCommands, ShippedRulesThatAreMissingAreNamed) {
    std::filesystem::remove_all(shipped());
    for (const char* command : {"list", "check", "test"}) {
        EXPECT_EQ(run({"rules", command}), exit_configuration) << command;
        EXPECT_THAT(err, HasSubstr("the rules that come with the program are missing"));
    }
}

TEST_F(RulesCommands, ASettingsFileThatIsNamedMustBeUsable) {
    EXPECT_EQ(run({"rules", "list", "--config", (folder() / "none.yaml").string()}), exit_configuration);
}

// Excepts one account from the role rule, under the settings' own rules.
class Exceptions : public CommandWorld {
  protected:
    void write_filter(const std::string& about, const std::string& last_day = "2027-05-31") {
        write_file(folder() / "mine/exceptions/ada.yml",
                   "title: Ada's team\nlogsource: {product: azure, service: auditlogs}\n"
                   "filter:\n  rules: [" +
                       about +
                       "]\n  selection: {target.name: ada@contoso.example}\n  condition: selection\n"
                       "entrawatch: {owner: ops@contoso.example, reason: known, expires: " +
                       last_day + "}\n");
        write_settings({"contoso"}, "rules: { directories: [mine] }\n");
    }
    int check() { return run({"rules", "check", "--config", config().string()}); }
};

TEST_F(Exceptions, AreCheckedWithTheRules) {
    write_filter("pim/role-given");
    EXPECT_EQ(check(), exit_ok);
    EXPECT_THAT(out, HasSubstr("2 rules and 1 filter can be used, 0 problems"));
    write_filter("pim/role-gven");
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out,
                HasSubstr("ada.yml:4: the filter names the rule `pim/role-gven`, which is not there; did "
                          "you mean `pim/role-given`?"));
    write_filter("pim/role-given", "2028-05-31");
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out, HasSubstr("more than a year from now"));
    write_filter("pim/role-given", "2026-11-21");
    EXPECT_EQ(check(), exit_ok);
    EXPECT_THAT(out, HasSubstr("warning: the filter exceptions/ada of ops@contoso.example ended after "
                               "2026-11-21 and suppresses nothing"));
}

TEST_F(Exceptions, AreCheckedByTheirPathAgainstTheRulesInForce) {
    write_filter("pim/role-given", "2026-11-21");
    write_settings({"contoso"});
    EXPECT_EQ(run({"rules", "check", "--config", config().string(), (folder() / "mine").string()}), exit_ok)
        << out;
    EXPECT_THAT(out, HasSubstr("0 rules and 1 filter can be used, 1 problem"));
}

TEST_F(Exceptions, HideWhatTheySayAndShowIt) {
    write_filter("pim/role-given");
    import(role_record("Directory_1", "2026-11-22T09:00:00Z") + "\n" +
           role_record("Directory_2", "2026-11-22T09:00:00Z", "ada@contoso.example",
                       "00000000-0000-4000-8000-000000000003"));
    EXPECT_THAT(out, HasSubstr("1 alerts opened, 0 raised, 1 finding suppressed by filters"));
    ASSERT_EQ(run({"alerts", "list", "--config", config().string()}), exit_ok);
    EXPECT_THAT(out, Not(HasSubstr("ada@")));
    ASSERT_EQ(run({"alerts", "list", "--suppressed", "--config", config().string()}), exit_ok);
    EXPECT_THAT(out, HasSubstr("ada@contoso.example"));
    EXPECT_THAT(out, HasSubstr("exceptions/ada"));
    EXPECT_THAT(out, Not(HasSubstr("eve@")));
    const std::string id = must(store().alerts({.suppressed = true})).at(0).id;
    ASSERT_EQ(run({"alerts", "explain", "--config", config().string(), id}), exit_ok);
    EXPECT_THAT(out, HasSubstr("4. told to nobody, because its event is excepted by\n     filter "
                               "exceptions/ada of ops@contoso.example, until 2027-05-31: known"));
    ASSERT_EQ(run({"rules", "show", "--config", config().string(), "pim/role-given"}), exit_ok);
    EXPECT_THAT(out,
                HasSubstr("by the filter exceptions/ada of ops@contoso.example, until 2027-05-31: known; "
                          "it hid 1 alert (1 event)"));
    ASSERT_EQ(run({"query", "--config", config().string(), "--format", "jsonl"}), exit_ok);
    EXPECT_THAT(out, HasSubstr("Directory_2")) << "what happened is asked for as before";
}

}  // namespace
}  // namespace entrawatch::test
