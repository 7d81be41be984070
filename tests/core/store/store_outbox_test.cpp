#include <gtest/gtest.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

const Instant lease_end = at("2026-11-22T10:01:00Z");
const Instant later = at("2026-11-22T10:10:00Z");

class StoreOutbox : public ::testing::Test {
  protected:
    StoreOutbox() {
        must(store->insert_alert(sample_alert("alrt_1")));
        must(store->insert_alert(sample_alert("alrt_2")));
    }
    std::vector<std::int64_t> lease(const std::string& destination, Instant when = ten, int limit = 100) {
        std::vector<std::int64_t> ids;
        for (const DeliveryRow& row :
             must(store->lease_due(destination, when, when + std::chrono::minutes{1}, limit)))
            ids.push_back(row.id);
        return ids;
    }
    void settle(std::int64_t delivery, const std::string& state, const std::string& verdict,
                bool counts = true) {
        AttemptRow attempt;
        attempt.delivery = delivery;
        attempt.started_at = ten;
        attempt.ended_at = ten + std::chrono::milliseconds{20};
        attempt.http_status = state == "delivered" ? 204 : 503;
        attempt.verdict = verdict;
        attempt.remote_address = "192.0.2.1:443";
        attempt.request_sha256 = "aa";
        must(store->settle(attempt, {delivery, state, later, counts}));
    }
    std::string state_of(std::int64_t delivery) {
        return plain_value(store.file(), "SELECT state || ' ' || attempts FROM deliveries WHERE delivery = " +
                                             std::to_string(delivery));
    }
    TempStore store;
};

TEST_F(StoreOutbox, LeasesWhatIsDueWithAllThatItsWorkerNeeds) {
    const auto ids = promise(*store, "alrt_1", {"soc", "pager"}, ten);
    const auto rows = must(store->lease_due("soc", ten, lease_end, 10));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].id, ids[0]);
    EXPECT_EQ(rows[0].destination, "soc");
    EXPECT_EQ(rows[0].webhook_id, "msg_1_soc");
    EXPECT_EQ(rows[0].state, "leased");
    EXPECT_EQ(rows[0].lease_until, lease_end);
    EXPECT_EQ(rows[0].alert_id, "alrt_1");
    EXPECT_EQ(rows[0].type, "alert.opened");
    EXPECT_EQ(rows[0].body, R"({"type":"alert.opened"})");
    EXPECT_EQ(rows[0].severity, Severity::high);
    EXPECT_EQ(rows[0].created_at, ten);
    EXPECT_EQ(rows[0].attempts, 0);
}

TEST_F(StoreOutbox, LeasesARowToOneWorkerOnly) {
    promise(*store, "alrt_1", {"soc"}, ten);
    EXPECT_EQ(lease("soc").size(), 1U);
    EXPECT_TRUE(lease("soc").empty());
    EXPECT_EQ(must(store->next_due("soc")), lease_end);
}

TEST_F(StoreOutbox, TakesOverALeaseThatRanOut) {
    const auto ids = promise(*store, "alrt_1", {"soc"}, ten);
    lease("soc");
    EXPECT_TRUE(lease("soc", lease_end - Ticks{1}).empty());
    EXPECT_EQ(lease("soc", lease_end), ids);
}

TEST_F(StoreOutbox, ReleasesTheLeasesOfAnEarlierProcess) {
    const auto ids = promise(*store, "alrt_1", {"soc"}, ten);
    lease("soc");
    store.reopen();
    must(store->release_leases());
    EXPECT_EQ(lease("soc"), ids);
}

TEST_F(StoreOutbox, ServesTheSeverestFirstAndThenTheOldest) {
    const auto first = promise(*store, "alrt_1", {"soc"}, ten, Severity::low)[0];
    must(store->insert_alert(sample_alert("alrt_3")));
    must(store->insert_alert(sample_alert("alrt_4")));
    const auto second = promise(*store, "alrt_3", {"soc"}, ten, Severity::critical)[0];
    const auto third = promise(*store, "alrt_4", {"soc"}, ten, Severity::critical)[0];
    EXPECT_EQ(lease("soc"), (std::vector<std::int64_t>{second, third, first}));
}

TEST_F(StoreOutbox, LeasesNoMoreThanItsLimit) {
    promise(*store, "alrt_1", {"soc"}, ten);
    promise(*store, "alrt_2", {"soc"}, ten);
    EXPECT_EQ(lease("soc", ten, 1).size(), 1U);
    EXPECT_EQ(lease("soc", ten, 1).size(), 1U);
}

TEST_F(StoreOutbox, LetsANotificationWaitForTheEarlierOnesOfItsAlertAtTheSameDestination) {
    const auto opened = promise(*store, "alrt_1", {"soc", "pager"}, ten);
    const auto updated = promise(*store, "alrt_1", {"soc", "pager"}, ten, Severity::critical);
    EXPECT_EQ(lease("soc"), (std::vector<std::int64_t>{opened[0]}));
    EXPECT_TRUE(lease("soc").empty());
    settle(opened[0], "due", "transient");
    EXPECT_TRUE(lease("soc").empty()) << "the earlier one is tried again later";
    EXPECT_EQ(must(store->next_due("soc")), later) << "what waits must not make its worker spin";

    EXPECT_EQ(lease("pager"), (std::vector<std::int64_t>{opened[1]}));
    settle(opened[1], "delivered", "delivered");
    EXPECT_EQ(lease("pager"), (std::vector<std::int64_t>{updated[1]}))
        << "another destination's trouble is its own";

    EXPECT_EQ(lease("soc", later), (std::vector<std::int64_t>{opened[0]}));
    settle(opened[0], "dead", "gone");
    EXPECT_EQ(lease("soc"), (std::vector<std::int64_t>{updated[0]})) << "a dead letter holds nobody up";
}

TEST_F(StoreOutbox, DoesNotLetOneAlertWaitForAnother) {
    promise(*store, "alrt_1", {"soc"}, ten);
    promise(*store, "alrt_2", {"soc"}, ten);
    EXPECT_EQ(lease("soc").size(), 2U);
}

TEST_F(StoreOutbox, SettlesAnAttemptAndItsDeliveryTogether) {
    const auto id = promise(*store, "alrt_1", {"soc"}, ten)[0];
    lease("soc");
    settle(id, "due", "transient");
    EXPECT_EQ(state_of(id), "due 1");
    EXPECT_TRUE(lease("soc", later - Ticks{1}).empty());
    lease("soc", later);
    settle(id, "due", "throttled", false);
    EXPECT_EQ(state_of(id), "due 1") << "a throttled attempt does not count";
    lease("soc", later);
    settle(id, "delivered", "delivered");
    EXPECT_EQ(state_of(id), "delivered 2");
    EXPECT_FALSE(must(store->next_due("soc")));
    EXPECT_EQ(must(store->deliveries_of("alrt_1"))[0].last_answer, "delivered (204)");

    const auto attempts = must(store->attempts_of(id));
    ASSERT_EQ(attempts.size(), 3U);
    EXPECT_EQ(attempts[0].number, 1);
    EXPECT_EQ(attempts[2].number, 3);
    EXPECT_EQ(attempts[1].verdict, "throttled");
    EXPECT_EQ(attempts[2].http_status, 204);
    EXPECT_EQ(attempts[0].ended_at - attempts[0].started_at, std::chrono::milliseconds{20});
}

TEST_F(StoreOutbox, WritesNoAttemptForADeliveryThatIsNotThere) {
    AttemptRow attempt;
    attempt.delivery = 99;
    EXPECT_FALSE(store->settle(attempt, {99, "delivered", ten, true}));
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM attempt"), "0");
    const auto id = promise(*store, "alrt_1", {"soc"}, ten)[0];
    attempt.delivery = id;
    EXPECT_FALSE(store->settle(attempt, {id, "nonsense", ten, true}));
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM attempt"), "0");
    EXPECT_EQ(state_of(id), "due 0");
}

TEST_F(StoreOutbox, KeepsTheReceiversWishToWait) {
    const auto id = promise(*store, "alrt_1", {"soc"}, ten)[0];
    AttemptRow attempt;
    attempt.delivery = id;
    attempt.verdict = "throttled";
    attempt.retry_after = std::chrono::seconds{30};
    must(store->settle(attempt, {id, "due", later, false}));
    EXPECT_EQ(must(store->attempts_of(id))[0].retry_after, Ticks{std::chrono::seconds{30}});
    EXPECT_EQ(plain_value(store.file(), "SELECT retry_after_seconds FROM delivery_attempts"), "30.0");
}

TEST_F(StoreOutbox, RedeliversWithTheSameWebhookIdAndAFreshStart) {
    const auto ids = promise(*store, "alrt_1", {"soc", "pager", "chat"}, ten);
    const auto other = promise(*store, "alrt_2", {"soc"}, ten)[0];
    for (const std::string destination : {"soc", "pager", "chat"})
        lease(destination);
    settle(ids[0], "delivered", "delivered");
    settle(ids[1], "dead", "gone");
    settle(other, "delivered", "delivered");

    const Instant asked = at("2026-12-24T00:00:00Z");
    EXPECT_EQ(must(store->redeliver("alrt_1", "pager", asked)), 1);
    EXPECT_EQ(must(store->redeliver("alrt_1", "", asked)), 2) << "the leased one is being sent already";
    EXPECT_EQ(must(store->redeliver("alrt_1", "nobody", asked)), 0);
    EXPECT_EQ(store->redeliver("alrt_none", "", asked).error().code, ErrorCode::not_found);

    const auto again = must(store->lease_due("soc", asked, asked + std::chrono::minutes{1}, 10));
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, ids[0]);
    EXPECT_EQ(again[0].webhook_id, "msg_1_soc");
    EXPECT_EQ(again[0].attempts, 0);
    EXPECT_EQ(again[0].created_at, asked) << "the horizon starts anew, or it would be dead at once";
    EXPECT_EQ(
        plain_value(store.file(), "SELECT created_at || ' ' || renewed_at FROM deliveries WHERE delivery = " +
                                      std::to_string(ids[0])),
        "2026-11-22T10:00:00Z 2026-12-24T00:00:00Z");
}

TEST_F(StoreOutbox, KeepsDeadLettersUntilSomebodyDecides) {
    const auto ids = promise(*store, "alrt_1", {"soc", "pager"}, ten);
    promise(*store, "alrt_2", {"soc"}, later);
    EXPECT_TRUE(must(store->dead_letters({})).empty());
    settle(ids[0], "dead", "gone");
    settle(ids[1], "dead", "gone");
    EXPECT_EQ(must(store->dead_letters({})).size(), 2U);
    EXPECT_EQ(must(store->dead_letters({.limit = 1})).size(), 1U);
    EXPECT_EQ(must(store->dead_letters({.destination = "pager"}))[0].id, ids[1]);
    EXPECT_EQ(must(store->dead_letters({.webhook_id = "msg_1_s"}))[0].id, ids[0]);
    EXPECT_TRUE(must(store->dead_letters({.since = later})).empty());
    EXPECT_TRUE(must(store->revive(ids[0], later)));
    EXPECT_EQ(state_of(ids[0]), "due 0");
    EXPECT_FALSE(must(store->revive(ids[0], later))) << "it is none any more";
    EXPECT_TRUE(must(store->purge(ids[1])));
    EXPECT_FALSE(must(store->purge(ids[1])));
    EXPECT_EQ(state_of(ids[1]), "purged 1");
    EXPECT_EQ(must(store->counts()).deliveries_dead, 0);
}

TEST_F(StoreOutbox, RefusesASecondPromiseOfTheSameKind) {
    promise(*store, "alrt_1", {"soc"}, ten);
    EXPECT_EQ(store->insert_delivery(1, "soc", "msg_other", ten).error().code, ErrorCode::invalid);
    EXPECT_EQ(store->insert_delivery(1, "pager", "msg_1_soc", ten).error().code, ErrorCode::invalid);
    EXPECT_EQ(store->insert_delivery(99, "soc", "msg_x", ten).error().code, ErrorCode::not_found);
    EXPECT_EQ(store->insert_notification({.alert_id = "alrt_none"}).error().code, ErrorCode::not_found);
}

TEST_F(StoreOutbox, NumbersTheNotificationsOfEachAlert) {
    promise(*store, "alrt_1", {"soc"}, ten);
    promise(*store, "alrt_2", {"soc"}, ten);
    promise(*store, "alrt_1", {"soc"}, ten);
    EXPECT_EQ(plain_sql(store.file(), "SELECT alert_id, sequence FROM deliveries ORDER BY delivery"),
              (std::vector<std::string>{"alrt_1|1", "alrt_2|1", "alrt_1|2"}));
}

TEST_F(StoreOutbox, CountsWhatIsDueAndWhatIsDead) {
    const auto ids = promise(*store, "alrt_1", {"soc", "pager", "chat"}, ten);
    lease("soc");
    settle(ids[0], "dead", "gone");
    lease("pager");
    const Store::Counts counts = must(store->counts());
    EXPECT_EQ(counts.alerts, 2);
    EXPECT_EQ(counts.deliveries_due, 2);
    EXPECT_EQ(counts.deliveries_dead, 1);
}

TEST_F(StoreOutbox, NeverChangesAnAttemptOrAnAuditRow) {
    const auto id = promise(*store, "alrt_1", {"soc"}, ten)[0];
    settle(id, "delivered", "delivered");
    must(store->add_audit({ten, "root", "alerts redeliver", "alrt_1", "{}"}));
    for (const std::string table : {"attempt", "audit"}) {
        const std::string column = table == "audit" ? "actor" : "verdict";
        EXPECT_EQ(plain_error(store.file(), "UPDATE " + table + " SET " + column + " = 'x'"),
                  table + " is append-only");
        EXPECT_EQ(plain_error(store.file(), "DELETE FROM " + table), table + " is append-only");
    }
    EXPECT_EQ(plain_value(store.file(),
                          "SELECT actor || ' ' || action || ' ' || object || ' ' || at FROM audit_trail"),
              "root alerts redeliver alrt_1 2026-11-22T10:00:00Z");
}

}  // namespace
}  // namespace entrawatch::test
