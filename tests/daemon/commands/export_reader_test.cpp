#include "daemon/commands/export_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace entrawatch {
namespace {

// Every record that the reader hands out, and the number of pages.
struct Taken {
    std::vector<std::string> records;
    int pages = 0;
    std::string error;
};

Taken taken_from(const std::string& text, std::size_t chunk = max_page_bytes) {
    std::istringstream in{text};
    ExportReader reader{in, chunk};
    Taken taken;
    while (true) {
        const auto page = reader.next();
        if (!page) taken.error = page.error().text();
        if (!page || !*page) return taken;
        ++taken.pages;
        for (const std::string_view record : (*page)->records)
            taken.records.emplace_back(record);
    }
}

std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "{\"id\":\"" + std::to_string(i) + "\"}\n";
    return text;
}

TEST(ExportReader, ReadsAGraphPageAnArrayAndLines) {
    EXPECT_EQ(taken_from(R"({"value":[{"id":"1"},{"id":"2"}]})").records,
              (std::vector<std::string>{R"({"id":"1"})", R"({"id":"2"})"}));
    EXPECT_EQ(taken_from(R"([{"id":"1"},{"id":"2"}])").records.size(), 2U);
    EXPECT_EQ(taken_from(lines(3)).records.size(), 3U);
}

TEST(ExportReader, HandsOutNothingOfNothing) {
    EXPECT_EQ(taken_from("").pages, 0);
    EXPECT_EQ(taken_from("").error, "");
}

TEST(ExportReader, CutsLongInputBetweenLinesAndLosesNone) {
    const std::string text = lines(100);
    for (const std::size_t chunk : {20U, 33U, 64U, 1000U}) {
        const Taken taken = taken_from(text, chunk);
        EXPECT_EQ(taken.error, "") << chunk;
        ASSERT_EQ(taken.records.size(), 100U) << chunk;
        EXPECT_EQ(taken.records.front(), "{\"id\":\"0\"}");
        EXPECT_EQ(taken.records.back(), "{\"id\":\"99\"}");
        EXPECT_GT(taken.pages, 1);
    }
}

TEST(ExportReader, TakesALastLineWithoutALineEnd) {
    const std::string text = lines(10) + R"({"id":"last"})";
    EXPECT_EQ(taken_from(text, 40).records.back(), R"({"id":"last"})");
    EXPECT_EQ(taken_from(text, 40).records.size(), 11U);
}

TEST(ExportReader, InputThatFillsOneChunkExactlyIsStillOneDocument) {
    const std::string text = R"([{"id":"1"}])";
    const Taken taken = taken_from(text, text.size());
    EXPECT_EQ(taken.error, "");
    EXPECT_EQ(taken.records.size(), 1U);
}

TEST(ExportReader, RefusesALongDocumentThatIsNoLines) {
    const std::string text = "[\n" + std::string(100, ' ') + "{\"id\":\"1\"}]";
    EXPECT_NE(taken_from(text, 50).error.find("no JSON lines"), std::string::npos);
    EXPECT_TRUE(taken_from(text, 50).records.empty());
}

TEST(ExportReader, RefusesALineThatIsLongerThanAChunk) {
    const std::string text = lines(1) + "{\"id\":\"" + std::string(200, 'x') + "\"}\n";
    const Taken taken = taken_from(text, 60);
    EXPECT_NE(taken.error.find("has a line over"), std::string::npos);
    EXPECT_EQ(taken.records.size(), 1U) << "what came before it is handed out";
}

TEST(ExportReader, KeepsALineThatIsNoJson) {
    const Taken taken = taken_from(lines(5) + "not json\n" + lines(5), 30);
    EXPECT_EQ(taken.records.size(), 11U);
}

TEST(ExportReader, CountsBytesAndLinesUpToTheLastLineEnd) {
    const std::string text = lines(3) + R"({"id":"open"})";
    std::istringstream in{text};
    ExportReader reader{in, max_page_bytes, LastLine::may_grow, {100, 7}};
    ASSERT_TRUE(reader.next().value());
    EXPECT_EQ(reader.begin().bytes, 100);
    EXPECT_EQ(reader.begin().lines, 7);
    EXPECT_EQ(reader.end().bytes, 100 + std::ssize(lines(3)));
    EXPECT_EQ(reader.end().lines, 10);
    EXPECT_FALSE(reader.next().value());
    EXPECT_FALSE(reader.left_a_line());
}

TEST(ExportReader, LeavesACutLineOnlyOfAFileThatMayGrow) {
    const std::string text = lines(2) + R"({"id":"cu)";
    EXPECT_EQ(taken_from(text).records.size(), 3U) << "to be rejected by name";
    std::istringstream in{text};
    ExportReader reader{in, max_page_bytes, LastLine::may_grow};
    EXPECT_EQ(reader.next().value()->records.size(), 2U);
    EXPECT_FALSE(reader.next().value());
    EXPECT_TRUE(reader.left_a_line());
}

TEST(ExportReader, CutsMoreLinesThanAPageMayHold) {
    std::string text;
    for (std::size_t i = 0; i < max_records_per_page + 5; ++i)
        text += "{}\n";
    std::istringstream in{text};
    ExportReader reader{in, max_page_bytes, LastLine::may_grow};
    EXPECT_EQ(reader.next().value()->records.size(), max_records_per_page);
    EXPECT_EQ(reader.next().value()->records.size(), 5U);
}

TEST(ExportReader, SaysThatTheInputBroke) {
    std::istringstream in{lines(2)};
    in.setstate(std::ios::badbit);
    ExportReader reader{in};
    const auto page = reader.next();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace entrawatch
