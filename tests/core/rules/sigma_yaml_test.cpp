#include "core/rules/sigma_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SigmaYamlTest : public testing::Test {
  protected:
    SigmaOptions options;
    SigmaReading reading{"rule.yml", options};
    std::string problems() { return test::text_of(reading.take_problems()); }
};

TEST_F(SigmaYamlTest, GivesMembersWithTheirLines) {
    const auto members = reading.members(YAML::Load("a: 1\nb:\n  c: 2\n"), "it");
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[0].key, "a");
    EXPECT_EQ(members[0].line, 1);
    EXPECT_EQ(members[1].line, 2);
    EXPECT_EQ(problems(), "");
    EXPECT_FALSE(reading.failed());
}

TEST_F(SigmaYamlTest, ReportsARepeatedKeyWithItsLineAndKeepsTheFirst) {
    const auto members = reading.members(YAML::Load("a: 1\nb: 2\na: 3\n"), "`it`");
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[0].value.Scalar(), "1");
    EXPECT_EQ(problems(), "rule.yml:3: `a` stands twice in `it`\n");
    EXPECT_TRUE(reading.failed());
}

TEST_F(SigmaYamlTest, TakesATextOrAListOfTexts) {
    const auto member = [](const char* yaml) { return YamlMember{"k", 7, YAML::Load(yaml)}; };
    EXPECT_THAT(reading.texts(member("' a '")), ElementsAre("a"));
    EXPECT_THAT(reading.texts(member("[a, 5]")), ElementsAre("a", "5"));
    EXPECT_THAT(reading.texts(member("null")), IsEmpty());
    EXPECT_EQ(problems(), "");
    EXPECT_THAT(reading.texts(member("{a: b}")), IsEmpty());
    EXPECT_THAT(reading.texts(member("[a, [b]]")), ElementsAre("a"));
    EXPECT_EQ(reading.text(member("[a]")), "");
    EXPECT_EQ(problems(),
              "rule.yml:7: `k` must be a text or a list of texts\nrule.yml:1: every entry of `k` must be a "
              "text\nrule.yml:7: `k` must be a text\n");
}

TEST_F(SigmaYamlTest, SaysOfAForeignRuleOnlyThatItIsNotLoaded) {
    reading.cannot_evaluate(3, "no such field");
    EXPECT_TRUE(reading.failed());
    reading.begin_document();
    EXPECT_FALSE(reading.failed());
    reading.foreign = true;
    reading.cannot_evaluate(4, "no such field");
    EXPECT_TRUE(reading.failed());
    EXPECT_EQ(problems(),
              "rule.yml:3: no such field\nrule.yml:4: warning: no such field; the rule is not loaded\n");
}

TEST_F(SigmaYamlTest, KeepsABoundedNumberOfProblems) {
    for (int i = 0; i < 10'000; ++i)
        reading.error(i, "wrong");
    EXPECT_EQ(reading.problem_count(), 200U);
    EXPECT_TRUE(reading.failed());
}

struct Scalar {
    const char* yaml;
    ScalarType type;
};

TEST(SigmaScalars, MeanWhatYamlSaysTheyMean) {
    const Scalar scalars[] = {
        {"null", ScalarType::null},     {"~", ScalarType::null},          {"true", ScalarType::boolean},
        {"False", ScalarType::boolean}, {"'true'", ScalarType::text},     {"yes", ScalarType::text},
        {"5", ScalarType::number},      {"-5.5", ScalarType::number},     {"1e3", ScalarType::number},
        {"'5'", ScalarType::text},      {"\"5\"", ScalarType::text},      {"0x10", ScalarType::text},
        {"1.2.3", ScalarType::text},    {"inf", ScalarType::text},        {"nan", ScalarType::text},
        {".5", ScalarType::text},       {"5 apples", ScalarType::text},   {"!!str 5", ScalarType::text},
        {"''", ScalarType::text},       {"2026-11-22", ScalarType::text},
    };
    for (const Scalar& scalar : scalars)
        EXPECT_EQ(scalar_type(YAML::Load(scalar.yaml)), scalar.type) << scalar.yaml;
}

TEST(SigmaScalars, SpellEqualNumbersAlike) {
    EXPECT_EQ(canonical_number("5"), "5");
    EXPECT_EQ(canonical_number("5.0"), "5");
    EXPECT_EQ(canonical_number("5e0"), "5");
    EXPECT_EQ(canonical_number("-2.50"), "-2.5");
    EXPECT_EQ(canonical_number("18446744073709551615"), "18446744073709551615");
    EXPECT_EQ(canonical_number("x"), "x");
    EXPECT_EQ(canonical_number("1e999"), "1e999");
}

}  // namespace
}  // namespace entrawatch
