// Chain: remembers which rows the open transaction wrote, and adds the entry that covers them at its end.
//
// One entry a transaction, none when nothing that the chain covers was written. A row costs its digest; what
// is already known (an event's, a string's) is not read again. Used by store_impl and the operations of
// Store. Read next: chain_layout.hpp, chain_hash.hpp; the reader is chain_verify.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/chain_body.hpp"
#include "core/store/chain_hash.hpp"
#include "core/store/chain_layout.hpp"
#include "core/store/sqlite.hpp"

namespace entrawatch {

struct ChainHead {
    std::int64_t entry = 0;  // 0: the chain has not begun
    Sha256 hash = before_the_chain;
    bool only_signs = false;  // the entry tells of a checkpoint and of nothing else
};
[[nodiscard]] ChainHead chain_head(Database& db);

class Chain {
  public:
    explicit Chain(Database& db) : db_(db) {}

    // A row was added or changed; it is read at the end of the transaction.
    void touched(Chained table, std::int64_t first, std::int64_t second = 0);
    // The same of a row whose digest is known.
    void wrote(Chained table, const ChainKey& key, const Sha256& digest);
    // For who knows the values of a row that is being written.
    [[nodiscard]] RowHash& row(Chained table);

    // Adds the entry of what was told since the last one. Throws Failure.
    void write();
    // Takes in everything that stands in the file, as the first entries of its chain.
    void begin_with_what_is_there();
    void clear();

  private:
    struct Item {
        ChainKey key;
        std::optional<Sha256> digest;
    };
    using Items = std::vector<Item>;
    void add_lines(Chained table, Items& items);
    void read_all(Chained table);

    Database& db_;
    RowHash hash_;
    std::array<Items, static_cast<std::size_t>(Chained::chain_checkpoint) + 1> items_;
    std::size_t held_ = 0;
    std::string body_, hints_, digests_;
    std::vector<ChainKey> keys_;
};

// Adds the columns of a row, and the changes of an event, to `hash`; begins with the table's name.
void hash_row(Database& db, Chained table, const Cursor& row, RowHash& hash);
// The key of a row that a `chained_…` query brought.
[[nodiscard]] ChainKey key_of(const ChainLayout& layout, const Cursor& row);
// The digest of an event's row as it stands. Throws Failure when there is none.
[[nodiscard]] Sha256 event_row_digest(Database& db, std::int64_t event, RowHash& hash);
// Binds the key from which a `chained_…` query reads.
void bind_from(Cursor& rows, const ChainLayout& layout, const ChainKey& from);

}  // namespace entrawatch
