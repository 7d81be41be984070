// `alerts ack` and `alerts resolve`.
#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

class AlertHandling : public AlertsCommands {
  protected:
    int say(const std::string& command, const std::string& id, const std::string& reason = "a drill") {
        return alerts(command, {id, "--reason", reason});
    }
    nlohmann::json last_body() {
        return nlohmann::json::parse(sql("SELECT body FROM deliveries ORDER BY delivery DESC LIMIT 1"));
    }
};

TEST_F(AlertHandling, TellsEverybodyWhoHeardOfTheAlertThatItIsTakenUp) {
    open_two();
    const std::string id = newest_id();
    ASSERT_EQ(say("ack", id), exit_ok) << err;
    EXPECT_EQ(out, id + ": acknowledged; the running daemon tells soc within a second\n");
    EXPECT_EQ(sql("SELECT state FROM alerts WHERE id = '" + id + "'"), "acknowledged");
    EXPECT_EQ(sql("SELECT type || ' ' || destination || ' ' || state || ' ' || sequence FROM deliveries "
                  "ORDER BY delivery DESC LIMIT 1"),
              "alert.acknowledged soc due 2");
    EXPECT_EQ(last_body()["data"]["acknowledged"]["by"], "auditor");
    EXPECT_EQ(last_body()["data"]["acknowledged"]["reason"], "a drill");
    EXPECT_EQ(sql("SELECT actor || '|' || action || '|' || object || '|' || detail FROM audit_trail"),
              "auditor|alerts ack|" + id + "|a drill");
}

TEST_F(AlertHandling, ResolvesByTheBeginningOfAnId) {
    open_two();
    const std::string id = newest_id();
    ASSERT_EQ(say("resolve", id.substr(0, id.size() - 3)), exit_ok) << err;
    EXPECT_EQ(sql("SELECT state FROM alerts WHERE id = '" + id + "'"), "resolved");
    EXPECT_EQ(last_body()["type"], "alert.resolved");
    EXPECT_EQ(sql("SELECT action FROM audit_trail"), "alerts resolve");
    ASSERT_EQ(alerts("show", {id}), exit_ok);
    EXPECT_THAT(out, HasSubstr("by auditor at 2026-11-22T10:05:00.000Z: a drill"));
    ASSERT_EQ(alerts("explain", {id}), exit_ok);
    EXPECT_THAT(out, HasSubstr("resolved by auditor at 2026-11-22T10:05:00.000Z: a drill"));
}

TEST_F(AlertHandling, TakesTheReasonFromNobodyElse) {
    open_two();
    EXPECT_EQ(alerts("ack", {newest_id()}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--reason"));
    EXPECT_EQ(say("ack", newest_id(), "  "), exit_usage);
    EXPECT_THAT(err, HasSubstr("--reason says nothing"));
    EXPECT_EQ(sql("SELECT count(*) FROM audit_trail"), "0");
}

TEST_F(AlertHandling, SaysWhatIsSoAlreadyAndWhatIsNotThere) {
    open_two();
    const std::string id = newest_id();
    ASSERT_EQ(say("ack", id), exit_ok);
    EXPECT_EQ(say("ack", id, "me too"), exit_problems);
    EXPECT_THAT(err, HasSubstr("was acknowledged already, by auditor"));
    ASSERT_EQ(say("resolve", id), exit_ok);
    EXPECT_EQ(say("resolve", id), exit_problems);
    EXPECT_THAT(err, HasSubstr("was resolved already"));
    EXPECT_EQ(say("ack", id), exit_problems);
    EXPECT_THAT(err, HasSubstr("is over"));
    EXPECT_EQ(say("ack", "alrt_none"), exit_problems);
    EXPECT_THAT(err, HasSubstr("no alert has an id"));
    EXPECT_EQ(sql("SELECT count(*) FROM audit_trail"), "2");
    EXPECT_EQ(sql("SELECT count(*) FROM deliveries WHERE alert_id = '" + id + "'"), "3");
}

TEST_F(AlertHandling, TellsNobodyOfAnAlertThatNobodyHeardOf) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    ASSERT_EQ(say("ack", newest_id()), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("nobody was told of it"));
    EXPECT_EQ(sql("SELECT count(*) FROM deliveries"), "0");
}

TEST_F(AlertHandling, OpensANewAlertWhenTheActHappensAgain) {
    import(role_record("d1", "2026-11-22T08:00:00Z"), "contoso", true);
    ASSERT_EQ(say("resolve", newest_id()), exit_ok);
    import(role_record("d2", "2026-11-22T08:30:00Z"), "contoso", true);
    EXPECT_EQ(alerts_json("list").size(), 2U);
    EXPECT_EQ(alerts_json("list", {"--state", "resolved"}).size(), 1U);
}

}  // namespace
}  // namespace entrawatch::test
