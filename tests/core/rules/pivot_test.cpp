#include "core/rules/pivot.hpp"

#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

// "field=value" for each key, in order, joined by blanks; "none" when the rule demands nothing.
std::string pivots(std::string_view detection, std::string_view service = "auditlogs") {
    const SigmaFile file = test::read_rule(test::rule_with(detection, service));
    EXPECT_EQ(file.rules.size(), 1U) << test::text_of(file.problems);
    if (file.rules.empty()) return "";
    const Condition& condition = *file.rules[0].condition;
    const auto keys = pivot_keys(condition);
    if (!keys) return "none";
    std::string text;
    for (const PivotKey& key : *keys)
        text += (text.empty() ? "" : " ") + condition.fields()[key.field].key() + "=" + key.value;
    return text;
}

TEST(Pivot, IsTheEqualityThatTheRuleDemands) {
    EXPECT_EQ(pivots("s: {activityDisplayName: Add User}\ncondition: s"), "our:activity=add user");
    EXPECT_EQ(pivots("s: {activityDisplayName: [Add user, Delete user]}\ncondition: s"),
              "our:activity=add user our:activity=delete user");
    EXPECT_EQ(pivots("s: {activityDisplayName|cased: Add User}\ncondition: s"), "our:activity=add user");
    EXPECT_EQ(pivots("s: {ResultType: 50053}\ncondition: s", "signinlogs"), "record:status.errorCode.=50053");
}

TEST(Pivot, PrefersTheMoreSelectiveField) {
    EXPECT_EQ(
        pivots(
            "s: {category: UserManagement, outcome: success, activityDisplayName: Add user}\ncondition: s"),
        "our:activity=add user");
    EXPECT_EQ(pivots("s: {outcome: failure, context.actor.emergency: true}\ncondition: s"),
              "our:context.actor.emergency=true");
    EXPECT_EQ(pivots("s: {activityDisplayName: [a, b, c]}\nt: {activityDisplayName: b}\ncondition: s and t"),
              "our:activity=b");
    EXPECT_EQ(pivots("s: {outcome: failure}\ncondition: s"), "our:outcome=failure");
}

TEST(Pivot, JoinsTheEqualitiesOfAlternatives) {
    EXPECT_EQ(pivots("a: {activityDisplayName: x}\nb: {activityDisplayName: y}\ncondition: 1 of them"),
              "our:activity=x our:activity=y");
    EXPECT_EQ(pivots("a: {activityDisplayName: x}\nb: {actor.id: y}\ncondition: a or b"),
              "our:activity=x our:actor.id=y");
    EXPECT_EQ(pivots("a: [{activityDisplayName: x}, {actor.id: y}]\ncondition: a"),
              "our:activity=x our:actor.id=y");
    EXPECT_EQ(pivots("a: {activityDisplayName: x}\nb: {actor.id: y}\nc: {actor.id: z}\ncondition: 2 of them"),
              "our:activity=x our:actor.id=y our:actor.id=z");
}

TEST(Pivot, IsNoneWhereTheRuleCanHoldWithoutAnyEquality) {
    EXPECT_EQ(pivots("s: {activityDisplayName|contains: user}\ncondition: s"), "none");
    EXPECT_EQ(pivots("s: {activityDisplayName: [Add user, 'Delete*']}\ncondition: s"), "none");
    EXPECT_EQ(pivots("s: {activityDisplayName: [Add user, null]}\ncondition: s"), "none");
    EXPECT_EQ(pivots("s: {activityDisplayName: Add user}\ncondition: not s"), "none");
    EXPECT_EQ(pivots("s: {activityDisplayName|neq: Add user}\ncondition: s"), "none");
    EXPECT_EQ(pivots("a: {activityDisplayName: x}\nb: {actor.id|contains: y}\ncondition: a or b"), "none");
    EXPECT_EQ(pivots("k: [word]\ncondition: k"), "none");
}

TEST(Pivot, UsesOneValueWhereAllAreDemanded) {
    EXPECT_EQ(pivots("s: {targets.id|all: [b, a]}\ncondition: s"), "our:targets.id=a");
    EXPECT_EQ(pivots("s: {targets.id|all: [b, 'x*']}\ncondition: s"), "our:targets.id=b");
}

TEST(Pivot, IsTakenFromWhatStandsBesideANegation) {
    EXPECT_EQ(pivots("s: {activityDisplayName: x}\nf: {actor.id: y}\ncondition: s and not f"),
              "our:activity=x");
}

}  // namespace
}  // namespace entrawatch
