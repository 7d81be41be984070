// PruneReceipt: what was pruned, why, how much, and the digest of each row that went. Signed one by one.
//
// A row of `prune_receipt`; written by Store::prune, read by `verify` (pruned_rows.hpp), shown by the view
// prune_receipts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

struct PruneReceipt {
    std::int64_t number = 0;
    Instant at{};
    std::string reason{};   // age | size
    std::string because{};  // the setting, in words
    std::int64_t events = 0, revisions = 0, rejections = 0, alert_events = 0;
    Instant first_at{}, last_at{};      // times of the oldest and newest record; of rejections, of receipt
    std::string first_id{}, last_id{};  // "directory_audits <id>"
    std::string rows{};                 // as a body of the chain, see chain_body.hpp
    Sha256 sha256{};                    // over the digests of the rows, one after the other
};

// Of all receipts of a file.
struct PrunedFigures {
    std::int64_t receipts = 0, events = 0, rejections = 0;
    std::vector<PruneReceipt> newest{};  // ten at most, without their rows
};

// What is signed.
[[nodiscard]] std::string prune_statement(std::string_view tenant, const PruneReceipt& receipt);

}  // namespace entrawatch
