#include "core/store/chain_point.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

TEST(ChainPoint, IsReadAsItIsPrinted) {
    ChainPoint point{120, {}};
    point.hash[0] = 0xab;
    const std::string text = "120:ab" + std::string(62, '0');
    EXPECT_EQ(to_text(point), text);
    const auto again = read_chain_point(text);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->entry, 120);
    EXPECT_EQ(again->hash, point.hash);
}

TEST(ChainPoint, RefusesWhatIsNone) {
    const std::string zeros(64, '0');
    for (const std::string& text : {std::string{}, std::string{"120"}, "120:" + zeros.substr(1), ":" + zeros,
                                    "0:" + zeros, "-1:" + zeros, "1x:" + zeros, zeros})
        EXPECT_FALSE(read_chain_point(text)) << text;
}

TEST(ChainPoint, IsFoundInWhateverItWasKeptIn) {
    const std::string hash(64, 'a');
    const auto found =
        find_heads("{\"head\":\"contoso@120:" + hash + "\",\"at\":\"10:05:00\"}\n head=7:" + hash +
                   "\n9:" + hash + "b @5:" + hash + "\n3:abc 0:" + hash + " :" + hash);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].tenant, "contoso");
    EXPECT_EQ(found[0].point.entry, 120);
    EXPECT_EQ(found[1].tenant, "");
    EXPECT_EQ(found[1].point.entry, 7);
    EXPECT_EQ(found[2].point.entry, 5);
    EXPECT_TRUE(find_heads("").empty());
    EXPECT_TRUE(find_heads(":").empty());
}

}  // namespace
}  // namespace entrawatch
