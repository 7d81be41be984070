#include "core/rules/text_pattern.hpp"

#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using Kind = PatternPiece::Kind;

bool folded_match(std::string_view pattern, std::string_view text) {
    return TextPattern{parse_pattern(pattern), false}.matches(text, fold(text));
}
bool cased_match(std::string_view pattern, std::string_view text) {
    return TextPattern{parse_pattern(pattern), true}.matches(text, {});
}

TEST(TextPattern, ReadsTheEscapesOfSigma) {
    const PatternPieces star{{Kind::any_run, {}}};
    const auto literal = [](std::string text) { return PatternPieces{{Kind::literal, std::move(text)}}; };
    EXPECT_EQ(parse_pattern("*"), star);
    EXPECT_EQ(parse_pattern("***"), star);
    EXPECT_EQ(parse_pattern(R"(\*)"), literal("*"));
    EXPECT_EQ(parse_pattern(R"(\?)"), literal("?"));
    EXPECT_EQ(parse_pattern(R"(a\b)"), literal(R"(a\b)"));
    EXPECT_EQ(parse_pattern(R"(a\\b)"), literal(R"(a\b)"));
    EXPECT_EQ(parse_pattern(R"(\\\*)"), literal(R"(\*)"));
    EXPECT_EQ(parse_pattern(R"(\\\b)"), literal(R"(\\b)"));
    EXPECT_EQ(parse_pattern(R"(\\\\)"), literal(R"(\\)"));
    EXPECT_EQ(parse_pattern("end\\"), literal("end\\"));
    EXPECT_EQ(parse_pattern(""), literal(""));
    EXPECT_EQ(parse_pattern(R"(\\*)"), (PatternPieces{{Kind::literal, "\\"}, {Kind::any_run, {}}}));
}

struct PatternCase {
    std::string_view pattern;
    std::string_view text;
    bool matches;
};

TEST(TextPattern, MatchesWildcardsAnywhere) {
    const PatternCase cases[] = {
        {"abc", "abc", true},
        {"abc", "abcd", false},
        {"abc", "xabc", false},
        {"abc*", "abcd", true},
        {"abc*", "abc", true},
        {"abc*", "xabc", false},
        {"*abc", "xabc", true},
        {"*abc", "abcx", false},
        {"*abc*", "xabcx", true},
        {"*abc*", "xabx", false},
        {"a*c", "abbbc", true},
        {"a*c", "abbb", false},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"a?c", "abbc", false},
        {"?", "a", true},
        {"?", "", false},
        {"?", "ab", false},
        {"a*b*c", "a-b-b-c", true},
        {"a*b*c", "a-c-b", false},
        {"*a*b", "aab", true},
        {"a*", "", false},
        {"*", "", true},
        {"", "", true},
        {"", "a", false},
        {"a?*", "a", false},
        {"a?*", "ab", true},
        {"*?b", "ab", true},
        {"*?b", "b", false},
        {"*ab?d*", "xxabyabcd!", true},
        {"srv-*-??.example", "srv-web-01.example", true},
        {"srv-*-??.example", "srv-web-1.example", false},
    };
    for (const PatternCase& c : cases)
        EXPECT_EQ(folded_match(c.pattern, c.text), c.matches) << c.pattern << " on " << c.text;
}

TEST(TextPattern, ComparesFoldedUnlessCased) {
    EXPECT_TRUE(folded_match("Update Conditional Access policy", "update conditional access POLICY"));
    EXPECT_FALSE(cased_match("Update Conditional Access policy", "update conditional access POLICY"));
    EXPECT_TRUE(cased_match("Upd*Policy", "UpdatePolicy"));
    EXPECT_FALSE(cased_match("Upd*Policy", "updatepolicy"));
}

TEST(TextPattern, FindsTheNameThatEntraReallyWrites) {
    // With an en dash and a blank at the end.
    const std::string_view sent = "Update application \u2013 Certificates and secrets management ";
    EXPECT_TRUE(folded_match("Update application - Certificates and secrets management", sent));
    EXPECT_TRUE(folded_match("update application -*", sent));
    EXPECT_TRUE(folded_match("*secrets management", sent));
    EXPECT_FALSE(cased_match("Update application - Certificates and secrets management", sent));
}

TEST(TextPattern, KeepsABlankBesideAWildcard) {
    EXPECT_TRUE(folded_match("* admin *", "an admin here"));
    EXPECT_FALSE(folded_match("* admin *", "sysadmin here"));
    EXPECT_FALSE(folded_match("* admin *", "administrators"));
    EXPECT_TRUE(folded_match(" admin ", "admin"));  // at the ends of the text blanks do not count
    EXPECT_TRUE(folded_match("a* *", "a b"));
    EXPECT_FALSE(folded_match("a* *", "ab"));
}

TEST(TextPattern, TakesOneCharacterOfAnyLengthForAQuestionMark) {
    EXPECT_TRUE(folded_match("caf?", "caf\u00e9"));
    EXPECT_TRUE(cased_match("?", "\U0001F600"));
    EXPECT_FALSE(cased_match("??", "\U0001F600"));
}

TEST(TextPattern, NeverTakesExponentialTime) {
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "a*";
    pattern += "b";
    const std::string text(20'000, 'a');
    EXPECT_FALSE(folded_match(pattern, text));
    EXPECT_TRUE(folded_match(pattern, text + "b"));
    EXPECT_FALSE(folded_match("*?a?a?a?a?a?a?b", text));
}

TEST(TextPattern, OpensItsEndsOnce) {
    PatternPieces pieces = parse_pattern("*a");
    open_start(pieces);
    open_end(pieces);
    open_end(pieces);
    EXPECT_EQ(pieces, (PatternPieces{{Kind::any_run, {}}, {Kind::literal, "a"}, {Kind::any_run, {}}}));
}

TEST(TextPattern, KnowsTheTextThatItDemands) {
    EXPECT_EQ((TextPattern{parse_pattern("Add User"), false}.exact_folded()), "add user");
    EXPECT_EQ((TextPattern{parse_pattern("Add User"), true}.exact_folded()), "add user");
    EXPECT_EQ((TextPattern{parse_pattern("Add*"), false}.exact_folded()), std::nullopt);
    EXPECT_TRUE((TextPattern{parse_pattern("a"), false}.needs_folding()));
    EXPECT_FALSE((TextPattern{parse_pattern("a"), true}.needs_folding()));
}

TEST(TextPattern, TakesLiteralTextAsItIs) {
    const TextPattern pattern{literal_pattern("a*b?"), true};
    EXPECT_TRUE(pattern.matches("a*b?", {}));
    EXPECT_FALSE(pattern.matches("axbx", {}));
}

}  // namespace
}  // namespace entrawatch
