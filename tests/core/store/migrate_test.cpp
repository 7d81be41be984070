#include "core/store/migrate.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

class Migrate : public ::testing::Test {
  protected:
    Migrate() { std::ofstream{file}.flush(); }
    // Brings the file to the first `count` of `steps`, as the program of that time did.
    Result<> bring_to(std::span<const sql::Migration> steps) {
        return guarded([&] {
            Database db{{.file = file}};
            migrate(db, steps, ten);
        });
    }
    [[nodiscard]] std::string schema() const {
        std::string text;
        for (const std::string& row :
             plain_sql(file, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"))
            text += row + "\n";
        return text;
    }
    TempFolder folder;
    std::filesystem::path file = folder.path() / "a.db";
};

TEST_F(Migrate, BringsEveryHistoricalSchemaToTheFreshOne) {
    const auto all = sql::migrations();
    ASSERT_GE(all.size(), 3U);
    ASSERT_TRUE(bring_to(all));
    const std::string fresh = schema();
    for (std::size_t known = 1; known <= all.size(); ++known) {
        for (const std::string suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file.string() + suffix);
        std::ofstream{file}.flush();
        ASSERT_TRUE(bring_to(all.first(known)));
        EXPECT_EQ(plain_value(file, "PRAGMA user_version"), std::to_string(known));
        EXPECT_EQ(schema() == fresh, known == all.size());
        ASSERT_TRUE(bring_to(all));
        EXPECT_EQ(schema(), fresh) << "from version " << known;
        EXPECT_EQ(plain_value(file, "PRAGMA user_version"), std::to_string(all.size()));
    }
}

TEST_F(Migrate, KeepsWhatIsInTheFile) {
    const auto all = sql::migrations();
    ASSERT_TRUE(bring_to(all.first(1)));
    plain_sql(file,
              "INSERT INTO feed_window (feed, pass, span_from, span_to, opened_at, state) VALUES (1, 'hot', "
              "0, 10000000, 0, 'complete')");
    ASSERT_TRUE(bring_to(all));
    EXPECT_EQ(plain_value(file, "SELECT pass || ' ' || span_to FROM feed_windows"),
              "hot 1970-01-01T00:00:01Z");
}

// A database of the program before mutes, with a delivery in each state: nothing is lost or told again.
TEST_F(Migrate, KeepsEveryDeliveryWhenItsStatesBecomeMore) {
    const auto all = sql::migrations();
    ASSERT_TRUE(bring_to(all.first(4)));
    plain_sql(file,
              "INSERT INTO alert VALUES (1, 'alrt_1', 'k', 'r', 'n', 't', 's', 3, 's', 'open', 1, 1, 1, 1, "
              "0, 1, '{}');"
              "INSERT INTO notification VALUES (1, 1, 1, 'alert.opened', 3, 1, '{}');"
              "INSERT INTO delivery (notification, destination, webhook_id, severity, state, attempts, "
              "created_at, due_at)"
              " VALUES (1, 'a', 'msg_a', 3, 'due', 2, 1, 7), (1, 'b', 'msg_b', 3, 'leased', 0, 1, 1),"
              " (1, 'c', 'msg_c', 3, 'delivered', 1, 1, 1), (1, 'd', 'msg_d', 3, 'dead', 9, 1, 1);"
              "INSERT INTO attempt VALUES (1, 1, 1, 1, 'x', 503, 'transient', '', '', NULL)");
    ASSERT_TRUE(bring_to(all));
    EXPECT_EQ(
        plain_sql(file, "SELECT destination, webhook_id, state, attempts FROM deliveries ORDER BY delivery"),
        (std::vector<std::string>{"a|msg_a|due|2", "b|msg_b|leased|0", "c|msg_c|delivered|1",
                                  "d|msg_d|dead|9"}));
    EXPECT_EQ(plain_value(file, "SELECT destination || ' ' || http_status FROM delivery_attempts"), "a 503");
    EXPECT_EQ(plain_value(file, "PRAGMA integrity_check"), "ok");
    EXPECT_TRUE(plain_sql(file, "PRAGMA foreign_key_check").empty());
}

TEST_F(Migrate, SaysWhichStepsRanAndWhen) {
    ASSERT_TRUE(bring_to(sql::migrations()));
    const auto rows = plain_sql(file, "SELECT version, name, applied_at FROM migration ORDER BY version");
    ASSERT_EQ(rows.size(), sql::migrations().size());
    EXPECT_EQ(rows[0], "1|0001_events|" + std::to_string(ticks_of(ten)));
}

TEST_F(Migrate, DoesNothingToACurrentFile) {
    ASSERT_TRUE(bring_to(sql::migrations()));
    const std::string before = plain_value(file, "PRAGMA schema_version");
    ASSERT_TRUE(bring_to(sql::migrations()));
    EXPECT_EQ(plain_value(file, "PRAGMA schema_version"), before);
}

TEST_F(Migrate, LeavesTheVersionBeforeAFailedStep) {
    std::vector<sql::Migration> steps(sql::migrations().begin(), sql::migrations().end());
    ASSERT_TRUE(bring_to(steps));
    const std::string before = schema();
    const int next = steps.back().version + 1;
    steps.push_back(
        {next, "broken",
         "CREATE TABLE half_done(a); INSERT INTO feed (id, name) VALUES (99, 'x'); SELECT * FROM nowhere;"});
    const Result<> failed = bring_to(steps);
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().what.find("migration broken"), std::string::npos) << failed.error().what;
    EXPECT_EQ(schema(), before);
    EXPECT_EQ(plain_value(file, "PRAGMA user_version"), std::to_string(next - 1));
    EXPECT_EQ(plain_value(file, "SELECT count(*) FROM feed WHERE id = 99"), "0");
    steps.back() = {next, "mended", "CREATE TABLE done(a);"};
    EXPECT_TRUE(bring_to(steps));
    EXPECT_EQ(plain_value(file, "PRAGMA user_version"), std::to_string(next));
}

TEST_F(Migrate, RunsWholeFilesWhateverSemicolonsTheyHold) {
    std::vector<sql::Migration> steps(sql::migrations().begin(), sql::migrations().end());
    steps.push_back({steps.back().version + 1, "semicolons",
                     "-- a; comment\nCREATE TABLE a(t TEXT DEFAULT 'x;y');\nCREATE TRIGGER b AFTER INSERT ON "
                     "a BEGIN SELECT 1; SELECT 2; END;"});
    ASSERT_TRUE(bring_to(steps));
    EXPECT_EQ(plain_value(file, "INSERT INTO a DEFAULT VALUES; SELECT t FROM a"), "x;y");
}

TEST_F(Migrate, LetsReadersReadCurrentFilesOnly) {
    const auto all = sql::migrations();
    const auto read = [&] {
        return guarded([&] {
            Database db{{.file = file, .read_only = true}};
            require_current(db, all);
        });
    };
    ASSERT_TRUE(bring_to(all.first(1)));
    ASSERT_FALSE(read());
    EXPECT_EQ(read().error().code, ErrorCode::refused);
    EXPECT_EQ(plain_value(file, "PRAGMA user_version"), "1");
    ASSERT_TRUE(bring_to(all));
    EXPECT_TRUE(read());
}

}  // namespace
}  // namespace entrawatch::test
