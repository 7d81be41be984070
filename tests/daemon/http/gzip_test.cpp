#include "daemon/http/gzip.hpp"

#include <gtest/gtest.h>

namespace entrawatch::http {
namespace {

TEST(Gzip, GivesBackWhatWentIn) {
    for (const std::string& text : {std::string{}, std::string{"{\"value\":[]}"}, std::string(300'000, 'x'),
                                    std::string("\0\x01\xFF", 3)}) {
        const auto back = gunzip(gzip(text), 300'000);
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, text);
    }
}

TEST(Gzip, ReadsMembersOneAfterAnother) {
    EXPECT_EQ(gunzip(gzip("one ") + gzip("two"), 100).value(), "one two");
}

TEST(Gzip, StopsAtTheLimitAndNotAByteEarlier) {
    const std::string packed = gzip(std::string(10'000, 'a'));
    EXPECT_TRUE(gunzip(packed, 10'000));
    const auto over = gunzip(packed, 9'999);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, ErrorCode::too_large);
}

TEST(Gzip, ABombOfManyMembersIsBoundedTogether) {
    std::string bomb;
    for (int i = 0; i < 20; ++i)
        bomb += gzip(std::string(1'000'000, '\0'));
    const auto result = gunzip(bomb, 2'000'000);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::too_large);
}

TEST(Gzip, RefusesAnInputLongerThanTheLimit) {
    EXPECT_EQ(gunzip(std::string(101, 'x'), 100).error().code, ErrorCode::too_large);
}

TEST(Gzip, EveryCutIsFound) {
    const std::string packed = gzip("a sentence that is long enough to have a body and a trailer");
    for (std::size_t size = 0; size < packed.size(); ++size) {
        EXPECT_FALSE(gunzip(std::string_view{packed}.substr(0, size), 1000)) << size;
    }
}

TEST(Gzip, DamageIsFound) {
    std::string packed = gzip(std::string(1000, 'q') + "tail");
    packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 0x55);  // in the checksum
    EXPECT_FALSE(gunzip(packed, 10'000));
    EXPECT_FALSE(gunzip("{\"value\":[]}", 1000));
    EXPECT_FALSE(gunzip(gzip("whole") + "rubbish", 1000));
}

}  // namespace
}  // namespace entrawatch::http
