#include "core/rules/rule_filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::Sample;
using test::text_of;
using testing::HasSubstr;

// Three rules: one as any, one that is unsilenceable, one of sign-ins.
std::vector<Rule> filtered_rules() {
    std::vector<Rule> rules;
    int number = 0;
    for (const std::string name : {"mine/deleted", "mine/loud", "mine/signed-in"}) {
        SigmaFile file = read_sigma(
            "title: A test\nid: 00000000-0000-4000-8000-00000000000" + std::to_string(++number) +
                "\nlevel: high\nlogsource: {product: azure, service: " +
                (name == "mine/signed-in" ? "signinlogs" : "auditlogs") + "}\ndetection:\n  selection: {" +
                (name == "mine/signed-in" ? "userId: u" : "activityDisplayName: Delete user") +
                "}\n  condition: selection\nentrawatch: {unsilenceable: " +
                (name == "mine/loud" ? "true" : "false") + "}\n",
            name + ".yml", name, {});
        EXPECT_EQ(text_of(file.problems), "");
        rules.push_back(std::move(file.rules.at(0)));
    }
    return rules;
}

std::vector<RuleFilter> filters_about(const std::string& rules, const std::string& last_day = "2027-05-31",
                                      const std::string& source = "Scanner") {
    SigmaFile file = read_sigma(
        "title: The scanner\nlogsource: {product: azure, service: auditlogs}\nfilter:\n  rules: " + rules +
            "\n  selection: {additionalDetails.Source: " + source +
            "}\n  condition: selection\nentrawatch: {owner: ops, reason: r, expires: " + last_day + "}\n",
        "filter.yml", "mine/scanner-" + last_day, {});
    EXPECT_EQ(text_of(file.problems), "");
    return std::move(file.filters);
}

std::string objection_to(const std::string& rules) {
    auto filters = filters_about(rules);
    const Problems problems = resolve_filters(filters, filtered_rules());
    EXPECT_EQ(filters.empty(), has_errors(problems)) << "what is wrong is not used";
    return text_of(problems);
}

const Sample scanned{
    R"({"activityDisplayName": "Delete user", "additionalDetails": [{"key": "Source", "value": "Scanner"}]})"};
const Sample deleted{
    R"({"activityDisplayName": "Delete user", "additionalDetails": [{"key": "Source", "value": "Portal"}]})"};

std::vector<Finding> found_with(std::vector<RuleFilter> filters, const Sample& sample, const RuleSet*& kept) {
    static std::unique_ptr<RuleSet> rules;
    EXPECT_EQ(text_of(resolve_filters(filters, filtered_rules())), "");
    rules = std::make_unique<RuleSet>(filtered_rules(), std::move(filters));
    kept = rules.get();
    const auto scratch = make_rule_scratch();
    return rules->evaluate(sample.event, sample.record, *scratch);
}

TEST(RuleFilter, NamesRulesByNameOrId) {
    EXPECT_EQ(objection_to("[mine/deleted]"), "");
    EXPECT_EQ(objection_to("[00000000-0000-4000-8000-000000000001]"), "");
    EXPECT_EQ(objection_to("any"), "");
}

TEST(RuleFilter, IsRefusedWithTheNearestNameWhenTheRuleIsNotThere) {
    EXPECT_EQ(objection_to("[mine/deletd]"),
              "filter.yml:4: the filter names the rule `mine/deletd`, which is not there; did you mean "
              "`mine/deleted`?\n");
}

TEST(RuleFilter, IsRefusedByARuleThatIsUnsilenceableNamingBoth) {
    const std::string problem = objection_to("[mine/deleted, mine/loud]");
    EXPECT_THAT(problem, HasSubstr("the filter mine/scanner-2027-05-31 names the rule mine/loud, which is "
                                   "unsilenceable"));
}

TEST(RuleFilter, IsRefusedByARuleThatReadsNoneOfItsFeeds) {
    EXPECT_THAT(objection_to("[mine/signed-in]"), HasSubstr("reads none of the feeds"));
}

TEST(RuleFilter, MarksTheFindingsOfWhatItExceptsAndNoOthers) {
    const RuleSet* rules = nullptr;
    auto findings = found_with(filters_about("[mine/deleted]"), scanned, rules);
    ASSERT_EQ(findings.size(), 2U) << "both rules find what they find";
    EXPECT_EQ(findings[0].filter, &rules->filters()[0]);
    EXPECT_EQ(findings[1].filter, nullptr) << "the other rule is not named";
    findings = found_with(filters_about("[mine/deleted]"), deleted, rules);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].filter, nullptr);
}

TEST(RuleFilter, AboutAnyRuleLeavesTheUnsilenceableOnesAlone) {
    const RuleSet* rules = nullptr;
    const auto findings = found_with(filters_about("any"), scanned, rules);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_NE(findings[0].filter, nullptr);
    EXPECT_EQ(findings[1].rule->name, "mine/loud");
    EXPECT_EQ(findings[1].filter, nullptr);
}

TEST(RuleFilter, ThatLastsLongestIsNamedWhenSeveralExcept) {
    auto filters = filters_about("any", "2027-01-31");
    filters.push_back(filters_about("any", "2027-04-30").at(0));
    filters.push_back(filters_about("any", "2027-02-28").at(0));
    const RuleSet* rules = nullptr;
    const auto findings = found_with(std::move(filters), scanned, rules);
    ASSERT_NE(findings.at(0).filter, nullptr);
    EXPECT_EQ(findings[0].filter->last_day, "2027-04-30");
}

TEST(RuleFilter, IsToldOfWhenItIsOverOrLastsTooLong) {
    const auto said_on = [](std::string_view day, const std::string& last_day) {
        return expiry_problems(filters_about("any", last_day), *parse_iso(std::string{day} + "T12:00:00Z"));
    };
    EXPECT_TRUE(said_on("2026-11-22", "2027-05-31").empty());
    EXPECT_TRUE(said_on("2027-05-31", "2027-05-31").empty());
    const Problems over = said_on("2027-06-01", "2027-05-31");
    ASSERT_EQ(over.size(), 1U);
    EXPECT_TRUE(over[0].warning) << "an exception that is over hinders nobody";
    EXPECT_THAT(over[0].message, HasSubstr("of ops ended after 2027-05-31 and suppresses nothing"));
    const Problems far = said_on("2026-11-22", "2027-12-31");
    ASSERT_EQ(far.size(), 1U);
    EXPECT_FALSE(far[0].warning);
    EXPECT_THAT(far[0].message, HasSubstr("more than a year from now"));
    EXPECT_TRUE(said_on("2026-11-22", "2027-11-22").empty());
}

}  // namespace
}  // namespace entrawatch
