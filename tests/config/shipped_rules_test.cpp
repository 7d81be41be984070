// Every rule that comes with the program, held to its own examples and to what the catalogue demands of it.
#include "config/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "config/yaml_tree.hpp"
#include "core/base/text.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;

fs::path config_dir() {
    return test::source_dir() / "config";
}

const LoadedRules& shipped() {
    static const LoadedRules loaded = read_rules_in(config_dir() / "rules", {}, true);
    return loaded;
}

std::vector<RoleInfo> roles() {
    auto read = read_roles(config_dir() / "roles.yml");
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    return read ? std::move(*read) : std::vector<RoleInfo>{};
}

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
        for (const std::string_view mark : {"documented", "observed"}) {
            if (const YamlNode* list = group.find(mark)) collect_texts(*list, names);
        }
    }
    return names;
}

const Rule& rule_named(std::string_view name) {
    const auto& rules = shipped().rules;
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.name == name; });
    if (found == rules.end()) throw std::runtime_error{"no rule " + std::string{name}};
    return *found;
}

const RuleExample& example_of(std::string_view rule, std::string_view name) {
    const auto& examples = rule_named(rule).examples;
    const auto found =
        std::find_if(examples.begin(), examples.end(), [&](const RuleExample& e) { return e.name == name; });
    if (found == examples.end())
        throw std::runtime_error{std::string{rule} + " has no example " + std::string{name}};
    return *found;
}

// What one alert is: the act and its subject.
struct Told {
    std::string rule;
    std::string act;
    std::string subject;
    Severity severity;
    std::string summary;
};

// All shipped rules on the record of one example, as the daemon would run them. `tenant_roles`: what was read
// from the tenant beside the shipped roles.
std::vector<Told> told_about(const RuleExample& example, std::vector<RoleInfo> tenant_roles = {}) {
    static const RuleSet rules{shipped().rules};
    std::vector<EmergencyAccount> accounts;
    for (const std::string& id : example.emergency_accounts)
        accounts.push_back({id, "glass-one"});
    DirectoryReading reading;
    reading.roles = std::move(tenant_roles);
    if (!example.ms_pim_id.empty()) reading.ms_pim_id = example.ms_pim_id;
    const Directory directory{accounts, roles(), reading};
    JsonReader reader;
    const auto json = reader.parse(example.record);
    if (!json) throw std::runtime_error{json.error().text()};
    auto event = normalize(feed_of(example.feed), *json);
    if (!event) throw std::runtime_error{event.error().text()};
    enrich(*event, directory);
    const RuleScratchPtr scratch = make_rule_scratch();
    std::vector<Told> told;
    for (const Finding& finding : rules.evaluate(*event, *json, *scratch))
        told.push_back(
            {finding.rule->name, finding.rule->act, finding.subject, finding.severity, finding.summary});
    return told;
}

std::set<std::string> alerts_of(const std::vector<Told>& told) {
    std::set<std::string> keys;
    for (const Told& one : told)
        keys.insert(one.act + "|" + one.subject);
    return keys;
}

std::string summary_by(const std::vector<Told>& told, std::string_view rule) {
    for (const Told& one : told) {
        if (one.rule == rule) return one.summary;
    }
    return "(the rule did not fire)";
}

TEST(ShippedRules, AllLoadWithoutAProblem) {
    for (const Problem& problem : shipped().problems)
        ADD_FAILURE() << problem.text();
    EXPECT_EQ(shipped().rules.size(), rule_files().size());
    EXPECT_GE(shipped().rules.size(), 38U);
}

TEST(ShippedRules, DoWhatTheirExamplesSay) {
    const auto known = roles();
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
         {"EA-1", "EA-2", "EA-3", "EA-4", "EA-5", "EA-7", "PR-1", "PR-2", "PR-7",  "PR-8", "PR-13", "TW-1",
          "TW-2", "TW-3", "TW-4", "TW-5", "TW-6", "TW-7", "TW-8", "TW-9", "TW-10", "AP-3", "AP-4"}) {
        EXPECT_TRUE(served.contains(scenario)) << "no rule for " << scenario;
    }
}

TEST(ShippedRules, ExplainThemselves) {
    for (const Rule& rule : shipped().rules) {
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
        const YamlNode root = tree_of(file);
        std::set<std::string> used;
        if (const YamlNode* detection = root.find("detection")) collect_activities(*detection, used);
        if (const YamlNode* ours = root.find("entrawatch")) {
            if (const YamlNode* severity = ours->find("severity")) collect_activities(*severity, used);
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

TEST(ShippedRules, StaySilentWhenAnAdministratorActivatesARoleThroughPim) {
    // Every row of one activation, from the request to its end.
    for (const auto& [rule, name] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"pim/activation-without-mfa", "an administrator activates a role with MFA"},
             {"pim/activation-without-mfa", "the completion repeats it"},
             {"pim/role-assigned-outside-pim", "PIM carries out an activation"},
             {"pim/role-removed", "PIM takes the role back when the activation ends"},
             {"pim/role-removed", "the row in PIM about it"}}) {
        for (const Told& told : told_about(example_of(rule, name)))
            ADD_FAILURE() << "'" << name << "' is told by " << told.rule << ": " << told.summary;
    }
}

TEST(ShippedRules, TellADirectAssignmentAndItsEchoInPimAsOneAlert) {
    const auto direct = told_about(
        example_of("pim/role-assigned-to-service-principal", "Global Administrator for an application"));
    const auto echo = told_about(
        example_of("pim/role-assigned-to-service-principal", "PIM notices the standing assignment"));
    ASSERT_EQ(alerts_of(direct).size(), 1U);
    EXPECT_EQ(alerts_of(direct), alerts_of(echo));
}

TEST(ShippedRules, TellARowOfTheDirectoryAndItsRowInPimAsOneAlert) {
    const auto written = told_about(
        example_of("pim/role-assigned-outside-pim", "the same while it is not known which principal is PIM"));
    const auto completed = told_about(
        example_of("pim/role-assigned-through-pim", "a permanent assignment of a role of the critical tier"));
    ASSERT_EQ(alerts_of(written).size(), 1U);
    EXPECT_EQ(alerts_of(written), alerts_of(completed));
}

TEST(ShippedRules, TellOfARoleThatIsNotPrivilegedQuietlyOrNotAtAll) {
    const RuleExample& given =
        example_of("pim/role-assigned-outside-pim", "a custom role that no list knows");
    const RuleExample& taken = example_of("pim/role-removed", "a custom role that no list knows");
    ASSERT_EQ(told_about(given).size(), 1U);
    EXPECT_EQ(told_about(given).front().severity, Severity::high) << "not known is not low";
    EXPECT_EQ(told_about(taken).size(), 1U);

    const auto id = told_about(given).front().subject.substr(0, 36);
    const std::vector<RoleInfo> read{{id, "Larkspur Desk Operator", "low"}};
    ASSERT_EQ(told_about(given, read).size(), 1U);
    EXPECT_EQ(told_about(given, read).front().severity, Severity::low);
    EXPECT_TRUE(told_about(taken, read).empty());
}

TEST(ShippedRules, TellTheRowsOfOneEligibilityAsOneAlert) {
    const auto written =
        told_about(example_of("pim/role-made-eligible-outside-pim", "PIM writes eligibility"));
    const auto completed = told_about(
        example_of("pim/role-made-eligible-through-pim", "eligible for Global Administrator for good"));
    ASSERT_EQ(alerts_of(written).size(), 1U);
    EXPECT_EQ(alerts_of(written), alerts_of(completed));
}

TEST(ShippedRules, TellARoleForAnEmergencyAccountAsOneAlert) {
    const auto told = told_about(example_of("emergency/role-assigned", "assigned directly"));
    EXPECT_EQ(told.size(), 2U) << "the general rule and that for emergency accounts";
    EXPECT_EQ(alerts_of(told).size(), 1U);
}

TEST(ShippedRules, TellACredentialAndItsTwinAsOneAlert) {
    const auto credential = told_about(example_of("applications/credential-added", "a service principal"));
    const auto twin = told_about(
        example_of("applications/credential-added", "its twin: the same target and key, so one alert"));
    ASSERT_EQ(alerts_of(credential).size(), 1U);
    EXPECT_EQ(alerts_of(credential), alerts_of(twin));
}

TEST(ShippedRules, TellEachConditionalAccessChangeOnce) {
    const auto told = told_about(example_of("tenant-wide/conditional-access-changed",
                                            "grantControls are gone: MFA is no longer required"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(told_about(example_of("tenant-wide/conditional-access-changed",
                                      "the twin that Core Directory writes"))
                    .empty());
}

TEST(ShippedRules, SayInASentenceWhatAPolicyLost) {
    const auto told = told_about(example_of("tenant-wide/conditional-access-changed",
                                            "grantControls are gone: MFA is no longer required"));
    EXPECT_EQ(
        summary_by(told, "tenant-wide/conditional-access-changed"),
        "carla.ortiz@larkspur.example changed the Conditional Access policy Require MFA for administrators "
        "(enabled): demands no longer mfa; conditions added: none; conditions removed: none");
}

TEST(ShippedRules, NameTheGroupOnAdditionAndRemoval) {
    for (const char* name : {"added to a group", "removed from a group: the group stands in the old value"}) {
        const std::string summary =
            summary_by(told_about(example_of("emergency/group-change", name)), "emergency/group-change");
        EXPECT_NE(summary.find("group Finance Approvers"), std::string::npos) << summary;
        EXPECT_EQ(summary.find("unknown"), std::string::npos) << summary;
    }
}

TEST(ShippedRules, GiveNoSentenceWithAnUnknownActor) {
    for (const Rule& rule : shipped().rules) {
        for (const RuleExample& example : rule.examples) {
            if (!example.fires) continue;
            for (const Told& told : told_about(example)) {
                EXPECT_FALSE(told.summary.starts_with("unknown")) << told.rule << ": " << told.summary;
                EXPECT_EQ(told.summary.find('{'), std::string::npos) << told.rule << ": " << told.summary;
            }
        }
    }
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
    EXPECT_EQ(roles().size(), 41U);
}

TEST(ShippedRoles, PutTheKeysOfTheKingdomInTheCriticalTier) {
    std::map<std::string, std::string> tiers;
    for (const RoleInfo& role : roles())
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
