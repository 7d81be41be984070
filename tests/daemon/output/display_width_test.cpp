#include "daemon/output/display_width.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

TEST(DisplayWidth, CountsCharactersNotBytes) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("Zürich"), 6U);
    EXPECT_EQ(display_width("–…"), 2U);
}

TEST(DisplayWidth, CountsWideCharactersTwiceAndCombiningMarksNot) {
    EXPECT_EQ(display_width("日本"), 4U);
    EXPECT_EQ(display_width("한"), 2U);
    EXPECT_EQ(display_width("😀"), 2U);
    EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(DisplayWidth, SurvivesBrokenUtf8) {
    EXPECT_EQ(display_width("\xC3"), 1U);
    EXPECT_EQ(display_width("a\xF0\x9F"), 3U);
    EXPECT_EQ(display_width("\x80\x80"), 2U);
}

TEST(CutToWidth, LeavesWhatFits) {
    EXPECT_EQ(cut_to_width("abc", 3), "abc");
    EXPECT_EQ(cut_to_width("", 1), "");
    EXPECT_EQ(cut_to_width("日本", 4), "日本");
}

TEST(CutToWidth, EndsInAnEllipsisWithinTheWidth) {
    EXPECT_EQ(cut_to_width("abcd", 3), "ab…");
    EXPECT_EQ(cut_to_width("abcd", 1), "…");
    EXPECT_EQ(cut_to_width("Zürich", 3), "Zü…");
}

TEST(CutToWidth, NeverCutsAWideCharacterInHalf) {
    EXPECT_EQ(cut_to_width("日本語", 4), "日…");
    EXPECT_EQ(cut_to_width("日本語", 5), "日本…");
    for (std::size_t columns = 1; columns < 7; ++columns) {
        EXPECT_LE(display_width(cut_to_width("a日b本c語", columns)), columns);
    }
}

}  // namespace
}  // namespace entrawatch
