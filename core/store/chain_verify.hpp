// chain_verify: reads a database from its first entry to its last row, and says the first place where it is
// not what was written.
//
// Needs the file and the public half of the signing key, nothing else; opens the file read only, and reads it
// as it was when the reading began, beside a daemon that writes. What it proves and what it does not:
// README.md. Used by the command `verify`. Read next: chain_layout.hpp, chain_hash.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ed25519.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/store/chain_point.hpp"
#include "core/store/prune_receipt.hpp"

namespace entrawatch {

struct VerifyInput {
    std::filesystem::path file;
    std::vector<Ed25519PublicKey> keys;  // every checkpoint is signed by one of them
    std::vector<KnownHead> known{};      // that were kept elsewhere
};

struct VerifyProgress {
    std::string stage;  // what is being done, for people
    std::int64_t entries = 0, of_entries = 0;
    std::int64_t events = 0;
    std::int64_t bytes = 0;  // octets as received, decompressed and hashed
};

struct SignedPoint {
    std::int64_t entry = 0;
    Instant at;
    std::string key;
};

struct VerifyReport {
    std::optional<std::string> broken;  // the first broken place, in words
    std::string tenant;
    ChainPoint head;  // the last entry that was read and is good
    std::optional<SignedPoint> signed_to;
    std::int64_t checkpoints = 0;
    std::int64_t rows = 0;   // that the chain covers, of all tables
    PrunedFigures pruned{};  // what is gone, by its receipts
    VerifyProgress done;
};

// An Error means that nothing was verified: there is no file, or a newer program wrote it.
[[nodiscard]] Result<VerifyReport> verify_chain(const VerifyInput& input,
                                                const std::function<void(const VerifyProgress&)>& tell);

}  // namespace entrawatch
