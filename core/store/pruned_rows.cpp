#include "core/store/pruned_rows.hpp"

#include "core/base/text.hpp"

namespace entrawatch {

namespace {

constexpr std::size_t most_shown = 10;
constexpr std::size_t receipt_digest_size = std::tuple_size_v<Sha256>;

[[noreturn]] void broken_receipt(std::int64_t number, std::string_view what) {
    throw Broken{"table prune_receipt, row " + std::to_string(number) + ": " + std::string{what}};
}

std::optional<Chained> prunable(std::string_view table) {
    for (const Chained each :
         {Chained::event, Chained::event_revision, Chained::rejection, Chained::alert_event}) {
        if (layout_of(each).table == table) return each;
    }
    return std::nullopt;
}

PruneReceipt receipt_from(const Cursor& row) {
    PruneReceipt receipt;
    receipt.number = row.integer(0);
    receipt.at = row.instant(1);
    receipt.reason = row.string(2);
    receipt.because = row.string(3);
    receipt.events = row.integer(4);
    receipt.revisions = row.integer(5);
    receipt.rejections = row.integer(6);
    receipt.alert_events = row.integer(7);
    receipt.first_at = row.instant(8);
    receipt.first_id = row.string(9);
    receipt.last_at = row.instant(10);
    receipt.last_id = row.string(11);
    receipt.rows = row.string(12);
    receipt.sha256 = digest_from(row.blob(13));
    return receipt;
}

}  // namespace

void PrunedRows::load(std::string_view tenant, const std::vector<Ed25519PublicKey>& keys) {
    Cursor row = db_.use(sql::Query::verify_prune_receipts);
    while (row.step()) {
        const PruneReceipt receipt = receipt_from(row);
        if (receipt.number != static_cast<std::int64_t>(receipts_.size()) + 1)
            broken_receipt(static_cast<std::int64_t>(receipts_.size()) + 1, "the row is missing");
        if (!keys.empty()) check_signature(tenant, receipt, keys, row);
        receipts_.push_back({receipt.number, 0, 0, receipt.sha256});
        add_runs(receipt);
        count(receipt);
    }
}

void PrunedRows::check_signature(std::string_view tenant, const PruneReceipt& receipt,
                                 const std::vector<Ed25519PublicKey>& keys, const Cursor& row) {
    for (const Ed25519PublicKey& key : keys) {
        if (key.id() != row.text(14)) continue;
        if (!key.verifies(prune_statement(tenant, receipt), row.blob(15)))
            broken_receipt(receipt.number,
                           "its signature is not the one of this receipt and key " + key.id());
        return;
    }
    broken_receipt(receipt.number, "is signed with the key " + for_terminal(cut_utf8(row.text(14), 64)) +
                                       ", which is not the one given");
}

void PrunedRows::add_runs(const PruneReceipt& receipt) {
    const auto lines = read_body(receipt.rows);
    if (!lines) broken_receipt(receipt.number, "its rows cannot be read");
    for (const ChainLine& line : *lines) {
        const auto table = prunable(line.table);
        if (!table) broken_receipt(receipt.number, "names rows of " + line.table + ", which is never pruned");
        for (const ChainRun& run : line.rows)
            add_run(receipt, *table, run);
    }
}

void PrunedRows::add_run(const PruneReceipt& receipt, Chained table, const ChainRun& run) {
    Held& held = receipts_.back();
    const Run added{run.to, receipts_.size() - 1, held.rows};
    if (!runs_.emplace(std::pair{table, ChainKey{run.from.second, run.from.first}}, added).second)
        broken_receipt(receipt.number, "names a row that another receipt names");
    held.rows += run.to - run.from.first + 1;
}

void PrunedRows::count(const PruneReceipt& receipt) {
    ++figures_.receipts;
    figures_.events += receipt.events;
    figures_.rejections += receipt.rejections;
    if (figures_.newest.size() == most_shown) figures_.newest.erase(figures_.newest.begin());
    figures_.newest.push_back(receipt);
    figures_.newest.back().rows.clear();
}

std::optional<Sha256> PrunedRows::take(Chained table, const ChainKey& key) {
    auto run = runs_.upper_bound({table, {key.second, key.first}});
    if (run == runs_.begin()) return std::nullopt;
    --run;
    // By the second part first, so that runs of plain numbers stand together and pairs by themselves.
    const ChainKey& from = run->first.second;
    if (run->first.first != table || from.first != key.second || key.first > run->second.to)
        return std::nullopt;
    open_digests(run->second.receipt);
    ++receipts_[run->second.receipt].met;
    const auto place = static_cast<std::size_t>(run->second.place + key.first - from.second);
    return digest_from(std::string_view{digests_}.substr(place * receipt_digest_size, receipt_digest_size));
}

void PrunedRows::open_digests(std::size_t receipt) {
    if (open_ == receipt + 1) return;
    const Held& held = receipts_[receipt];
    Cursor row = db_.use(sql::Query::prune_receipt_digests);
    if (row.bind(held.number).step()) digests_ = row.blob(0);
    if (digests_.size() != static_cast<std::size_t>(held.rows) * receipt_digest_size)
        broken_receipt(held.number, "does not have one digest for each row that it names");
    if (sha256(digests_) != held.sha256)
        broken_receipt(held.number, "its digests were changed: they do not have the SHA-256 that was signed");
    open_ = receipt + 1;
}

void PrunedRows::require_all_met() const {
    for (const Held& held : receipts_) {
        if (held.met == held.rows) continue;
        broken_receipt(held.number, "names " + std::to_string(held.rows) +
                                        " rows as pruned, and of those that the chain wrote " +
                                        std::to_string(held.met) + " are gone");
    }
}

}  // namespace entrawatch
