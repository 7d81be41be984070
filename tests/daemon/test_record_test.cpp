#include "daemon/test_record.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

Rule rule_of(std::string name, std::string scenario, bool with_example = true) {
    Rule rule;
    rule.name = std::move(name);
    rule.scenario = std::move(scenario);
    if (!with_example) return rule;
    RuleExample silent;
    silent.fires = false;
    silent.name = "silent";
    RuleExample fires;
    fires.name = "fires";
    rule.examples = {silent, fires};
    return rule;
}

TEST(TestRecord, HappensNowUnderAnIdThatSaysWhatItIs) {
    RuleExample example;
    example.record =
        R"({"id":"Directory_1","activityDateTime":"2020-01-01T00:00:00Z","lastUpdatedDateTime":"2020-01-01T00:00:00Z",
                         "result":"success","nested":{"createdDateTime":"2020-01-01T00:00:00Z"},"noDateTime":null})";
    const auto record = make_test_record(example, "abc", at("2026-11-22T10:00:00Z"));
    ASSERT_TRUE(record);
    const auto json = nlohmann::json::parse(*record);
    EXPECT_EQ(json["id"], "entrawatch-test-abc");
    EXPECT_EQ(json["activityDateTime"], "2026-11-22T10:00:00Z");
    EXPECT_EQ(json["lastUpdatedDateTime"], "2026-11-22T10:00:00Z");
    EXPECT_EQ(json["result"], "success");
    EXPECT_EQ(json["nested"]["createdDateTime"], "2020-01-01T00:00:00Z");
    EXPECT_TRUE(json["noDateTime"].is_null());
}

TEST(TestRecord, RefusesAnExampleThatIsNoObject) {
    RuleExample example;
    example.name = "odd";
    for (const char* text : {"", "[1]", "\"x\"", "{"}) {
        example.record = text;
        const auto record = make_test_record(example, "n", {});
        ASSERT_FALSE(record) << text;
        EXPECT_NE(record.error().what.find("'odd'"), std::string::npos);
    }
}

TEST(TestRecord, FiringExampleSkipsTheSilentOnes) {
    EXPECT_EQ(firing_example(rule_of("a", "EA-1"))->name, "fires");
    EXPECT_EQ(firing_example(rule_of("a", "EA-1", false)), nullptr);
}

TEST(TestRecord, TheDefaultIsTheEmergencySignInThenAnyEmergencyRuleThenAny) {
    const std::vector<Rule> all{rule_of("x", "PR-1"), rule_of("y", "EA-2"), rule_of("w", "EA-1", false),
                                rule_of("z", "EA-1")};
    EXPECT_EQ(default_test_rule(all)->name, "z");
    EXPECT_EQ(default_test_rule(std::span{all}.first(3))->name, "y");
    EXPECT_EQ(default_test_rule(std::span{all}.first(1))->name, "x");
    EXPECT_EQ(default_test_rule(std::span{all}.subspan(2, 1)), nullptr);
    EXPECT_EQ(default_test_rule({}), nullptr);
}

TEST(TestRecord, OfSeveralRulesThatWouldDoTheSeverestIsTaken) {
    std::vector<Rule> all{rule_of("attempt", "EA-1"), rule_of("sign-in", "EA-1"), rule_of("other", "PR-1")};
    all[0].level = Severity::high;
    all[1].level = Severity::critical;
    all[2].level = Severity::critical;
    EXPECT_EQ(default_test_rule(all)->name, "sign-in");
}

}  // namespace
}  // namespace entrawatch
