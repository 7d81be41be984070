#include "config/secret.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace entrawatch {
namespace {

TEST(Secret, ShowsItsValueOnlyToWhoeverAsksForIt) {
    const Secret secret{"hunter2-hunter2"};
    EXPECT_EQ(secret.reveal(), "hunter2-hunter2");
    EXPECT_FALSE(secret.empty());
    EXPECT_TRUE(Secret{}.empty());
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
    // Short enough for the string's own buffer, which a move copies.
    Secret from{"short"};
    const char* octets = from.reveal().data();
    const Secret to{std::move(from)};
    EXPECT_EQ(to.reveal(), "short");
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(octets[i], '\0');  // NOLINT(clang-analyzer-cplusplus.Move): the buffer is inside `from`
}

TEST(Secret, ReplacesItsValueOnAssignment) {
    Secret secret{"first value"};
    secret = Secret{"second value"};
    EXPECT_EQ(secret.reveal(), "second value");
    const Secret copy = secret;
    secret = Secret{};
    EXPECT_EQ(copy.reveal(), "second value");
    EXPECT_TRUE(secret.empty());
}

}  // namespace
}  // namespace entrawatch
