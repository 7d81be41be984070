#include "core/rules/sigma_correlation.hpp"

#include <gmock/gmock.h>

#include "core/rules/rule.hpp"
#include "tests/core/rules/rule_support.hpp"
#include "tests/support/failed_sign_in.hpp"

namespace entrawatch {
namespace {

using test::failed_sign_in;
using test::read_rule;
using test::text_of;
using ::testing::HasSubstr;

std::string spray(std::string_view correlation) {
    return std::string{failed_sign_in} + "title: Spray\ncorrelation:\n" + std::string{correlation} +
           "level: high\n";
}

constexpr std::string_view five_users =
    "  type: value_count\n  rules: [failed]\n  group-by: [ipAddress]\n  timespan: 20m\n"
    "  condition: {field: userId, gte: 5}\n";

// The rules of a file with their correlations resolved; no problem may be found.
std::vector<Rule> resolved(const std::string& yaml) {
    SigmaFile file = read_rule(yaml);
    EXPECT_EQ(text_of(file.problems), "");
    EXPECT_EQ(text_of(resolve_correlations(file.rules)), "");
    return std::move(file.rules);
}

std::string problems_of(const std::string& yaml) {
    SigmaFile file = read_rule(yaml);
    Problems problems = std::move(file.problems);
    for (Problem& problem : resolve_correlations(file.rules))
        problems.push_back(std::move(problem));
    return text_of(problems);
}

TEST(SigmaCorrelation, ReadsACountOfDifferentValues) {
    const auto rules = resolved(spray(five_users));
    ASSERT_EQ(rules.size(), 2U);
    const Correlation& made = *rules[1].correlation;
    EXPECT_EQ(made.type, CorrelationType::value_count);
    EXPECT_EQ(made.timespan, std::chrono::minutes{20});
    EXPECT_EQ(made.at_least, 5);
    ASSERT_EQ(made.steps.size(), 1U);
    EXPECT_EQ(made.steps[0].group_by.size(), 1U);
    EXPECT_TRUE(made.steps[0].value);
    EXPECT_EQ(rules[1].feeds, rules[0].feeds);
}

TEST(SigmaCorrelation, SilencesTheRuleOfItsOwnFileUnlessThatSaysGenerate) {
    EXPECT_FALSE(resolved(spray(five_users))[0].alerts);
    std::string loud = spray(five_users);
    loud.replace(loud.find("name: failed"), 12, "name: failed\ngenerate: true");
    EXPECT_TRUE(resolved(loud)[0].alerts);
}

TEST(SigmaCorrelation, LeavesARuleOfAnotherFileAlerting) {
    SigmaFile base = read_sigma(
        "title: A failed sign-in\nname: failed\nlogsource: {product: azure, service: signinlogs}\n"
        "detection:\n  selection: {status.errorCode: 50126}\n  condition: selection\n",
        "base.yml", "mine/base", {});
    SigmaFile other = read_sigma("title: Spray\ncorrelation:\n" + std::string{five_users} + "level: high\n",
                                 "spray.yml", "mine/spray", {});
    std::vector<Rule> rules{base.rules.at(0), other.rules.at(0)};
    EXPECT_EQ(text_of(resolve_correlations(rules)), "");
    EXPECT_TRUE(rules[0].alerts);
    EXPECT_TRUE(rules[1].correlation->steps[0].condition);
}

TEST(SigmaCorrelation, GivesEachRuleItsOwnFieldThroughAnAlias) {
    const auto rules = resolved(R"(title: Role given
name: given
logsource: {product: azure, service: auditlogs}
detection:
  selection: {activityDisplayName: Add member to role}
  condition: selection
---
title: Signed in
name: signed_in
logsource: {product: azure, service: signinlogs}
detection:
  selection: {status.errorCode: 0}
  condition: selection
---
title: Role given and used at once
correlation:
  type: temporal_ordered
  rules: [given, signed_in]
  group-by: [person]
  timespan: 15m
  aliases:
    person: {given: target.id, signed_in: userId}
level: high
)");
    const auto& steps = rules.at(2).correlation->steps;
    EXPECT_EQ(steps[0].group_by[0].name(), "target.id");
    EXPECT_EQ(steps[1].group_by[0].name(), "userId");
}

TEST(SigmaCorrelation, SaysWhatIsWrongAndWhere) {
    const struct {
        std::string_view correlation;
        std::string_view problem;
    } rows[]{
        {"  type: event_cuont\n  rules: [failed]\n  timespan: 1h\n  condition: {gte: 3}\n",
         "rule.yml:10: warning: correlations of the type `event_cuont` are not evaluated; did you mean "
         "`event_count`?"},
        {"  type: event_count\n  rules: [fialed]\n  timespan: 1h\n  condition: {gte: 3}\n",
         "the correlation names the rule `fialed`, which is not there; did you mean `failed`?"},
        {"  type: event_count\n  rules: [failed]\n  timespan: soon\n  condition: {gte: 3}\n",
         "`timespan` must be a duration up to 30d"},
        {"  type: event_count\n  rules: [failed]\n  timespan: 1h\n",
         "a count needs a `condition` with `gte` or `gt`"},
        {"  type: event_count\n  rules: [failed]\n  timespan: 1h\n  condition: {lte: 3}\n",
         "`lte` is not evaluated"},
        {"  type: event_count\n  rules: [failed]\n  timespan: 1h\n  condition: {gte: 0}\n",
         "`gte` must be a number from 1 to 10000"},
        {"  type: value_count\n  rules: [failed]\n  timespan: 1h\n  condition: {gte: 3}\n",
         "`value_count` needs a `condition` with the `field`"},
        {"  type: temporal\n  rules: [failed]\n  timespan: 1h\n", "needs two `rules` or more"},
        {"  type: event_count\n  rules: [failed]\n  group-by: [ipAdress]\n  timespan: 1h\n  condition: {gte: "
         "3}\n",
         "did you mean `ipAddress`?"},
        {"  type: event_count\n  rules: [failed]\n  timespam: 1h\n  condition: {gte: 3}\n",
         "unknown key `timespam` in `correlation`; did you mean `timespan`?"},
    };
    for (const auto& row : rows)
        EXPECT_THAT(problems_of(spray(row.correlation)), HasSubstr(std::string{row.problem}))
            << row.correlation;
}

TEST(SigmaCorrelation, IsNamedAfterItsFileWhenItIsTheOneRuleOfOurs) {
    std::string ours =
        spray(five_users) + "id: 3f0e6a1d-0000-4000-8000-00000000000a\nentrawatch: {scenario: ST-7}\n";
    const auto rules = resolved(ours);
    EXPECT_EQ(rules.at(0).name, "test/rule#1");
    EXPECT_EQ(rules.at(1).name, "test/rule");
    EXPECT_EQ(resolved(spray(five_users)).at(1).name, "test/rule#2");
}

TEST(SigmaCorrelation, IsLeftOutWhenARuleThatItNamesIsNotThere) {
    SigmaFile file =
        read_rule(spray("  type: event_count\n  rules: [other]\n  timespan: 1h\n  condition: {gte: 3}\n"));
    EXPECT_EQ(resolve_correlations(file.rules).size(), 1U);
    ASSERT_EQ(file.rules.size(), 1U);
    EXPECT_EQ(file.rules[0].title, "A failed sign-in");
}

std::string sign_in(int number, int user, std::string_view ip, int error = 50126) {
    const std::string n = std::to_string(number);
    return "{\"id\": \"s" + n + "\", \"createdDateTime\": \"2026-11-22T12:00:0" + n + "Z\", \"userId\": \"u" +
           std::to_string(user) + "\", \"ipAddress\": \"" + std::string{ip} +
           "\", \"status\": {\"errorCode\": " + std::to_string(error) + "}}";
}

// A rule of ours with one example of these records.
std::vector<Rule> rehearsed(bool fires, const std::vector<std::string>& records) {
    std::string yaml =
        std::string{failed_sign_in} +
        "title: Spray\nid: 3f0e6a1d-0000-4000-8000-00000000000a\ncorrelation:\n" + std::string{five_users} +
        "level: high\nentrawatch:\n  scenario: ST-7\n  examples:\n    " + (fires ? "fires" : "silent") +
        ":\n      - name: an example\n        feed: sign_ins_interactive\n        records:\n";
    yaml.replace(yaml.find("gte: 5"), 6, "gte: 3");
    for (const std::string& record : records)
        yaml += "          - " + record + "\n";
    return resolved(yaml);
}

TEST(SigmaCorrelation, ProvesItselfWithExamplesOfSeveralRecords) {
    const auto three =
        rehearsed(true, {sign_in(1, 1, "192.0.2.1"), sign_in(2, 2, "192.0.2.1"), sign_in(3, 3, "192.0.2.1")});
    EXPECT_EQ(text_of(run_examples(three.at(1), {})), "");
    const auto other_address =
        rehearsed(true, {sign_in(1, 1, "192.0.2.1"), sign_in(2, 2, "192.0.2.1"), sign_in(3, 3, "192.0.2.2")});
    EXPECT_THAT(text_of(run_examples(other_address.at(1), {})), HasSubstr("stays silent but must fire"));
    const auto same_person = rehearsed(
        false, {sign_in(1, 1, "192.0.2.1"), sign_in(2, 2, "192.0.2.1"), sign_in(3, 2, "192.0.2.1")});
    EXPECT_EQ(text_of(run_examples(same_person.at(1), {})), "");
    const auto success = rehearsed(
        false, {sign_in(1, 1, "192.0.2.1"), sign_in(2, 2, "192.0.2.1"), sign_in(3, 3, "192.0.2.1", 0)});
    EXPECT_EQ(text_of(run_examples(success.at(1), {})), "");
}

}  // namespace
}  // namespace entrawatch
