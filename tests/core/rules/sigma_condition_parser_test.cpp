#include "core/rules/sigma_condition_parser.hpp"

#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::Sample;

// Selections a, b, c, filter_x, filter_y and _hidden; each holds when its letter stands in the category.
constexpr std::string_view selections =
    "a: {category|contains: a}\n"
    "b: {category|contains: b}\n"
    "c: {category|contains: c}\n"
    "filter_x: {category|contains: x}\n"
    "filter_y: {category|contains: y}\n"
    "_hidden: {category|contains: h}\n";

SigmaFile read_condition(std::string_view condition) {
    return test::read_rule(test::rule_with(std::string{selections} + "condition: " + std::string{condition}));
}

std::string problems_of(std::string_view condition) {
    Problems errors;
    for (const Problem& problem : read_condition(condition).problems) {
        if (!problem.warning) errors.push_back(problem);
    }
    return test::text_of(errors);
}

bool holds(std::string_view condition, std::string_view letters) {
    const SigmaFile file = read_condition(condition);
    EXPECT_FALSE(has_errors(file.problems)) << test::text_of(file.problems);
    if (file.rules.empty()) return false;
    Sample sample{"{}"};
    sample.event.category = std::string{letters};
    return file.rules[0].condition->matches(sample.event, sample.record);
}

struct ConditionCase {
    std::string_view condition;
    std::string_view letters;
    bool holds;
};

TEST(SigmaCondition, BindsNotBeforeAndBeforeOr) {
    const ConditionCase cases[] = {
        {"a", "a", true},
        {"a", "b", false},
        {"not a", "b", true},
        {"not a", "a", false},
        {"not not a", "a", true},
        {"a and b", "ab", true},
        {"a and b", "a", false},
        {"a or b", "b", true},
        {"a or b", "c", false},
        {"a or b and c", "a", true},
        {"a or b and c", "bc", true},
        {"a or b and c", "b", false},
        {"(a or b) and c", "a", false},
        {"(a or b) and c", "bc", true},
        {"not a and b", "b", true},
        {"not a and b", "ab", false},
        {"not (a and b)", "a", true},
        {"not (a and b)", "ab", false},
        {"not a or b", "ab", true},
        {"a and not b or c", "ac", true},
        {"a and not b or c", "ab", false},
        {"a and not (b or c)", "a", true},
        {"a and not (b or c)", "ac", false},
        {"((((a))))", "a", true},
        {"a AND NOT b", "a", true},
        {"a and b or a and c", "ac", true},
    };
    for (const ConditionCase& c : cases)
        EXPECT_EQ(holds(c.condition, c.letters), c.holds) << c.condition << " on " << c.letters;
}

TEST(SigmaCondition, CountsSelectionsByPattern) {
    const ConditionCase cases[] = {
        {"1 of filter_*", "x", true},
        {"1 of filter_*", "a", false},
        {"any of filter_*", "y", true},
        {"all of filter_*", "x", false},
        {"all of filter_*", "xy", true},
        {"a and not 1 of filter_*", "a", true},
        {"a and not 1 of filter_*", "ax", false},
        {"not all of filter_*", "x", true},
        {"2 of filter_*", "x", false},
        {"2 of filter_*", "xy", true},
        {"2 of them", "ac", true},
        {"2 of them", "c", false},
        {"1 of a", "a", true},
        {"1 of *_y", "y", true},
        {"1 of filter_?", "x", true},
        {"1 of them", "c", true},
        {"all of them", "abcxy", true},
        {"all of them", "abcx", false},
        {"1 of _hidden", "h", true},
        {"1 of _*", "h", true},
        {"_hidden", "h", true},
        {"1 OF THEM", "a", true},
    };
    for (const ConditionCase& c : cases)
        EXPECT_EQ(holds(c.condition, c.letters), c.holds) << c.condition << " on " << c.letters;
}

TEST(SigmaCondition, LeavesNamesWithAnUnderscoreOutOfThem) {
    EXPECT_FALSE(holds("1 of them", "h"));
    EXPECT_TRUE(holds("all of them", "abcxy"));  // without h
}

TEST(SigmaCondition, TakesAListOfConditionsAsAlternatives) {
    EXPECT_TRUE(holds("[a and b, c]", "c"));
    EXPECT_TRUE(holds("[a and b, c]", "ab"));
    EXPECT_FALSE(holds("[a and b, c]", "a"));
}

struct ConditionMistake {
    std::string_view condition;
    std::string_view sentence;
};

TEST(SigmaCondition, NamesWhatIsWrongWithIt) {
    const ConditionMistake mistakes[] = {
        {"a and", "it ends where a selection is expected"},
        {"and a", "`and` is not expected here; a selection is"},
        {"a b", "`b` is not expected here; write and, or, not"},
        {"(a", "a closing bracket is missing"},
        {"a)", "`)` is not expected here; write and, or, not"},
        {"()", "`)` is not expected here; a selection is"},
        {"a and filter_z", "no selection is named `filter_z`; did you mean `filter_x`?"},
        {"A", "no selection is named `A`; did you mean `a`?"},
        {"1 of other_*", "no selection matches `other_*`"},
        {"0 of them", "`0 of` must be a number from 1, any or all"},
        {"some of them", "`some of` must be a number from 1, any or all"},
        {"3 of filter_*", "only 2 selections match that"},
        {"1 of", "`of` must be followed by them or a pattern such as selection_*"},
        {"1 of (a)", "`of` must be followed by them or a pattern such as selection_*"},
        {"a | count() > 5", "an aggregation (`|`) is no part of Sigma 2; use a correlation rule"},
        {"a && b", "`&` is not expected here; write and, or, not"},
        {"not", "it ends where a selection is expected"},
    };
    for (const ConditionMistake& mistake : mistakes) {
        EXPECT_EQ(problems_of("'" + std::string{mistake.condition} + "'"),
                  "rule.yml:10: condition: " + std::string{mistake.sentence} + "\n")
            << mistake.condition;
    }
}

TEST(SigmaCondition, RefusesDeepNestingAndGreatLength) {
    EXPECT_EQ(problems_of("'" + std::string(60, '(') + "a" + std::string(60, ')') + "'"), "");
    EXPECT_EQ(problems_of("'" + std::string(100, '(') + "a" + std::string(100, ')') + "'"),
              "rule.yml:10: condition: brackets are nested too deep\n");
    EXPECT_EQ(problems_of("'" + std::string(100'000, '(') + "'"),
              "rule.yml:10: condition: longer than 4096 bytes\n");
}

TEST(SigmaCondition, RefusesWhatGrowsWhenSelectionsArePutIn) {
    std::string detection;
    for (int i = 0; i < 300; ++i)
        detection += "s" + std::to_string(i) + ": {category: x}\n";
    std::string condition = "1 of s*";
    for (int i = 0; i < 200; ++i)
        condition += " or 1 of s*";
    const auto file = test::read_rule(test::rule_with(detection + "condition: " + condition));
    EXPECT_EQ(test::text_of(file.problems),
              "rule.yml:304: condition: it is too large once its selections are put in\n");
}

TEST(SigmaCondition, WarnsOfASelectionThatItDoesNotUse) {
    const auto file = test::read_rule(test::rule_with("a: {category: x}\nb: {category: y}\ncondition: a"));
    EXPECT_EQ(test::text_of(file.problems), "rule.yml:5: warning: the condition does not use `b`\n");
    EXPECT_EQ(file.rules.size(), 1U);
}

}  // namespace
}  // namespace entrawatch
