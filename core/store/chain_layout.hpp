// chain_layout: which tables the chain covers, and of the others why not. Adding a table to the chain adds a
// row here, a query file `chained_<table>.sql`, and `chain.touched(…)` where its rows are written.
//
// A test walks the schema: a table that is in neither list fails it. Used by chain, chain_verify and that
// test.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "store_sql.hpp"

namespace entrawatch {

enum class Chained : std::uint8_t {
    property,
    migration,
    feed,
    string,
    dictionary,
    event,
    event_revision,
    rejection,
    feed_window,
    directory_reading,
    alert,
    alert_event,
    notification,
    delivery,
    attempt,
    mute,
    drill,
    hold,
    follow_up,
    audit,
    configuration_text,
    configuration,
    prune_receipt,
    chain_checkpoint,
};

struct ChainLayout {
    std::string_view table;
    // The rows at or after a key, in order of keys; the columns that are hashed, the key first.
    sql::Query rows;
    int key_columns = 1;
    bool changes =
        false;  // rows may be changed, and their newest state counts; otherwise they stay as written
    bool octets = false;  // the last two columns are a digest, and the compressed octets that have it
};
[[nodiscard]] std::span<const ChainLayout> chain_layouts();  // by Chained
[[nodiscard]] const ChainLayout& layout_of(Chained table);
// The column of chained_event.sql that holds the revision.
inline constexpr int chained_event_revision = 9;

struct UnchainedTable {
    std::string_view table;
    std::string_view reason;
};
[[nodiscard]] std::span<const UnchainedTable> unchained_tables();

}  // namespace entrawatch
