// Whatever is changed, removed, added or exchanged is found: every table, every column, one at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <set>

#include "core/store/chain_layout.hpp"
#include "tests/support/evidence_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

struct Column {
    std::string name, type;
    bool key = false;
};

std::vector<Column> columns_of(const std::filesystem::path& file, const std::string& table) {
    std::vector<Column> columns;
    for (const std::string& row :
         plain_sql(file, "SELECT name, type, pk > 0 FROM pragma_table_info('" + table + "') ORDER BY cid")) {
        const auto first = row.find('|');
        const auto second = row.rfind('|');
        columns.push_back(
            {row.substr(0, first), row.substr(first + 1, second - first - 1), row.back() == '1'});
    }
    return columns;
}

// Columns whose change need not be found, and why.
const std::set<std::string> free_columns = {
    "chain.hints",           // only helps to name a row
    "delivery.lease_until",  // who is trying just now
};
// Rows of `property` that move by themselves.
constexpr const char* tenant_row = "name = 'tenant'";

class ChainTamper : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { store_ = new EvidenceStore{320}; }
    static void TearDownTestSuite() {
        delete store_;
        store_ = nullptr;
    }
    static const EvidenceStore& store() { return *store_; }

    // Tables whose rows are covered, by the chain or by being worked out again.
    static std::vector<std::string> covered_tables() {
        std::vector<std::string> tables;
        for (const ChainLayout& layout : chain_layouts())
            tables.emplace_back(layout.table);
        for (const char* derived :
             {"chain", "event_raw", "event_change", "counter", "feed_pass", "coverage_span"})
            tables.emplace_back(derived);
        return tables;
    }
    static std::string keys_of(const std::string& table, const std::string& order = "") {
        std::string keys;
        for (const Column& column : columns_of(store().file(), table)) {
            if (column.key) keys += (keys.empty() ? "" : ", ") + column.name + order;
        }
        return keys;
    }
    // The first or last row.
    static std::string where(const std::string& table, const std::string& order = "") {
        if (table == "property") return tenant_row;
        const std::string open = table == "feed_window" ? " WHERE state <> 'open'" : "";
        return "(" + keys_of(table) + ") = (SELECT " + keys_of(table) + " FROM " + table + open +
               " ORDER BY " + keys_of(table, order) + " LIMIT 1)";
    }
    static std::string other_value(const Column& column) {
        const std::string& c = column.name;
        if (column.type == "INTEGER") return "coalesce(" + c + " + 5000, 7)";
        if (column.type == "TEXT") return "coalesce(" + c + " || '+', '+')";
        if (column.type == "BLOB") return "coalesce(randomblob(length(" + c + ")), x'00')";
        return "CASE typeof(" + c + ") WHEN 'blob' THEN randomblob(16) ELSE " + c + " || '+' END";
    }
    static void expect_found(const std::string& what, const std::string& script, const std::string& table) {
        const std::string found = store().found_after(script);
        EXPECT_NE(found, "") << what << ": " << script;
        ++cases_;
        if (found.empty()) return;
        ++found_;
        EXPECT_THAT(found, ::testing::ContainsRegex("^(table|the schema)")) << table << ": " << found;
    }

    static inline EvidenceStore* store_ = nullptr;
    static inline int cases_ = 0, found_ = 0;
};

TEST_F(ChainTamper, EveryTableIsChainedOrIsSaidToNeedNoChain) {
    std::set<std::string> known;
    for (const ChainLayout& layout : chain_layouts())
        EXPECT_TRUE(known.emplace(layout.table).second) << layout.table;
    for (const UnchainedTable& table : unchained_tables()) {
        EXPECT_TRUE(known.emplace(table.table).second) << table.table;
        EXPECT_FALSE(table.reason.empty()) << table.table;
    }
    const auto tables = plain_sql(
        store().file(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    for (const std::string& table : tables)
        EXPECT_TRUE(known.contains(table)) << table << ": add it to core/store/chain_layout.cpp";
    EXPECT_EQ(tables.size(), known.size());
}

TEST_F(ChainTamper, TheLayoutsReadEveryColumnOfTheirTables) {
    for (const ChainLayout& layout : chain_layouts()) {
        if (layout.table == "property") continue;
        const std::string text{sql::text_of(layout.rows)};
        for (const Column& column : columns_of(store().file(), std::string{layout.table})) {
            if (free_columns.contains(std::string{layout.table} + "." + column.name)) continue;
            EXPECT_THAT(text, HasSubstr(column.name)) << layout.table;
        }
    }
}

TEST_F(ChainTamper, EveryCoveredTableHasARowToTamperWith) {
    for (const std::string& table : covered_tables())
        EXPECT_NE(plain_value(store().file(), "SELECT count(*) FROM " + table), "0") << table;
}

TEST_F(ChainTamper, AChangedColumnIsFound) {
    for (const std::string& table : covered_tables()) {
        for (const Column& column : columns_of(store().file(), table)) {
            if (free_columns.contains(table + "." + column.name)) continue;
            expect_found("changed " + table + "." + column.name,
                         "UPDATE " + table + " SET " + column.name + " = " + other_value(column) + " WHERE " +
                             where(table),
                         table);
        }
    }
}

TEST_F(ChainTamper, ARemovedRowIsFound) {
    for (const std::string& table : covered_tables()) {
        for (const char* order : {"", " DESC"})
            expect_found("removed from " + table, "DELETE FROM " + table + " WHERE " + where(table, order),
                         table);
        expect_found("emptied " + table, "DELETE FROM " + table, table);
    }
}

TEST_F(ChainTamper, AnAddedRowIsFound) {
    for (const std::string& table : covered_tables()) {
        if (table == "property") continue;  // what the file says of itself; tenant and created_at are there
        std::string names, values;
        for (const Column& column : columns_of(store().file(), table)) {
            names += (names.empty() ? "" : ", ") + column.name;
            values += (values.empty() ? "" : ", ") + other_value(column);
        }
        expect_found("added to " + table,
                     "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + table +
                         " WHERE " + where(table),
                     table);
    }
}

TEST_F(ChainTamper, ExchangedRowsAreFound) {
    int exchanged = 0;
    for (const ChainLayout& layout : chain_layouts()) {
        const std::string table{layout.table};
        const std::string key = keys_of(table);
        if (layout.key_columns != 1 || table == "property" || table == "directory_reading") continue;
        const auto rows =
            plain_sql(store().file(), "SELECT " + key + " FROM " + table +
                                          (table == "feed_window" ? " WHERE state <> 'open'" : "") +
                                          " ORDER BY " + key + " LIMIT 2");
        if (rows.size() < 2) continue;
        const auto move = [&](const std::string& from, const std::string& to) {
            return "UPDATE " + table + " SET " + key + " = " + to + " WHERE " + key + " = " + from + ";";
        };
        expect_found("exchanged in " + table,
                     move(rows[0], "-9") + move(rows[1], rows[0]) + move("-9", rows[1]), table);
        ++exchanged;
    }
    EXPECT_GT(exchanged, 10);
}

TEST_F(ChainTamper, OctetsThatWereReplacedTogetherWithTheirDigestAreFound) {
    // An uncompressed zstd frame of "{}", and its SHA-256.
    const std::string frame = "x'28b52ffd20021100007b7d'";
    const std::string digest = "x'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'";
    expect_found("octets and digest",
                 "UPDATE event_raw SET octets = " + frame +
                     " WHERE event = 1; UPDATE event SET sha256 = " + digest + " WHERE seq = 1",
                 "event");
}

TEST_F(ChainTamper, AnEventThatWasPutBackToAnEarlierRevisionIsFound) {
    const std::string seq =
        plain_value(store().file(), "SELECT event FROM event_revision ORDER BY event LIMIT 1");
    expect_found("put back",
                 "UPDATE event SET revision = (SELECT revision FROM event_revision WHERE event = seq LIMIT "
                 "1), sha256 = "
                 "(SELECT sha256 FROM event_revision WHERE event = seq LIMIT 1) WHERE seq = " +
                     seq + "; DELETE FROM event_revision WHERE event = " + seq,
                 "event");
}

TEST_F(ChainTamper, TheEndOfTheChainCutOffIsFound) {
    const std::string last = plain_value(store().file(), "SELECT max(entry) FROM chain");
    expect_found("cut", "DELETE FROM chain WHERE entry = " + last, "chain");
    // With the newest audit row and its entry, but not its checkpoint.
    expect_found("cut",
                 "DELETE FROM chain WHERE entry >= " + last +
                     " - 1; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
                 "chain");
}

TEST_F(ChainTamper, AChainThatWasMadeAnewIsNotSigned) {
    const auto file = store().altered(
        "DELETE FROM chain; DELETE FROM chain_checkpoint; DELETE FROM prune_receipt; DELETE FROM property "
        "WHERE name = 'chained_version';"
        "UPDATE alert SET summary = 'nothing happened'");
    { const Store opened = must(Store::open({.file = file, .tenant = "contoso"}, store().now)); }
    EXPECT_THAT(EvidenceStore::verify(file).broken.value_or(""), HasSubstr("no entry is signed"));
    {
        Store opened = must(Store::open({.file = file, .tenant = "contoso"}, store().now));
        must(opened.sign_chain(evidence_key('e'), store().now));
    }
    EXPECT_THAT(EvidenceStore::verify(file).broken.value_or(""), HasSubstr("is not the one given"));
}

TEST_F(ChainTamper, AnAlteredSchemaIsFound) {
    expect_found("view", "DROP VIEW audit_trail", "");
    expect_found("view",
                 "DROP VIEW audit_trail; CREATE VIEW audit_trail AS SELECT * FROM audit WHERE actor <> 'eve'",
                 "");
    expect_found("index", "DROP INDEX event_time", "");
    expect_found("table", "CREATE TABLE more (a INTEGER) STRICT", "");
    expect_found("trigger", "CREATE TRIGGER t AFTER INSERT ON alert BEGIN SELECT 1; END", "");
    // The triggers that are left out here are put back by altered(): so one that is not there is left out for
    // good.
    const auto file = store().altered("");
    plain_sql(file, "DROP TRIGGER audit_keeps_its_words");
    EXPECT_THAT(EvidenceStore::verify(file).broken.value_or(""),
                HasSubstr("trigger audit_keeps_its_words is missing"));
}

TEST_F(ChainTamper, SaysWhichRowOfWhichTable) {
    EXPECT_THAT(store().found_after("UPDATE event SET time = time + 1 WHERE seq = 5"),
                HasSubstr("table event, row 5: the row was changed; entry "));
    EXPECT_THAT(store().found_after("UPDATE string SET text = 'nobody' WHERE text = 'Admin@contoso.example'"),
                HasSubstr("table string, row "));
    EXPECT_THAT(store().found_after("DELETE FROM event WHERE seq = 5"),
                HasSubstr("table event, row 5: the row is missing"));
    EXPECT_THAT(store().found_after("UPDATE event_change SET new_value = 'Reader' WHERE event = 5"),
                HasSubstr("table event, row 5: the row was changed"));
    EXPECT_THAT(
        store().found_after("UPDATE event_raw SET octets = (SELECT octets FROM event_raw WHERE event = 6) "
                            "WHERE event = 5"),
        HasSubstr("table event, row 5: its octets were changed"));
    EXPECT_THAT(store().found_after("UPDATE alert SET severity = 0 WHERE seq = 1"),
                HasSubstr("table alert, row 1: the row was changed"));
    EXPECT_THAT(store().found_after("UPDATE attempt SET http_status = 204 WHERE number = 2"),
                HasSubstr("table attempt, row 1,2: the row was changed"));
    EXPECT_THAT(store().found_after(
                    "INSERT INTO audit SELECT 77, at, actor, action, object, detail FROM audit LIMIT 1"),
                HasSubstr("table audit, row 77: no entry of the chain wrote this row"));
    EXPECT_THAT(store().found_after("UPDATE counter SET value = 3 WHERE name = 'events'"),
                HasSubstr("table counter, row events: says 3, and there are "));
    EXPECT_THAT(store().found_after("UPDATE coverage_span SET span_to = span_to + 10000000"),
                HasSubstr("table coverage_span, feed directory_audits: says "));
    EXPECT_THAT(store().found_after("UPDATE delivery SET state = 'delivered' WHERE id = 1"),
                HasSubstr("table delivery, row 1: the row was changed"));
}

TEST_F(ChainTamper, WhatMovesByItselfIsNotATraceOfTampering) {
    for (const char* script :
         {"UPDATE property SET value = 7 WHERE name = 'probed_at'", "UPDATE delivery SET lease_until = 5",
          "UPDATE delivery SET state = 'leased' WHERE state = 'due'", "DELETE FROM correlation_hit",
          "DELETE FROM waiting_finding", "UPDATE feed_window SET pages = 3 WHERE state = 'open'",
          "DELETE FROM feed_state", "VACUUM"}) {
        if (std::string_view{script} == "VACUUM") {
            const auto file = store().altered("");
            plain_sql(file, script);
            EXPECT_EQ(EvidenceStore::verify(file).broken.value_or(""), "") << script;
            continue;
        }
        EXPECT_EQ(store().found_after(script), "") << script;
    }
}

// One octet after the other, through the whole file; those that hold nothing may be anything.
TEST_F(ChainTamper, AFileThatWasWrittenToIsFoundOrReadsAsBefore) {
    const auto file = store().altered("");
    std::string octets;
    {
        std::ifstream in{file, std::ios::binary};
        octets.assign(std::istreambuf_iterator<char>{in}, {});
    }
    const std::string summary = "Somebody did something";
    std::vector<std::size_t> places{octets.find(summary), octets.rfind("CREATE VIEW") + 20, 20, 100};
    for (std::size_t place = 3000; place < octets.size(); place += 17'389)
        places.push_back(place);
    int found = 0;
    for (const std::size_t place : places) {
        std::string changed = octets;
        changed[place] = static_cast<char>(changed[place] ^ 0x15);
        std::ofstream{file, std::ios::binary} << changed;
        const auto report = verify_chain({file, {evidence_key().public_key()}, {}}, {});
        if (!report || report->broken) ++found;
    }
    EXPECT_GE(found, 4);
    for (const std::size_t size : {octets.size() - 8192, octets.size() / 2, std::size_t{50}}) {
        std::ofstream{file, std::ios::binary} << octets.substr(0, size);
        EXPECT_TRUE(must(verify_chain({file, {evidence_key().public_key()}, {}}, {})).broken) << size;
    }
}

TEST_F(ChainTamper, ZZCountsWhatWasTriedAndFound) {
    RecordProperty("tried", cases_);
    RecordProperty("found", found_);
    EXPECT_EQ(cases_, found_);
}

}  // namespace
}  // namespace entrawatch::test
