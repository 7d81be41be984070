#include "core/store/chain_reader.hpp"

#include <algorithm>
#include <set>

namespace entrawatch {

namespace {

constexpr std::size_t digest_size = std::tuple_size_v<Sha256>;
constexpr std::size_t hint_size = 2;

std::string words_for(std::string_view table, const ChainKey& key) {
    std::string words = "table " + std::string{table} + ", row " + to_text(key);
    if (table == "event" && key.second != 0)
        words = "table event, row " + std::to_string(key.first) + " in its revision " +
                std::to_string(key.second);
    return words;
}

[[noreturn]] void broken(std::string_view table, const ChainKey& key, std::string_view what) {
    throw Broken{words_for(table, key).append(": ").append(what)};
}

std::optional<Chained> table_called(std::string_view name) {
    const auto all = chain_layouts();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].table == name) return static_cast<Chained>(i);
    }
    return std::nullopt;
}

// The key of the i-th row that a line names.
ChainKey row_of(const ChainLine& line, std::size_t i) {
    for (const ChainRun& run : line.rows) {
        const auto length = static_cast<std::size_t>(run.to - run.from.first) + 1;
        if (i < length) return {run.from.first + static_cast<std::int64_t>(i), run.from.second};
        i -= length;
    }
    return {};
}

}  // namespace

void ChainReader::check(std::int64_t entry, std::string_view body, std::string_view hints) {
    entry_ = entry;
    const auto lines = read_body(body);
    if (!lines) throw Broken{"table chain, row " + std::to_string(entry) + ": " + lines.error().what};
    for (const ChainLine& line : *lines)
        check_line(line, hints);
}

void ChainReader::check_line(const ChainLine& line, std::string_view& hints) {
    const auto table = table_called(line.table);
    if (!table) {
        throw Broken{"table chain, row " + std::to_string(entry_) + ": names the table " + line.table +
                     ", which this program does not know; a later one wrote it"};
    }
    if (layout_of(*table).changes) return keep_newest(*table, line);
    digest_rows(*table, line);
    if (sha256(digests_) != line.digest) differs(line, hints);
    if (line.several())
        hints.remove_prefix(std::min(hints.size(), digests_.size() / digest_size * hint_size));
}

void ChainReader::digest_rows(Chained table, const ChainLine& line) {
    digests_.clear();
    for (const ChainRun& run : line.rows) {
        if (table == Chained::event)
            digest_events(run);
        else
            digest_run(table, run);
    }
}

void ChainReader::digest_run(Chained table, const ChainRun& run) {
    const ChainLayout& layout = layout_of(table);
    Cursor row = db_.use(layout.rows);
    bind_from(row, layout, run.from);
    bool more = row.step();
    for (ChainKey key = run.from; key.first <= run.to; ++key.first) {
        if (!more || key_of(layout, row) != key) {
            digest_pruned(table, key);
            continue;
        }
        hash_row(db_, table, row, hash_);
        digests_ += as_bytes(hash_.finish());
        if (layout.octets) check_octets(layout, key, row);
        ++named_[static_cast<std::size_t>(table)];
        ++rows;
        more = row.step();
    }
}

void ChainReader::digest_events(const ChainRun& run) {
    const std::int64_t revision = run.from.second == 0 ? 1 : run.from.second;
    Cursor row = db_.use(sql::Query::chained_event);
    row.bind(run.from.first);
    bool more = row.step();
    for (std::int64_t seq = run.from.first; seq <= run.to; ++seq) {
        if (!more || row.integer(0) != seq) {
            digest_pruned(Chained::event, {seq, run.from.second});
            continue;
        }
        digest_event(row, revision);
        ++rows;
        more = row.step();
    }
}

// A row that is not there has left its digest with the receipt of its pruning.
void ChainReader::digest_pruned(Chained table, const ChainKey& key) {
    const auto digest = pruned_.take(table, key);
    if (!digest)
        broken(layout_of(table).table, key,
               "the row is missing; entry " + std::to_string(entry_) + " of the chain wrote it");
    digests_ += as_bytes(*digest);
}

// An event that was revised since has left its former digest with the revision.
void ChainReader::digest_event(const Cursor& row, std::int64_t revision) {
    const ChainKey key{row.integer(0), revision > 1 ? revision : 0};
    if (row.integer(chained_event_revision) == revision) {
        hash_row(db_, Chained::event, row, hash_);
        digests_ += as_bytes(hash_.finish());
        check_octets(layout_of(Chained::event), key, row);
        ++named_[static_cast<std::size_t>(Chained::event)];
        ++events;
        return;
    }
    Cursor past = db_.use(sql::Query::revision_row_digest);
    if (!past.bind(key.first, revision).step() || past.is_null(0))
        broken("event", {key.first, revision},
               "neither the row nor event_revision has what entry " + std::to_string(entry_) +
                   " of the chain wrote; event shows revision " +
                   std::to_string(row.integer(chained_event_revision)));
    digests_ += as_bytes(digest_from(past.blob(0)));
}

void ChainReader::check_octets(const ChainLayout& layout, const ChainKey& key, const Cursor& row) {
    const int column = row.columns() - 1;
    if (row.is_null(column)) broken(layout.table, key, "its octets are missing");
    try {
        raws_.decompress_into(row.blob(column), octets_);
    } catch (const Failure& failure) {
        if (failure.error.code != ErrorCode::corrupt) throw;
        broken(layout.table, key, "its octets were changed: they cannot be read any more");
    }
    if (as_bytes(sha256(octets_)) != row.blob(column - 1))
        broken(layout.table, key,
               "its octets were changed: their SHA-256 is not the one in its column sha256");
    bytes += static_cast<std::int64_t>(octets_.size());
}

void ChainReader::keep_newest(Chained table, const ChainLine& line) {
    for (const ChainRun& run : line.rows) {
        if (line.several())
            throw Broken{"table chain, row " + std::to_string(entry_) + ": its text cannot be read"};
        newest_[{table, run.from}] = {line.digest, entry_};
    }
}

void ChainReader::finish() {
    for (std::size_t table = 0; table < chain_layouts().size(); ++table) {
        if (chain_layouts()[table].changes) check_newest(static_cast<Chained>(table));
    }
    pruned_.require_all_met();
    check_strays();
}

void ChainReader::check_newest(Chained table) {
    const ChainLayout& layout = layout_of(table);
    const auto end = newest_.lower_bound({static_cast<Chained>(static_cast<int>(table) + 1), very_first_key});
    for (auto state = newest_.lower_bound({table, very_first_key}); state != end; ++state) {
        const auto& key = state->first.second;
        const std::string wrote = "entry " + std::to_string(state->second.entry) + " of the chain wrote ";
        Cursor row = db_.use(layout.rows);
        bind_from(row, layout, key);
        if (!row.step() || key_of(layout, row) != key)
            broken(layout.table, key, "the row is missing; " + wrote + "its newest state");
        hash_row(db_, table, row, hash_);
        if (sha256(as_bytes(hash_.finish())) != state->second.digest)
            broken(layout.table, key, "the row was changed; " + wrote + "another state of it");
        ++named_[static_cast<std::size_t>(table)];
        ++rows;
    }
}

// As many rows as the chain names: every one of those is there, so no other is.
void ChainReader::check_strays() {
    std::size_t counted = 0;
    Cursor count = db_.use(sql::Query::verify_counts);
    while (count.step()) {
        const auto table = table_called(count.text(0));
        if (!table) continue;
        ++counted;
        if (count.integer(1) != named_[static_cast<std::size_t>(*table)]) tell_stray(*table);
    }
    if (counted != named_.size())
        throw Failure{{ErrorCode::invalid, "not every table of the chain is counted; report this fault", {}}};
}

// Reads the chain once more for the rows that it names of this table.
void ChainReader::tell_stray(Chained table) {
    const ChainLayout& layout = layout_of(table);
    std::map<std::int64_t, std::int64_t> runs;
    std::set<ChainKey> pairs;
    const Statement chain = db_.prepare(sql::Query::chain_walk);
    Cursor entry{chain.get()};
    while (entry.step()) {
        for (const ChainLine& line : read_body(entry.text(1)).value_or(std::vector<ChainLine>{})) {
            if (line.table != layout.table) continue;
            for (const ChainRun& run : line.rows) {
                if (run.from.second != 0)
                    pairs.insert(run.from);
                else
                    runs[run.from.first] = run.to;
            }
        }
    }
    const auto is_named = [&](const ChainKey& key) {
        if (key.second != 0) return pairs.contains(key);
        const auto after = runs.upper_bound(key.first);
        return after != runs.begin() && std::prev(after)->second >= key.first;
    };
    Cursor row = db_.use(layout.rows);
    bind_from(row, layout, very_first_key);
    while (row.step()) {
        ChainKey key = key_of(layout, row);
        if (table == Chained::event && row.integer(chained_event_revision) > 1)
            key.second = row.integer(chained_event_revision);
        if (!is_named(key))
            broken(layout.table, key,
                   "no entry of the chain wrote this row: it was added, or changed, behind it");
    }
    throw Broken{"table " + std::string{layout.table} + ": the chain names a row twice"};
}

// Which of the rows it was, by the first octets of their digests.
void ChainReader::differs(const ChainLine& line, std::string_view hints) const {
    const std::string wrote = "; entry " + std::to_string(entry_) + " of the chain wrote ";
    const std::size_t count = digests_.size() / digest_size;
    if (!line.several()) broken(line.table, row_of(line, 0), "the row was changed" + wrote + "another one");
    for (std::size_t i = 0; i < count && (i + 1) * hint_size <= hints.size(); ++i) {
        if (digests_.substr(i * digest_size, hint_size) != hints.substr(i * hint_size, hint_size))
            broken(line.table, row_of(line, i), "the row was changed" + wrote + "another one");
    }
    throw Broken{"table " + line.table + ", one of the " + std::to_string(count) + " rows from " +
                 to_text(row_of(line, 0)) + " to " + to_text(row_of(line, count - 1)) + ": changed" + wrote +
                 "others"};
}

}  // namespace entrawatch
