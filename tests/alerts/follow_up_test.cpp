#include "alerts/follow_up.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "alerts/payload/story.hpp"
#include "tests/alerts/alert_story.hpp"
#include "tests/alerts/schema_check.hpp"
#include "tests/support/followed.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::minutes;

TEST(FollowUp, SaysWhy) {
    FollowUpRow row = escalation_to("duty", ten);
    EXPECT_EQ(words_of(row), "nobody acknowledged for 15 min; escalated from soc");
    row.reason = "undelivered";
    EXPECT_EQ(words_of(row), "nothing was delivered to soc for 15 min; escalated from soc");
    row.reason = "dead";
    EXPECT_EQ(words_of(row), "the delivery to soc was given up; escalated from soc");
}

TEST(FollowUp, BeginsTheSummaryWithTheReasonAndFitsTheSchema) {
    const AlertStory story;
    const AlertRow told = told_once_more(open_alert(story.input()), escalation_to("duty", ten));
    EXPECT_TRUE(told.summary.starts_with("Nobody acknowledged for 15 min; escalated from soc: "))
        << told.summary;
    const std::string body = notification_body("alert.opened", ten, told);
    const OrderedJson data = parse_object(body)["data"];
    EXPECT_EQ(data["summary"], told.summary);
    EXPECT_EQ(data["update"], "escalation");
    EXPECT_EQ(data["follow_up"]["text"], "nobody acknowledged for 15 min; escalated from soc");
    EXPECT_EQ(data["follow_up"]["to"], "duty");
    std::ifstream file{std::string{ENTRAWATCH_SOURCE_DIR} + "/alerts/webhook.schema.json"};
    EXPECT_THAT(SchemaCheck{nlohmann::json::parse(file)}.faults(nlohmann::json::parse(body)),
                testing::IsEmpty());
    EXPECT_THAT(tell({"alert.opened", "msg_1", told.id, body, told.severity}).heading,
                testing::HasSubstr("] Escalated: "));
}

TEST(FollowUp, KeepsItsReasonInTheLaterWordThatTellsOfIt) {
    const AlertStory story;
    const std::string later = notification_body("alert.updated", ten, open_alert(story.input()));
    const OrderedJson data = parse_object(with_reason(later, escalation_to("duty", ten)))["data"];
    EXPECT_EQ(data["follow_up"]["from"], "soc");
    EXPECT_TRUE(
        text_at(data, {"summary"}).starts_with("Nobody acknowledged for 15 min; escalated from soc: "));
    const std::string own = dump({{"data", {{"follow_up", {{"step", 2}}}}}});
    EXPECT_EQ(with_reason(own, escalation_to("duty", ten)), own) << "it has one already";
    EXPECT_EQ(with_reason("not JSON", escalation_to("duty", ten)), "not JSON");
}

TEST(FollowUp, ToldOfDataThatCannotBeReadStillSaysWhy) {
    AlertRow alert = unanswered();
    alert.data = "not JSON";
    EXPECT_TRUE(told_once_more(alert, escalation_to("duty", ten)).summary.starts_with("Nobody"));
}

TEST(FollowUp, IsAnOpeningForWhoHasNotHeardOfTheAlert) {
    std::vector<DeliveryRow> deliveries{delivery_to("soc"), delivery_to("duty", "muted")};
    deliveries[0].type = "watch.degraded";
    EXPECT_EQ(follow_up_type(deliveries, "boss"), "watch.degraded") << "as it was for the first";
    EXPECT_EQ(follow_up_type(deliveries, "duty"), "watch.degraded") << "a mute kept it back";
    EXPECT_EQ(follow_up_type(deliveries, "soc"), "alert.updated");
}

TEST(FollowUp, IsToldInTheWordThatComesNextOnceItIsAnswered) {
    std::vector<DeliveryRow> waiting{delivery_to("duty"), delivery_to("duty")};
    waiting[0].id = 4;
    waiting[1].id = 5;
    EXPECT_EQ(later_word(waiting, waiting[0]), &waiting[1]);
    EXPECT_EQ(later_word(waiting, waiting[1]), nullptr);
}

}  // namespace
}  // namespace entrawatch::test
