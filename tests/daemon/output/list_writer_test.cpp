#include "daemon/output/list_writer.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "daemon/output/display_width.hpp"

namespace entrawatch {
namespace {

const std::vector<Column> columns{{"time", "TIME"}, {"id", ""}, {"what", "WHAT"}};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string listed(ListStyle style, const std::vector<std::vector<OrderedJson>>& rows) {
    std::ostringstream out;
    ListWriter list{out, columns, style};
    for (const auto& row : rows)
        list.row(row);
    list.finish();
    return out.str();
}

TEST(ListWriter, AlignsATableAndLeavesOutUntitledColumns) {
    EXPECT_EQ(listed({}, {{"10:00", "hidden", "a sign-in"}, {"10:00:01", "hidden", "b"}}),
              "TIME      WHAT\n"
              "10:00     a sign-in\n"
              "10:00:01  b\n");
}

TEST(ListWriter, PrintsNothingForAnEmptyTable) {
    EXPECT_EQ(listed({}, {}), "");
}

TEST(ListWriter, ShowsControlAndBidiCharactersEscapedInATable) {
    const std::string text = listed({}, {{"t", "", "\x1b[2Jevil\u202Egnp\nnext"}});
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
    EXPECT_NE(text.find("\\x1b[2Jevil"), std::string::npos);
    EXPECT_EQ(lines_of(text).size(), 2U) << text;
}

TEST(ListWriter, FitsTheTerminalByCuttingTheWidestColumn) {
    const std::string text = listed({Format::table, true, 30}, {{"2026-11-22", "", std::string(100, 'x')}});
    for (const std::string& line : lines_of(text))
        EXPECT_LE(display_width(line), 30U) << line;
    EXPECT_NE(text.find("2026-11-22  x"), std::string::npos) << text;
    EXPECT_NE(text.find("x…"), std::string::npos) << text;
}

TEST(ListWriter, NeverCutsAColumnThatMustBeWhole) {
    std::ostringstream out;
    ListWriter list{out, {{"id", "ID", true}, {"what", "WHAT"}}, {Format::table, true, 40}};
    list.row({"alrt_0123456789abcdef", std::string(100, 'x')});
    list.finish();
    EXPECT_NE(out.str().find("alrt_0123456789abcdef  xx"), std::string::npos) << out.str();
    EXPECT_LE(display_width(lines_of(out.str()).back()), 40U);
}

TEST(ListWriter, LeavesOutAColumnThatNeedsAWiderTerminal) {
    const std::vector<Column> some{{"a", "A"}, {"b", "B", false, 100}};
    for (const auto& [width, shown] :
         std::vector<std::pair<int, bool>>{{80, false}, {100, true}, {0, true}}) {
        std::ostringstream out;
        ListWriter list{out, some, {Format::table, width > 0, width}};
        list.row({"one", "two"});
        list.finish();
        EXPECT_EQ(out.str().find("two") != std::string::npos, shown) << width;
    }
}

TEST(ListWriter, CutsNothingWhereThereIsNoTerminal) {
    const std::string text = listed({}, {{"t", "", std::string(500, 'x')}});
    EXPECT_NE(text.find(std::string(500, 'x')), std::string::npos);
}

TEST(ListWriter, StreamsATableOnceItsWidthsAreKnown) {
    std::ostringstream out;
    ListWriter list{out, columns, {}};
    for (std::size_t i = 0; i + 1 < ListWriter::rows_before_layout; ++i)
        list.row({"t", "", "w"});
    EXPECT_EQ(out.str(), "");
    list.row({"t", "", "w"});
    EXPECT_EQ(lines_of(out.str()).size(), ListWriter::rows_before_layout + 1);
    list.row({"a longer time", "", "w"});
    EXPECT_EQ(lines_of(out.str()).back(), "a longer time  w");
    list.finish();
    EXPECT_EQ(list.rows(), ListWriter::rows_before_layout + 1);
}

TEST(ListWriter, PrintsNotesBelowTheirRowInTablesOnly) {
    std::ostringstream table;
    ListWriter for_people{table, columns, {}};
    for_people.row({"1", "", "x"});
    for_people.note("see \x1b below");
    for_people.row({"2", "", "y"});
    for_people.finish();
    EXPECT_EQ(lines_of(table.str()),
              (std::vector<std::string>{"TIME  WHAT", "1     x", "    see \\x1b below", "2     y"}));

    std::ostringstream json;
    ListWriter for_programs{json, columns, {Format::json, false, 0}};
    for_programs.note("not here");
    for_programs.finish();
    EXPECT_EQ(json.str(), "[]\n");
}

TEST(ListWriter, JsonIsOneArrayInTheOrderOfTheColumns) {
    EXPECT_EQ(listed({Format::json, false, 0}, {{"t", "i", nullptr}, {1, true, {"a", "b"}}}),
              "[\n{\"time\":\"t\",\"id\":\"i\",\"what\":null},\n{\"time\":1,\"id\":true,\"what\":[\"a\","
              "\"b\"]}\n]\n");
    EXPECT_EQ(listed({Format::json, false, 0}, {}), "[]\n");
}

TEST(ListWriter, JsonLinesAreOneObjectALine) {
    const std::string text = listed({Format::jsonl, false, 0}, {{"t", "i", "two\nlines"}, {"u", "j", "w"}});
    EXPECT_EQ(lines_of(text), (std::vector<std::string>{R"({"time":"t","id":"i","what":"two\nlines"})",
                                                        R"({"time":"u","id":"j","what":"w"})"}));
}

TEST(ListWriter, JsonToATerminalIsAsciiAndToAFileIsUtf8) {
    const std::vector<std::vector<OrderedJson>> rows{{"t", "i", "Z\u00fcrich \u202E \x7f"}};
    const std::string shown = listed({Format::jsonl, true, 80}, rows);
    EXPECT_NE(shown.find("Z\\u00fcrich \\u202e \\u007f"), std::string::npos) << shown;
    EXPECT_NE(listed({Format::jsonl, false, 0}, rows).find("Z\u00fcrich \u202E"), std::string::npos);
}

TEST(ListWriter, JsonSurvivesBrokenUtf8) {
    const std::string text = listed({Format::jsonl, false, 0}, {{"t", "i",
                                                                 "a\xFF"
                                                                 "b"}});
    EXPECT_EQ(OrderedJson::parse(text)["what"], "a\uFFFDb");
}

TEST(ListWriter, CsvQuotesWhatRfc4180Asks) {
    EXPECT_EQ(listed({Format::csv, false, 0},
                     {{"a,b", "say \"hi\"", "two\r\nlines"}, {"=1+1", nullptr, {"x", "y"}}}),
              "time,id,what\r\n\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n=1+1,,\"x, y\"\r\n");
}

TEST(ListWriter, CsvHoldsExactValuesInAFileAndSafeOnesOnATerminal) {
    const std::vector<std::vector<OrderedJson>> rows{{"t", "i", "\x1b[31m"}};
    EXPECT_NE(listed({Format::csv, false, 0}, rows).find("\x1b[31m"), std::string::npos);
    EXPECT_EQ(listed({Format::csv, true, 80}, rows).find('\x1b'), std::string::npos);
}

TEST(ListWriter, RowsThatAreTooShortAreFilledUp) {
    EXPECT_EQ(listed({Format::csv, false, 0}, {{"only"}}), "time,id,what\r\nonly,,\r\n");
}

TEST(Format, KnowsItsNames) {
    EXPECT_EQ(format_of("table"), Format::table);
    EXPECT_EQ(format_of("json"), Format::json);
    EXPECT_EQ(format_of("jsonl"), Format::jsonl);
    EXPECT_EQ(format_of("csv"), Format::csv);
    EXPECT_EQ(format_of("xml"), std::nullopt);
}

TEST(ListWriter, KeepsFormulasFromSpreadsheetsWhereAsked) {
    for (const std::string text :
         {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1", "\uFF201"}) {
        const std::string csv = listed({Format::csv, false, 0, true}, {{text, "x", "fine"}});
        EXPECT_NE(csv.find("'" + text), std::string::npos) << csv;
        EXPECT_EQ(listed({Format::csv}, {{text, "x", "fine"}}).find('\''), std::string::npos)
            << "exact otherwise";
    }
    EXPECT_EQ(listed({Format::csv, false, 0, true}, {{-1, "a-b", "fine=1"}}),
              "time,id,what\r\n-1,a-b,fine=1\r\n");
}

}  // namespace
}  // namespace entrawatch
