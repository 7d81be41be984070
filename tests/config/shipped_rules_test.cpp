// Every rule that comes with the program, held to its own examples and to what the catalogue demands of it.
#include "config/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/yaml_tree.hpp"
#include "core/base/text.hpp"
#include "core/differences/acts.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/support/shipped_data.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;
using test::config_dir;
using test::shipped;
using test::shipped_roles;

std::vector<fs::path> rule_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{config_dir() / "rules"}) {
        if (entry.path().extension() == ".yml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

YamlNode tree_of(const fs::path& file) {
    YamlText yaml = read_yaml_tree(test::read_text(file), file.string());
    for (const Problem& problem : yaml.problems)
        ADD_FAILURE() << problem.text();
    return std::move(yaml.root);
}

// The rules of one file, without their examples: those of correlations repeat records by alias, which only
// the reader of rules takes.
std::vector<YamlNode> rules_in(const fs::path& file) {
    constexpr std::string_view between = "\n---\n";
    const std::string text = test::read_text(file);
    std::vector<YamlNode> rules;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(between, begin), text.size());
        std::string document = text.substr(begin, end - begin);
        document.resize(std::min(document.find("\n  examples:"), document.size()));
        YamlText yaml = read_yaml_tree(document + "\n", file.string());
        for (const Problem& problem : yaml.problems)
            ADD_FAILURE() << problem.text();
        rules.push_back(std::move(yaml.root));
        begin = end + between.size();
    }
    return rules;
}

TEST(ShippedRules, CallTheSamePermissionsPrivilegedAsTheirAlertsDo) {
    for (const char* file : {"custom-roles/role-changed.yml", "custom-roles/role-created.yml"}) {
        const std::string text = test::read_text(config_dir() / "rules" / file);
        for (const std::string_view pattern : privileged_action_patterns())
            EXPECT_NE(text.find("'" + std::string{pattern} + "'"), std::string::npos)
                << file << ": " << pattern;
    }
}

void collect_texts(const YamlNode& node, std::set<std::string>& into) {
    if (node.is_scalar()) into.insert(fold(node.text));
    for (const YamlNode& item : node.items)
        collect_texts(item, into);
}

// What a rule compares activities with, wherever below `node` it does.
void collect_activities(const YamlNode& node, std::set<std::string>& into) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const bool named = node.is_map() && node.keys[i].text.starts_with("activityDisplayName");
        named ? collect_texts(node.items[i], into) : collect_activities(node.items[i], into);
    }
}

std::set<std::string> known_activities() {
    const YamlNode root = tree_of(config_dir() / "activities.yml");
    const YamlNode* groups = root.find("activities");
    std::set<std::string> names;
    if (groups == nullptr) return names;
    for (const YamlNode& group : groups->items) {
        for (const std::string_view mark : {"documented", "observed", "ours"}) {
            if (const YamlNode* list = group.find(mark)) collect_texts(*list, names);
        }
    }
    return names;
}

TEST(ShippedRules, LetNoMuteHideAnEmergencyAccount) {
    int rules = 0;
    for (const Rule& rule : shipped().rules) {
        if (!rule.scenario.starts_with("EA-")) continue;
        ++rules;
        EXPECT_TRUE(rule.unsilenceable) << rule.name;
    }
    EXPECT_GE(rules, 9);
}

TEST(ShippedRules, AllLoadWithoutAProblem) {
    for (const Problem& problem : shipped().problems)
        ADD_FAILURE() << problem.text();
    EXPECT_GE(shipped().rules.size(), rule_files().size());
    EXPECT_GE(shipped().rules.size(), 140U);
}

TEST(ShippedRules, DoWhatTheirExamplesSay) {
    const auto known = shipped_roles();
    for (const Rule& rule : shipped().rules) {
        for (const Problem& problem : run_examples(rule, known))
            ADD_FAILURE() << problem.text();
    }
}

TEST(ShippedRules, HaveIdsOfTheirOwn) {
    std::map<std::string, std::string> seen;
    for (const Rule& rule : shipped().rules) {
        const auto [place, fresh] = seen.emplace(to_lower_ascii(rule.id), rule.name);
        EXPECT_TRUE(fresh) << rule.name << " has the id of " << place->second;
        EXPECT_EQ(rule.id.size(), 36U) << rule.name;
    }
}

TEST(ShippedRules, ServeEveryScenarioOfTheirAreas) {
    std::set<std::string> served;
    for (const Rule& rule : shipped().rules)
        served.insert(rule.scenario);
    for (const char* scenario :
         {"EA-1",  "EA-2",  "EA-3",  "EA-4",  "EA-5",  "EA-6",  "EA-7",  "PR-1",  "PR-2",  "PR-3",  "PR-4",
          "PR-5",  "PR-6",  "PR-7",  "PR-8",  "PR-9",  "PR-10", "PR-11", "PR-12", "PR-13", "PR-14", "PR-15",
          "TW-1",  "TW-2",  "TW-3",  "TW-4",  "TW-5",  "TW-6",  "TW-7",  "TW-8",  "TW-9",  "TW-10", "TW-11",
          "TW-12", "TW-13", "TW-14", "TW-15", "AP-1",  "AP-2",  "AP-3",  "AP-4",  "AP-5",  "AP-6",  "AP-7",
          "AP-8",  "AP-9",  "AP-10", "CR-1",  "CR-2",  "CR-3",  "CR-4",  "RE-1",  "RE-2",  "RE-3",  "RE-4",
          "RE-5",  "UE-1",  "UE-2",  "HY-1",  "HY-2",  "HY-3",  "HY-4",  "HY-5",  "HY-6",  "HY-7",  "HY-8",
          "LG-1",  "LG-3",  "LG-4",  "DV-1",  "SI-1",  "SI-7",  "ST-10", "ST-11", "PR-16", "ST-1",  "ST-2",
          "ST-4",  "ST-5",  "ST-6",  "ST-7",  "ST-9",  "ST-12", "ST-14", "ST-15", "ST-17", "ST-18", "ST-25",
          "ST-3",  "ST-8",  "ST-13", "ST-16", "ST-19", "ST-21", "ST-23"}) {
        EXPECT_TRUE(served.contains(scenario)) << "no rule for " << scenario;
    }
}

TEST(ShippedScenarios, NameEveryScenarioOfTheRulesAndAdmitThoseThatNoRuleTellsOf) {
    const auto scenarios = read_scenarios(config_dir() / "scenarios.yml");
    ASSERT_TRUE(scenarios) << scenarios.error().text();
    std::set<std::string> served;
    for (const Rule& rule : shipped().rules) {
        if (rule.alerts) served.insert(rule.scenario);
    }
    std::set<std::string> listed;
    for (const Scenario& scenario : *scenarios) {
        listed.insert(scenario.id);
        const bool told =
            served.contains(scenario.same_as.empty() ? scenario.id : scenario.same_as) || scenario.by_daemon;
        EXPECT_NE(told, !scenario.unseen.empty()) << scenario.id;
    }
    for (const std::string& scenario : served)
        EXPECT_TRUE(listed.contains(scenario)) << scenario << " is in no list";
}

TEST(ShippedRules, ExplainThemselves) {
    for (const Rule& rule : shipped().rules) {
        if (!rule.alerts) continue;  // a part of the correlation in the same file, which says it all
        EXPECT_FALSE(rule.description.empty()) << rule.name;
        EXPECT_FALSE(rule.attack.empty()) << rule.name << " names no ATT&CK technique";
        EXPECT_FALSE(rule.false_positives.empty()) << rule.name;
        EXPECT_TRUE(rule.runbook.starts_with("https://learn.microsoft.com/")) << rule.name;
        ASSERT_FALSE(rule.references.empty()) << rule.name;
        for (const std::string& reference : rule.references)
            EXPECT_TRUE(reference.starts_with("https://learn.microsoft.com/"))
                << rule.name << ": " << reference;
        EXPECT_NE(rule.act, rule.id) << rule.name << " names no act";
    }
}

TEST(ShippedRules, NameOnlyActivitiesThatEntraWrites) {
    const auto known = known_activities();
    ASSERT_GT(known.size(), 200U);
    for (const fs::path& file : rule_files()) {
        std::set<std::string> used;
        for (const YamlNode& rule : rules_in(file)) {
            if (const YamlNode* detection = rule.find("detection")) collect_activities(*detection, used);
            const YamlNode* ours = rule.find("entrawatch");
            const YamlNode* severity = ours == nullptr ? nullptr : ours->find("severity");
            if (severity != nullptr) collect_activities(*severity, used);
        }
        for (const std::string& name : used)
            EXPECT_TRUE(known.contains(name)) << file << ": no row carries the activity `" << name << "`";
    }
}

TEST(ShippedRules, KnowAnActivityThatNobodyWrites) {
    const auto known = known_activities();
    EXPECT_FALSE(known.contains(fold("Add eligible member (permanent)")));
    EXPECT_TRUE(known.contains(fold("Add member to role")));
}

TEST(ShippedRoles, HoldWhatMicrosoftLabelsAndTheExtension) {
    const YamlNode root = tree_of(config_dir() / "roles.yml");
    const YamlNode* rows = root.find("roles");
    ASSERT_NE(rows, nullptr);
    std::map<std::string, int> labelled;
    for (const YamlNode& row : rows->items) {
        ASSERT_NE(row.find("labelled"), nullptr) << "line " << row.line;
        ++labelled[row.find("labelled")->text];
    }
    EXPECT_EQ(labelled["true"], 29);
    EXPECT_EQ(labelled["false"], 12);
    EXPECT_EQ(shipped_roles().size(), 41U);
}

TEST(ShippedRoles, PutTheKeysOfTheKingdomInTheCriticalTier) {
    std::map<std::string, std::string> tiers;
    for (const RoleInfo& role : shipped_roles())
        tiers[role.name] = role.tier;
    for (const char* name :
         {"Global Administrator", "Privileged Role Administrator", "Privileged Authentication Administrator",
          "Partner Tier2 Support", "Hybrid Identity Administrator", "Domain Name Administrator",
          "External Identity Provider Administrator", "Directory Synchronization Accounts",
          "On Premises Directory Sync Account", "Application Administrator",
          "Cloud Application Administrator", "Conditional Access Administrator", "Security Administrator"}) {
        EXPECT_EQ(tiers[name], "critical") << name;
    }
    EXPECT_EQ(tiers["User Administrator"], "high");
    for (const char* reader : {"Global Reader", "Security Reader", "Attribute Provisioning Reader"})
        EXPECT_EQ(tiers[reader], "medium") << reader;
    EXPECT_EQ(tiers["Authentication Policy Administrator"], "medium");
}

}  // namespace
}  // namespace entrawatch
