#include "core/rules/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using testing::ElementsAre;

std::vector<FieldValue> texts(const std::vector<std::string>& values) {
    std::vector<FieldValue> found;
    for (const std::string& value : values)
        found.push_back({FieldValue::Type::string, value, 0});
    return found;
}

TEST(Summary, NamesItsPlacesInOrder) {
    EXPECT_THAT(*summary_places("{actor.name} gave {role.name} to { target.name }"),
                ElementsAre("actor.name", "role.name", "target.name"));
    EXPECT_TRUE(summary_places("nothing")->empty());
    EXPECT_TRUE(summary_places("{{text}}")->empty());
}

TEST(Summary, RefusesBracesThatDoNotPair) {
    for (const std::string_view sentence : {"{", "}", "a {b", "a} b", "{a{b}}", "{}}"}) {
        EXPECT_FALSE(summary_places(sentence)) << sentence;
    }
    EXPECT_FALSE(summary_places(std::string(max_summary_bytes + 1, 'x')));
}

TEST(Summary, FillsItsPlacesAndReadsNothingInTheValues) {
    const auto value_of = [](std::size_t place) {
        return place == 0 ? std::string{"{1}"} : std::string{"b"};
    };
    EXPECT_EQ(fill_summary("<{x}|{y}>", value_of), "<{1}|b>");
    EXPECT_EQ(fill_summary("{{x}} {x}", value_of), "{x} {1}");
}

TEST(Summary, ShowsTheTextAfterTheBarWhereAFieldIsMissing) {
    const auto missing = [](std::size_t) { return std::string{}; };
    const auto there = [](std::size_t) { return std::string{"x"}; };
    EXPECT_EQ(fill_summary("{a}, {a|none}, {a|}.", missing), "unknown, none, .");
    EXPECT_EQ(fill_summary("{a}, {a|none}, {a|}.", there), "x, x, x.");
    EXPECT_THAT(*summary_places("{ role.name |no role} {x|a|b}"), ElementsAre("role.name", "x"));
    EXPECT_EQ(fill_summary("{x|a|b}", missing), "a|b");
    // A value that reads like the word for a missing one is a value.
    EXPECT_EQ(fill_summary("{a|none}", [](std::size_t) { return std::string{missing_in_words}; }), "unknown");
}

TEST(Summary, GivesUpThePlaceOfTheDifferencesAtItsEndOnly) {
    const auto taken = [](std::string sentence) {
        const auto otherwise = take_differences_place(sentence);
        return sentence + " / " + otherwise.value_or("(none)");
    };
    EXPECT_EQ(taken("a {x}: {differences}"), "a {x}:  / unknown");
    EXPECT_EQ(taken("{ differences |no, none}"), " / no, none");
    for (const std::string sentence :
         {"", "a", "{x}", "{differences} a", "{{differences}}", "{differences} }}"})
        EXPECT_EQ(taken(sentence), sentence + " / (none)");
}

TEST(Summary, DoublesTheBracesOfText) {
    EXPECT_EQ(as_summary_text("a {b} c"), "a {{b}} c");
    EXPECT_EQ(fill_summary(as_summary_text("a {b} c"), [](std::size_t) { return std::string{"?"}; }),
              "a {b} c");
}

TEST(Summary, JoinsSeveralValues) {
    EXPECT_EQ(values_in_words({}), "");
    EXPECT_EQ(values_in_words(texts({""})), "");
    EXPECT_EQ(values_in_words(texts({"a"})), "a");
    EXPECT_EQ(values_in_words(texts({"a", "", "b"})), "a, b");
}

TEST(Summary, CutsLongValuesAndCountsTheRest) {
    const std::string words = values_in_words(texts({std::string(500, 'x')}));
    EXPECT_LE(words.size(), max_summary_value_bytes);
    EXPECT_TRUE(words.ends_with("…"));
    EXPECT_EQ(values_in_words(texts(std::vector<std::string>(12, "v"))),
              "v, v, v, v, v, v, v, v, v, v and 2 more");
}

}  // namespace
}  // namespace entrawatch
