// The tree itself, made by hand: what the parser makes of text is tested beside it.
#include "core/rules/condition.hpp"

#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;

// A leaf that holds when the category has the value.
ConditionNode leaf(std::string value) {
    FieldTest test;
    test.exact = {std::move(value)};
    return ConditionNode::of(std::move(test));
}

bool holds(ConditionNode root, std::string category = "a") {
    test::Sample sample{"{}"};
    sample.event.category = std::move(category);
    return Condition{std::move(root), {FieldPath::compile("category").value()}}.matches(sample.event,
                                                                                        sample.record);
}

TEST(Condition, HoldsWhenItsTestHolds) {
    EXPECT_TRUE(holds(leaf("a")));
    EXPECT_FALSE(holds(leaf("b")));
}

TEST(Condition, JoinsItsChildren) {
    EXPECT_TRUE(holds(ConditionNode::of(Kind::all, {leaf("a"), leaf("a")})));
    EXPECT_FALSE(holds(ConditionNode::of(Kind::all, {leaf("a"), leaf("b")})));
    EXPECT_TRUE(holds(ConditionNode::of(Kind::any, {leaf("b"), leaf("a")})));
    EXPECT_FALSE(holds(ConditionNode::of(Kind::any, {leaf("b"), leaf("c")})));
    EXPECT_TRUE(holds(ConditionNode::negated(leaf("b"))));
    EXPECT_FALSE(holds(ConditionNode::negated(leaf("a"))));
}

TEST(Condition, CountsChildrenThatHold) {
    const auto at_least = [](std::size_t count) {
        ConditionNode node = ConditionNode::of(Kind::at_least, {leaf("a"), leaf("b"), leaf("a")});
        node.count = count;
        return node;
    };
    EXPECT_TRUE(holds(at_least(2)));
    EXPECT_FALSE(holds(at_least(3)));
    EXPECT_TRUE(holds(at_least(1), "b"));
    EXPECT_FALSE(holds(at_least(1), "c"));
}

TEST(Condition, IsItsOnlyChild) {
    EXPECT_EQ(ConditionNode::of(Kind::all, {leaf("a")}).kind, Kind::test);
    EXPECT_EQ(ConditionNode::of(Kind::any, {leaf("a")}).kind, Kind::test);
    EXPECT_EQ(ConditionNode::negated(leaf("a")).kind, Kind::none);
}

TEST(Condition, CountsItsNodesUpToALimit) {
    const ConditionNode tree =
        ConditionNode::of(Kind::all, {leaf("a"), ConditionNode::of(Kind::any, {leaf("b"), leaf("c")})});
    EXPECT_EQ(node_count(tree, 100), 5U);
    EXPECT_EQ(node_count(tree, 3), 3U);
}

TEST(Condition, FindsOneOfManyValues) {
    FieldTest test;
    for (int i = 1000; i < 9000; ++i)
        test.exact.push_back(std::to_string(i));
    EXPECT_TRUE(holds(ConditionNode::of(test), "1000"));
    EXPECT_TRUE(holds(ConditionNode::of(test), "8999"));
    EXPECT_FALSE(holds(ConditionNode::of(test), "9000"));
}

TEST(Condition, DemandsEveryValueOfAll) {
    FieldTest test;
    test.every = true;
    test.exact = {"t1", "t2"};
    test::Sample sample{"{}"};
    const Condition condition{ConditionNode::of(test), {FieldPath::compile("targets.id").value()}};
    sample.event.targets = {{"user", "T2", ""}};
    EXPECT_FALSE(condition.matches(sample.event, sample.record));
    sample.event.targets.push_back({"user", "T1", ""});
    EXPECT_TRUE(condition.matches(sample.event, sample.record));
}

}  // namespace
}  // namespace entrawatch
