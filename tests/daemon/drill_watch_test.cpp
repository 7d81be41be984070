#include "daemon/drill_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view tried = "0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e01";

// A store with a drill from 10 to 12 o'clock.
class DrillWatch : public ::testing::Test {
  protected:
    DrillWatch() {
        DrillRow drill;
        drill.id = "drill_1";
        drill.account = tried;
        drill.account_name = "breakglass1";
        drill.author = "ada";
        drill.reason = "quarterly";
        drill.created_at = drill.starts_at = at("2026-11-22T10:00:00Z");
        drill.ends_at = at("2026-11-22T12:00:00Z");
        must(store->insert_drill(drill));
    }
    [[nodiscard]] DrillQuestion question(std::string_view now) const {
        DrillQuestion out;
        out.tenant = {"contoso", "11111111-2222-3333-4444-555555555555", {}};
        out.routes = {{"soc", Severity::informational, {}}, {"pager", Severity::high, {}}};
        out.accounts = {{std::string{tried}, "breakglass1"}};
        out.now = at(now);
        out.entropy = [] { return std::string(10, 'x'); };
        return out;
    }
    std::map<std::string, int> judged(std::string_view now) {
        return must(judge_drills(*store, question(now)));
    }
    std::map<std::string, int> reminded(std::string_view now) {
        return must(remind_of_drills(*store, question(now)));
    }
    void let_an_alert_come() {
        AlertRow alert = sample_alert("alrt_drill", "drill|drill_1|key");
        alert.data = R"({"drill":true,"drill_id":"drill_1"})";
        must(store->insert_alert(alert));
    }
    std::string trail() {
        return plain_value(store.file(), "SELECT action || ' ' || object || ' ' || detail FROM audit_trail");
    }
    TempStore store;
    using Due = std::map<std::string, int>;
};

TEST_F(DrillWatch, TellsADrillThatFailedOnceAndToEverybody) {
    EXPECT_TRUE(judged("2026-11-22T13:59:59Z").empty()) << "late rows may come";
    EXPECT_EQ(judged("2026-11-22T14:00:00Z"), (Due{{"pager", 1}, {"soc", 1}}));
    const auto alerts = must(store->alerts({.rule = std::string{drill_failed_rule}}));
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_THAT(alerts[0].summary, HasSubstr("breakglass1"));
    EXPECT_EQ(must(store->deliveries_of(alerts[0].id)).at(0).type, "watch.degraded");
    EXPECT_EQ(trail(), "drill judged drill_1 failed");
    EXPECT_TRUE(judged("2026-11-22T15:00:00Z").empty()) << "once";
}

TEST_F(DrillWatch, SaysNothingOfADrillThatPassed) {
    let_an_alert_come();
    EXPECT_TRUE(judged("2026-11-22T14:00:00Z").empty());
    EXPECT_EQ(trail(), "drill judged drill_1 passed");
}

TEST_F(DrillWatch, SaysNothingOfADrillThatWasCancelled) {
    must(store->cancel_drill("drill_1", "ada", "no time", at("2026-11-22T10:30:00Z")));
    EXPECT_TRUE(judged("2026-11-22T14:00:00Z").empty());
    EXPECT_EQ(trail(), "drill judged drill_1 cancelled");
}

// TempStore was made at the beginning of that day.
TEST_F(DrillWatch, RemindsOfAnAccountThatNobodyTriedForNinetyDaysOnceInNinetyDays) {
    EXPECT_TRUE(reminded("2027-02-19T23:59:00Z").empty())
        << "nobody knows of the time before the store began";
    EXPECT_EQ(reminded("2027-02-20T00:00:00Z"), (Due{{"soc", 1}})) << "informational: not the pager";
    EXPECT_TRUE(reminded("2027-02-22T00:00:00Z").empty());
    EXPECT_TRUE(reminded("2027-05-20T00:00:00Z").empty());
    EXPECT_EQ(reminded("2027-05-24T00:00:00Z"), (Due{{"soc", 1}}));
}

TEST_F(DrillWatch, CountsADrillFromItsEndIfAnAlertCameOfIt) {
    let_an_alert_come();
    EXPECT_TRUE(reminded("2027-02-20T11:59:00Z").empty());
    EXPECT_EQ(reminded("2027-02-20T12:00:00Z"), (Due{{"soc", 1}}));
}

TEST_F(DrillWatch, LeavesAnAccountAloneThatWasUsed) {
    Event used = sign_in("s1", "2027-01-10T10:00:00Z");
    used.actor.id = tried;
    used.entities.push_back({"actor", std::string{tried}});
    must(store->put_event(used, R"({"id":"s1"})", at("2027-01-10T10:00:00Z")));
    EXPECT_TRUE(reminded("2027-02-21T00:00:00Z").empty());
    EXPECT_EQ(reminded("2027-04-12T00:00:00Z"), (Due{{"soc", 1}}));
}

}  // namespace
}  // namespace entrawatch::test
