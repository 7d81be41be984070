#include "alerts/watch.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/alerts/schema_check.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const TenantName watched{"contoso", "11111111-2222-3333-4444-555555555555", {}};

WatchVerdict silent_feed() {
    return {"feed directory_audits", WatchState::degraded, Severity::high, "it has not answered for 2 h", {}};
}

TEST(Watch, TellsOfTroubleAsAnAlertThatNoMuteHides) {
    const AlertRow alert = watch_degraded(silent_feed(), watched, ten, make_alert_id(ten, "0123456789"));
    EXPECT_EQ(alert.summary, "Watch degraded, feed directory_audits: it has not answered for 2 h");
    EXPECT_EQ(alert.severity, Severity::high);
    EXPECT_EQ(alert.scenario, "LG-2");
    EXPECT_TRUE(alert.unsilenceable);
    EXPECT_EQ(alert.dedup_key, watch_key(watched, "feed directory_audits"));
    const OrderedJson data = parse_object(alert.data);
    EXPECT_EQ(data["rule"]["scenario"], "LG-2");
    EXPECT_EQ(data["target"]["name"], "feed directory_audits");
    EXPECT_EQ(data["severity"], "high");
}

TEST(Watch, EndsTheSameAlertWithHowLongItLasted) {
    const AlertRow opened = watch_degraded(silent_feed(), watched, ten, make_alert_id(ten, "0123456789"));
    const AlertRow ended = watch_recovered(opened, WatchEnd::works_again, noon);
    EXPECT_EQ(ended.id, opened.id);
    EXPECT_EQ(ended.dedup_key, opened.dedup_key);
    EXPECT_EQ(ended.state, "resolved");
    EXPECT_EQ(ended.severity, Severity::high) << "receivers find it by its key and level";
    EXPECT_EQ(ended.summary, "Watch recovered, feed directory_audits: it works again, after 2 h");
    EXPECT_NE(watch_recovered(opened, WatchEnd::not_watched_any_more, noon).summary.find("not watched"),
              std::string::npos);
}

TEST(Watch, TellsOthersOfADestinationThatFails) {
    WatchVerdict verdict = silent_feed();
    EXPECT_THAT(told_of(verdict, {"soc", "pager"}), ElementsAre("soc", "pager"));
    verdict.destination = "soc";
    EXPECT_THAT(told_of(verdict, {"soc", "pager"}), ElementsAre("pager"));
    EXPECT_THAT(told_of(verdict, {"soc"}), ElementsAre("soc")) << "there is no other";
}

TEST(Watch, WritesBodiesThatTheSchemaPromises) {
    std::ifstream file{std::string{ENTRAWATCH_SOURCE_DIR} + "/alerts/webhook.schema.json"};
    SchemaCheck schema{nlohmann::json::parse(file)};
    const AlertRow opened = watch_degraded(silent_feed(), watched, ten, make_alert_id(ten, "0123456789"));
    for (const auto& [type, alert] :
         {std::pair<std::string_view, AlertRow>{"watch.degraded", opened},
          {"watch.recovered", watch_recovered(opened, WatchEnd::works_again, noon)}}) {
        EXPECT_THAT(schema.faults(nlohmann::json::parse(notification_body(type, noon, alert))), IsEmpty())
            << type;
    }
}

}  // namespace
}  // namespace entrawatch
