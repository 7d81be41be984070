// Pruner: takes the oldest records out of the store, a bounded number at a time, and writes a signed receipt
// of them in the same transaction.
//
// An event goes as a whole: its row, octets, changes, revisions and links to alerts that are over. What is
// still needed stays: what is held, events of alerts that are open or still to be told, and of correlations
// that wait. Used by Store::prune. Read next: prune_receipt.hpp; the reader is pruned_rows.hpp.
#pragma once

#include <map>
#include <string>

#include "core/store/held.hpp"
#include "core/store/prune_receipt.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {

class Pruner {
  public:
    Pruner(Store::Impl& impl, const PruneRequest& request, Instant now)
        : impl_(impl), request_(request), now_(now), held_(impl.db) {}

    // Inside of a transaction. Throws Failure.
    [[nodiscard]] PruneStep run(const Ed25519Key& key);

  private:
    struct Candidate {
        Instant time;
        FeedId feed{};
        std::int64_t seq = 0;
    };

    [[nodiscard]] bool old_enough(const Candidate& candidate) const;
    [[nodiscard]] Instant newest_before() const;
    void prune_events(PruneStep& step);
    void prune_rejections(PruneStep& step);
    [[nodiscard]] bool still_needed(const Candidate& candidate);
    void take_event(const Candidate& candidate);
    void take_links(std::int64_t event);
    void take_revisions(std::int64_t event);
    void take_rejection(const Candidate& candidate);
    void note(const Candidate& candidate, std::string id);
    void write_receipt(const Ed25519Key& key);

    Store::Impl& impl_;
    const PruneRequest& request_;
    Instant now_;
    Held held_;
    RowHash hash_;
    PruneReceipt receipt_;
    bool anything_ = false;
    std::map<std::pair<Chained, ChainKey>, Sha256> taken_;  // in the order of the receipt
};

}  // namespace entrawatch
