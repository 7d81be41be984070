#include "core/rules/severity.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

TEST(Severity, IsOrderedAsSigmaOrdersItsLevels) {
    EXPECT_LT(Severity::informational, Severity::low);
    EXPECT_LT(Severity::low, Severity::medium);
    EXPECT_LT(Severity::medium, Severity::high);
    EXPECT_LT(Severity::high, Severity::critical);
}

TEST(Severity, HasTheSameNameInBothDirections) {
    for (const Severity severity :
         {Severity::informational, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        EXPECT_EQ(severity_of(name_of(severity)), severity);
    }
}

TEST(Severity, NamesAreReadWithoutCaseAndUnknownOnesAreNone) {
    EXPECT_EQ(severity_of("HIGH"), Severity::high);
    EXPECT_EQ(severity_of("info"), std::nullopt);
    EXPECT_EQ(severity_of(""), std::nullopt);
}

TEST(Severity, ShiftsByStepsAndStopsAtBothEnds) {
    EXPECT_EQ(shifted(Severity::medium, 1), Severity::high);
    EXPECT_EQ(shifted(Severity::medium, -1), Severity::low);
    EXPECT_EQ(shifted(Severity::medium, 0), Severity::medium);
    EXPECT_EQ(shifted(Severity::high, 2), Severity::critical);
    EXPECT_EQ(shifted(Severity::low, -3), Severity::informational);
    EXPECT_EQ(shifted(Severity::low, 2147483647), Severity::critical);
    EXPECT_EQ(shifted(Severity::high, -2147483647 - 1), Severity::informational);
}

}  // namespace
}  // namespace entrawatch
