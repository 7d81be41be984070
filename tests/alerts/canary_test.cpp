#include "alerts/canary.hpp"

#include <gmock/gmock.h>

#include "alerts/watch.hpp"
#include "tests/support/followed.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

const CanaryPolicy weekly{hours{24 * 7}, minutes{15}};

CanaryFate fate(const DeliveryRow& row, Instant now) {
    return outcomes_of(weekly, unanswered(), std::vector{row}, now).at(0).fate;
}

TEST(Canary, IsDueAWeekAfterTheLastOne) {
    EXPECT_TRUE(is_due(weekly, std::nullopt, ten)) << "the first at once";
    EXPECT_FALSE(is_due(weekly, unanswered(), ten + hours{24 * 7} - Ticks{1}));
    EXPECT_TRUE(is_due(weekly, unanswered(), ten + hours{24 * 7}));
}

TEST(Canary, GoesToEverybodyWhoTakesTheTenant) {
    const auto routes = canary_routes({{"soc", Severity::critical, {}},
                                       {"boss", Severity::high, {}, true},
                                       {"far", Severity::low, {"other"}}},
                                      "contoso");
    ASSERT_EQ(routes.size(), 2U);
    for (const Route& route : routes) {
        EXPECT_EQ(route.minimum_severity, Severity::informational) << route.destination;
        EXPECT_FALSE(route.escalations_only) << route.destination;
    }
}

TEST(Canary, IsLateWhereItWasNotTakenInTime) {
    EXPECT_EQ(fate(delivery_to("soc", "due"), ten + minutes{15} - Ticks{1}), CanaryFate::waiting);
    EXPECT_EQ(fate(delivery_to("soc", "due"), ten + minutes{15}), CanaryFate::late);
    EXPECT_EQ(fate(delivery_to("soc", "leased"), ten + minutes{15}), CanaryFate::late);
    EXPECT_EQ(fate(delivery_to("soc", "dead"), ten), CanaryFate::late);
    EXPECT_EQ(fate(delivery_to("soc", "delivered"), ten + hours{1}), CanaryFate::arrived)
        << "late at last is better than never";
}

TEST(Canary, TellsTheOthersOfTheDestinationWhereItIsLate) {
    EXPECT_EQ(verdict_of({"soc", CanaryFate::waiting}, ten).state, WatchState::unknown);
    EXPECT_EQ(verdict_of({"soc", CanaryFate::arrived}, ten).state, WatchState::well);
    const WatchVerdict late = verdict_of({"soc", CanaryFate::late}, ten);
    EXPECT_EQ(late.state, WatchState::degraded);
    EXPECT_EQ(late.subject, "canary to soc");
    EXPECT_EQ(late.destination, "soc");
    EXPECT_THAT(late.says, HasSubstr("2026-11-22T10:00:00Z"));
}

}  // namespace
}  // namespace entrawatch::test
