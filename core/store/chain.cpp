#include "core/store/chain.hpp"

#include <algorithm>

namespace entrawatch {

namespace {

constexpr std::size_t most_held = 100'000;  // rows of one entry while a whole file is taken in

Sha256 digest_of_row(Database& db, Chained table, const ChainKey& key, RowHash& hash) {
    const ChainLayout& layout = layout_of(table);
    Cursor row = db.use(layout.rows);
    bind_from(row, layout, key);
    if (!row.step() || key_of(layout, row) != key) {
        throw Failure{{ErrorCode::corrupt,
                       std::string{layout.table} + " " + to_text(key) + " was written and is not there",
                       {}}};
    }
    hash_row(db, table, row, hash);
    return hash.finish();
}

bool in_order(const auto& items) {
    return std::is_sorted(items.begin(), items.end(),
                          [](const auto& a, const auto& b) { return a.key < b.key; });
}

}  // namespace

ChainHead chain_head(Database& db) {
    Cursor row = db.use(sql::Query::chain_head);
    if (!row.step()) return {};
    const std::string_view body = row.text(2);
    const bool one_line = body.find('\n') == body.size() - 1;
    return {row.integer(0), digest_from(row.blob(1)), one_line && body.starts_with("chain_checkpoint ")};
}

void bind_from(Cursor& rows, const ChainLayout& layout, const ChainKey& from) {
    if (layout.key_columns == 2)
        rows.bind(from.first, from.second);
    else
        rows.bind(from.first);
}

ChainKey key_of(const ChainLayout& layout, const Cursor& row) {
    return {row.integer(0), layout.key_columns == 2 ? row.integer(1) : 0};
}

void hash_row(Database& db, Chained table, const Cursor& row, RowHash& hash) {
    const ChainLayout& layout = layout_of(table);
    hash.begin(layout.table);
    const int columns = row.columns() - (layout.octets ? 1 : 0);
    for (int column = 0; column < columns; ++column)
        hash.add(row.value(column));
    if (table != Chained::event) return;
    Cursor change = db.use(sql::Query::chained_event_change);
    change.bind(row.integer(0));
    while (change.step()) {
        for (int column = 0; column < change.columns(); ++column)
            hash.add(change.value(column));
    }
}

Sha256 event_row_digest(Database& db, std::int64_t event, RowHash& hash) {
    return digest_of_row(db, Chained::event, {event, 0}, hash);
}

void Chain::touched(Chained table, std::int64_t first, std::int64_t second) {
    items_[static_cast<std::size_t>(table)].push_back({{first, second}, std::nullopt});
    ++held_;
}

void Chain::wrote(Chained table, const ChainKey& key, const Sha256& digest) {
    items_[static_cast<std::size_t>(table)].push_back({key, digest});
    ++held_;
}

RowHash& Chain::row(Chained table) {
    hash_.begin(layout_of(table).table);
    return hash_;
}

void Chain::write() {
    if (held_ == 0) return;
    body_.clear();
    hints_.clear();
    for (std::size_t table = 0; table < items_.size(); ++table) {
        if (!items_[table].empty()) add_lines(static_cast<Chained>(table), items_[table]);
    }
    const ChainHead head = chain_head(db_);
    const Sha256 hash = entry_hash(head.hash, head.entry + 1, body_);
    std::optional<Blob> hints;
    if (!hints_.empty()) hints = Blob{hints_};
    db_.use(sql::Query::chain_add).bind(head.entry + 1, body_, hints, Blob{as_bytes(hash)}).run();
    clear();
}

void Chain::add_lines(Chained table, Items& items) {
    if (!in_order(items)) {
        std::stable_sort(items.begin(), items.end(),
                         [](const Item& a, const Item& b) { return a.key < b.key; });
    }
    // A row that was written twice is covered as it stands at the end.
    items.erase(
        std::unique(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.key == b.key; }),
        items.end());
    const ChainLayout& layout = layout_of(table);
    keys_.clear();
    digests_.clear();
    for (const Item& item : items) {
        const Sha256 digest = item.digest ? *item.digest : digest_of_row(db_, table, item.key, hash_);
        if (layout.changes) {
            append_line(body_, layout.table, std::span{&item.key, 1}, sha256(as_bytes(digest)));
            continue;
        }
        keys_.push_back(item.key);
        digests_ += as_bytes(digest);
        if (items.size() > 1) hints_ += as_bytes(digest).substr(0, 2);
    }
    if (!keys_.empty()) append_line(body_, layout.table, keys_, sha256(digests_));
}

void Chain::begin_with_what_is_there() {
    for (std::size_t table = 0; table < items_.size(); ++table)
        read_all(static_cast<Chained>(table));
    write();
}

void Chain::read_all(Chained table) {
    const ChainLayout& layout = layout_of(table);
    // Of its own: the entries that are written on the way may read the same table.
    const Statement walk = db_.prepare(layout.rows);
    Cursor row{walk.get()};
    bind_from(row, layout, very_first_key);
    while (row.step()) {
        ChainKey key = key_of(layout, row);
        if (table == Chained::event && row.integer(chained_event_revision) > 1)
            key.second = row.integer(chained_event_revision);
        hash_row(db_, table, row, hash_);
        wrote(table, key, hash_.finish());
        if (held_ >= most_held) write();
    }
}

void Chain::clear() {
    for (Items& items : items_) {
        items.clear();
        // One huge transaction must not hold its memory for ever.
        if (items.capacity() > most_held / 2) items.shrink_to_fit();
    }
    held_ = 0;
}

}  // namespace entrawatch
