#include "core/base/digest.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using namespace std::string_literals;

TEST(Digest, KnowsTheStandardVector) {
    EXPECT_EQ(to_hex(as_bytes(sha256("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base64, GoesBothWays) {
    for (const auto& bytes : {""s, "f"s, "fo"s, "foo"s, "\xff\xfe\x00\x01"s}) {
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    }
    EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
}

TEST(Base64, TakesTheUrlAlphabetAndMissingPadding) {
    EXPECT_EQ(from_base64("_-8"), "\xff\xef");
    EXPECT_EQ(from_base64("Zm9vYg"), "foob");
}

TEST(Base64, WritesTheUrlAlphabetWithoutPadding) {
    EXPECT_EQ(to_base64_url("\xff\xef"), "_-8");
    EXPECT_EQ(to_base64_url("foob"), "Zm9vYg");
    EXPECT_EQ(to_base64_url("foo"), "Zm9v");
}

TEST(Base64, RefusesWhatItIsNot) {
    EXPECT_FALSE(from_base64("Zm9v Yg==").has_value());
    EXPECT_FALSE(from_base64("Z").has_value());
    EXPECT_FALSE(from_base64("Zg==x").has_value());
}

TEST(Base32, UsesLettersThatCannotBeMistaken) {
    EXPECT_EQ(to_base32("foobar"), "csqpyrk1e8");
    EXPECT_EQ(to_base32(std::string(10, '\xff')), "zzzzzzzzzzzzzzzz");
}

}  // namespace
}  // namespace entrawatch
