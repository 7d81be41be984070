#include "core/feed/page.hpp"

#include <gtest/gtest.h>

#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> texts(const Page& page) {
    return {page.records.begin(), page.records.end()};
}

Page page_of(const std::string& body) {
    Result<Page> page = split_page(body);
    EXPECT_TRUE(page) << body << "\n" << (page ? "" : page.error().text());
    return page ? std::move(*page) : Page{};
}

TEST(SplitPage, GivesTheExactOctetsOfEachRecord) {
    const Page page =
        page_of(R"({"@odata.context":"x","value":[ {"id" : "1", "a":[1, 2]} ,{"id":"2","s":"}],\" "}
],"@odata.nextLink":"https://graph.microsoft.com/v1.0/x?$skiptoken=abc%2F"})");
    EXPECT_EQ(texts(page),
              (std::vector<std::string>{R"({"id" : "1", "a":[1, 2]})", R"({"id":"2","s":"}],\" "})"}));
    EXPECT_EQ(page.next_link, "https://graph.microsoft.com/v1.0/x?$skiptoken=abc%2F");
}

TEST(SplitPage, RecordsAreViewsIntoThePageWhereverItMoves) {
    for (const std::string& body :
         {std::string{R"({"value":[1]})"}, R"({"value":[)" + std::string(400, ' ') + "1]}"}) {
        Page made = page_of(body);
        Page moved = std::move(made);
        Page third;
        third = std::move(moved);
        ASSERT_EQ(third.records.size(), 1U);
        EXPECT_EQ(third.records[0], "1");
        EXPECT_GE(third.records[0].data(), third.body.data());
        EXPECT_LT(third.records[0].data(), third.body.data() + third.body.size());
    }
}

TEST(SplitPage, AnEmptyPageMayHaveANextLink) {
    const Page page = page_of(R"({"value":[],"@odata.nextLink":"https://h/next"})");
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.next_link, "https://h/next");
    EXPECT_EQ(page_of(R"({"value":[],"@odata.nextLink":null})").next_link, "");
    EXPECT_EQ(page_of(R"({"value":[]})").next_link, "");
}

TEST(SplitPage, TheNextLinkIsDecodedFromJsonOnly) {
    EXPECT_EQ(page_of(R"({"@odata.nextLink":"https:\/\/h\/x?a=%20\u0026b","value":[]})").next_link,
              "https://h/x?a=%20&b");
}

TEST(SplitPage, KeepsRecordsThatAreNoObjects) {
    EXPECT_EQ(texts(page_of(R"({"value":[null, 1.5 ,"a,b",[1,[2]],true]})")),
              (std::vector<std::string>{"null", "1.5", "\"a,b\"", "[1,[2]]", "true"}));
}

TEST(SplitPage, OneRecordWithBrokenUtf8DoesNotCostTheOthers) {
    const std::string bad = "{\"id\":\"2\",\"n\":\"caf\xE9\"}";
    const Page page =
        page_of(R"({"value":[{"id":"1"},)" + bad + R"(,{"id":"3"}],"@odata.nextLink":"https:\/\/h\/n"})");
    EXPECT_EQ(texts(page), (std::vector<std::string>{R"({"id":"1"})", bad, R"({"id":"3"})"}));
    EXPECT_EQ(page.next_link, "https://h/n");
}

TEST(SplitPage, OneRecordWithARawControlCharacterDoesNotCostTheOthers) {
    const Page page = page_of("{\"value\":[{\"id\":\"1\",\"n\":\"a\nb\"},{\"id\":\"2\"}]}");
    ASSERT_EQ(page.records.size(), 2U);
    JsonReader reader;
    EXPECT_FALSE(reader.parse(page.records[0]));
    EXPECT_TRUE(reader.parse(page.records[1]));
}

TEST(SplitPage, OneRecordThatIsTooDeepDoesNotCostTheOthers) {
    const std::string deep = std::string(2000, '[') + std::string(2000, ']');
    EXPECT_EQ(page_of(R"({"value":[)" + deep + R"(,{"id":"2"}]})").records.size(), 2U);
}

TEST(SplitPage, RefusesWhatIsNoPage) {
    const std::string whole = R"({"value":[{"id":"1","s":"x"},{"id":"2"}],"@odata.nextLink":"https://h/n"})";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Result<Page> page = split_page(whole.substr(0, length));
        ASSERT_FALSE(page) << "cut after " << length << " bytes";
        EXPECT_EQ(page.error().code, ErrorCode::invalid);
    }
    for (const char* body :
         {"<html><body>503</body></html>", "[]", "[{\"id\":1}]", "null", "7", R"({"error":{"code":"x"}})",
          "{}", R"({"value":{}})", R"({"value":null})", R"({"value":"[]"})", R"({"value":[]}x)",
          R"({"value":[]}{"value":[]})", R"({"value":[1 2]})", R"({"value":[1,]})", R"({"value" []})",
          R"({"value":[],"@odata.nextLink":{"a":1}})", R"({"value":[],"@odata.nextLink":7})"}) {
        const Result<Page> page = split_page(body);
        EXPECT_FALSE(page) << body;
    }
}

TEST(SplitPage, RefusesBrokenBracketsInTheTolerantWayToo) {
    for (const char* body :
         {"{\"value\":[{\"a\":\"\xE9\"]}", "{\"value\":[{\"a\":\"\xE9\"}}", "{\"value\":[{\"a\":\"\xE9\"}]",
          "{\"value\":[{\"a\":\"\xE9\"}]}]", "{\"value\":[{\"a\":\"\xE9\"}],}", "{\"value\":[\"\xE9\",]}"}) {
        EXPECT_FALSE(split_page(body)) << body;
    }
}

TEST(SplitPage, SaysWhereItStopped) {
    const Result<Page> page = split_page(R"({"value":[{"id":"1"},{"id":"2")");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().what.find("cut"), std::string::npos);
    EXPECT_EQ(page.error().where.substr(0, 5), "byte ");
}

TEST(SplitPage, HoldsItsLimits) {
    std::string many = R"({"value":[)";
    for (std::size_t i = 0; i < max_records_per_page; ++i)
        many += "1,";
    Result<Page> full = split_page(many + "1]}");
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::too_large);
    many.pop_back();
    EXPECT_EQ(page_of(many + "]}").records.size(), max_records_per_page);

    const std::string link(max_next_link_bytes, 'x');
    EXPECT_EQ(page_of(R"({"value":[],"@odata.nextLink":")" + link + "\"}").next_link.size(),
              max_next_link_bytes);
    const Result<Page> long_link = split_page(R"({"value":[],"@odata.nextLink":"x)" + link + "\"}");
    ASSERT_FALSE(long_link);
    EXPECT_EQ(long_link.error().code, ErrorCode::too_large);

    const Result<Page> large = split_page(std::string(max_page_bytes + 1, ' '));
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, ErrorCode::too_large);
}

TEST(SplitPage, TakesEveryListOfRecordsWhenTheNameIsRepeated) {
    EXPECT_EQ(page_of(R"({"value":[1],"value":[2]})").records.size(), 2U);
}

}  // namespace
}  // namespace entrawatch
