// chain_reader: the rows that entries name, read again and compared. The heart of chain_verify.
//
// Throws Broken at the first place that is not what was written. Rows that stay as written are compared when
// their entry is met; of those that change, the newest state is, at the end. Used by chain_verify alone.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/store/chain.hpp"
#include "core/store/pruned_rows.hpp"
#include "core/store/raw_store.hpp"

namespace entrawatch {

class ChainReader {
  public:
    explicit ChainReader(Database& db) : db_(db) {}

    // Before the first entry: the receipts of rows that are gone.
    void read_receipts(std::string_view tenant, const std::vector<Ed25519PublicKey>& keys) {
        pruned_.load(tenant, keys);
    }
    // All rows that one entry names.
    void check(std::int64_t entry, std::string_view body, std::string_view hints);
    // After the last entry: newest states, and rows that no entry names.
    void finish();

    [[nodiscard]] const PrunedFigures& pruned() const { return pruned_.figures(); }

    std::int64_t rows = 0, events = 0, bytes = 0;

  private:
    struct State {
        Sha256 digest{};
        std::int64_t entry = 0;
    };

    void check_line(const ChainLine& line, std::string_view& hints);
    void digest_rows(Chained table, const ChainLine& line);
    void digest_run(Chained table, const ChainRun& run);
    void digest_events(const ChainRun& run);
    void digest_event(const Cursor& row, std::int64_t revision);
    void digest_pruned(Chained table, const ChainKey& key);
    void keep_newest(Chained table, const ChainLine& line);
    void check_octets(const ChainLayout& layout, const ChainKey& key, const Cursor& row);
    void check_newest(Chained table);
    void check_strays();
    [[noreturn]] void tell_stray(Chained table);
    [[noreturn]] void differs(const ChainLine& line, std::string_view hints) const;

    Database& db_;
    Chain unused_{db_};
    RawStore raws_{db_, unused_};
    PrunedRows pruned_{db_};
    RowHash hash_;
    std::int64_t entry_ = 0;
    std::string digests_, octets_;
    std::array<std::int64_t, static_cast<std::size_t>(Chained::chain_checkpoint) + 1> named_{};  // rows there
    std::map<std::pair<Chained, ChainKey>, State> newest_;
};

}  // namespace entrawatch
