// Every write of the store fails in turn; what is found afterwards is all of a transaction or nothing of it.
#include <gtest/gtest.h>

#include "tests/support/faulty_vfs.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

constexpr int steps_at_most = 2000;

// One page as ingest stores it: events, an alert with its promise, and the window's progress.
Result<> store_a_page(Store& store) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto window = store.open_window(
        FeedId::directory_audits,
        {Pass::hot, {at("2026-11-22T09:00:00Z"), five_past_ten}, "activityDateTime"}, five_past_ten);
    if (!window) return fail(window.error());
    std::int64_t last = 0;
    for (int n = 0; n < 20; ++n) {
        const auto put =
            store.put_event(role_assignment("Directory_" + std::to_string(n), "2026-11-22T10:00:00Z"),
                            std::string(3000, 'x') + std::to_string(n), five_past_ten);
        if (!put) return fail(put.error());
        last = put->event;
    }
    if (const auto done = store.insert_alert(sample_alert("alrt_1")); !done) return fail(done.error());
    if (const auto linked = store.link_event("alrt_1", last); !linked) return fail(linked.error());
    const auto notification = store.insert_notification(
        {.alert_id = "alrt_1", .type = "alert.opened", .body = "{}", .created_at = five_past_ten});
    if (!notification) return fail(notification.error());
    if (const auto delivery = store.insert_delivery(*notification, "soc", "msg_1", five_past_ten); !delivery)
        return fail(delivery.error());
    if (const auto done = store.complete_window(*window, five_past_ten); !done) return fail(done.error());
    return transaction->commit();
}

std::string rows_of(const std::filesystem::path& file) {
    return plain_value(file,
                       "SELECT (SELECT count(*) FROM events) || ' ' || (SELECT count(*) FROM alerts) || ' ' "
                       "|| (SELECT count(*) FROM deliveries)"
                       " || ' ' || (SELECT count(*) FROM coverage) || ' ' || (SELECT value FROM counter "
                       "WHERE name = 'events')");
}
const std::string everything = "20 1 1 1 20";
const std::string nothing = "0 0 0 0 0";

TEST(StoreFaults, LeaveAllOfAPageOrNothingWhereverTheProcessDies) {
    FaultyVfs disk;
    bool finished = false;
    int kept_nothing = 0;
    for (int step = 1; !finished && step < steps_at_most; ++step) {
        TempStore store;
        disk.stop_at(step);
        const Result<> stored = store_a_page(*store);
        finished = disk.steps() < step;
        {
            const Store dead = std::move(*store);  // the process ends; its last words reach no disk
        }
        disk.heal();
        Store again = must(Store::open({.file = store.file(), .tenant = "contoso"}, five_past_ten));
        const std::string rows = rows_of(store.file());
        EXPECT_TRUE(rows == everything || (rows == nothing && !stored)) << "step " << step << ": " << rows;
        if (rows == nothing) {
            ++kept_nothing;
            EXPECT_TRUE(store_a_page(again)) << "step " << step;
        }
        EXPECT_EQ(rows_of(store.file()), everything) << "step " << step;
        EXPECT_EQ(plain_value(store.file(), "PRAGMA integrity_check"), "ok") << "step " << step;
    }
    EXPECT_TRUE(finished) << "the page takes more steps than the test tries";
    EXPECT_GT(kept_nothing, 3) << "no step was ever stopped in the middle";
}

TEST(StoreFaults, GoOnWithTheSameStoreOnceAFullDiskHasRoomAgain) {
    FaultyVfs disk;
    bool finished = false;
    int refused = 0;
    for (int step = 1; !finished && step < steps_at_most; ++step) {
        TempStore store;
        disk.fill_at(step);
        const Result<> stored = store_a_page(*store);
        finished = disk.steps() < step;
        if (!stored) {
            ++refused;
            EXPECT_EQ(stored.error().code, ErrorCode::unavailable) << stored.error().text();
            EXPECT_FALSE(store->probe(five_past_ten)) << "the disk is still full";
        }
        disk.heal();
        if (!stored) {
            EXPECT_TRUE(store_a_page(*store)) << "step " << step;
        }
        EXPECT_EQ(rows_of(store.file()), everything) << "step " << step;
    }
    EXPECT_TRUE(finished);
    EXPECT_GT(refused, 3);
}

TEST(StoreFaults, LeaveNoHalfMigratedDatabaseWhereverTheFirstStartDies) {
    FaultyVfs disk;
    bool finished = false;
    for (int step = 1; !finished && step < steps_at_most; ++step) {
        const TempFolder folder;
        const StoreOptions options{.file = folder.path() / "a.db", .tenant = "contoso"};
        disk.stop_at(step);
        { const Result<Store> store = Store::open(options, five_past_ten); }
        finished = disk.steps() < step;
        disk.heal();
        Result<Store> again = Store::open(options, five_past_ten);
        ASSERT_TRUE(again) << "step " << step << ": " << again.error().text();
        EXPECT_TRUE(again->put_event(sign_in(uuid_number(1), "2026-11-22T10:00:00Z"), "{}", five_past_ten));
        EXPECT_EQ(plain_value(options.file, "SELECT tenant FROM events"), "contoso");
    }
    EXPECT_TRUE(finished);
}

TEST(StoreFaults, SayThatAnotherProcessHoldsTheDatabase) {
    TempStore store;
    Store impatient =
        must(Store::open({.file = store.file(), .tenant = "contoso", .patience_ms = 0}, five_past_ten));
    {
        const auto held = must(store->begin());
        const auto refused = impatient.begin();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
        EXPECT_EQ(impatient.put_event(sign_in(uuid_number(1), "2026-11-22T10:00:00Z"), "{}", five_past_ten)
                      .error()
                      .code,
                  ErrorCode::unavailable);
        EXPECT_TRUE(impatient.counts()) << "readers are never held up";
    }
    EXPECT_TRUE(impatient.begin());
}

}  // namespace
}  // namespace entrawatch::test
