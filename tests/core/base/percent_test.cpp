#include "core/base/percent.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

TEST(PercentEncoded, LeavesWhatMeansNothingWhereItIsSent) {
    EXPECT_EQ(percent_encoded("aZ09-._~ +&%=/é"), "aZ09-._~%20%2B%26%25%3D%2F%C3%A9");
    EXPECT_EQ(percent_encoded("a~b", kept_in_forms), "a%7Eb");
}

TEST(PercentDecoded, IsTheWayBack) {
    EXPECT_EQ(percent_decoded("a%20b%2Bc%c3%A9+d"), "a b+cé+d");
    EXPECT_EQ(percent_decoded("a+b%2B", true), "a b+");
    EXPECT_EQ(percent_decoded(""), "");
}

TEST(PercentDecoded, RefusesAnEscapeThatIsNone) {
    for (const char* broken : {"%", "a%4", "%4g", "%g4", "%-1", "%+1", "% 1", "%%41"})
        EXPECT_EQ(percent_decoded(broken), std::nullopt) << broken;
}

}  // namespace
}  // namespace entrawatch
