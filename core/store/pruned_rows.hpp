// PrunedRows: the rows that are gone by a receipt, for who reads the chain: it has their digests.
//
// load() checks each receipt: its signature, its counts, and that its digests are those that were signed.
// Throws Broken at the first that is not what was written. Used by chain_reader and chain_excerpt. Read next:
// prune_receipt.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ed25519.hpp"
#include "core/store/chain.hpp"
#include "core/store/prune_receipt.hpp"

namespace entrawatch {

// The first broken place; on its way to the report.
struct Broken {
    std::string what;
};

class PrunedRows {
  public:
    explicit PrunedRows(Database& db) : db_(db) {}

    // `keys`: one of them signed each receipt; empty: signatures are not asked about.
    void load(std::string_view tenant, const std::vector<Ed25519PublicKey>& keys);
    // The digest of a row that is gone; nullopt when no receipt names it. Counts it as met.
    [[nodiscard]] std::optional<Sha256> take(Chained table, const ChainKey& key);
    // Every row of every receipt was met once: the chain wrote it, and it is gone.
    void require_all_met() const;

    [[nodiscard]] const PrunedFigures& figures() const { return figures_; }

  private:
    struct Run {
        std::int64_t to = 0;
        std::size_t receipt = 0;  // in receipts_
        std::int64_t place = 0;   // of its first row among the digests
    };
    struct Held {
        std::int64_t number = 0, rows = 0, met = 0;
        Sha256 sha256{};
    };

    void add_runs(const PruneReceipt& receipt);
    void add_run(const PruneReceipt& receipt, Chained table, const ChainRun& run);
    static void check_signature(std::string_view tenant, const PruneReceipt& receipt,
                                const std::vector<Ed25519PublicKey>& keys, const Cursor& row);
    void open_digests(std::size_t receipt);
    void count(const PruneReceipt& receipt);

    Database& db_;
    std::vector<Held> receipts_;
    std::map<std::pair<Chained, ChainKey>, Run> runs_;  // keys turned round: their second part first
    std::size_t open_ = 0;                              // 1 + the receipt whose digests are in `digests_`
    std::string digests_;
    PrunedFigures figures_;
};

}  // namespace entrawatch
