#include "alerts/merge.hpp"

#include <gmock/gmock.h>

#include "alerts/payload/native.hpp"
#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;

// Promised at ten, in this order; 'o' opened, 'u' updated, 'a' acknowledged, 'r' resolved, 'd' digest.
std::vector<DeliveryRow> waiting(std::string_view types) {
    std::vector<DeliveryRow> rows;
    for (const char type : types) {
        DeliveryRow row;
        row.state = rows.empty() ? "leased" : "due";
        row.created_at = ten;
        row.type = type == 'o'   ? "alert.opened"
                   : type == 'u' ? "alert.updated"
                   : type == 'a' ? "alert.acknowledged"
                   : type == 'r' ? "alert.resolved"
                                 : "digest";
        rows.push_back(row);
    }
    return rows;
}

std::size_t late(std::string_view types, DestinationType type = DestinationType::slack) {
    return carrier_of(waiting(types), type, ten + late_after);
}
std::size_t at_once(std::string_view types, DestinationType type = DestinationType::slack) {
    return carrier_of(waiting(types), type, ten + late_after - Ticks{1});
}

TEST(Merge, LeavesOneWordAlone) {
    for (const char* type : {"o", "u", "a", "r", "d"}) {
        EXPECT_EQ(late(type), 0U);
        EXPECT_EQ(at_once(type), 0U);
    }
    EXPECT_EQ(carrier_of({}, DestinationType::slack, ten), 0U);
}

TEST(Merge, SendsEachWordWhileDeliveryIsInTime) {
    EXPECT_EQ(at_once("or"), 0U);
    EXPECT_EQ(at_once("oar"), 0U);
    EXPECT_EQ(at_once("ar"), 0U);
    EXPECT_EQ(at_once("uuu"), 2U) << "but a newer count says all that an older one says";
    EXPECT_EQ(at_once("uur"), 1U);
}

TEST(Merge, MakesOneMessageOfWhatIsLate) {
    EXPECT_EQ(late("or"), 1U);
    EXPECT_EQ(late("ouuar"), 4U);
    EXPECT_EQ(late("oud"), 1U) << "a digest is a message of its own";
    EXPECT_EQ(late("ddd"), 0U);
    std::vector<DeliveryRow> tried = waiting("or");
    tried[0].attempts = 1;
    EXPECT_EQ(carrier_of(tried, DestinationType::webhook, ten), 1U) << "an attempt failed";
    std::vector<DeliveryRow> throttled = waiting("or");
    throttled[0].last_answer = "throttled (429)";
    EXPECT_EQ(carrier_of(throttled, DestinationType::webhook, ten), 1U);
}

TEST(Merge, TellsReceiversThatKeepStateOfTheBeginningBeforeTheEnd) {
    for (const auto type : {DestinationType::pagerduty, DestinationType::opsgenie,
                            DestinationType::servicenow, DestinationType::alertmanager}) {
        EXPECT_EQ(late("or", type), 0U);
        EXPECT_EQ(late("ouuar", type), 2U) << "the last trigger, then";
        EXPECT_EQ(late("ar", type), 1U) << "the last word of a person";
        EXPECT_EQ(late("our", type), 1U);
    }
}

TEST(Merge, DoesNotReachForWhatIsUnderWay) {
    std::vector<DeliveryRow> rows = waiting("our");
    rows[1].state = "leased";
    EXPECT_EQ(carrier_of(rows, DestinationType::slack, ten + late_after), 0U);
}

TEST(Merge, SaysInTheMessageWhatItTellsAsWell) {
    const Told told{AlertStory{}, "alert.resolved"};
    const std::string body = with_merged(told.body(), {"alert.opened", "alert.updated", "alert.updated"});
    EXPECT_EQ(data_in(body)["merged"], (OrderedJson{"alert.opened", "alert.updated"}));
    const Told merged = Told::of_body(AlertStory{}, body, "alert.resolved");
    EXPECT_THAT(merged.as(DestinationType::slack).body, HasSubstr("Opened, then resolved: "));
    EXPECT_THAT(merged.as(BodyFormat::ocsf).body, HasSubstr("alert.opened"));
    EXPECT_EQ(with_merged(told.body(), {}), told.body()) << "octet for octet";
    EXPECT_EQ(with_merged("nonsense", {"alert.opened"}), "nonsense");
}

}  // namespace
}  // namespace entrawatch
