#include "core/rules/sigma_filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::read_rule;
using test::Sample;
using test::text_of;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view answer =
    "entrawatch: {owner: ops@contoso.com, reason: the nightly scanner, expires: 2027-05-31}\n";

// A filter whose part `filter` holds these lines, indented by two blanks.
std::string filter_with(const std::string& lines, std::string_view answered = answer) {
    return "title: The scanner\nlogsource: {product: azure, service: auditlogs}\nfilter:\n" + lines +
           std::string{answered};
}

const std::string scanner = "  selection: {activityDisplayName: Scan}\n";

RuleFilter filter_of(const std::string& yaml) {
    SigmaFile file = read_rule(yaml);
    EXPECT_EQ(text_of(file.problems), "") << yaml;
    EXPECT_TRUE(file.rules.empty());
    return file.filters.size() == 1 ? std::move(file.filters.front()) : RuleFilter{};
}

std::string filter_problems_of(const std::string& yaml) {
    const SigmaFile file = read_rule(yaml);
    EXPECT_TRUE(file.filters.empty()) << yaml;
    EXPECT_TRUE(has_errors(file.problems)) << yaml;
    return text_of(file.problems);
}

TEST(SigmaFilter, ReadsEveryPartOfAFilter) {
    const RuleFilter filter = filter_of(
        "title: The scanner\nid: 0A0B0C0D-0000-4000-8000-000000000001\n"
        "logsource: {product: azure, service: auditlogs}\n"
        "filter:\n  rules: [pim/a, 0a0b0c0d-0000-4000-8000-000000000002]\n" +
        scanner + "  condition: selection\n" + std::string{answer});
    EXPECT_EQ(filter.id, "0a0b0c0d-0000-4000-8000-000000000001");
    EXPECT_EQ(filter.name, "test/rule");
    EXPECT_EQ(filter.title, "The scanner");
    EXPECT_EQ(filter.owner, "ops@contoso.com");
    EXPECT_EQ(filter.reason, "the nightly scanner");
    EXPECT_THAT(filter.rules, ElementsAre("pim/a", "0a0b0c0d-0000-4000-8000-000000000002"));
    EXPECT_THAT(filter.feeds, ElementsAre(FeedId::directory_audits));
    EXPECT_FALSE(filter.any_rule);
    EXPECT_EQ(filter.rules_line, 5);
}

TEST(SigmaFilter, EndsWithItsLastDay) {
    const RuleFilter filter = filter_of(filter_with("  rules: any\n" + scanner + "  condition: selection\n"));
    EXPECT_TRUE(filter.any_rule);
    EXPECT_EQ(filter.last_day, "2027-05-31");
    EXPECT_TRUE(in_force(filter, *parse_iso("2027-05-31T23:59:59.9999999Z")));
    EXPECT_FALSE(in_force(filter, *parse_iso("2027-06-01T00:00:00Z")));
}

TEST(SigmaFilter, ExceptsWhatItsSelectionsDescribeInEitherSpelling) {
    const Sample scan{R"({"activityDisplayName": "Scan", "category": "x"})"};
    const Sample other{R"({"activityDisplayName": "Delete user", "category": "x"})"};
    for (const std::string condition : {"selection", "not selection", "not not not selection",
                                        "not 1 of selection*", "all of selection*", "not (selection)"}) {
        const RuleFilter filter =
            filter_of(filter_with("  rules: any\n" + scanner + "  condition: " + condition + "\n"));
        ASSERT_NE(filter.excepts, nullptr) << condition;
        EXPECT_TRUE(filter.excepts->matches(scan.event, scan.record)) << condition;
        EXPECT_FALSE(filter.excepts->matches(other.event, other.record)) << condition;
    }
}

// A selection that is a negation itself is no `not` before the condition.
TEST(SigmaFilter, LeavesASelectionThatDeniesAsItIs) {
    const Sample elsewhere{R"({"activityDisplayName": "y"})"};
    const Sample here{R"({"activityDisplayName": "x"})"};
    for (const std::string condition : {"selection", "not selection"}) {
        const RuleFilter filter = filter_of(filter_with(
            "  rules: any\n  selection: {activityDisplayName|neq: x}\n  condition: " + condition + "\n"));
        EXPECT_TRUE(filter.excepts->matches(elsewhere.event, elsewhere.record)) << condition;
        EXPECT_FALSE(filter.excepts->matches(here.event, here.record)) << condition;
    }
}

TEST(SigmaFilter, RefusesAConditionThatExceptsWhatNoSelectionDescribes) {
    for (const std::string condition :
         {"not selection and not other", "selection or not other", "[not selection, not other]"}) {
        EXPECT_THAT(
            filter_problems_of(filter_with("  rules: any\n" + scanner +
                                           "  other: {category: x}\n  condition: " + condition + "\n")),
            HasSubstr("rule.yml:7: the condition excepts what none of the selections describes"))
            << condition;
    }
    // What is described, but for a part of it, is fine.
    EXPECT_NE(filter_of(filter_with("  rules: any\n" + scanner +
                                    "  other: {category: x}\n  condition: selection and not other\n"))
                  .excepts,
              nullptr);
}

TEST(SigmaFilter, IsRefusedWithoutSomebodyWhoAnswersForIt) {
    const std::string lines = "  rules: any\n" + scanner + "  condition: selection\n";
    const auto with = [&](const std::string& key) { return filter_problems_of(filter_with(lines, key)); };
    EXPECT_EQ(with(""),
              "rule.yml:1: a filter that nobody answers for is not used; add `entrawatch: { owner: WHO "
              "ANSWERS FOR IT, reason: WHY, expires: YYYY-MM-DD }`\n");
    EXPECT_THAT(with("entrawatch: {reason: r, expires: 2027-05-31}\n"), HasSubstr("no `owner`; add"));
    EXPECT_THAT(with("entrawatch: {owner: '', reason: r, expires: 2027-05-31}\n"), HasSubstr("no `owner`"));
    EXPECT_THAT(with("entrawatch: {owner: o, expires: 2027-05-31}\n"), HasSubstr("no `reason`; add"));
    EXPECT_THAT(with("entrawatch: {owner: o, reason: r}\n"), HasSubstr("no `expires`; add"));
    EXPECT_THAT(with("entrawatch: {owner: o, reason: r, expires: soon}\n"),
                HasSubstr("`expires` must be a day such as 2027-05-31"));
    EXPECT_THAT(with("entrawatch: {owner: o, reason: r, expires: 2027-02-30}\n"), HasSubstr("must be a day"));
    EXPECT_THAT(with("entrawatch: {owner: o, reason: r, expiry: 2027-02-28}\n"),
                HasSubstr("unknown key `expiry` in `entrawatch` of a filter; did you mean `expires`?"));
}

TEST(SigmaFilter, IsRefusedWithThePlaceOfEveryMistake) {
    EXPECT_THAT(filter_problems_of(filter_with(scanner + "  condition: selection\n")),
                HasSubstr("rule.yml:3: `filter` names no `rules`"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: []\n" + scanner + "  condition: selection\n")),
                HasSubstr("rule.yml:4: `rules` lists one to 1000"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: [a, any]\n" + scanner + "  condition: selection\n")),
                HasSubstr("or is `any` alone"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: any\n" + scanner)),
                HasSubstr("rule.yml:3: `filter` has no `condition`"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: any\n" + scanner + "  condition: other\n")),
                HasSubstr("no selection is named `other`"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: any\n  selection: {activityDisplayNme: a}\n"
                                               "  condition: selection\n")),
                HasSubstr("activityDisplayName"));
    EXPECT_THAT(filter_problems_of(filter_with("  rules: any\n" + scanner + "  condition: selection\n") +
                                   "detection: {}\n"),
                HasSubstr("a filter has no `detection`"));
    EXPECT_THAT(filter_problems_of("filter: {rules: any}\n"), HasSubstr("the filter has no `title`"));
    EXPECT_THAT(filter_problems_of("title: t\nfilter: [a]\n"), HasSubstr("`filter` must be a map"));
}

TEST(SigmaFilter, StandsBesideRulesInOneFile) {
    const SigmaFile file = read_rule(test::rule_with("selection: {id: 1}\ncondition: selection") + "---\n" +
                                     filter_with("  rules: any\n" + scanner + "  condition: selection\n"));
    EXPECT_EQ(text_of(file.problems), "");
    EXPECT_EQ(file.rules.size(), 1U);
    ASSERT_EQ(file.filters.size(), 1U);
    EXPECT_EQ(file.filters[0].name, "test/rule#2");
}

}  // namespace
}  // namespace entrawatch
