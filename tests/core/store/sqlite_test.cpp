#include "core/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

TEST(Sqlite, TellsWhatMayWorkLaterFromWhatMustBeMended) {
    EXPECT_EQ(sqlite_error(SQLITE_BUSY, "", "x").code, ErrorCode::unavailable);
    EXPECT_EQ(sqlite_error(SQLITE_FULL, "", "x").code, ErrorCode::unavailable);
    EXPECT_EQ(sqlite_error(SQLITE_IOERR_WRITE, "", "x").code, ErrorCode::unavailable);
    EXPECT_EQ(sqlite_error(SQLITE_CORRUPT_INDEX, "", "x").code, ErrorCode::corrupt);
    EXPECT_EQ(sqlite_error(SQLITE_NOTADB, "", "x").code, ErrorCode::corrupt);
    EXPECT_EQ(sqlite_error(SQLITE_READONLY, "", "x").code, ErrorCode::refused);
    EXPECT_EQ(sqlite_error(SQLITE_CONSTRAINT_UNIQUE, "", "x").code, ErrorCode::invalid);
    EXPECT_EQ(sqlite_error(SQLITE_TOOBIG, "", "x").code, ErrorCode::too_large);
    EXPECT_EQ(sqlite_error(SQLITE_FULL, "database or disk is full", "storing").what,
              "storing: database or disk is full; free some space on the disk");
}

TEST(Sqlite, TurnsFailuresIntoErrorsAtTheDoor) {
    EXPECT_EQ(guarded([]() -> int {
                  throw Failure{{ErrorCode::refused, "no", "here"}};
              })
                  .error()
                  .text(),
              "here: no");
    EXPECT_EQ(*guarded([] { return 7; }), 7);
    EXPECT_TRUE(guarded([] {}));
}

TEST(Sqlite, RollsBackATransactionThatGoesOutOfScope) {
    TempStore store;
    Database db{{.file = store.file()}};
    {
        const DatabaseTransaction transaction{db};
        db.use(sql::Query::audit_add).bind(1, "a", "b", "c", "d").run();
        EXPECT_TRUE(db.in_transaction());
    }
    EXPECT_FALSE(db.in_transaction());
    const Statement count{db.get(), "SELECT count(*) FROM audit"};
    Cursor cursor{count.get()};
    ASSERT_TRUE(cursor.step());
    EXPECT_EQ(cursor.integer(0), 0);
}

TEST(Sqlite, EndsAStatementThatIsToldToStop) {
    TempStore store;
    std::atomic<bool> stop{true};
    Database db{{.file = store.file(), .read_only = true, .stop = &stop}};
    const auto endless = guarded([&] {
        const Statement counting{
            db.get(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"};
        Cursor{counting.get()}.run();
    });
    ASSERT_FALSE(endless);
    EXPECT_EQ(endless.error().code, ErrorCode::unavailable);
    EXPECT_NE(endless.error().what.find("it was stopped before its end"), std::string::npos)
        << endless.error().what;
    stop = false;
    EXPECT_EQ(db.integrity(), "ok");
}

TEST(Sqlite, BindsAndReadsEveryKindOfValue) {
    TempStore store;
    const Database db{{.file = store.file()}};
    const Statement echo{db.get(), "SELECT ?, ?, ?, ?, ?, ?, ?, ?"};
    Cursor cursor{echo.get()};
    const std::optional<std::int64_t> none;
    cursor.bind(std::int64_t{-5}, "text", Blob{std::string_view{"\0b", 2}}, std::string_view{}, none, true,
                instant_of(77), AnyValue{Blob{"x"}});
    ASSERT_TRUE(cursor.step());
    EXPECT_EQ(cursor.integer(0), -5);
    EXPECT_EQ(cursor.text(1), "text");
    EXPECT_EQ(cursor.blob(2), (std::string_view{"\0b", 2}));
    EXPECT_FALSE(cursor.is_null(3)) << "an empty text is a text";
    EXPECT_TRUE(cursor.is_null(4));
    EXPECT_FALSE(cursor.maybe_instant(4));
    EXPECT_EQ(cursor.integer(5), 1);
    EXPECT_EQ(cursor.instant(6), instant_of(77));
    EXPECT_TRUE(cursor.is_blob(7));
    EXPECT_FALSE(cursor.step());
}

TEST(Sqlite, ChoosesDurabilityAndLargePages) {
    TempStore store;
    Database db{{.file = store.file()}};
    EXPECT_EQ(db.pragma("page_size"), 8192);
    EXPECT_EQ(db.pragma("synchronous"), 2);
    EXPECT_EQ(db.pragma("wal_autocheckpoint"), 16384);
    EXPECT_EQ(db.pragma("foreign_keys"), 1);
    EXPECT_EQ(db.pragma("trusted_schema"), 0);
    const Statement mode{db.get(), "PRAGMA journal_mode"};
    Cursor cursor{mode.get()};
    ASSERT_TRUE(cursor.step());
    EXPECT_EQ(cursor.text(0), "wal");
}

}  // namespace
}  // namespace entrawatch::test
