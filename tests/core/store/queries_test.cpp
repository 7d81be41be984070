// Every query file, whether or not something uses it yet.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>

#include "core/store/migrate.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

sql::Query query_number(std::size_t n) {
    return static_cast<sql::Query>(n);
}

TEST(Queries, PrepareAgainstTheSchemaAndHoldOneStatementEach) {
    TempStore store;
    Database db{{.file = store.file()}};
    for (std::size_t n = 0; n < sql::query_count; ++n) {
        const std::string text{sql::text_of(query_number(n))};
        sqlite3_stmt* statement = nullptr;
        const char* rest = nullptr;
        ASSERT_EQ(sqlite3_prepare_v2(db.get(), text.c_str(), -1, &statement, &rest), SQLITE_OK)
            << sql::name_of(query_number(n)) << ": " << sqlite3_errmsg(db.get());
        EXPECT_NE(statement, nullptr) << sql::name_of(query_number(n));
        EXPECT_EQ(std::string{rest}, "\n") << sql::name_of(query_number(n));
        sqlite3_finalize(statement);
    }
}

TEST(Queries, BeginByTellingWhy) {
    for (std::size_t n = 0; n < sql::query_count; ++n) {
        const std::string_view text = sql::text_of(query_number(n));
        EXPECT_EQ(text.substr(0, 3), "-- ") << sql::name_of(query_number(n));
    }
}

TEST(Queries, NeverWalkATableThatGrows) {
    TempStore store;
    // Wildcards walk the strings; a feed has a dictionary or two; figures count alerts; people make few
    // mutes, drills and holds; counts up to a limit end there.
    const std::set<std::string> allowed = {"string_folded_all", "dictionary_newest",   "counts",
                                           "mutes_newest",      "drills_newest",       "holds_newest",
                                           "waiting_count",     "deliveries_due_count"};
    for (std::size_t n = 0; n < sql::query_count; ++n) {
        const std::string name{sql::name_of(query_number(n))};
        const bool reads_everything = name.starts_with("verify_") || name == "chain_walk";
        for (const std::string& step :
             plain_sql(store.file(), "EXPLAIN QUERY PLAN " + std::string{sql::text_of(query_number(n))})) {
            const bool walks =
                step.find("|SCAN ") != std::string::npos && step.find("USING") == std::string::npos &&
                step.find("CONSTANT ROW") == std::string::npos && step.find("SCAN feed") == std::string::npos;
            EXPECT_TRUE(!walks || reads_everything || allowed.contains(name)) << name << ": " << step;
        }
    }
}

TEST(Queries, FindEventsThroughTheIndexMadeForTheQuestion) {
    TempStore store;
    const auto plan = [&](sql::Query query) {
        std::string steps;
        for (const std::string& step :
             plain_sql(store.file(), "EXPLAIN QUERY PLAN " + std::string{sql::text_of(query)}))
            steps += step + "\n";
        return steps;
    };
    EXPECT_NE(plan(sql::Query::event_find).find("event_key (key_day=? AND feed=? AND key=?)"),
              std::string::npos);
    EXPECT_NE(plan(sql::Query::event_walk_newest).find("COVERING INDEX event_time"), std::string::npos);
    EXPECT_EQ(plan(sql::Query::event_walk_newest).find("TEMP B-TREE"), std::string::npos);
    EXPECT_EQ(plan(sql::Query::event_walk_oldest).find("TEMP B-TREE"), std::string::npos);
    EXPECT_NE(plan(sql::Query::entity_lists_of).find("(day=? AND entity=?)"), std::string::npos);
    EXPECT_EQ(plan(sql::Query::delivery_lease_candidates).find("TEMP B-TREE"), std::string::npos);
}

}  // namespace
}  // namespace entrawatch::test
