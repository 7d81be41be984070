#include "daemon/http/message.hpp"

#include <gtest/gtest.h>

namespace entrawatch::http {
namespace {

TEST(Headers, AreFoundWhateverTheirCase) {
    const Headers headers{{"Retry-After", "30"}};
    EXPECT_EQ(headers.get("retry-after"), "30");
    EXPECT_EQ(headers.get("RETRY-AFTER"), "30");
    EXPECT_EQ(headers.get("Retry"), "");
}

TEST(Headers, SetReplacesEveryOneOfTheName) {
    Headers headers{{"Accept", "a"}, {"ACCEPT", "b"}, {"Other", "c"}};
    headers.set("accept", "d");
    EXPECT_EQ(headers.get("Accept"), "d");
    EXPECT_EQ(headers.all().size(), 2U);
}

TEST(Headers, AddKeepsTheFirstInFront) {
    Headers headers{{"Warning", "one"}};
    headers.add("Warning", "two");
    EXPECT_EQ(headers.get("Warning"), "one");
    EXPECT_EQ(headers.all().size(), 2U);
}

TEST(Headers, NothingMayEndALineEarly) {
    EXPECT_TRUE(is_valid_header("X-Name", "a value\twith a tab"));
    EXPECT_FALSE(is_valid_header("X-Name", "one\r\nX-Two: 2"));
    EXPECT_FALSE(is_valid_header("X-Name", std::string_view{"nul\0", 4}));
    EXPECT_FALSE(is_valid_header("X Name", "v"));
    EXPECT_FALSE(is_valid_header("X:Name", "v"));
    EXPECT_FALSE(is_valid_header("", "v"));
}

}  // namespace
}  // namespace entrawatch::http
