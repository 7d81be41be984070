#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

Event numbered(int n) {
    return sign_in(uuid_number(n), "2026-11-22T10:00:00Z", "user" + std::to_string(n) + "@contoso.example");
}

TEST(Store, CreatesFilesThatOnlyTheirOwnerMayRead) {
    TempStore store;
    must(store->probe(five_past_ten));
    for (const std::string suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        ASSERT_EQ(::stat((store.file().string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST(Store, SaysThatTheFolderIsMissing) {
    const TempFolder folder;
    const auto store = Store::open({.file = folder.path() / "none" / "a.db", .tenant = "a"}, five_past_ten);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::not_found);
    EXPECT_NE(store.error().text().find("none/a.db"), std::string::npos);
}

TEST(Store, DoesNotCreateWhatAReaderAsksFor) {
    const TempFolder folder;
    EXPECT_EQ(Store::open({.file = folder.path() / "a.db", .tenant = "a", .read_only = true}, five_past_ten)
                  .error()
                  .code,
              ErrorCode::not_found);
    EXPECT_EQ(Store::open({.file = folder.path() / "a.db", .tenant = "a", .create = false}, five_past_ten)
                  .error()
                  .code,
              ErrorCode::not_found);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "a.db"));
}

TEST(Store, RefusesANewerDatabaseAndLeavesItAlone) {
    TempStore store;
    const std::filesystem::path file = store.file();
    plain_sql(file, "PRAGMA user_version = 999");
    const auto newer = Store::open({.file = file, .tenant = "contoso"}, five_past_ten);
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::refused);
    EXPECT_NE(newer.error().what.find("999"), std::string::npos);
    EXPECT_EQ(plain_value(file, "PRAGMA user_version"), "999");
}

TEST(Store, CallsAFileThatIsNoDatabaseCorrupt) {
    const TempFolder folder;
    std::ofstream{folder.path() / "a.db"} << std::string(20000, 'x');
    EXPECT_EQ(Store::open({.file = folder.path() / "a.db", .tenant = "a"}, five_past_ten).error().code,
              ErrorCode::corrupt);
}

TEST(Store, DoesNotMigrateSomebodyElsesDatabase) {
    const TempFolder folder;
    const auto file = folder.path() / "a.db";
    std::ofstream{file}.flush();
    plain_sql(file, "CREATE TABLE theirs(a)");
    EXPECT_EQ(Store::open({.file = file, .tenant = "a"}, five_past_ten).error().code, ErrorCode::corrupt);
    EXPECT_EQ(plain_value(file, "SELECT group_concat(name) FROM sqlite_schema"), "theirs");
}

TEST(Store, KeepsTheTenantOfItsCreation) {
    TempStore store{"contoso"};
    must(store->put_event(numbered(1), "{}", five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT tenant FROM events"), "contoso");
    (void)must(Store::open({.file = store.file(), .tenant = "fabrikam"}, five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT tenant FROM events"), "contoso");
}

TEST(Store, StoresNothingOfATransactionThatIsNotCommitted) {
    TempStore store;
    {
        const auto transaction = must(store->begin());
        must(store->put_event(numbered(1), "{}", five_past_ten));
        must(store->open_window(FeedId::directory_audits, {}, five_past_ten));
        must(store->put_rejection(FeedId::directory_audits, "x", "y", five_past_ten));
    }
    EXPECT_EQ(must(store->counts()).events, 0);
    for (const std::string table :
         {"event", "event_raw", "event_entity", "string", "feed_window", "rejection", "dictionary_sample"}) {
        EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM " + table), "0") << table;
    }
}

TEST(Store, ForgetsTheNamesOfATransactionThatIsNotCommitted) {
    TempStore store;
    {
        const auto transaction = must(store->begin());
        must(store->put_event(numbered(1), "{}", five_past_ten));
    }
    // Numbers handed out in the lost transaction are given to other names five_past_ten.
    must(store->put_event(role_assignment("Directory_1", "2026-11-22T10:00:00Z"), "{}", five_past_ten));
    must(store->put_event(numbered(1), "{}", five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT actor_name FROM events WHERE feed = 'sign_ins_interactive'"),
              "user1@contoso.example");
    EXPECT_EQ(plain_value(store.file(), "SELECT activity FROM events WHERE feed = 'directory_audits'"),
              "Add member to role");
}

TEST(Store, CommitsATransactionAsAWhole) {
    TempStore store;
    auto transaction = must(store->begin());
    for (int n = 0; n < 5; ++n)
        must(store->put_event(numbered(n), std::to_string(n), five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM event"), "0");
    must(transaction.commit());
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM event"), "5");
    EXPECT_FALSE(transaction.commit());
}

TEST(Store, HasOneTransactionAtATime) {
    TempStore store;
    {
        const auto transaction = must(store->begin());
        EXPECT_EQ(store->begin().error().code, ErrorCode::invalid);
    }
    EXPECT_TRUE(store->begin());
}

TEST(Store, DoesNotCommitWhenAStepFailed) {
    TempStore store;
    auto transaction = must(store->begin());
    must(store->put_event(numbered(1), "{}", five_past_ten));
    EXPECT_FALSE(store->link_event("alrt_none", 1));
    const auto done = transaction.commit();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::unavailable);
    { const auto end = std::move(transaction); }
    EXPECT_EQ(must(store->counts()).events, 0);
    EXPECT_TRUE(store->begin());
}

TEST(Store, IsReadBesideItsWriter) {
    TempStore store;
    must(store->put_event(numbered(1), "octets", five_past_ten));
    Store reader = store.another(true);
    auto transaction = must(store->begin());
    must(store->put_event(numbered(2), "more", five_past_ten));
    EXPECT_EQ(must(reader.counts()).events, 1);
    EXPECT_EQ(must(reader.raw_of(1)), "octets");
    must(transaction.commit());
    EXPECT_EQ(must(reader.counts()).events, 2);
    EXPECT_EQ(reader.put_event(numbered(3), "{}", five_past_ten).error().code, ErrorCode::refused);
}

TEST(Store, NoticesChangesOfOthersOnly) {
    TempStore store;
    Store other = store.another();
    const std::int64_t before = must(store->foreign_changes());
    must(store->put_event(numbered(1), "{}", five_past_ten));
    EXPECT_EQ(must(store->foreign_changes()), before);
    must(other.put_event(numbered(2), "{}", five_past_ten));
    EXPECT_NE(must(store->foreign_changes()), before);
}

TEST(Store, TakesEventsThatAnotherProcessNamedThings) {
    TempStore store;
    Store other = store.another();
    must(store->put_event(numbered(1), "{}", five_past_ten));
    must(other.put_event(numbered(2), "{}", five_past_ten));
    must(store->put_event(numbered(3), "{}", five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT group_concat(actor_name, ' ') FROM events"),
              "user1@contoso.example user2@contoso.example user3@contoso.example");
    EXPECT_EQ(must(store->counts()).events, 3);
}

TEST(Store, MovesItsLogIntoTheFile) {
    TempStore store;
    must(store->put_event(numbered(1), std::string(100'000, 'x'), five_past_ten));
    const std::string log = store.file().string() + "-wal";
    ASSERT_GT(std::filesystem::file_size(log), 0U);
    must(store->checkpoint());
    EXPECT_EQ(std::filesystem::file_size(log), 0U);
    must(store->checkpoint());
}

TEST(Store, ChecksPointsBesideAReaderWithoutWaiting) {
    TempStore store;
    must(store->put_event(numbered(1), "{}", five_past_ten));
    Store reader = store.another(true);
    (void)must(reader.counts());
    EXPECT_TRUE(store->checkpoint());
}

TEST(Store, WritesAProbe) {
    TempStore store;
    must(store->probe(five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT value FROM property WHERE name = 'probed_at'"),
              std::to_string(ticks_of(five_past_ten)));
}

}  // namespace
}  // namespace entrawatch::test
