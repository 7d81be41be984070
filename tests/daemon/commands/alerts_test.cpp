#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(AlertsCommands, ListShowsAlertsNewestFirst) {
    open_two();
    const auto rows = alerts_json("list");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["summary"], "admin@contoso.example gave a role to bob@contoso.example");
    EXPECT_EQ(rows[0]["severity"], "high");
    EXPECT_EQ(rows[0]["scenario"], "PR-1");
    EXPECT_EQ(rows[0]["state"], "open");
    EXPECT_EQ(rows[0]["tenant"], "contoso");
    EXPECT_EQ(rows[0]["test"], false);
    ASSERT_EQ(alerts("list"), exit_ok);
    EXPECT_THAT(out, HasSubstr("OPENED"));
    EXPECT_THAT(out, HasSubstr("gave a role to eve@contoso.example"));
}

TEST_F(AlertsCommands, ListFilters) {
    open_two();
    EXPECT_EQ(alerts_json("list", {"--since", "2026-11-22T10:03:00Z"}).size(), 1U);
    EXPECT_EQ(alerts_json("list", {"--severity", "high"}).size(), 2U);
    EXPECT_EQ(alerts_json("list", {"--severity", "critical"}).size(), 0U);
    EXPECT_EQ(alerts_json("list", {"--rule", "pim/role-given"}).size(), 2U);
    EXPECT_EQ(alerts_json("list", {"--rule", "emergency/sign-in"}).size(), 0U);
    EXPECT_EQ(alerts_json("list", {"--state", "resolved"}).size(), 0U);
    EXPECT_EQ(alerts_json("list", {"--limit", "1"}).size(), 1U);
    EXPECT_EQ(alerts("list", {"--since", "long ago"}), exit_usage);
    EXPECT_EQ(alerts("list", {"--severity", "critical"}), exit_ok);
    EXPECT_EQ(err, "no alert matches\n");
}

TEST_F(AlertsCommands, ListSaysWhenNothingWasCollectedYet) {
    EXPECT_EQ(alerts("list"), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet"));
}

TEST_F(AlertsCommands, ShowTellsTheStoryByIdOrItsBeginning) {
    open_two();
    const std::string id = newest_id();
    ASSERT_EQ(alerts("show", {id}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("HIGH  PR-1  Role given"));
    EXPECT_THAT(out, HasSubstr("admin@contoso.example"));
    EXPECT_THAT(out, HasSubstr("role: set to Global Administrator"));
    EXPECT_THAT(out, HasSubstr("https://runbooks.contoso.example/roles"));
    EXPECT_THAT(out, HasSubstr("Add member to role  d2"));
    EXPECT_THAT(out, HasSubstr("soc  alert.opened  due"));
    ASSERT_EQ(alerts("show", {id.substr(0, id.size() - 3)}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr(id));
}

TEST_F(AlertsCommands, ShowTellsProgramsEverything) {
    open_two();
    deliver_all("transient", 503);
    const auto shown = alerts_json("show", {newest_id()});
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0]["rule_name"], "pim/role-given");
    EXPECT_EQ(shown[0]["data"]["actor"]["name"], "admin@contoso.example");
    EXPECT_EQ(shown[0]["events"][0]["id"], "d2");
    EXPECT_EQ(shown[0]["deliveries"][0]["destination"], "soc");
    EXPECT_EQ(shown[0]["deliveries"][0]["attempts"][0]["http_status"], 503);
    EXPECT_EQ(shown[0]["deliveries"][0]["attempts"][0]["verdict"], "transient");
}

TEST_F(AlertsCommands, AnUnknownOrAmbiguousIdIsSaidAndTheOthersAreShown) {
    open_two();
    EXPECT_EQ(alerts("show", {"alrt_zzz"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no alert has an id that is or begins with 'alrt_zzz'"));
    EXPECT_EQ(alerts("show", {"alrt_"}), exit_problems);
    EXPECT_NE(err, "");
    EXPECT_EQ(alerts("show", {"alrt_zzz", newest_id()}), exit_problems);
}

TEST_F(AlertsCommands, AnIdOfAnotherTenantIsFoundWithoutNamingIt) {
    write_settings({"fabrikam", "contoso"});
    open_two();
    EXPECT_EQ(alerts("show", {newest_id({"--tenant", "contoso"})}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("tenant      contoso"));
}

TEST_F(AlertsCommands, ExplainTellsTheTrailFromTheStoreAlone) {
    open_two();
    const std::string id = newest_id();
    deliver_all("transient", 503);
    std::filesystem::remove_all(shipped());  // no rule is needed to explain
    ASSERT_EQ(alerts("explain", {id}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("rule pim/role-given"));
    EXPECT_THAT(out, HasSubstr("to soc at"));
    EXPECT_THAT(out, HasSubstr("attempt 1"));
    EXPECT_THAT(out, HasSubstr("transient, HTTP 503"));
    EXPECT_THAT(out, HasSubstr("next try at"));
}

TEST_F(AlertsCommands, RedeliverMakesItDueAgainUnderTheSameIdAndIsAudited) {
    open_two();
    const std::string id = newest_id();
    deliver_all("delivered", 200);
    const auto before = alerts_json("show", {id})[0]["deliveries"][0];
    ASSERT_EQ(before["state"], "delivered");
    ASSERT_EQ(alerts("redeliver", {id}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("1 delivery is due again"));
    const auto after = alerts_json("show", {id})[0]["deliveries"][0];
    EXPECT_EQ(after["state"], "due");
    EXPECT_EQ(after["webhook_id"], before["webhook_id"]);
    EXPECT_EQ(sql("SELECT actor || ' ' || action || ' ' || object FROM audit_trail WHERE action = 'alerts "
                  "redeliver'"),
              "auditor alerts redeliver " + id);
}

TEST_F(AlertsCommands, RedeliverToAnotherDestinationChangesNothing) {
    open_two();
    const std::string id = newest_id();
    deliver_all("delivered", 200);
    EXPECT_EQ(alerts("redeliver", {id, "--destination", "nobody"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("was never addressed to destination nobody"));
    EXPECT_EQ(alerts_json("show", {id})[0]["deliveries"][0]["state"], "delivered");
    EXPECT_EQ(sql("SELECT count(*) FROM audit_trail"), "0");
}

TEST_F(AlertsCommands, TestGoesTheRealWayAndTellsTheVerdict) {
    { const Store made = store(); }
    while_waiting = [this] { deliver_all("delivered", 204); };
    ASSERT_EQ(alerts("test"), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("critical test alert of rule emergency/sign-in"));
    EXPECT_THAT(out, HasSubstr("soc: delivered, delivered, HTTP 204"));
    const auto rows = alerts_json("list");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["test"], true);
    EXPECT_EQ(sql("SELECT actor || ' ' || action FROM audit_trail"), "auditor alerts test");
}

TEST_F(AlertsCommands, TestOfANamedRuleUsesItsOwnExample) {
    { const Store made = store(); }
    ASSERT_EQ(alerts("test", {"--rule", "pim/role-given", "--wait", "0"}), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("high test alert of rule pim/role-given"));
    EXPECT_EQ(alerts_json("list")[0]["summary"], "admin@contoso.example gave a role to eve@contoso.example");
}

TEST_F(AlertsCommands, EveryTestIsToldAnewAndHidesNoRealAlert) {
    { const Store made = store(); }
    ASSERT_EQ(alerts("test", {"--rule", "pim/role-given", "--wait", "0"}), exit_ok);
    clock.advance(std::chrono::seconds{1});
    ASSERT_EQ(alerts("test", {"--rule", "pim/role-given", "--wait", "0"}), exit_ok) << err;
    import(role_record("d1", "2026-11-22T10:00:02Z"));
    const auto rows = alerts_json("list");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row["test"] == false; }),
              1);
}

TEST_F(AlertsCommands, TestSaysWhatADestinationAnsweredWhenItDidNotTakeIt) {
    { const Store made = store(); }
    while_waiting = [this] { deliver_all("misconfigured", 401); };
    EXPECT_EQ(alerts("test"), exit_problems);
    EXPECT_THAT(out, HasSubstr("soc: due, misconfigured, HTTP 401"));
}

TEST_F(AlertsCommands, TestWithoutARunningDaemonStaysDueAndSaysSo) {
    { const Store made = store(); }
    const Instant before = clock.now().wall;
    EXPECT_EQ(alerts("test", {"--wait", "3"}), exit_problems);
    EXPECT_THAT(out, HasSubstr("soc: due"));
    EXPECT_THAT(out, HasSubstr("no daemon answers; it stays due"));
    EXPECT_GE(clock.now().wall - before, Ticks{std::chrono::seconds{3}});
}

TEST_F(AlertsCommands, TestToADestinationGoesToItWhateverItsMinimum) {
    { const Store made = store(); }
    write_settings({"contoso"},
                   "  - { name: pager, type: webhook, url_file: soc.url, minimum_severity: critical }\n");
    ASSERT_EQ(alerts("test", {"--rule", "pim/role-given", "--destination", "pager", "--wait", "0"}), exit_ok)
        << err;
    EXPECT_THAT(out, HasSubstr("pager: due"));
    EXPECT_THAT(out, Not(HasSubstr("soc:")));
    EXPECT_EQ(alerts("test", {"--destination", "pagr", "--wait", "0"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no destination 'pagr'; did you mean pager?"));
}

TEST_F(AlertsCommands, TestSaysWhenNobodyWouldBeTold) {
    { const Store made = store(); }
    write_settings({"contoso"}, "", "critical");
    EXPECT_EQ(alerts("test", {"--rule", "pim/role-given", "--wait", "0"}), exit_problems);
    EXPECT_THAT(out, HasSubstr("routed to nobody"));
}

TEST_F(AlertsCommands, TestNamesWhatItCannotUse) {
    EXPECT_EQ(alerts("test"), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet"));
    { const Store made = store(); }
    EXPECT_EQ(alerts("test", {"--rule", "pim/role-gven"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("did you mean pim/role-given?"));
}

}  // namespace
}  // namespace entrawatch::test
