#include "core/rules/sigma_collection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::read_rule;
using test::text_of;
using testing::HasSubstr;

constexpr std::string_view shared =
    "action: global\ntitle: Shared\nlogsource: {product: azure, service: auditlogs}\n"
    "detection:\n  common: {category: x}\n  condition: common and own\n---\n";

std::unique_ptr<test::Sample> sample_of(const std::string& category, const std::string& id) {
    auto sample = std::make_unique<test::Sample>("{}");
    sample->event.category = category;
    sample->event.id = id;
    return sample;
}

std::string titles_of(const SigmaFile& file) {
    std::string titles;
    for (const Rule& rule : file.rules)
        titles += rule.name + ":" + rule.title + " ";
    return titles;
}

TEST(SigmaCollection, GivesEveryLaterDocumentWhatTheGlobalOneSays) {
    const SigmaFile file = read_rule(std::string{shared} +
                                     "detection: {own: {id: '1'}}\n---\n"
                                     "title: Own\ndetection: {own: {id: '2'}}\n");
    EXPECT_EQ(text_of(file.problems), "");
    EXPECT_EQ(titles_of(file), "test/rule:Shared test/rule#2:Own ");
    const auto first = sample_of("x", "1");
    const auto second = sample_of("x", "2");
    const auto elsewhere = sample_of("y", "2");
    EXPECT_TRUE(file.rules[0].condition->matches(first->event, first->record));
    EXPECT_FALSE(file.rules[0].condition->matches(second->event, second->record));
    EXPECT_TRUE(file.rules[1].condition->matches(second->event, second->record));
    EXPECT_FALSE(file.rules[1].condition->matches(elsewhere->event, elsewhere->record));
}

TEST(SigmaCollection, EndsAtAReset) {
    const SigmaFile file = read_rule(std::string{shared} +
                                     "detection: {own: {id: '1'}}\n---\naction: reset\n---\n"
                                     "title: Own\ndetection: {own: {id: '2'}, condition: own}\n");
    EXPECT_EQ(titles_of(file), "test/rule:Shared ");
    EXPECT_THAT(text_of(file.problems), HasSubstr("rule.yml:12: the rule has no `logsource`"));
}

TEST(SigmaCollection, RepeatsTheDocumentBefore) {
    const SigmaFile file =
        read_rule(test::rule_with("selection: {id: '1'}\ncondition: selection") +
                  "---\naction: repeat\ntitle: Again\ndetection: {selection: {id: '2'}}\n");
    EXPECT_EQ(text_of(file.problems), "");
    EXPECT_EQ(titles_of(file), "test/rule:A test test/rule#2:Again ");
    const auto second = sample_of("", "2");
    EXPECT_FALSE(file.rules[0].condition->matches(second->event, second->record));
    EXPECT_TRUE(file.rules[1].condition->matches(second->event, second->record));
}

TEST(SigmaCollection, RefusesOtherActions) {
    EXPECT_EQ(text_of(read_rule("action: globl\ntitle: t\n").problems),
              "rule.yml:1: `action` must be global, reset or repeat\n");
    EXPECT_EQ(text_of(read_rule("action: repeat\ntitle: t\n").problems),
              "rule.yml:1: `action: repeat` has no document before it to repeat\n");
}

}  // namespace
}  // namespace entrawatch
