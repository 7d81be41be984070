#include "config/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class Shipped : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((folder_.path() / name).parent_path());
        std::ofstream{folder_.path() / name} << text;
    }
    // The last octet tells rules apart.
    void write_rule(const std::string& name, const std::string& id, const std::string& title) const {
        write(name, "title: " + title + "\nid: 5ca1ab1e-0000-4000-8000-0000000000" + id + R"(
logsource: { product: azure, service: auditlogs }
detection:
  selection: { activityDisplayName: Add member to role }
  condition: selection
level: high
entrawatch:
  scenario: PR-1
  subject: [target.id]
  summary: "{actor.name} did it"
  examples:
    fires:
      - name: a role is given
        record: { "id": "1", "activityDateTime": "2026-11-22T10:00:00Z", "activityDisplayName": "Add member to role" }
    silent:
      - name: a role is taken
        record: { "id": "2", "activityDateTime": "2026-11-22T10:00:00Z", "activityDisplayName": "Remove member from role" }
)");
    }
    [[nodiscard]] LoadedRules load(RuleSettings settings = {}) const {
        return load_rules(folder_.path() / "shipped", settings);
    }
    static std::vector<std::string> titles(const LoadedRules& loaded) {
        std::vector<std::string> out;
        for (const Rule& rule : loaded.rules)
            out.push_back(rule.title);
        return out;
    }
    static std::string problems(const LoadedRules& loaded) {
        std::string out;
        for (const Problem& problem : loaded.problems)
            out += problem.text() + "\n";
        return out;
    }

    SettingsFolder folder_;
};

TEST_F(Shipped, ReadsRulesInPathOrderAndNamesThemByTheirPath) {
    write_rule("shipped/rules/pim/second.yml", "02", "Second");
    write_rule("shipped/rules/pim/first.yml", "01", "First");
    write_rule("shipped/rules/apps/third.yml", "03", "Third");
    write("shipped/rules/README.md", "no rule");
    const LoadedRules loaded = load();
    EXPECT_EQ(problems(loaded), "");
    EXPECT_THAT(titles(loaded), ElementsAre("Third", "First", "Second"));
    EXPECT_EQ(loaded.rules[1].name, "pim/first");
    EXPECT_TRUE(loaded.rules[1].built_in);
}

TEST_F(Shipped, LetsAUsersRuleTakeThePlaceOfABuiltInOne) {
    write_rule("shipped/rules/pim/first.yml", "01", "Built in");
    write_rule("mine/pim/first.yml", "01", "Mine");
    write_rule("mine/pim/more.yml", "02", "More");
    RuleSettings settings;
    settings.directories = {folder_.path() / "mine"};
    const LoadedRules loaded = load(settings);
    EXPECT_EQ(problems(loaded), "");
    EXPECT_THAT(titles(loaded), ElementsAre("Mine", "More"));
    EXPECT_FALSE(loaded.rules[0].built_in);
}

TEST_F(Shipped, TellsTwoRulesWithOneId) {
    write_rule("shipped/rules/pim/a.yml", "01", "A");
    write_rule("shipped/rules/pim/b.yml", "01", "B");
    EXPECT_THAT(problems(load()), HasSubstr("b.yml:"));
    EXPECT_THAT(problems(load()), HasSubstr("give it a uuid of its own"));
}

TEST_F(Shipped, LeavesDisabledRulesOutByIdOrName) {
    write_rule("shipped/rules/pim/a.yml", "01", "A");
    write_rule("shipped/rules/pim/b.yml", "02", "B");
    write_rule("shipped/rules/pim/c.yml", "03", "C");
    RuleSettings settings;
    settings.disable = {"5CA1AB1E-0000-4000-8000-000000000001", "pim/b"};
    const LoadedRules loaded = load(settings);
    EXPECT_THAT(titles(loaded), ElementsAre("C"));
    EXPECT_EQ(problems(loaded), "");
}

TEST_F(Shipped, WarnsOfAnUnknownIdAndNamesTheNearest) {
    write_rule("shipped/rules/pim/role-assigned.yml", "01", "A");
    RuleSettings settings;
    settings.disable = {"pim/role-asigned"};
    const LoadedRules loaded = load(settings);
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_TRUE(loaded.problems.front().warning);
    EXPECT_THAT(loaded.problems.front().message, HasSubstr("did you mean pim/role-assigned?"));
    EXPECT_EQ(loaded.rules.size(), 1U);
}

TEST_F(Shipped, KeepsTheGoodRulesBesideABadOne) {
    write_rule("shipped/rules/pim/a.yml", "01", "A");
    write("shipped/rules/pim/bad.yml", "title: [");
    const LoadedRules loaded = load();
    EXPECT_THAT(titles(loaded), ElementsAre("A"));
    EXPECT_TRUE(has_errors(loaded.problems));
    EXPECT_THAT(problems(loaded), HasSubstr("bad.yml"));
}

TEST_F(Shipped, TellsAFolderThatIsNotThere) {
    EXPECT_TRUE(has_errors(load().problems));
}

TEST_F(Shipped, IsFoundBesideTheBinaryOrInTheInstallation) {
    write_rule("bin/share/entrawatch/rules/pim/a.yml", "01", "A");
    write("bin/share/entrawatch/roles.yml", "roles: []");
    EXPECT_EQ(find_shipped_data(folder_.path() / "bin/entrawatch").value(),
              folder_.path() / "bin/share/entrawatch");
    write_rule("usr/share/entrawatch/rules/pim/a.yml", "01", "A");
    write("usr/share/entrawatch/roles.yml", "roles: []");
    EXPECT_EQ(find_shipped_data(folder_.path() / "usr/bin/entrawatch").value(),
              folder_.path() / "usr/share/entrawatch");
    const auto missing = find_shipped_data(folder_.path() / "elsewhere/entrawatch");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST_F(Shipped, ReadsRolesWithTheirTier) {
    write("roles.yml",
          "roles:\n  - { id: 62E90394-69F5-4237-9190-012177145E10, name: Global Administrator, tier: "
          "critical, labelled: true }\n");
    const auto roles = read_roles(folder_.path() / "roles.yml");
    ASSERT_TRUE(roles) << roles.error().text();
    ASSERT_EQ(roles->size(), 1U);
    EXPECT_EQ(roles->front().template_id, "62e90394-69f5-4237-9190-012177145e10");
    EXPECT_EQ(roles->front().tier, "critical");
}

TEST_F(Shipped, TellsTheLineOfARoleThatIsWrong) {
    const std::string good =
        "roles:\n  - { id: 62e90394-69f5-4237-9190-012177145e10, name: A, tier: high }\n";
    struct Row {
        std::string text, where;
    };
    for (const Row& row :
         {Row{good + "  - { id: short, name: B, tier: high }\n", ":3"},
          Row{good + "  - { id: 72e90394-69f5-4237-9190-012177145e10, tier: high }\n", ":3"},
          Row{good + "  - { id: 72e90394-69f5-4237-9190-012177145e10, name: B, tier: top }\n", ":3"},
          Row{good + "  - { id: 62e90394-69f5-4237-9190-012177145e10, name: B, tier: high }\n", ":3"},
          Row{"roles: {}\n", ":1"}, Row{"roles: [\n", "roles.yml"}}) {
        write("roles.yml", row.text);
        const auto roles = read_roles(folder_.path() / "roles.yml");
        ASSERT_FALSE(roles) << row.text;
        EXPECT_THAT(roles.error().where, HasSubstr(row.where)) << row.text;
    }
    EXPECT_FALSE(read_roles(folder_.path() / "nowhere.yml"));
}

}  // namespace
}  // namespace entrawatch
