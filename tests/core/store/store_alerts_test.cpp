#include <gtest/gtest.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

TEST(StoreAlerts, ComeBackAsTheyWentIn) {
    TempStore store;
    AlertRow alert = sample_alert("alrt_1");
    alert.test = true;
    alert.count = 3;
    must(store->insert_alert(alert));
    const AlertRow found = must(store->alert("alrt_1")).value();
    EXPECT_EQ(found.id, alert.id);
    EXPECT_EQ(found.dedup_key, alert.dedup_key);
    EXPECT_EQ(found.rule_id, alert.rule_id);
    EXPECT_EQ(found.rule_name, alert.rule_name);
    EXPECT_EQ(found.title, alert.title);
    EXPECT_EQ(found.scenario, alert.scenario);
    EXPECT_EQ(found.severity, alert.severity);
    EXPECT_EQ(found.summary, alert.summary);
    EXPECT_EQ(found.state, "open");
    EXPECT_EQ(found.opened_at, alert.opened_at);
    EXPECT_EQ(found.last_event_at, alert.last_event_at);
    EXPECT_EQ(found.count, 3);
    EXPECT_TRUE(found.test);
    EXPECT_EQ(found.data, alert.data);
    EXPECT_EQ(found.window, alert.window);
}

TEST(StoreAlerts, ThatAFilterSuppressedAreListedApart) {
    TempStore store;
    must(store->insert_alert(sample_alert("alrt_1", "key")));
    AlertRow hidden = sample_alert("alrt_2", "suppressed|00000000-0000-4000-8000-00000000000f|key");
    const std::string filter = "00000000-0000-4000-8000-00000000000f";
    hidden.count = 4;
    must(store->insert_alert(hidden));
    const auto listed = [&](std::optional<bool> suppressed) {
        std::string ids;
        for (const AlertRow& alert : must(store->alerts({.suppressed = suppressed})))
            ids += alert.id + "(" + alert.suppressed_by + ") ";
        return ids;
    };
    EXPECT_EQ(listed(false), "alrt_1() ");
    EXPECT_EQ(listed(true), "alrt_2(" + filter + ") ");
    EXPECT_EQ(listed(std::nullopt), "alrt_2(" + filter + ") alrt_1() ");
    EXPECT_EQ(must(store->alert("alrt_2"))->suppressed_by, filter);
    EXPECT_EQ(must(store->newest_alert_with_key(hidden.dedup_key))->suppressed_by, filter);
    const auto sums = must(store->suppressed());
    ASSERT_EQ(sums.size(), 1U);
    EXPECT_EQ(sums[0].filter, filter);
    EXPECT_EQ(sums[0].rule, "pim/sample");
    EXPECT_EQ(sums[0].alerts, 1);
    EXPECT_EQ(sums[0].events, 4);
    EXPECT_EQ(plain_value(store.file(), "SELECT group_concat(suppressed_by) FROM alerts"), filter);
}

TEST(StoreAlerts, MoveOnWithTheirEvents) {
    TempStore store;
    AlertRow alert = sample_alert("alrt_1");
    must(store->insert_alert(alert));
    alert.count = 2;
    alert.severity = Severity::critical;
    alert.state = "acknowledged";
    alert.last_event_at = at("2026-11-22T11:00:00Z");
    must(store->update_alert(alert));
    EXPECT_EQ(
        plain_value(store.file(),
                    "SELECT count || ' ' || severity || ' ' || state || ' ' || last_event_at FROM alerts"),
        "2 critical acknowledged 2026-11-22T11:00:00Z");
    alert.id = "alrt_none";
    EXPECT_EQ(store->update_alert(alert).error().code, ErrorCode::not_found);
}

TEST(StoreAlerts, AreFoundByTheirKeyTheNewestFirst) {
    TempStore store;
    must(store->insert_alert(sample_alert("alrt_2", "key", "2026-11-22T10:00:00Z")));
    must(store->insert_alert(sample_alert("alrt_1", "key", "2026-11-22T12:00:00Z")));
    must(store->insert_alert(sample_alert("alrt_3", "other", "2026-11-22T13:00:00Z")));
    EXPECT_EQ(must(store->newest_alert_with_key("key"))->id, "alrt_1");
    EXPECT_FALSE(must(store->newest_alert_with_key("KEY")));
}

TEST(StoreAlerts, AreFoundByTheBeginningOfTheirIdWhenItIsEnough) {
    TempStore store;
    must(store->insert_alert(sample_alert("alrt_ab")));
    must(store->insert_alert(sample_alert("alrt_abc")));
    must(store->insert_alert(sample_alert("alrt_x%_")));
    EXPECT_EQ(must(store->alert("alrt_abc"))->id, "alrt_abc");
    EXPECT_EQ(must(store->alert("alrt_ab"))->id, "alrt_ab");
    EXPECT_EQ(must(store->alert("alrt_x"))->id, "alrt_x%_");
    EXPECT_EQ(store->alert("alrt_a").error().code, ErrorCode::invalid);
    EXPECT_FALSE(must(store->alert("%")));
    EXPECT_FALSE(must(store->alert("")));
    EXPECT_FALSE(must(store->alert("zzz")));
}

TEST(StoreAlerts, OfTheSameIdAreRefused) {
    TempStore store;
    must(store->insert_alert(sample_alert("alrt_1")));
    EXPECT_EQ(store->insert_alert(sample_alert("alrt_1")).error().code, ErrorCode::invalid);
}

TEST(StoreAlerts, AreListedByTimeSeverityRuleAndState) {
    TempStore store;
    AlertRow low = sample_alert("alrt_low", "a", "2026-11-22T08:00:00Z");
    low.severity = Severity::low;
    AlertRow other = sample_alert("alrt_other", "b", "2026-11-22T09:00:00Z");
    other.rule_name = "tenant/other";
    other.state = "resolved";
    must(store->insert_alert(low));
    must(store->insert_alert(other));
    must(store->insert_alert(sample_alert("alrt_new", "c", "2026-11-22T10:00:00Z")));
    const auto listed = [&](const Store::AlertFilter& filter) {
        std::string ids;
        for (const AlertRow& alert : must(store->alerts(filter)))
            ids += alert.id.substr(5) + " ";
        return ids;
    };
    EXPECT_EQ(listed({}), "new other low ");
    EXPECT_EQ(listed({.limit = 1}), "new ");
    EXPECT_EQ(listed({.minimum = Severity::medium}), "new other ");
    EXPECT_EQ(listed({.rule = "tenant/other"}), "other ");
    EXPECT_EQ(listed({.rule = low.rule_id}), "new other low ");
    EXPECT_EQ(listed({.state = "open"}), "new low ");
    EXPECT_EQ(listed({.opened = Span{at("2026-11-22T08:00:00Z"), at("2026-11-22T10:00:00Z")}}), "other low ");
}

TEST(StoreAlerts, TakeEachEventOnce) {
    TempStore store;
    must(store->insert_alert(sample_alert("alrt_1")));
    const auto later = must(store->put_event(role_assignment("Directory_2", "2026-11-22T10:00:02Z"), "b",
                                             at("2026-11-22T10:05:00Z")));
    const auto earlier = must(
        store->put_event(sign_in(uuid_number(4), "2026-11-22T10:00:01Z"), "a", at("2026-11-22T10:05:00Z")));
    EXPECT_TRUE(must(store->link_event("alrt_1", later.event)));
    EXPECT_TRUE(must(store->link_event("alrt_1", earlier.event)));
    EXPECT_FALSE(must(store->link_event("alrt_1", later.event)));
    EXPECT_EQ(store->link_event("alrt_2", later.event).error().code, ErrorCode::not_found);
    EXPECT_EQ(store->link_event("alrt_1", 999).error().code, ErrorCode::invalid);

    const auto events = must(store->events_of("alrt_1", 10));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].id, uuid_number(4));
    EXPECT_EQ(events[0].feed, FeedId::sign_ins_interactive);
    EXPECT_EQ(events[0].correlation_id, uuid_number(901));
    EXPECT_EQ(events[1].id, "Directory_2");
    EXPECT_EQ(events[1].activity, "Add member to role");
    EXPECT_EQ(events[1].time, at("2026-11-22T10:00:02Z"));
    EXPECT_EQ(must(store->events_of("alrt_1", 1)).size(), 1U);
    EXPECT_EQ(store->events_of("alrt_none", 1).error().code, ErrorCode::not_found);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM alert_events WHERE alert_id = 'alrt_1'"), "2");
}

}  // namespace
}  // namespace entrawatch::test
