#include "core/rules/sigma_encodings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

TEST(SigmaEncodings, WritesUtf16InThreeForms) {
    EXPECT_EQ(to_utf16("cmd", Utf16::little), "c\0m\0d\0"s);
    EXPECT_EQ(to_utf16("cmd", Utf16::big), "\0c\0m\0d"s);
    EXPECT_EQ(to_utf16("cmd", Utf16::marked), "\xFF\xFE"s + "c\0m\0d\0"s);
    EXPECT_EQ(to_utf16("\u00e9", Utf16::little), "\xE9\x00"s);
    EXPECT_EQ(to_utf16("\u2013", Utf16::little), "\x13\x20"s);
    EXPECT_EQ(to_utf16("\U0001F600", Utf16::little), "\x3D\xD8\x00\xDE"s);
    EXPECT_EQ(to_utf16("\xFF", Utf16::little), "\xFD\xFF"s);  // a broken byte is U+FFFD
}

TEST(SigmaEncodings, FindsTheBytesAtEveryPlaceInsideBase64) {
    const std::string secret = "/bin/bash";
    const auto forms = base64_at_offsets(secret);
    ASSERT_EQ(forms.size(), 3U);
    // Whatever stands before and after, one of the three forms is in the encoded text.
    for (std::size_t before = 0; before < 7; ++before) {
        for (std::size_t after = 0; after < 4; ++after) {
            const std::string encoded =
                to_base64(std::string(before, 'x') + secret + std::string(after, 'y'));
            const bool found = encoded.find(forms[before % 3]) != std::string::npos;
            EXPECT_TRUE(found) << encoded << " lacks " << forms[before % 3];
        }
    }
}

TEST(SigmaEncodings, LeavesOutBase64FormsThatNothingIsSureOf) {
    EXPECT_THAT(base64_at_offsets("a"), ElementsAre("Y", "h"));  // in the middle, no character is its own
}

TEST(SigmaEncodings, VariesEveryFlagCharacter) {
    EXPECT_THAT(*dash_variants("-x"), ElementsAre("-x", "/x", "\u2013x", "\u2014x", "\u2015x"));
    EXPECT_EQ(dash_variants("cmd /c -q")->size(), 25U);
    EXPECT_THAT(*dash_variants("well-known a/b"), ElementsAre("well-known a/b"));
    EXPECT_THAT(*dash_variants("--"), ElementsAre("--"));
    EXPECT_THAT(*dash_variants(""), ElementsAre(""));
}

TEST(SigmaEncodings, RefusesMoreDashVariantsThanAListMayHold) {
    EXPECT_TRUE(dash_variants("-a -b -c -d -e").has_value());
    EXPECT_FALSE(dash_variants("-a -b -c -d -e -f -g").has_value());
}

TEST(SigmaEncodings, ReplacesPlaceholdersByTheirLists) {
    const PlaceholderLists lists{{"admins", {"ann", "bob"}}, {"domain", {"example.com"}}, {"none", {}}};
    EXPECT_THAT(expand_placeholders("%admins%@%domain%", lists).values,
                ElementsAre("ann@example.com", "bob@example.com"));
    EXPECT_THAT(expand_placeholders("plain", lists).values, ElementsAre("plain"));
    EXPECT_THAT(expand_placeholders("100%", lists).values, ElementsAre("100%"));
    EXPECT_THAT(expand_placeholders("%%", lists).values, ElementsAre("%%"));
    EXPECT_THAT(expand_placeholders(R"(\%admins\%)", lists).values, ElementsAre("%admins%"));
    EXPECT_TRUE(expand_placeholders("%none%", lists).values.empty());
    EXPECT_EQ(expand_placeholders("%admin%", lists).unknown, "admin");
}

TEST(SigmaEncodings, RefusesMoreExpandedValuesThanAListMayHold) {
    PlaceholderLists lists;
    lists["n"] = std::vector<std::string>(200, "v");
    EXPECT_FALSE(expand_placeholders("%n%", lists).too_many);
    EXPECT_TRUE(expand_placeholders("%n%%n%", lists).too_many);
}

}  // namespace
}  // namespace entrawatch
