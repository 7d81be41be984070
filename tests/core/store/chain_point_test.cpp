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

}  // namespace
}  // namespace entrawatch
