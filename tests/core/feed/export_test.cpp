// split_export, declared in page.hpp.
#include <gtest/gtest.h>

#include "core/feed/page.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> records_of(const std::string& text) {
    const Result<Page> page = split_export(text);
    EXPECT_TRUE(page) << text << "\n" << (page ? "" : page.error().text());
    if (!page) return {};
    return {page->records.begin(), page->records.end()};
}

const std::vector<std::string> two{R"({"id":"1","a":[1]})", R"({"id":"2"})"};
const std::string record_1 = two[0];
const std::string record_2 = two[1];

TEST(SplitExport, TellsTheFormsApart) {
    EXPECT_EQ(records_of(R"({"@odata.context":"x","value":[)" + record_1 + " , " + record_2 + "]}"), two);
    EXPECT_EQ(records_of("[" + record_1 + ",\n" + record_2 + "]\n"), two);
    EXPECT_EQ(records_of("{\"records\":[" + record_1 + "," + record_2 + "]}"), two);
    EXPECT_EQ(records_of("[{\"records\":[" + record_1 + "]},{\"records\":[" + record_2 + "]}]"), two);
    EXPECT_EQ(records_of(record_1 + "\n" + record_2), two);
    EXPECT_EQ(records_of("\n\n" + record_1 + "\r\n\r\n" + record_2 + "\r\n"), two);
    EXPECT_EQ(records_of(record_1 + record_2), two);
    EXPECT_EQ(records_of("{\"records\":[" + record_1 + "]}\n{\"records\":[" + record_2 + "]}\n"), two);
}

TEST(SplitExport, TakesOneObjectPrintedOverSeveralLines) {
    const std::string pretty = "{\n  \"id\": \"1\",\n  \"list\": [\n    1\n  ]\n}";
    EXPECT_EQ(records_of(pretty), std::vector<std::string>{pretty});
    EXPECT_EQ(records_of(pretty + "\n" + pretty + "\n"), (std::vector<std::string>{pretty, pretty}));
}

TEST(SplitExport, SkipsTheByteOrderMark) {
    EXPECT_EQ(records_of("\xEF\xBB\xBF" + record_1 + "\n" + record_2), two);
}

TEST(SplitExport, NamesTheRemedyForUtf16) {
    for (const std::string& text : {std::string("\xFF\xFE{\0", 4), std::string("\xFE\xFF\0{", 4)}) {
        const Result<Page> page = split_export(text);
        ASSERT_FALSE(page);
        EXPECT_NE(page.error().what.find("UTF-8"), std::string::npos);
    }
}

TEST(SplitExport, KeepsLinesThatAreNoJson) {
    EXPECT_EQ(records_of(record_1 + "\ngarbage, not JSON\n" + record_2),
              (std::vector<std::string>{record_1, "garbage, not JSON", record_2}));
    EXPECT_EQ(records_of("a,b\n1,2\n"), (std::vector<std::string>{"a,b", "1,2"}));
}

TEST(SplitExport, HasNoEmptyRecords) {
    EXPECT_EQ(records_of("\f\n" + record_1 + "\n \v \n"), (std::vector<std::string>{"\f", record_1, "\v"}));
}

TEST(SplitExport, ACutLineDoesNotSwallowTheNextOnes) {
    const std::string cut_in_text = R"({"id":"3","name":"not clo)";
    EXPECT_EQ(records_of(record_1 + "\n" + cut_in_text + "\n" + record_2),
              (std::vector<std::string>{record_1, cut_in_text, record_2}));
    const std::string cut_in_object = R"({"id":"3","a":{"b":1)";
    EXPECT_EQ(records_of(cut_in_object + "\n" + record_1 + "\n" + record_2),
              (std::vector<std::string>{cut_in_object, record_1, record_2}));
}

TEST(SplitExport, ManyCutLinesAreStillOneRecordEach) {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "{\"id\":[\n";
    EXPECT_EQ(records_of(text).size(), 20'000U);
}

TEST(SplitExport, DoesNotTakeARecordForAContainer) {
    const std::string record = R"({"id":"1","value":["a","b"]})";
    EXPECT_EQ(records_of(record), std::vector<std::string>{record});
    const std::string record_after = R"({"records":[1],"id":"1"})";
    EXPECT_EQ(records_of(record_after), std::vector<std::string>{record_after});
    const std::string scalar = R"({"value":1})";
    EXPECT_EQ(records_of(scalar), std::vector<std::string>{scalar});
}

TEST(SplitExport, KeepsTheNextLinkOfAnExportedPageAsASignThatMoreWasThere) {
    const Result<Page> page = split_export(R"({"value":[],"@odata.nextLink":"https://h/n"})");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->next_link, "https://h/n");
}

TEST(SplitExport, OfNothingIsNothing) {
    EXPECT_TRUE(records_of("").empty());
    EXPECT_TRUE(records_of(" \r\n\n").empty());
    EXPECT_TRUE(records_of("[]").empty());
}

TEST(SplitExport, OpensContainersTwiceAndNotForEver) {
    EXPECT_EQ(records_of("[[1,2],[3]]"), (std::vector<std::string>{"1", "2", "3"}));
    EXPECT_EQ(records_of("[[[1]]]"), std::vector<std::string>{"[1]"});
}

TEST(SplitExport, HoldsTheLimitOnSize) {
    const Result<Page> page = split_export(std::string(max_page_bytes + 1, ' '));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace entrawatch
