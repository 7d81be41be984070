#include "core/base/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace entrawatch {
namespace {

TEST(Fold, MapsTheEnDashAndDropsTheTrailingBlank) {
    EXPECT_EQ(fold("Update application – Certificates and secrets management "),
              "update application - certificates and secrets management");
}

TEST(Fold, MapsEveryDashToAHyphen) {
    for (const auto* dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"}) {
        EXPECT_EQ(fold(std::string{"a"} + dash + "b"), "a-b") << dash;
    }
}

TEST(Fold, JoinsRunsOfEveryBlank) {
    EXPECT_EQ(fold("\u00a0 Add\t\u2003member \n"), "add member");
}

TEST(Fold, ReadsEveryOctetOfAsciiAsTheGeneralWayDoes) {
    for (int c = 0; c < 0x80; ++c) {
        const std::string octet(1, static_cast<char>(c));
        for (const std::string& text : {octet, " a" + octet + octet + "B ", octet + "x" + octet}) {
            // An e with an accent sends the same text the general way, and stays apart from it.
            const std::string general = fold("\u00e9" + text);
            const std::string apart = fold("\u00e9") + fold("." + text).substr(1);
            EXPECT_EQ(general, apart) << c;
        }
    }
    EXPECT_EQ(fold(" \t\n"), "");
    EXPECT_EQ(fold("  Two\r\n Words\v"), "two words");
}

TEST(Fold, AppliesCompatibilityForms) {
    EXPECT_EQ(fold("ﬁle Ｇｌｏｂａｌ"), "file global");
}

TEST(Fold, LowersBeyondAscii) {
    EXPECT_EQ(fold("ÄRGER Ω"), "ärger ω");
}

TEST(Fold, KeepsBrokenBytesAsReplacements) {
    EXPECT_EQ(fold("a\xff"
                   "B"),
              "a\uFFFDb");
}

TEST(Fold, IsIdempotent) {
    for (const auto* text : {"Update Conditional  Access policy", "ﬁ–Ω ", "\xc3", "İstanbul"}) {
        EXPECT_EQ(fold(fold(text)), fold(text)) << text;
    }
}

TEST(Utf8, RepairsEachBrokenByte) {
    EXPECT_EQ(to_valid_utf8("ok\xc3(\xed\xa0\x80)"), "ok\uFFFD(\uFFFD\uFFFD\uFFFD)");
    EXPECT_TRUE(is_valid_utf8("grüße 🙂"));
    EXPECT_FALSE(is_valid_utf8("\xf8\x88\x80\x80\x80"));
}

TEST(Cut, NeverSplitsACodePoint) {
    const std::string smiles = "🙂🙂🙂🙂";
    for (std::size_t limit = 3; limit < smiles.size(); ++limit) {
        const std::string cut = cut_utf8(smiles, limit);
        EXPECT_LE(cut.size(), limit);
        EXPECT_TRUE(is_valid_utf8(cut)) << limit;
    }
    EXPECT_EQ(cut_utf8("short", 5), "short");
}

TEST(Terminal, ShowsWhatWouldMoveTheCursorOrTurnTheText) {
    EXPECT_EQ(for_terminal("a\x1b[31mb"), "a\\x1b[31mb");
    EXPECT_EQ(for_terminal("line\nnext\t"), "line\\x0anext\\x09");
    EXPECT_EQ(for_terminal("admin\u202Egnp.exe"), "admin\\u{202e}gnp.exe");
    EXPECT_EQ(for_terminal("a\u200bb"), "a\\u{200b}b");
    EXPECT_EQ(for_terminal("\xff"), "\\xff");
    EXPECT_EQ(for_terminal("\u009b31m"), "\\x9b31m");
    EXPECT_EQ(for_terminal("grüße"), "grüße");
}

TEST(Wildcard, MatchesFolded) {
    EXPECT_TRUE(matches_wildcard("Update application – Certificates", "update application - *"));
    EXPECT_TRUE(matches_wildcard("abc", "a?c"));
    EXPECT_TRUE(matches_wildcard("", "*"));
    EXPECT_FALSE(matches_wildcard("abc", "a?"));
    EXPECT_TRUE(matches_wildcard("2*3", "2\\*3"));
    EXPECT_FALSE(matches_wildcard("2x3", "2\\*3"));
}

TEST(Wildcard, StaysQuickOnHostilePatterns) {
    // Exponential matchers do not return from this one.
    EXPECT_FALSE(matches_wildcard(std::string(2000, 'a'), "*a*a*a*a*a*a*a*a*a*a*a*b"));
}

TEST(Nearest, FindsTheMistypedName) {
    const std::array<std::string_view, 3> names{"poll_interval", "retention", "backfill"};
    EXPECT_EQ(nearest("pol_intervall", names), "poll_interval");
    EXPECT_EQ(nearest("colour", names), "");
    EXPECT_EQ(nearest("poll", names), "poll_interval") << "cut short";
    EXPECT_EQ(nearest("po", names), "") << "too short to tell";
}

TEST(Counted, SaysOneAndMany) {
    EXPECT_EQ(counted(1, "alert", "alerts"), "1 alert");
    EXPECT_EQ(counted(0, "alert", "alerts"), "0 alerts");
    EXPECT_EQ(counted(2, "is open", "are open"), "2 are open");
}

TEST(Joined, PutsTheSeparatorBetweenTextsAlsoEmptyOnes) {
    EXPECT_EQ(joined(std::vector<std::string>{}), "");
    EXPECT_EQ(joined(std::vector<std::string>{"a"}), "a");
    EXPECT_EQ(joined(std::vector<std::string_view>{"", "b", ""}, "|"), "|b|");
}

}  // namespace
}  // namespace entrawatch
