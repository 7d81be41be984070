#include "core/rules/explanation.hpp"

#include <gmock/gmock.h>

#include "core/rules/correlation.hpp"
#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const test::Sample& sample() {
    static const test::Sample one{
        R"({"activityDisplayName": "Add member to role", "result": "failure", "resultReason": null,
            "loggedByService": "Core Directory", "targetResources": [{"type": "a"}, {"type": "b"}, {"type": "c"}, {"type": "d"}, {"type": "e"}, {"type": "f"}, {"type": "g"}],
            "additionalDetails": [{"key": "n", "value": "7"}]})"};
    return one;
}

Explanation explained(std::string_view detection, const test::Sample& of = sample()) {
    const SigmaFile file = test::read_rule(test::rule_with(detection));
    EXPECT_EQ(test::text_of(file.problems), "") << detection;
    if (file.rules.size() != 1) return {};
    return explain(*file.rules[0].condition, of.event, of.record);
}

std::vector<std::string> words(const Explanation& told) {
    std::vector<std::string> all;
    for (const Reason& reason : told.reasons)
        all.push_back(in_words(reason));
    return all;
}

// The words for one line of a selection that does not hold.
std::string words_of_item(const std::string& item) {
    const Explanation told = explained("selection:\n  " + item + "\ncondition: selection");
    EXPECT_THAT(told.reasons, SizeIs(1)) << item;
    return told.reasons.empty() ? "" : in_words(told.reasons[0]);
}

TEST(Explanation, NamesTheTestThatFailedWithWhatWasDemandedAndWhatTheRecordHolds) {
    const Explanation told = explained(
        "selection:\n  activityDisplayName: Add member to role\n  result: [success, timeout]\n"
        "condition: selection");
    EXPECT_FALSE(told.holds);
    EXPECT_EQ(told.failed, 1U);
    EXPECT_TRUE(told.activity_fits);
    EXPECT_THAT(words(told),
                ElementsAre("in `selection` it does not hold, and should, that result is 'success' or "
                            "'timeout'; the record holds 'failure'"));
}

TEST(Explanation, TellsOfEverySelectionWhetherItHolds) {
    const Explanation told = explained(
        "here: {loggedByService: Core Directory}\nthere: {loggedByService: PIM}\n"
        "filter: {result: failure}\ncondition: (here or there) and not filter");
    ASSERT_THAT(told.selections, SizeIs(3));
    EXPECT_EQ(told.selections[0].name, "here");
    EXPECT_TRUE(told.selections[0].holds);
    EXPECT_FALSE(told.selections[1].holds);
    EXPECT_TRUE(told.selections[2].holds);
    EXPECT_THAT(words(told),
                ElementsAre("in `filter` it holds, and should not, that result is 'failure'; the "
                            "record holds 'failure'"));
}

TEST(Explanation, HasNoReasonsWhereTheConditionHolds) {
    const Explanation told = explained("a: {result: failure}\nb: {result: success}\ncondition: 1 of them");
    EXPECT_TRUE(told.holds);
    EXPECT_EQ(told.failed, 0U);
    EXPECT_THAT(told.reasons, IsEmpty());
    EXPECT_THAT(told.selections, SizeIs(2));
}

TEST(Explanation, TakesTheShortestWayThatKeepsTheActivity) {
    // The second selection is one test away, but of another activity.
    const Explanation told = explained(
        "far: {activityDisplayName: Add member to role, result: success, category: X}\n"
        "other: {activityDisplayName: Add owner to application}\ncondition: other or far");
    EXPECT_EQ(told.failed, 2U);
    EXPECT_TRUE(told.activity_fits);
    EXPECT_EQ(told.reasons[0].selection, "far");
    const Explanation away =
        explained("selection: {activityDisplayName: Add owner to application}\ncondition: selection");
    EXPECT_FALSE(away.activity_fits);
}

TEST(Explanation, CountsWhatNOfThemLacks) {
    const std::string four =
        "a: {result: failure}\nb: {result: success}\nc: {category: X}\nd: {loggedByService: "
        "PIM}\ncondition: ";
    EXPECT_EQ(explained(four + "2 of them").failed, 1U);
    EXPECT_EQ(explained(four + "3 of them").failed, 2U);
    EXPECT_EQ(explained(four + "all of them").failed, 3U);
    EXPECT_EQ(explained(four + "not 1 of them").failed, 1U);
    EXPECT_TRUE(explained(four + "not 2 of them").holds);
}

TEST(Explanation, SaysEachModifierInPlainWords) {
    const auto starts = [](const std::string& item, const std::string& demand) {
        EXPECT_THAT(words_of_item(item), HasSubstr("should, that " + demand)) << item;
    };
    starts("result|contains: ok", "result contains 'ok'; the record holds 'failure'");
    starts("result|startswith|cased: Fail", "result begins with, exactly, 'Fail'");
    starts("result|endswith: [a, b]", "result ends with 'a' or 'b'");
    starts("targetResources.type|all: [a, z]",
           "targetResources.type is 'a' and 'z'; the record holds 'a', 'b', 'c', 'd', 'e' and 2 more");
    starts("result|re: ^s", "result matches the expression '^s'");
    starts("initiatedBy.user.ipAddress|cidr: 192.0.2.0/24",
           "initiatedBy.user.ipAddress lies in the network '192.0.2.0/24'; the record has nothing there");
    starts("additionalDetails.n|gte: 8", "additionalDetails.n is at least '8'; the record holds '7'");
    starts("activityDateTime|hour|lt: 6", "activityDateTime has a time whose hour is less than '6'");
    starts("result|fieldref: loggedByService", "result is what `loggedByService` holds");
    starts("result: null", "result is nothing; the record holds 'failure'");
    starts("resultReason|exists: true", "resultReason is there; the record holds null");
    starts("result|exists: false", "result is missing or null");
    starts("result: [a, b, c, d, e, f, g]", "result is 'a' or 'b' or 'c' or 'd' or 'e' or 2 more");
    starts("context.role.tier: critical", "context.role.tier is 'critical'; that is not known");
    EXPECT_THAT(words_of_item("result|neq: failure"),
                HasSubstr("it holds, and should not, that result is 'failure'"));
}

TEST(Explanation, SaysWhereAKeywordWasLookedFor) {
    EXPECT_THAT(words(explained("keywords: [mimikatz, sharp]\ncondition: keywords")),
                ElementsAre("in `keywords` it does not hold, and should, that a text of the record contains "
                            "'mimikatz' or 'sharp'"));
}

TEST(Explanation, IsBoundedWhateverTheRecordHolds) {
    std::string record = R"({"activityDisplayName": "x", "result": ")" + std::string(100'000, 'y') + "\"}";
    const test::Sample large{record};
    std::string forty;
    for (int i = 0; i < 40; ++i)
        forty += "s" + std::to_string(i) + ": {result: x}\n";
    const Explanation many = explained(forty + "condition: all of them", large);
    EXPECT_EQ(many.failed, 40U);
    EXPECT_THAT(many.reasons, SizeIs(max_reasons));
    const Explanation told = explained(
        "selection:\n  result|contains: " + std::string(3000, 'b') + "\ncondition: selection", large);
    ASSERT_THAT(told.reasons, SizeIs(1));
    EXPECT_LT(in_words(told.reasons[0]).size(), 400U);
}

TEST(Explanation, OfARuleSaysThatItReadsAnotherFeed) {
    const SigmaFile file = test::read_rule(
        test::rule_with("selection: {status.errorCode: 1}\ncondition: selection", "signinlogs"));
    ASSERT_EQ(file.rules.size(), 1U);
    EXPECT_FALSE(explain(file.rules[0], sample().event, sample().record).reads_feed);
}

TEST(Explanation, OfACorrelationIsThatOfItsNearestStep) {
    const SigmaFile file = test::read_rule(
        "title: A\nname: far\nlogsource: {product: azure, service: auditlogs}\n"
        "detection: {selection: {result: success, category: X}, condition: selection}\n---\n"
        "title: B\nname: near\nlogsource: {product: azure, service: auditlogs}\n"
        "detection: {selection: {result: success}, condition: selection}\n---\n"
        "title: C\nid: 0a0b0c0d-0000-4000-8000-000000000001\n"
        "correlation: {type: temporal, rules: [far, near], group-by: [activity], timespan: 1h}\n");
    std::vector<Rule> rules = file.rules;
    EXPECT_EQ(test::text_of(resolve_correlations(rules)), "");
    ASSERT_TRUE(rules.back().correlation) << test::text_of(file.problems);
    const RuleExplanation told = explain(rules.back(), sample().event, sample().record);
    EXPECT_TRUE(told.reads_feed);
    EXPECT_EQ(told.step, 1);
    EXPECT_EQ(told.why.failed, 1U);
}

}  // namespace
}  // namespace entrawatch
