#include "alerts/escalation.hpp"

#include <gmock/gmock.h>

#include "tests/support/followed.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

EscalationChain soc_duty_boss() {
    return {{"soc", "duty", "boss"}, Severity::high, minutes{5}, minutes{15}, {}};
}

// "1 soc duty unacknowledged"; nothing when no step is due.
std::string step(const std::vector<DeliveryRow>& deliveries, Instant now,
                 const std::vector<FollowUpRow>& past = {}, const AlertRow& alert = unanswered(),
                 const EscalationChain& chain = soc_duty_boss()) {
    const auto row = next_escalation(chain, alert, deliveries, past, now);
    if (!row) return "";
    return std::to_string(row->step) + " " + row->from_destination + " " + row->to_destination + " " +
           row->reason;
}

TEST(Escalation, WaitsForSomebodyAndThenGoesOnStepByStep) {
    std::vector<DeliveryRow> deliveries{delivery_to("soc")};
    EXPECT_EQ(step(deliveries, ten + minutes{15} - Ticks{1}), "");
    EXPECT_EQ(step(deliveries, ten + minutes{15}), "1 soc duty unacknowledged");
    const Instant then = ten + minutes{15};
    deliveries.push_back(delivery_to("duty", "delivered", then));
    const std::vector<FollowUpRow> past{escalation_to("duty", then)};
    EXPECT_EQ(step(deliveries, then, past), "") << "once";
    EXPECT_EQ(step(deliveries, then + minutes{15} - Ticks{1}, past), "");
    EXPECT_EQ(step(deliveries, then + minutes{15}, past), "2 duty boss unacknowledged");
    EXPECT_EQ(step(deliveries, then + hours{5}, {past[0], escalation_to("boss", then, 2)}), "")
        << "there it ends";
}

TEST(Escalation, GoesOnSoonerWhereNothingIsTaken) {
    EXPECT_EQ(step({delivery_to("soc", "due")}, ten + minutes{5} - Ticks{1}), "");
    EXPECT_EQ(step({delivery_to("soc", "due")}, ten + minutes{5}), "1 soc duty undelivered");
    EXPECT_EQ(step({delivery_to("soc", "leased")}, ten + minutes{5}), "1 soc duty undelivered");
    EXPECT_EQ(step({delivery_to("soc", "dead")}, ten + minutes{1}), "1 soc duty dead");
    EXPECT_EQ(step({delivery_to("soc", "delivered"), delivery_to("soc", "dead")}, ten + minutes{6}), "")
        << "it has heard of the alert";
    EXPECT_EQ(step({delivery_to("soc", "digested")}, ten + minutes{6}), "") << "the digest tells of it";
}

TEST(Escalation, AsksOfEachDestinationWhatBecameOfTheStepThatLedThere) {
    const Instant then = ten + minutes{15};
    const std::vector<FollowUpRow> past{escalation_to("duty", then)};
    EXPECT_EQ(step({delivery_to("soc"), delivery_to("duty"), delivery_to("duty", "due", then)},
                   then + minutes{5}, past),
              "2 duty boss undelivered")
        << "what its own route brought is another word";
}

TEST(Escalation, IsOfOpenAlertsOnly) {
    const std::vector<DeliveryRow> deliveries{delivery_to("soc", "due")};
    const Instant late = ten + hours{1};
    for (const char* state : {"acknowledged", "resolved"}) {
        AlertRow alert = unanswered();
        alert.state = state;
        EXPECT_EQ(step(deliveries, late, {}, alert), "") << state;
    }
    AlertRow test = unanswered();
    test.test = true;
    EXPECT_EQ(step(deliveries, late, {}, test), "");
    AlertRow suppressed = unanswered();
    suppressed.suppressed_by = "filter";
    EXPECT_EQ(step(deliveries, late, {}, suppressed), "");
    EXPECT_EQ(step(deliveries, late, {}, unanswered(Severity::medium)), "");
}

TEST(Escalation, StartsWhenTheFirstIsToldOfWhatIsSevereEnough) {
    EXPECT_EQ(step({delivery_to("duty")}, ten + hours{1}), "") << "soc was never told";
    EXPECT_EQ(step({delivery_to("soc", "muted")}, ten + hours{1}), "") << "nor where a mute holds it back";
    DeliveryRow mild = delivery_to("soc");
    mild.severity = Severity::low;
    EXPECT_EQ(step({mild, delivery_to("soc", "delivered", noon)}, noon + minutes{14}), "")
        << "it grew severe at noon";
    EXPECT_EQ(step({mild, delivery_to("soc", "delivered", noon)}, noon + minutes{15}),
              "1 soc duty unacknowledged");
}

TEST(Escalation, PassesOverWhomAnotherChainHasTold) {
    const Instant then = ten + minutes{3};
    EXPECT_EQ(step({delivery_to("soc")}, then + minutes{15}, {escalation_to("boss", then)}), "");
}

TEST(Escalation, IsOfTheDestinationsThatTakeTheTenant) {
    const std::vector<Route> routes{{"soc", Severity::low, {}},
                                    {"duty", Severity::low, {"fabrikam"}},
                                    {"boss", Severity::low, {"contoso", "fabrikam"}}};
    const auto own = chains_of({soc_duty_boss()}, routes, "contoso");
    ASSERT_EQ(own.size(), 1U);
    EXPECT_THAT(own[0].destinations, ElementsAre("soc", "boss"));
    EXPECT_THAT(chains_of({soc_duty_boss()}, routes, "woodgrove"), IsEmpty()) << "it would lead nowhere";
    EscalationChain narrow = soc_duty_boss();
    narrow.tenants = {"fabrikam"};
    EXPECT_THAT(chains_of({narrow}, routes, "contoso"), IsEmpty());
    EXPECT_EQ(chains_of({narrow}, routes, "fabrikam").at(0).destinations.size(), 3U);
}

}  // namespace
}  // namespace entrawatch::test
