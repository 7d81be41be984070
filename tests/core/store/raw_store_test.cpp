#include "core/store/raw_store.hpp"

#include <gtest/gtest.h>

#include "core/store/store_impl.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

std::string record(int n) {
    return R"({"id":")" + uuid_number(n) +
           R"(","appDisplayName":"Mail","conditionalAccessStatus":"success","isInteractive":true,"n":)" +
           std::to_string(n * 7919 % 1009) +
           R"(,"status":{"errorCode":0,"failureReason":"Other.","additionalDetails":null}})";
}

void put(Store& store, int n, FeedId feed = FeedId::sign_ins_interactive) {
    Event event = sign_in(uuid_number(n), "2026-11-22T10:00:00Z");
    event.feed = feed;
    must(store.put_event(event, record(n), five_past_ten));
}

std::int64_t frames_with_dictionary(Store& store, int from, int to) {
    std::int64_t found = 0;
    for (int n = from; n < to; ++n) {
        Cursor row = store.impl().db.use(sql::Query::raw_octets);
        if (row.bind(n + 1).step() && dictionary_of(row.blob(0)) != 0) ++found;
    }
    return found;
}

TEST(RawStore, TrainsADictionaryOnTheFirstRecordsOfAFeedAndUsesItFromThenOn) {
    TempStore store;
    {
        auto transaction = must(store->begin());
        for (int n = 0; n < 350; ++n)
            put(*store, n);
        must(transaction.commit());
    }
    EXPECT_EQ(frames_with_dictionary(*store, 0, 300), 0);
    EXPECT_EQ(frames_with_dictionary(*store, 300, 350), 50);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary_sample"), "0");
    for (int n = 0; n < 350; ++n)
        ASSERT_EQ(must(store->raw_of(n + 1)), record(n));
    const auto size = [&](int event) {
        return std::stoi(plain_value(
            store.file(), "SELECT length(octets) FROM event_raw WHERE event = " + std::to_string(event)));
    };
    EXPECT_LT(size(340) * 2, size(10));
}

TEST(RawStore, ReadsItsDictionariesAgainAfterARestart) {
    TempStore store;
    {
        auto transaction = must(store->begin());
        for (int n = 0; n < 301; ++n)
            put(*store, n);
        must(transaction.commit());
    }
    store.reopen();
    EXPECT_EQ(must(store->raw_of(301)), record(300));
    put(*store, 400);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary"), "1");
    EXPECT_EQ(must(store->raw_of(302)), record(400));
}

TEST(RawStore, GathersItsSamplesAcrossRestarts) {
    TempStore store;
    for (int part = 0; part < 3; ++part) {
        auto transaction = must(store->begin());
        for (int n = part * 100; n < (part + 1) * 100; ++n)
            put(*store, n);
        must(transaction.commit());
        EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary"), part < 2 ? "0" : "1");
        store.reopen();
    }
}

TEST(RawStore, ForgetsADictionaryWhoseTransactionWasNotCommitted) {
    TempStore store;
    {
        const auto transaction = must(store->begin());
        for (int n = 0; n < 320; ++n)
            put(*store, n);
    }
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary"), "0");
    put(*store, 1);
    EXPECT_EQ(frames_with_dictionary(*store, 0, 1), 0);
    EXPECT_EQ(must(store->raw_of(1)), record(1));
}

TEST(RawStore, HasADictionaryForEachFeed) {
    TempStore store;
    auto transaction = must(store->begin());
    for (int n = 0; n < 300; ++n) {
        put(*store, n);
        must(store->put_event(
            role_assignment("Directory_" + std::to_string(n), "2026-11-22T10:00:00Z"),
            R"({"activityDisplayName":"Add member to role","loggedByService":"Core Directory","n":)" +
                std::to_string(n * 31 % 977) + "}",
            five_past_ten));
    }
    must(transaction.commit());
    EXPECT_EQ(plain_sql(store.file(), "SELECT feed FROM dictionary ORDER BY feed"),
              (std::vector<std::string>{"1", "2"}));
}

TEST(RawStore, GathersMoreWhenADictionarysNumberIsTaken) {
    TempStore store;
    auto transaction = must(store->begin());
    // Equal records make an equal dictionary, and so an equal number.
    for (int n = 0; n < 300; ++n) {
        put(*store, n, FeedId::sign_ins_interactive);
        put(*store, n, FeedId::sign_ins_service_principal);
    }
    EXPECT_EQ(store->impl()
                  .db.use(sql::Query::dictionary_newest)
                  .bind(static_cast<int>(FeedId::sign_ins_service_principal))
                  .step(),
              false);
    for (int n = 300; n < 600; ++n)
        put(*store, n, FeedId::sign_ins_service_principal);
    must(transaction.commit());
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary"), "2");
    EXPECT_EQ(must(store->raw_of(600)), record(299));
}

TEST(RawStore, SaysThatADictionaryIsMissing) {
    TempStore store;
    {
        auto transaction = must(store->begin());
        for (int n = 0; n < 301; ++n)
            put(*store, n);
        must(transaction.commit());
    }
    plain_sql(store.file(), "DELETE FROM dictionary");
    store.reopen();
    const auto raw = store->raw_of(301);
    ASSERT_FALSE(raw);
    EXPECT_EQ(raw.error().code, ErrorCode::corrupt);
    EXPECT_NE(raw.error().what.find("dictionary"), std::string::npos);
}

}  // namespace
}  // namespace entrawatch::test
