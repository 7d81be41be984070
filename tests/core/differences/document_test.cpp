#include "core/differences/document.hpp"

#include <gmock/gmock.h>

namespace entrawatch {
namespace {

Document read(const std::string& sent) {
    return document_of(decode_change("P", std::nullopt, sent), Side::after);
}

std::string shown(const std::string& sent) {
    return canonical(read(sent).root, false);
}

TEST(Document, ReadsEveryEncoding) {
    EXPECT_EQ(shown(R"("Global Administrator")"), "Global Administrator");
    EXPECT_EQ(shown("[true]"), "true");
    EXPECT_EQ(shown(R"(["b","a"])"), "[a, b]");
    EXPECT_EQ(shown(R"({"state":"enabled","n":1})"), "n: 1, state: enabled");
    EXPECT_EQ(shown(R"(["{\"Version\":1}"])"), "Version: 1");
    EXPECT_EQ(shown(R"("{\"isEnabled\":true}")"), "isEnabled: true");
    EXPECT_EQ(shown("no json at all"), "no json at all");
}

TEST(Document, ReadsAListOfObjectsAndOfObjectsInStrings) {
    EXPECT_EQ(read(R"([{"id":"a"},{"id":"b; }"}])").root.items.size(), 2U);
    EXPECT_EQ(read(R"(["{\"id\":\"a\"}","{\"id\":\"b\"}"])").root.items.size(), 2U);
}

TEST(Document, OpensJsonInStringsInsideJson) {
    EXPECT_EQ(shown(R"({"a":"{\"b\":\"[1,2]\"}"})"), "a: (b: [1, 2])");
}

TEST(Document, TakesWhatIsEmptyForNothing) {
    for (const char* sent : {"", "[]", "{}", R"("")", R"("[]")", R"({"a":null,"b":[],"c":{}})"})
        EXPECT_EQ(read(sent).root.kind, Node::Kind::nothing) << sent;
    const Change absent = decode_change("P", std::nullopt, std::nullopt);
    EXPECT_EQ(document_of(absent, Side::after).root.kind, Node::Kind::nothing);
}

TEST(Document, HidesWhatIsNamedLikeASecret) {
    EXPECT_EQ(shown(R"({"clientSecret":"CANARY-1","passwords":["CANARY-2"],"secretCount":3})"),
              "clientSecret: [redacted], passwords: [[redacted]], secretCount: 3");
    EXPECT_EQ(shown(R"({"clientSecret":"CANARY and the text is cut of)"), "[redacted]");
}

TEST(Document, ComparesTextsThatLookAlikeWithoutTakingOneForTheOther) {
    const Document one = read(R"({"a":"x, b: y"})");
    const Document two = read(R"({"a":"x","b":"y"})");
    EXPECT_EQ(canonical(one.root, false), canonical(two.root, false));
    EXPECT_NE(canonical(one.root, true), canonical(two.root, true));
}

TEST(Document, IsBoundedAndSaysSo) {
    std::string many = "{\"a\":[0";
    for (std::size_t i = 0; i < max_document_nodes + 10; ++i)
        many += "," + std::to_string(i);
    const Document document = read(many + "]}");
    EXPECT_FALSE(document.whole);
    EXPECT_LE(document.root.items.at(0).items.size(), max_document_nodes);
    EXPECT_FALSE(read(R"({"a":")" + std::string(max_document_bytes + 1, 'x') + R"("})").whole);
}

TEST(Document, KeepsWhatLiesTooDeepAsText) {
    std::string deep;
    for (std::size_t i = 0; i < max_document_depth + 5; ++i)
        deep += R"({"a":)";
    deep += "1" + std::string(max_document_depth + 5, '}');
    const Document document = read(deep);
    EXPECT_TRUE(document.whole);
    EXPECT_THAT(canonical(document.root, false), testing::HasSubstr(R"({"a":{"a":)"));
}

}  // namespace
}  // namespace entrawatch
