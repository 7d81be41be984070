#include "alerts/routing.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

const std::vector<Route> routes{
    {"everything", Severity::informational, {}},
    {"pager", Severity::high, {}},
    {"fabrikam-only", Severity::low, {"fabrikam", "adatum"}},
};

using Names = std::vector<std::string>;

TEST(Routing, SendsToEveryDestinationThatWantsTheSeverityInSettingsOrder) {
    EXPECT_EQ(destinations_for(routes, "contoso", Severity::critical), (Names{"everything", "pager"}));
    EXPECT_EQ(destinations_for(routes, "contoso", Severity::high), (Names{"everything", "pager"}));
    EXPECT_EQ(destinations_for(routes, "contoso", Severity::medium), (Names{"everything"}));
}

TEST(Routing, KeepsATenantsAlertsFromDestinationsOfOthers) {
    EXPECT_EQ(destinations_for(routes, "adatum", Severity::low), (Names{"everything", "fabrikam-only"}));
    EXPECT_EQ(destinations_for(routes, "fabrikam", Severity::informational), (Names{"everything"}));
    // Names are compared whole.
    EXPECT_EQ(destinations_for(routes, "fabrikam2", Severity::low), (Names{"everything"}));
}

TEST(Routing, SendsNowhereWithoutRoutes) {
    EXPECT_TRUE(destinations_for({}, "contoso", Severity::critical).empty());
}

}  // namespace
}  // namespace entrawatch
