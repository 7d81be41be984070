#include "alerts/payload/chat_text.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

constexpr std::size_t wide = 1000;

TEST(ChatText, CountsAsTheStrictestReceiverDoes) {
    EXPECT_EQ(chat_length("abc"), 3U);
    EXPECT_EQ(chat_length("ä→"), 2U);
    EXPECT_EQ(chat_length("\U0001F511"), 2U);
}

TEST(ChatText, CutsBetweenCodePointsAndNeverInsideAnEntity) {
    EXPECT_EQ(escaped("abcdef", 6), "abcdef");
    EXPECT_EQ(escaped("abcdef", 5), "abcd…");
    EXPECT_EQ(escaped("\U0001F511\U0001F511\U0001F511", 5), "\U0001F511\U0001F511…");
    EXPECT_EQ(escaped("\U0001F511\U0001F511\U0001F511", 4), "\U0001F511…");
    EXPECT_EQ(escaped("<<<", 11, for_slack), "&lt;&lt;…");
    EXPECT_EQ(escaped("**", 3, for_discord), "\\*…");
    EXPECT_EQ(escaped("abc", 0), "");
    EXPECT_EQ(escaped("", 0), "");
}

TEST(ChatText, SaysOfABodyHowMuchIsMissingAndWhereItIs) {
    const std::string cut = escaped_body(std::string(200, 'a'), 100, "alrt_1");
    EXPECT_EQ(chat_length(cut), 100U);
    EXPECT_EQ(cut.substr(cut.find("…")), "… [truncated 138 of 200, full: alrt_1]");
    EXPECT_EQ(cut.find("…"), 200U - 138U);
    EXPECT_EQ(escaped_body("short", 100, "alrt_1"), "short");
    EXPECT_EQ(escaped_body(std::string(200, 'a'), 10, "alrt_1"), "aaaaaaaaa…") << "no room for the note";
}

TEST(ChatText, LeavesNoMarkupOrMentionOfSlack) {
    EXPECT_EQ(escaped("<!channel> & <@U1>", wide, for_slack), "&lt;!channel&gt; &amp; &lt;@U1&gt;");
}

TEST(ChatText, LeavesNoMarkdownOrMentionOfDiscord) {
    EXPECT_EQ(escaped("[a](b) **c** <@1>", wide, for_discord), "\\[a\\]\\(b\\) \\*\\*c\\*\\* \\<@\u200B1\\>");
    EXPECT_EQ(escaped("@everyone", wide, for_discord), "@\u200Beveryone");
}

TEST(ChatText, LeavesNoMarkdownOrMentionOfMattermost) {
    EXPECT_EQ(escaped("@channel (@all) .@here", wide, for_mattermost),
              "@\u200Bchannel \\(@\u200Ball\\) .@\u200Bhere");
    EXPECT_EQ(escaped("#tag `x`", wide, for_mattermost), "\\#tag \\`x\\`");
}

TEST(ChatText, KeepsAddressesWhole) {
    EXPECT_EQ(escaped("eve@contoso.example", wide, for_mattermost), "eve@contoso.example");
    EXPECT_EQ(escaped("eve@contoso.example", wide, for_discord), "eve@contoso.example");
}

TEST(ChatText, LeavesNoTag) {
    EXPECT_EQ(escaped("<img src=x>", wide, without_tags), "‹img src=x›");
}

}  // namespace
}  // namespace entrawatch
