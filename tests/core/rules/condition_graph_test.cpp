#include "core/rules/condition_graph.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

// Conditions of rules put into one graph, and events judged by it.
class ConditionGraphTest : public ::testing::Test {
  protected:
    // The number of the condition's root; `detection` is a flow map without its outer braces.
    std::uint32_t add(const std::string& detection) {
        const std::string yaml =
            "title: t\nid: 00000000-0000-4000-8000-000000000001\nlevel: low\n"
            "logsource: {product: azure, service: auditlogs}\ndetection: {" +
            detection + "}\n";
        SigmaFile file = read_sigma(yaml, "rule.yml", "t", {});
        EXPECT_FALSE(has_errors(file.problems)) << test::text_of(file.problems) << yaml;
        EXPECT_EQ(file.rules.size(), 1U) << test::text_of(file.problems) << yaml;
        const Condition& condition = *conditions_.emplace_back(file.rules.at(0).condition);
        auto& ids = ids_.emplace_back();
        for (const FieldPath& field : condition.fields())
            ids.push_back(field_ids_.try_emplace(field.key(), static_cast<std::uint32_t>(field_ids_.size()))
                              .first->second);
        return graph_.add(condition.root(), condition, ids);
    }
    bool holds(std::uint32_t root, const test::Sample& sample) {
        cache_.begin(sample.event, sample.record, field_ids_.size());
        judgements_.begin(graph_.size());
        return graph_.holds(root, cache_, judgements_);
    }

    ConditionGraph graph_;

  private:
    std::deque<std::shared_ptr<const Condition>> conditions_;
    std::deque<std::vector<std::uint32_t>> ids_;
    std::map<std::string, std::uint32_t> field_ids_;
    FieldCache cache_;
    Judgements judgements_;
};

TEST_F(ConditionGraphTest, KeepsOnceWhatTwoRulesDemandAlike) {
    const auto first =
        add("a: {activityDisplayName: [x, y], result: success}, b: {category|contains: z}, condition: a and "
            "not b");
    const std::size_t size = graph_.size();
    EXPECT_EQ(add("c: {activityDisplayName: [Y, X], result: Success}, d: {category|contains: z}, condition: "
                  "c and not d"),
              first);
    EXPECT_EQ(graph_.size(), size);
}

TEST_F(ConditionGraphTest, KeepsApartWhatDiffersInOneThing) {
    const auto root = add("a: {activityDisplayName|contains: [x, y]}, condition: a");
    for (const char* other :
         {"a: {activityDisplayName|contains: [x, z]}, condition: a",
          "a: {activityDisplayName|contains: x}, condition: a",
          "a: {activityDisplayName|contains|all: [x, y]}, condition: a",
          "a: {activityDisplayName|startswith: [x, y]}, condition: a",
          "a: {activityDisplayName|contains|cased: [x, y]}, condition: a",
          "a: {category|contains: [x, y]}, condition: a", "a: {activityDisplayName|re: [x, y]}, condition: a",
          "a: {activityDisplayName: [x, y]}, condition: a",
          "a: {activityDisplayName|contains: [x, y]}, condition: not a",
          "a: {activityDisplayName|fieldref: category}, condition: a",
          "a: {activityDisplayName|fieldref: result}, condition: a",
          "a: {activityDisplayName|exists: true}, condition: a",
          "a: {activityDisplayName|exists: false}, condition: a",
          "a: {activityDisplayName: null}, condition: a",
          "a: {initiatedBy.user.ipAddress|cidr: 10.0.0.0/8}, condition: a",
          "a: {initiatedBy.user.ipAddress|cidr: 10.0.0.0/9}, condition: a",
          "a: {targetResources.modifiedProperties.newValue|gt: 1}, condition: a",
          "a: {targetResources.modifiedProperties.newValue|gte: 1}, condition: a",
          "a: {targetResources.modifiedProperties.newValue|gt: 2}, condition: a"})
        EXPECT_NE(add(other), root) << other;
    EXPECT_NE(add("a: {activityDisplayName|fieldref: category}, condition: a"),
              add("a: {activityDisplayName|fieldref: result}, condition: a"));
    EXPECT_NE(add("a: {targetResources.modifiedProperties.newValue|gt: 1}, condition: a"),
              add("a: {targetResources.modifiedProperties.newValue|gte: 1}, condition: a"));
}

TEST_F(ConditionGraphTest, TellsTwoValuesFromOneThatLooksLikeBoth) {
    EXPECT_NE(add("a: {activityDisplayName|contains: ['x', 'y']}, condition: a"),
              add("a: {activityDisplayName|contains: ['x text 1:y']}, condition: a"));
}

TEST_F(ConditionGraphTest, JudgesEachEventAnew) {
    const auto root =
        add("a: {activityDisplayName: Add policy}, b: {result|contains: fail}, condition: a and not b");
    EXPECT_TRUE(holds(root, test::Sample{R"({"activityDisplayName": "Add policy", "result": "success"})"}));
    EXPECT_FALSE(holds(root, test::Sample{R"({"activityDisplayName": "Add policy", "result": "failure"})"}));
    EXPECT_FALSE(holds(root, test::Sample{R"({"activityDisplayName": "Delete policy"})"}));
    EXPECT_TRUE(holds(root, test::Sample{R"({"activityDisplayName": "Add policy"})"}));
}

TEST_F(ConditionGraphTest, ComparesFieldsOfTheConditionThatAsks) {
    // The compared field stands at another place in each of the two conditions.
    const auto first = add("a: {initiatedBy.user.id|fieldref: targetResources.id}, condition: a");
    const auto second =
        add("b: {resultReason: x}, a: {initiatedBy.user.id|fieldref: targetResources.id}, condition: b or a");
    const test::Sample same{R"({"initiatedBy": {"user": {"id": "u"}}, "targetResources": [{"id": "u"}]})"};
    EXPECT_TRUE(holds(first, same));
    EXPECT_TRUE(holds(second, same));
    const test::Sample other{R"({"initiatedBy": {"user": {"id": "u"}}, "targetResources": [{"id": "v"}]})"};
    EXPECT_FALSE(holds(first, other));
    EXPECT_FALSE(holds(second, other));
}

}  // namespace
}  // namespace entrawatch
