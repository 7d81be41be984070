#include "alerts/handling.hpp"

#include <gmock/gmock.h>

#include "alerts/payload/native.hpp"
#include "tests/alerts/alert_story.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

AlertRow open_one() {
    const AlertStory story;
    return open_alert(story.input());
}

PersonsWord word(Handling handling, std::string by = "alice") {
    return {handling, std::move(by), "looking into it", ten};
}

TEST(Handling, SaysInTheAlertWhoTookItUpAndWhy) {
    const auto alert = handled(open_one(), word(Handling::acknowledge));
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->state, "acknowledged");
    const OrderedJson said = parse_object(alert->data)["acknowledged"];
    EXPECT_EQ(said["by"], "alice");
    EXPECT_EQ(said["reason"], "looking into it");
    EXPECT_EQ(said["at"], "2026-11-22T10:00:00.000Z");
}

TEST(Handling, ResolvesWhatWasAcknowledgedAndKeepsBothWords) {
    const auto alert =
        handled(*handled(open_one(), word(Handling::acknowledge)), word(Handling::resolve, "bob"));
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->state, "resolved");
    EXPECT_EQ(text_at(parse_object(alert->data), {"acknowledged", "by"}), "alice");
    EXPECT_EQ(text_at(parse_object(alert->data), {"resolved", "by"}), "bob");
}

TEST(Handling, SaysWhoWasFirstToWhoeverComesSecond) {
    const AlertRow taken = *handled(open_one(), word(Handling::acknowledge));
    const auto again = handled(taken, word(Handling::acknowledge, "bob"));
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().what,
                HasSubstr("was acknowledged already, by alice at 2026-11-22T10:00:00.000Z: looking into it"));
    const AlertRow over = *handled(taken, word(Handling::resolve));
    EXPECT_THAT(handled(over, word(Handling::resolve)).error().what, HasSubstr("was resolved already, by"));
    EXPECT_THAT(handled(over, word(Handling::acknowledge)).error().what, HasSubstr("is over"));
}

TEST(Handling, ChangesTheStateOfAnAlertWhoseDataCannotBeRead) {
    AlertRow alert = open_one();
    alert.data = "not JSON";
    const auto taken = handled(alert, word(Handling::resolve));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->state, "resolved");
    EXPECT_EQ(taken->data, "not JSON");
    EXPECT_FALSE(handled(*taken, word(Handling::resolve)));
}

TEST(Handling, KeepsThePersonsWordWhenTheAlertGrowsSevererAfterwards) {
    AlertStory story;
    story.finding.lead.severity = Severity::medium;
    const AlertRow taken = *handled(open_alert(story.input()), word(Handling::acknowledge));
    story.finding.lead.severity = Severity::critical;
    const AlertRow raised = counted_alert(taken, story.input(), true);
    EXPECT_EQ(text_at(parse_object(raised.data), {"acknowledged", "by"}), "alice");
}

TEST(Handling, TakesReasonsThatSaySomething) {
    EXPECT_EQ(*checked_reason("  a drill \n"), "a drill");
    EXPECT_FALSE(checked_reason(" \t "));
    EXPECT_TRUE(checked_reason(std::string(longest_reason, 'x')));
    EXPECT_FALSE(checked_reason(std::string(longest_reason + 1, 'x')));
    EXPECT_EQ(*checked_reason("a\xff"), "a\uFFFD");
}

TEST(Handling, ConcernsWhoWasPromisedWordAndIsStillThere) {
    const auto to = [](std::string name) {
        DeliveryRow row;
        row.destination = std::move(name);
        return row;
    };
    EXPECT_THAT(concerned({to("pager"), to("gone"), to("soc"), to("soc")}, {"chat", "soc", "pager"}),
                ElementsAre("soc", "pager"));
    EXPECT_THAT(concerned({}, {"soc"}), IsEmpty());
    DeliveryRow hidden = to("soc");
    hidden.state = "muted";
    EXPECT_THAT(concerned({hidden}, {"soc"}), IsEmpty()) << "a mute has kept it from them";
    hidden.told_in = "msg_of_the_report";
    EXPECT_THAT(concerned({hidden}, {"soc"}), ElementsAre("soc"));
}

}  // namespace
}  // namespace entrawatch
