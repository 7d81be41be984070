#include "alerts/reminder.hpp"

#include <gmock/gmock.h>

#include "alerts/follow_up.hpp"
#include "tests/support/followed.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

const ReminderPolicy twice{minutes{30}, 2, Severity::high};

FollowUpRow reminder_at(Instant when, int step) {
    FollowUpRow row;
    row.kind = "reminder";
    row.step = step;
    row.at = when;
    return row;
}

// Which reminder is due; 0: none.
int due(Instant now, const std::vector<FollowUpRow>& past = {}, const AlertRow& alert = unanswered(),
        const std::vector<DeliveryRow>& deliveries = {delivery_to("soc")}) {
    const auto row = next_reminder(twice, alert, deliveries, past, now);
    return row ? row->step : 0;
}

TEST(Reminder, ComesAtIntervalsAndNotForEver) {
    EXPECT_EQ(due(ten + minutes{30} - Ticks{1}), 0);
    EXPECT_EQ(due(ten + minutes{30}), 1);
    const Instant first = ten + minutes{40};
    EXPECT_EQ(due(first + minutes{29}, {reminder_at(first, 1)}), 0);
    EXPECT_EQ(due(first + minutes{30}, {reminder_at(first, 1)}), 2);
    EXPECT_EQ(due(first + hours{9}, {reminder_at(first, 1), reminder_at(first + hours{1}, 2)}), 0);
    EXPECT_EQ(due(ten + minutes{30}, {escalation_to("duty", ten + minutes{29})}), 1)
        << "a step along a chain is no reminder";
}

TEST(Reminder, IsOfWhatNobodyHasAnswered) {
    for (const char* state : {"acknowledged", "resolved"}) {
        AlertRow alert = unanswered();
        alert.state = state;
        EXPECT_EQ(due(noon, {}, alert), 0) << state;
    }
    AlertRow test = unanswered();
    test.test = true;
    EXPECT_EQ(due(noon, {}, test), 0);
    EXPECT_EQ(due(noon, {}, unanswered(Severity::medium)), 0);
    EXPECT_EQ(due(noon, {}, unanswered(), {delivery_to("soc", "muted")}), 0) << "nobody was told";
}

TEST(Reminder, GoesToWhoHeardOfTheAlertAndWasToldNothingOfItLately) {
    const std::vector<DeliveryRow> deliveries{delivery_to("soc"), delivery_to("chat", "muted"),
                                              delivery_to("duty", "delivered", ten + minutes{15}),
                                              delivery_to("gone")};
    const std::vector<std::string> known{"soc", "chat", "duty", "mail"};
    EXPECT_THAT(to_remind(deliveries, known, minutes{30}, ten + minutes{30}), ElementsAre("soc"));
    EXPECT_THAT(to_remind(deliveries, known, minutes{30}, ten + minutes{45}), ElementsAre("soc", "duty"));
    EXPECT_THAT(to_remind(deliveries, known, minutes{30}, ten + minutes{29}), IsEmpty());
}

TEST(Reminder, SaysHowLongNobodyHasAnswered) {
    const auto row = next_reminder(twice, unanswered(), std::vector{delivery_to("soc")}, {}, noon);
    ASSERT_TRUE(row);
    EXPECT_EQ(words_of(*row), "nobody acknowledged for 2 h; reminder 1");
}

}  // namespace
}  // namespace entrawatch::test
