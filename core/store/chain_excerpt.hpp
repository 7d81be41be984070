// chain_excerpt: some entries of the evidence chain, with the digest of each event that they cover, for who
// has no database: an evidence pack.
//
// Of the events in a span of time the excerpt has the whole row, as it is hashed: it names the SHA-256 of the
// octets, so that a record in the pack is bound to its entry. Of the others, of former revisions, and of
// events that were pruned, the digest alone. Used by the command `evidence export`. Read next:
// chain_hash.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

struct ExcerptEvent {
    std::int64_t event = 0;
    std::int64_t revision = 1;
    std::string row;  // as it is hashed; empty: `digest` alone
    Sha256 digest{};
};

struct ExcerptEntry {
    std::int64_t entry = 0;
    std::string_view body;
    std::string_view hash;             // 32 octets
    std::vector<ExcerptEvent> events;  // in the order of the body
};

// From `first` to `last`, both included. `tell` returns false to stop. Error corrupt: an entry or a row that
// it names cannot be read; `verify` says more.
[[nodiscard]] Result<> read_chain_excerpt(Store& store, std::int64_t first, std::int64_t last, Span whole,
                                          const std::function<bool(const ExcerptEntry&)>& tell);

}  // namespace entrawatch
