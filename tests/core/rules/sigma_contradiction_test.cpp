#include "core/rules/sigma_contradiction.hpp"

#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

// What is said of a foreign rule with this detection; empty when it is loaded.
std::string said_of(const std::string& detection) {
    const SigmaFile file = test::read_rule(test::rule_with(detection));
    EXPECT_EQ(file.rules.empty(), !file.problems.empty()) << test::text_of(file.problems);
    return test::text_of(file.problems);
}

TEST(SigmaContradiction, RefusesAFieldThatWouldHaveToBeTwoTextsAtOnce) {
    EXPECT_EQ(
        said_of("selection:\n  OperationName: Update user\n  activityType: Add user\ncondition: selection"),
        "rule.yml:7: warning: no record can match: `OperationName` has one value, and would have to be "
        "several texts; the rule is not loaded\n");
    EXPECT_NE(said_of("a: {activity: x}\nb: {activity: [y, z]}\ncondition: a and b"), "");
    EXPECT_NE(said_of("a: {activity: x}\nb: {activity: y}\ncondition: all of them"), "");
    EXPECT_NE(said_of("a: {activity|all: [x, y]}\ncondition: a"), "");
    EXPECT_NE(said_of("a: {activity: x}\nb: [{activity: y}, {activity: z}]\ncondition: a and b"), "");
}

TEST(SigmaContradiction, LeavesAloneWhatARecordMayHave) {
    for (const char* detection :
         {"a: {activity: [x, y]}\nb: {activity: [y, z]}\ncondition: a and b",
          "a: {activity: x}\nb: {activity: y}\ncondition: a or b",
          "a: {activity: x}\nb: {activity: y}\ncondition: a and not b",
          "a: {activity: X}\nb: {activity: ' x '}\ncondition: a and b",
          "a: {activity: x}\nb: {activity|contains: y}\ncondition: a and b",
          "a: {activity: x}\nb: [{activity: y}, {category: z}]\ncondition: a and b",
          "a: {targets.name: x}\nb: {targets.name: y}\ncondition: a and b",
          "a: {outcome.words: success}\nb: {outcome.words: y}\ncondition: a and b",
          "a: {targetResources.type: x}\nb: {targetResources.type: y}\ncondition: a and b"})
        EXPECT_EQ(said_of(detection), "") << detection;
}

TEST(SigmaContradiction, IsAnErrorInARuleOfOurs) {
    const SigmaFile file = test::read_rule(
        "title: t\nid: 0a0b0c0d-0000-4000-8000-000000000001\nlevel: medium\n"
        "logsource: {product: azure, service: auditlogs}\n"
        "detection: {selection: {activity|all: [x, y]}, condition: selection}\n"
        "entrawatch: {subject: [actor.id]}\n");
    EXPECT_TRUE(file.rules.empty());
    EXPECT_NE(test::text_of(file.problems).find("no record can match: `activity`"), std::string::npos)
        << test::text_of(file.problems);
    EXPECT_TRUE(has_errors(file.problems));
}

}  // namespace
}  // namespace entrawatch
