#include "core/rules/rule_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::Sample;
using testing::ElementsAre;

// The file of a rule of ours: `detection` and `key` are flow maps without their outer braces.
SigmaFile file_of(std::string_view name, const std::string& detection, const std::string& key,
                  std::string_view level = "medium", std::string_view service = "auditlogs") {
    static int number = 0;
    const std::string digits = std::to_string(100'000'000'000 + ++number);
    const std::string yaml = "title: " + std::string{name} + "\nid: 00000000-0000-4000-8000-" + digits +
                             "\nlevel: " + std::string{level} +
                             "\nlogsource: {product: azure, service: " + std::string{service} +
                             "}\ndetection: {" + detection + "}\nentrawatch: {" + key + "}\n";
    return read_sigma(yaml, "rule.yml", name, {});
}

Rule rule_of(std::string_view name, const std::string& detection, const std::string& key,
             std::string_view level = "medium", std::string_view service = "auditlogs") {
    SigmaFile file = file_of(name, detection, key, level, service);
    EXPECT_FALSE(has_errors(file.problems)) << test::text_of(file.problems) << detection;
    return file.rules.empty() ? Rule{} : std::move(file.rules.front());
}

std::vector<Finding> findings_of(const RuleSet& rules, const Sample& sample) {
    const auto scratch = make_rule_scratch();
    return rules.evaluate(sample.event, sample.record, *scratch);
}

std::vector<std::string> names_of(const std::vector<Finding>& findings) {
    std::vector<std::string> names;
    for (const Finding& finding : findings)
        names.push_back(finding.rule->name);
    return names;
}

TEST(RuleSet, FindsTheRulesThatMatchInTheirOrder) {
    const RuleSet rules{{
        rule_of("one", "s: {category: Policy}, condition: s", "act: a"),
        rule_of("two", "s: {activityDisplayName: Add policy}, condition: s", "act: a"),
        rule_of("three", "s: {activityDisplayName: Delete policy}, condition: s", "act: a"),
        rule_of("four", "s: {activityDisplayName|contains: policy}, condition: s", "act: a"),
        rule_of("five", "s: {activity: add policy}, condition: s", "act: a", "low", "signinlogs"),
    }};
    Sample sample{R"({"activityDisplayName": "Add Policy"})"};
    sample.event.category = "policy";
    EXPECT_THAT(names_of(findings_of(rules, sample)), ElementsAre("one", "two", "four"));
    sample.event.feed = FeedId::sign_ins_non_interactive;
    EXPECT_THAT(names_of(findings_of(rules, sample)), ElementsAre("five"));
    sample.event.feed = FeedId::risk_detections;
    EXPECT_TRUE(findings_of(rules, sample).empty());
}

TEST(RuleSet, TellsRulesApartThatDifferInTheirExceptionsAlone) {
    const std::string demanded = "s: {activityDisplayName: Add policy, category: Policy}, ";
    const RuleSet rules{{
        rule_of("all", demanded + "condition: s", "act: a"),
        rule_of("not mine", demanded + "mine: {operationType: mine}, condition: s and not mine", "act: a"),
        rule_of("not yours", demanded + "yours: {operationType: yours}, condition: s and not yours",
                "act: a"),
        rule_of("only exceptions", "mine: {operationType: mine}, condition: not mine", "act: a"),
    }};
    Sample mine{R"({"activityDisplayName": "Add policy", "operationType": "mine"})"};
    mine.event.category = "Policy";
    EXPECT_THAT(names_of(findings_of(rules, mine)), ElementsAre("all", "not yours"));
    Sample yours{R"({"activityDisplayName": "Add policy", "operationType": "yours"})"};
    yours.event.category = "Policy";
    EXPECT_THAT(names_of(findings_of(rules, yours)), ElementsAre("all", "not mine", "only exceptions"));
    yours.event.category = "other";
    EXPECT_THAT(names_of(findings_of(rules, yours)), ElementsAre("only exceptions"));
}

TEST(RuleSet, ForgetsTheEventBefore) {
    const RuleSet rules{
        {rule_of("one", "s: {activityDisplayName: a, operationType: x}, condition: s", "act: a")}};
    const auto scratch = make_rule_scratch();
    const Sample yes{R"({"activityDisplayName": "a", "operationType": "x"})"};
    const Sample no{R"({"activityDisplayName": "a", "operationType": "y"})"};
    const Sample missing{R"({"activityDisplayName": "a"})"};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(rules.evaluate(yes.event, yes.record, *scratch).size(), 1U);
        EXPECT_EQ(rules.evaluate(no.event, no.record, *scratch).size(), 0U);
        EXPECT_EQ(rules.evaluate(missing.event, missing.record, *scratch).size(), 0U);
    }
}

TEST(RuleSet, TakesOneScratchForRuleSetsOfAnySize) {
    const RuleSet small{{rule_of("small", "s: {operationType: x}, condition: s", "act: a")}};
    std::vector<Rule> many;
    for (int i = 0; i < 50; ++i)
        many.push_back(rule_of("r" + std::to_string(i),
                               "s: {resultReason|contains: r" + std::to_string(i) + "}, condition: s",
                               "act: a"));
    const RuleSet large{std::move(many)};
    const auto scratch = make_rule_scratch();
    const Sample sample{R"({"operationType": "x", "resultReason": "r49"})"};
    EXPECT_THAT(names_of(small.evaluate(sample.event, sample.record, *scratch)), ElementsAre("small"));
    EXPECT_THAT(names_of(large.evaluate(sample.event, sample.record, *scratch)), ElementsAre("r4", "r49"));
    EXPECT_THAT(names_of(small.evaluate(sample.event, sample.record, *scratch)), ElementsAre("small"));
}

TEST(RuleSet, LetsALaterRuleReplaceOneWithItsId) {
    Rule shipped = rule_of("area/shipped", "s: {operationType: x}, condition: s", "act: a");
    Rule other = rule_of("area/other", "s: {operationType: x}, condition: s", "act: a");
    Rule own = rule_of("own/mine", "s: {operationType: y}, condition: s", "act: a");
    own.id = shipped.id;
    const std::string id = shipped.id;
    const RuleSet rules{{std::move(shipped), std::move(other), std::move(own)}};
    ASSERT_EQ(rules.rules().size(), 2U);
    EXPECT_EQ(rules.rules()[0].name, "own/mine");
    EXPECT_EQ(rules.find(id), &rules.rules()[0]);
    EXPECT_EQ(rules.find("area/other"), &rules.rules()[1]);
    EXPECT_EQ(rules.find("area/shipped"), nullptr);
    const Sample sample{R"({"operationType": "x"})"};
    EXPECT_THAT(names_of(findings_of(rules, sample)), ElementsAre("area/other"));
}

TEST(RuleSet, SurvivesBeingMovedWhileFindingsPointIntoIt) {
    RuleSet first{{rule_of("one", "s: {operationType: x}, condition: s", "act: a")}};
    const Sample sample{R"({"operationType": "x"})"};
    const auto findings = findings_of(first, sample);
    const RuleSet second{std::move(first)};
    EXPECT_EQ(findings.at(0).rule, &second.rules()[0]);
}

TEST(RuleSet, AdjustsTheSeverityInTheOrderOfTheFile) {
    const std::string key =
        "severity: [{when: {operationType: x}, level: low, because: first}, {when: {category: y}, raise: 2, "
        "because: "
        "second}, {when: {category: z}, raise: -1, because: third}]";
    const RuleSet rules{{rule_of("one", "s: {loggedByService: PIM}, condition: s", key, "critical")}};
    Sample sample{R"({"loggedByService": "PIM", "operationType": "x"})"};
    sample.event.service = "PIM";
    sample.event.category = "y";
    auto findings = findings_of(rules, sample);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].severity, Severity::high);
    EXPECT_THAT(findings[0].severity_reasons, ElementsAre("first", "second"));
    sample.event.category = "z";
    findings = findings_of(rules, sample);
    EXPECT_EQ(findings.at(0).severity, Severity::informational);
    EXPECT_THAT(findings.at(0).severity_reasons, ElementsAre("first", "third"));
    Sample other{R"({"loggedByService": "PIM"})"};
    findings = findings_of(rules, other);
    EXPECT_EQ(findings.at(0).severity, Severity::critical);
    EXPECT_TRUE(findings.at(0).severity_reasons.empty());
}

Sample with_targets(int count) {
    Sample sample{R"({"operationType": "x"})"};
    for (int i = 0; i < count; ++i)
        sample.event.targets.push_back({"user", "ID" + std::to_string(i), "name " + std::to_string(i)});
    return sample;
}

TEST(RuleSet, MakesAFindingForEachValueOfTheSubject) {
    const RuleSet rules{{rule_of(
        "one", "s: {operationType: x}, condition: s",
        "subject: [actor.id, targets.id], summary: '{targets.id} of {targets.name} by {actor.name}'")}};
    Sample sample = with_targets(2);
    sample.event.targets.push_back({"user", "id0", "again"});  // the same id, folded
    sample.event.actor.id = "A|B";
    const auto findings = findings_of(rules, sample);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].subject, R"(a\|b|id0)");
    EXPECT_EQ(findings[1].subject, R"(a\|b|id1)");
    EXPECT_EQ(findings[0].summary, "ID0 of name 0, name 1, again by unknown");
    EXPECT_EQ(findings[1].summary, "ID1 of name 0, name 1, again by unknown");
}

TEST(RuleSet, CombinesSubjectsOfSeveralValues) {
    const RuleSet rules{
        {rule_of("one", "s: {operationType: x}, condition: s", "subject: [targets.id, targets.name]")}};
    const auto findings = findings_of(rules, with_targets(2));
    ASSERT_EQ(findings.size(), 4U);
    EXPECT_EQ(findings[0].subject, "id0|name 0");
    EXPECT_EQ(findings[1].subject, "id0|name 1");
    EXPECT_EQ(findings[2].subject, "id1|name 0");
    EXPECT_EQ(findings[3].subject, "id1|name 1");
}

TEST(RuleSet, MakesAtMost64FindingsOfOneRule) {
    const RuleSet rules{
        {rule_of("one", "s: {operationType: x}, condition: s", "subject: [targets.id]"),
         rule_of("two", "s: {operationType: x}, condition: s", "subject: [targets.id, targets.name]")}};
    const auto findings = findings_of(rules, with_targets(300));
    ASSERT_EQ(findings.size(), 128U);
    EXPECT_EQ(findings[63].subject, "id63");
    EXPECT_EQ(findings[64].subject, "id0|name 0");
}

TEST(RuleSet, KeepsAPlaceForAMissingSubject) {
    const RuleSet rules{
        {rule_of("one", "s: {operationType: x}, condition: s", "subject: [role.id, targets.id, actor.id]")}};
    Sample sample = with_targets(0);
    sample.event.actor.id = "A";
    const auto findings = findings_of(rules, sample);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].subject, "||a");
}

TEST(RuleSet, ShowsNamesAsTextAndNothingElse) {
    const RuleSet rules{
        {rule_of("one", "s: {operationType: x}, condition: s", "summary: 'By {actor.name}'")}};
    Sample sample{R"({"operationType": "x"})"};
    sample.event.actor.name = "{target.name} {{ " + std::string(500, 'x');
    const auto findings = findings_of(rules, sample);
    EXPECT_EQ(findings.at(0).summary.find("By {target.name} {{ xxx"), 0U);
    EXPECT_LE(findings.at(0).summary.size(), 210U);
}

// Random rules over few fields and values, so that matches are common, and random events: dispatch must find
// exactly what looking at every rule finds.
class RandomRules {
  public:
    explicit RandomRules(unsigned seed) : random_(seed) {}

    // One that some record may match: what contradicts itself is refused.
    Rule rule(int number) {
        const std::string name = "r" + std::to_string(number);
        while (true) {
            SigmaFile file = file_of(name, detection(), "act: a", "low", service());
            if (!file.rules.empty()) return std::move(file.rules.front());
            const std::string why = test::text_of(file.problems);
            if (why.find("no record can match") != std::string::npos) continue;
            ADD_FAILURE() << why;
            return {};
        }
    }

    Sample event() {
        const FeedId feeds[] = {FeedId::directory_audits, FeedId::sign_ins_interactive,
                                FeedId::risk_detections, FeedId::sign_ins_managed_identity};
        Sample sample{R"({"id": ")" + std::string(1, letter()) + R"(", "correlationId": )" +
                          (pick(0, 2) == 0 ? "null" : "\"" + std::string(1, letter()) + "\"") + "}",
                      feeds[pick(0, 3)]};
        if (pick(0, 5) > 0) sample.event.activity = std::string(1, letter());
        if (pick(0, 1) > 0) sample.event.category = std::string(1, letter());
        if (pick(0, 1) > 0) sample.event.actor.id = std::string(1, letter());
        for (int i = pick(0, 3); i > 0; --i)
            sample.event.targets.push_back({"user", std::string(1, letter()), ""});
        sample.event.context.actor_is_emergency = pick(0, 3) == 0 ? Known::yes : Known::no;
        return sample;
    }

  private:
    int pick(int from, int to) { return std::uniform_int_distribution<int>{from, to}(random_); }
    char letter() { return "abcABC"[pick(0, 5)]; }
    std::string detection() {
        std::string detection;
        const int selections = pick(1, 4);
        for (int i = 0; i < selections; ++i)
            detection += "s" + std::to_string(i) + ": " + selection() + ", ";
        return detection + "condition: '" + condition(selections, 0) + "'";
    }
    const char* service() {
        const char* services[] = {"auditlogs", "signinlogs", "riskdetection"};
        return services[pick(0, 2)];
    }
    std::string value() {
        const std::string text(1, letter());
        switch (pick(0, 9)) {
            case 0:
                return "null";
            case 1:
                return "'" + text + "*'";
            case 2:
                return "[" + text + ", null]";
            case 3:
            case 4:
                return "[" + text + ", '" + std::string(1, letter()) + "']";
            default:
                return text;
        }
    }
    std::string item() {
        const char* fields[] = {"activity", "category", "actor.id", "targets.id", "correlationId", "id"};
        const std::string field = fields[pick(0, 5)];
        switch (pick(0, 9)) {
            case 0:
                return "context.actor.emergency: true";
            case 1:
                return field + "|neq: " + std::string(1, letter());
            case 2:
                return field + "|cased: " + std::string(1, letter());
            case 3:
                return field + "|contains: " + std::string(1, letter());
            case 4:
                return field + "|all: [" + std::string(1, letter()) + ", " + std::string(1, letter()) + "]";
            case 5:
                return field + "|exists: true";
            case 6:
                return field + "|fieldref: actor.id";
            default:
                return field + ": " + value();
        }
    }
    std::string selection() {
        if (pick(0, 3) == 0) return "[{" + item() + "}, {" + item() + "}]";
        const std::string first = item();
        std::string second = item();
        while (second.substr(0, second.find(':')) == first.substr(0, first.find(':')))
            second = item();
        return "{" + first + ", " + second + "}";
    }
    std::string condition(int selections, int depth) {
        const std::string name = "s" + std::to_string(pick(0, selections - 1));
        if (depth == 3) return name;
        const auto inner = [&] { return condition(selections, depth + 1); };
        switch (pick(0, 7)) {
            case 0:
                return inner() + " and " + inner();
            case 1:
                return inner() + " or " + inner();
            case 2:
                return "not " + name;
            case 3:
                return "(" + inner() + ") and not (" + inner() + ")";
            case 4:
                return "1 of them";
            case 5:
                return "all of s*";
            case 6:
                return selections > 1 ? "2 of them" : name;
            default:
                return name;
        }
    }
    std::mt19937 random_;
};

TEST(RuleSet, FindsWhatLookingAtEveryRuleFinds) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        RandomRules random{seed};
        std::vector<Rule> all;
        for (int i = 0; i < 60; ++i)
            all.push_back(random.rule(i));
        const RuleSet rules{all};
        const auto scratch = make_rule_scratch();
        std::size_t matched = 0;
        for (int i = 0; i < 100; ++i) {
            const Sample sample = random.event();
            std::vector<std::string> expected;
            for (const Rule& rule : all) {
                const bool its_feed =
                    std::find(rule.feeds.begin(), rule.feeds.end(), sample.event.feed) != rule.feeds.end();
                if (its_feed && rule.condition->matches(sample.event, sample.record))
                    expected.push_back(rule.name);
            }
            matched += expected.size();
            std::vector<std::string> found = names_of(rules.evaluate(sample.event, sample.record, *scratch));
            found.erase(std::unique(found.begin(), found.end()),
                        found.end());  // several subjects of one rule
            ASSERT_EQ(found, expected) << "seed " << seed << ", event " << i;
        }
        EXPECT_GT(matched, 100U) << "the random rules match too little to prove anything";
    }
}

}  // namespace
}  // namespace entrawatch
