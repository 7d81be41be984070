#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;

const Instant eleven = at("2026-11-22T11:00:00Z");

class StoreMutes : public ::testing::Test {
  protected:
    StoreMutes() {
        must(store->insert_alert(sample_alert("alrt_1")));
        must(store->insert_alert(sample_alert("alrt_2")));
    }
    std::int64_t add(const MuteRow& mute) {
        must(store->insert_mute(mute));
        return must(store->mute(mute.id)).value().number;
    }
    std::vector<std::string> in_force(Instant now) {
        std::vector<std::string> ids;
        for (const MuteRow& mute : must(store->mutes_in_force(now)))
            ids.push_back(mute.id);
        return ids;
    }
    std::int64_t notify(const std::string& alert, std::string type = "alert.opened") {
        NotificationRow row;
        row.alert_id = alert;
        row.type = std::move(type);
        row.body = "{}";
        row.created_at = ten;
        return must(store->insert_notification(row));
    }
    std::int64_t hold(const std::string& alert, const std::string& destination,
                      std::optional<std::int64_t> mute) {
        const std::int64_t notification = notify(alert);
        return must(store->insert_delivery(notification, destination,
                                           "msg_" + std::to_string(notification) + destination, ten, mute));
    }
    TempStore store;
};

TEST_F(StoreMutes, GivesBackAllThatWasSaid) {
    MuteRow mute = sample_mute();
    mute.scenario = "PR-1";
    mute.severity_at_most = Severity::medium;
    mute.actor = "a";
    mute.target = "t";
    mute.destination = "soc";
    add(mute);
    const MuteRow read = must(store->mute("mute_1")).value();
    EXPECT_EQ(read.rule, "pim/sample");
    EXPECT_EQ(read.scenario, "PR-1");
    EXPECT_EQ(read.severity_at_most, Severity::medium);
    EXPECT_EQ(read.actor + read.target + read.destination, "atsoc");
    EXPECT_EQ(read.author, "alice");
    EXPECT_EQ(read.reason, "patch night");
    EXPECT_EQ(read.starts_at, ten);
    EXPECT_EQ(read.ends_at, noon);
    EXPECT_FALSE(read.removed_at || read.reported_at);
    EXPECT_EQ(plain_value(store.file(), "SELECT severity_at_most || ' ' || ends_at FROM mutes"),
              "medium 2026-11-22T12:00:00Z");
}

TEST_F(StoreMutes, AreInForceBetweenStartAndEndAlsoAfterARestart) {
    add(sample_mute());
    EXPECT_THAT(in_force(ten - Ticks{1}), ElementsAre());
    EXPECT_THAT(in_force(ten), ElementsAre("mute_1"));
    store.reopen();
    EXPECT_THAT(in_force(noon - Ticks{1}), ElementsAre("mute_1"));
    EXPECT_THAT(in_force(noon), ElementsAre());
}

TEST_F(StoreMutes, AreReportedOnceWhenTheyAreOver) {
    const std::int64_t number = add(sample_mute());
    EXPECT_TRUE(must(store->ended_mutes(noon - Ticks{1})).empty());
    EXPECT_EQ(must(store->ended_mutes(noon)).size(), 1U);
    must(store->set_mute_reported(number, noon));
    EXPECT_TRUE(must(store->ended_mutes(noon)).empty());
    EXPECT_EQ(must(store->mutes(false, noon, 10)).size(), 0U);
    EXPECT_EQ(must(store->mutes(true, noon, 10)).size(), 1U);
}

TEST_F(StoreMutes, AreRemovedOnceAndKept) {
    add(sample_mute());
    must(store->remove_mute("mute_1", "bob", "done early", eleven));
    EXPECT_THAT(in_force(eleven), ElementsAre());
    EXPECT_EQ(must(store->ended_mutes(eleven)).size(), 1U);
    const MuteRow mute = must(store->mute("mute_1")).value();
    EXPECT_EQ(mute.removed_at, eleven);
    EXPECT_EQ(mute.removed_by, "bob");
    EXPECT_EQ(mute.removed_because, "done early");
    EXPECT_FALSE(store->remove_mute("mute_1", "eve", "again", eleven));
    EXPECT_FALSE(store->remove_mute("mute_none", "eve", "x", eleven));
    add(sample_mute("mute_2"));
    EXPECT_FALSE(store->remove_mute("mute_2", "eve", "too late", noon));
}

TEST_F(StoreMutes, AreFoundByTheBeginningOfAnId) {
    add(sample_mute("mute_aa"));
    add(sample_mute("mute_ab"));
    EXPECT_EQ(must(store->mute("mute_aa")).value().id, "mute_aa");
    EXPECT_FALSE(must(store->mute("mute_b")));
    EXPECT_FALSE(must(store->mute("")));
    EXPECT_EQ(store->mute("mute_a").error().code, ErrorCode::invalid);
}

TEST_F(StoreMutes, AreNeverChangedOrDeleted) {
    add(sample_mute());
    EXPECT_EQ(plain_error(store.file(), "UPDATE mute SET ends_at = ends_at + 1"),
              "a mute is ended, never changed");
    EXPECT_EQ(plain_error(store.file(), "DELETE FROM mute"), "a mute is ended, never deleted");
}

TEST_F(StoreMutes, HoldADeliveryBackWithTheirName) {
    const std::int64_t number = add(sample_mute());
    const std::int64_t held = hold("alrt_1", "soc", number);
    EXPECT_TRUE(must(store->lease_due("soc", ten, eleven, 10)).empty());
    EXPECT_FALSE(must(store->next_due("soc")));
    EXPECT_EQ(plain_value(store.file(), "SELECT state || ' ' || muted_by FROM deliveries WHERE delivery = " +
                                            std::to_string(held)),
              "muted mute_1");
    EXPECT_EQ(plain_value(store.file(), "SELECT hidden FROM mutes"), "1");
    EXPECT_EQ(must(store->deliveries_of("alrt_1"))[0].muted_by, "mute_1");
    EXPECT_EQ(must(store->counts()).deliveries_due, 0);
}

TEST_F(StoreMutes, TakeBackALeasedDelivery) {
    const std::int64_t number = add(sample_mute());
    hold("alrt_1", "soc", std::nullopt);
    const auto leased = must(store->lease_due("soc", ten, eleven, 10));
    ASSERT_EQ(leased.size(), 1U);
    must(store->mute_delivery(leased[0].id, number));
    must(store->release_leases());
    EXPECT_TRUE(must(store->lease_due("soc", noon, noon, 10)).empty());
}

TEST_F(StoreMutes, LetALaterNotificationPassTheOneThatTheyHold) {
    const std::int64_t number = add(sample_mute());
    hold("alrt_1", "soc", number);
    const std::int64_t later = hold("alrt_1", "soc", std::nullopt);
    const auto rows = must(store->lease_due("soc", ten, eleven, 10));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].id, later);
}

TEST_F(StoreMutes, AreToldOfInOneNotificationWithExactCounts) {
    const std::int64_t number = add(sample_mute());
    const std::int64_t other = add(sample_mute("mute_2"));
    const std::int64_t shared = notify("alrt_1");
    must(store->insert_delivery(shared, "soc", "msg_a", ten, number));
    must(store->insert_delivery(shared, "pager", "msg_b", ten, number));
    hold("alrt_1", "soc", number);
    hold("alrt_2", "soc", number);
    hold("alrt_2", "chat", other);
    AlertRow resolved = must(store->alert("alrt_1")).value();
    resolved.state = "resolved";
    must(store->update_alert(resolved));
    EXPECT_THAT(must(store->muted_destinations(number)), ElementsAre("pager", "soc"));

    must(store->insert_alert(sample_alert("alrt_report")));
    const std::int64_t report = notify("alrt_report", "digest");
    must(store->tell_muted(number, report));
    const DigestFacts facts = must(store->told_in(report, 10));
    EXPECT_EQ(facts.notifications, 3) << "one that two destinations did not get is one";
    EXPECT_EQ(facts.alerts, 2);
    EXPECT_EQ(facts.open_alerts, 1);
    EXPECT_EQ(facts.severity, Severity::high);
    ASSERT_EQ(facts.listed.size(), 2U);
    EXPECT_EQ(facts.listed[0].id, "alrt_2") << "what is open comes first";
    EXPECT_EQ(facts.listed[1].state, "resolved");
    EXPECT_THAT(facts.rules, ElementsAre(std::pair<std::string, std::int64_t>{"pim/sample", 2}));
    EXPECT_EQ(must(store->told_in(report, 1)).listed.size(), 1U);
    EXPECT_TRUE(must(store->muted_destinations(number)).empty());
    EXPECT_THAT(must(store->muted_destinations(other)), ElementsAre("chat"));

    must(store->set_body(report, R"({"a":1})", Severity::critical));
    must(store->insert_delivery(report, "soc", "msg_report", noon));
    EXPECT_EQ(plain_sql(store.file(),
                        "SELECT DISTINCT told_in FROM deliveries WHERE muted_by = 'mute_1' AND "
                        "destination = 'soc'"),
              std::vector<std::string>{"msg_report"});
    const auto due = must(store->lease_due("soc", noon, noon + std::chrono::minutes{1}, 1));
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].body, R"({"a":1})");
    EXPECT_EQ(due[0].severity, Severity::critical);
}

TEST_F(StoreMutes, KeepWhetherAnAlertMayBeHidden) {
    AlertRow alert = sample_alert("alrt_3");
    alert.unsilenceable = true;
    must(store->insert_alert(alert));
    EXPECT_TRUE(must(store->alert("alrt_3")).value().unsilenceable);
    EXPECT_FALSE(must(store->alert("alrt_1")).value().unsilenceable);
    alert = must(store->alert("alrt_1")).value();
    alert.unsilenceable = true;
    must(store->update_alert(alert));
    EXPECT_TRUE(must(store->alert("alrt_1")).value().unsilenceable);
}

}  // namespace
}  // namespace entrawatch::test
