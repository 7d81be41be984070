#include "core/differences/compare.hpp"

#include <gmock/gmock.h>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string words_of(const PathDifference& difference) {
    std::string words = joined(difference.path, ".") + (difference.list ? " []" : "") + " -";
    return words + joined(difference.removed, "|") + " +" + joined(difference.added, "|");
}

std::vector<std::string> compared(const std::string& before, const std::string& after) {
    const Change change = decode_change("P", before, after);
    std::vector<std::string> out;
    for (const PathDifference& difference :
         compare(document_of(change, Side::before), document_of(change, Side::after)).differences)
        out.push_back(words_of(difference));
    return out;
}

TEST(Compare, FindsNothingWhereOnlyTheOrderDiffers) {
    EXPECT_THAT(compared(R"({"a":[1,2],"b":{"c":1,"d":2}})", R"({"b":{"d":2,"c":1},"a":[2,1]})"), IsEmpty());
    EXPECT_THAT(compared(R"([{"x":1,"y":[1,2]},{"x":2}])", R"([{"x":2},{"y":[2,1],"x":1}])"), IsEmpty());
}

TEST(Compare, TellsMembersThatCameWentAndChanged) {
    EXPECT_THAT(compared(R"({"a":1,"b":2,"c":3})", R"({"b":3,"c":3,"d":4})"),
                ElementsAre("a -1 +", "b -2 +3", "d - +4"));
}

TEST(Compare, TellsOfListsWhatOnlyOneSideHolds) {
    EXPECT_THAT(compared(R"({"a":["x","y"]})", R"({"a":["z","y"]})"), ElementsAre("a [] -x +z"));
    EXPECT_THAT(compared(R"({"a":["x"]})", "{}"), ElementsAre("a [] -x +"));
}

TEST(Compare, MatchesObjectsByTheirName) {
    EXPECT_THAT(compared(R"({"m":[{"id":"Sms","s":0},{"id":"Voice","s":1}]})",
                         R"({"m":[{"id":"Voice","s":0},{"id":"Sms","s":0}]})"),
                ElementsAre("m.[Voice].s -1 +0"));
}

TEST(Compare, DoesNotMatchByANameThatOccursTwice) {
    EXPECT_THAT(compared(R"([{"id":"a","s":1},{"id":"a","s":2}])", R"([{"id":"a","s":1},{"id":"a","s":3}])"),
                ElementsAre("s -2 +3"));
}

TEST(Compare, ComparesTheOneObjectThatIsLeftMemberByMember) {
    EXPECT_THAT(compared(R"([{"x":1,"y":1},{"x":2,"y":2}])", R"([{"x":2,"y":2},{"x":1,"y":5}])"),
                ElementsAre("y -1 +5"));
}

TEST(Compare, TellsSeveralNamelessObjectsWhole) {
    EXPECT_THAT(compared(R"([{"x":1},{"x":2}])", R"([{"x":3},{"x":4}])"),
                ElementsAre(" [] -x: 1|x: 2 +x: 3|x: 4"));
}

TEST(Compare, HidesNoMemberThatOccursTwice) {
    EXPECT_THAT(compared(R"({"a":1,"a":2})", R"({"a":1,"a":3})"), ElementsAre("a -2 +3"));
}

TEST(Compare, TellsAValueThatBecameAnotherKind) {
    EXPECT_THAT(compared(R"({"a":1})", R"({"a":{"b":2}})"), UnorderedElementsAre("a.b - +2", "a [] -1 +"));
    EXPECT_THAT(compared(R"({"a":"x"})", R"({"a":["x","y"]})"), ElementsAre("a [] - +y"));
}

TEST(Compare, TakesIdsForTheSameInEitherCase) {
    EXPECT_THAT(compared(R"({"a":"0C0C0C0C-0000-4000-8000-00000000000C"})",
                         R"({"a":"0c0c0c0c-0000-4000-8000-00000000000c"})"),
                IsEmpty());
    EXPECT_THAT(compared(R"({"a":"Https://X"})", R"({"a":"https://x"})"),
                ElementsAre("a -Https://X +https://x"));
}

TEST(Compare, SeesThatASecretChangedAndShowsNeither) {
    EXPECT_THAT(compared(R"({"secret":"CANARY-1"})", R"({"secret":"CANARY-2"})"),
                ElementsAre("secret -[redacted] +[redacted]"));
}

TEST(Compare, IsBoundedAndCountsTheRest) {
    std::string many = "{";
    for (std::size_t i = 0; i < max_path_differences + 7; ++i)
        many += (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + "\":1";
    const std::string after = many + "}";
    const Change change = decode_change("P", std::nullopt, after);
    const Comparison comparison =
        compare(document_of(change, Side::before), document_of(change, Side::after));
    EXPECT_EQ(comparison.differences.size(), max_path_differences);
    EXPECT_EQ(comparison.further, 7U);
}

}  // namespace
}  // namespace entrawatch
