#include "tests/bench/floor.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "core/base/text.hpp"
#include "core/store/shared_ends.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch::bench {
namespace {

void bind_text(sqlite3_stmt* insert, int position, std::string_view text) {
    sqlite3_bind_text(insert, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void bind_blob(sqlite3_stmt* insert, int position, std::string_view octets) {
    sqlite3_bind_blob(insert, position, octets.data(), static_cast<int>(octets.size()), SQLITE_STATIC);
}

void bind_entity(sqlite3_stmt* insert, std::int64_t number) {
    sqlite3_bind_int64(insert, 2, number);
}
void bind_entity(sqlite3_stmt* insert, const Uuid& uuid) {
    bind_blob(insert, 2, as_bytes(uuid));
}

void bind_values(sqlite3_stmt* insert, const ExtractedChange& change) {
    if (change.has_old) bind_text(insert, 4, change.old_value);
    if (!change.has_new) return;
    const auto ends = change.has_old ? shared_ends(change.old_value, change.new_value) : std::nullopt;
    bind_text(insert, 5, ends ? ends->middle : change.new_value);
    if (!ends) return;
    sqlite3_bind_int64(insert, 6, ends->start);
    sqlite3_bind_int64(insert, 7, ends->end);
}

void run(sqlite3_stmt* insert) {
    const int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    if (code != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(sqlite3_db_handle(insert))};
}

// 16 octets that tell ids apart, where the product takes half of a SHA-256.
Uuid key_of(std::string_view id) {
    if (auto uuid = uuid_bytes(id, UuidCase::lower_only)) return *uuid;
    std::array<std::size_t, 2> halves{std::hash<std::string_view>{}(id), id.size()};
    Uuid key{};
    static_assert(sizeof halves == sizeof key);
    std::memcpy(key.data(), halves.data(), sizeof halves);
    return key;
}

}  // namespace

Floor::Floor(const std::filesystem::path& file) {
    const int code =
        sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errstr(code)};
    execute(
        "PRAGMA temp_store = FILE; PRAGMA cache_size = -8192; PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384;");
    read_dictionaries();
}

Floor::~Floor() {
    for (const auto& [query, prepared] : statements_)
        sqlite3_finalize(prepared);
    sqlite3_close_v2(db_);
}

sqlite3_stmt* Floor::statement(sql::Query query) {
    sqlite3_stmt*& prepared = statements_[query];
    if (prepared != nullptr) return prepared;
    const std::string_view text = sql::text_of(query);
    if (sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                           &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(db_)};
    return prepared;
}

void Floor::execute(const char* script) {
    if (sqlite3_exec(db_, script, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(db_)};
}

void Floor::read_dictionaries() {
    sqlite3_stmt* newest = statement(sql::Query::dictionary_newest);
    for (const Feed& feed : all_feeds()) {
        sqlite3_bind_int(newest, 1, static_cast<int>(feed.id));
        if (sqlite3_step(newest) == SQLITE_ROW) {
            const auto* octets = static_cast<const char*>(sqlite3_column_blob(newest, 1));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(newest, 1));
            dictionaries_[feed.id] = compress_dictionary({octets, size});
        }
        sqlite3_reset(newest);
    }
}

void Floor::take(FeedId feed, const simdjson::padded_string& page, Instant received) {
    execute("BEGIN IMMEDIATE");
    extractor_.each(feed_of(feed).kind, page,
                    [&](const Extracted& record) { insert(feed, record, received); });
    write_lists(entities_);
    write_lists(sessions_);
    execute("COMMIT");
}

void Floor::insert(FeedId feed, const Extracted& record, Instant received) {
    const auto time = parse_iso(record.time);
    if (!time) throw std::runtime_error{"a record without a time"};
    const std::int64_t seq = insert_event(feed, record, *time, received);
    insert_raw(feed, record.raw, seq);
    list_entities(record, day_of(*time), seq);
    insert_changes(record, seq);
}

std::int64_t Floor::insert_event(FeedId feed, const Extracted& record, Instant time, Instant received) {
    static constexpr std::string_view no_digest{"no digest of the octets is made.", 32};
    const Uuid key = key_of(record.id);
    const auto correlation = uuid_bytes(record.correlation, UuidCase::any);
    const auto updated = parse_iso(record.updated);
    sqlite3_stmt* insert = statement(sql::Query::event_add);
    sqlite3_bind_int64(insert, 1, day_of(time));
    sqlite3_bind_int64(insert, 2, updated ? 0 : day_of(time));
    sqlite3_bind_int(insert, 3, static_cast<int>(feed));
    bind_blob(insert, 4, as_bytes(key));
    if (record.id.size() != 36) bind_text(insert, 5, record.id);
    sqlite3_bind_int64(insert, 6, ticks_of(time));
    if (updated) sqlite3_bind_int64(insert, 7, ticks_of(*updated));
    sqlite3_bind_int64(insert, 8, ticks_of(received));
    const std::array names = {record.activity,    record.category,  record.service,    record.outcome,
                              record.actor_kind,  record.actor_id,  record.actor_name, record.actor_ip,
                              record.target_kind, record.target_id, record.target_name};
    int position = 9;
    for (const std::string_view name : names)
        bind_name(insert, position++, name);
    if (correlation) bind_blob(insert, 20, as_bytes(*correlation));
    bind_blob(insert, 21, no_digest);
    run(insert);
    return sqlite3_last_insert_rowid(db_);
}

void Floor::insert_raw(FeedId feed, std::string_view raw, std::int64_t seq) {
    const auto dictionary = dictionaries_.find(feed);
    const auto frame =
        compressor_.compress(raw, dictionary == dictionaries_.end() ? nullptr : dictionary->second.get());
    if (!frame) throw std::runtime_error{frame.error().text()};
    sqlite3_stmt* insert = statement(sql::Query::raw_add);
    sqlite3_bind_int64(insert, 1, seq);
    bind_blob(insert, 2, *frame);
    run(insert);
}

void Floor::insert_changes(const Extracted& record, std::int64_t seq) {
    int position = 0;
    for (const ExtractedChange& change : record.changes) {
        const std::int64_t property = number_of(change.property);
        sqlite3_stmt* insert = statement(sql::Query::change_add);
        sqlite3_bind_int64(insert, 1, seq);
        sqlite3_bind_int(insert, 2, ++position);
        sqlite3_bind_int64(insert, 3, property);
        bind_values(insert, change);
        run(insert);
    }
}

void Floor::list_entities(const Extracted& record, std::int64_t day, std::int64_t seq) {
    for (const auto& [role, value] : record.entities) {
        const std::int64_t role_number = number_of(role);
        auto uuid = role == "session" ? uuid_bytes(value, UuidCase::any) : std::nullopt;
        if (uuid)
            sessions_.emplace_back(day, *uuid, role_number, seq);
        else
            entities_.emplace_back(day, number_of(value), role_number, seq);
    }
}

template <class Row>
void Floor::write_lists(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::string more;
    for (auto row = rows.cbegin(); row != rows.cend();) {
        const auto same = [&](const Row& other) {
            return std::get<0>(other) == std::get<0>(*row) && std::get<1>(other) == std::get<1>(*row) &&
                   std::get<2>(other) == std::get<2>(*row);
        };
        more.clear();
        auto next = row + 1;
        for (; next != rows.cend() && same(*next); ++next)
            more += (more.empty() ? "" : ",") + std::to_string(std::get<3>(*next));
        sqlite3_stmt* insert = statement(sql::Query::entity_add);
        sqlite3_bind_int64(insert, 1, std::get<0>(*row));
        bind_entity(insert, std::get<1>(*row));
        sqlite3_bind_int64(insert, 3, std::get<2>(*row));
        sqlite3_bind_int64(insert, 4, std::get<3>(*row));
        if (!more.empty()) bind_text(insert, 5, more);
        run(insert);
        row = next;
    }
    rows.clear();
}

void Floor::bind_name(sqlite3_stmt* insert, int position, std::string_view text) {
    if (!text.empty()) sqlite3_bind_int64(insert, position, number_of(text));
}

std::int64_t Floor::number_of(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    sqlite3_stmt* find = statement(sql::Query::string_find);
    bind_text(find, 1, text);
    const bool there = sqlite3_step(find) == SQLITE_ROW;
    const std::int64_t found = there ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    const std::int64_t number = there ? found : add_string(text);
    numbers_.emplace(text, number);
    return number;
}

std::int64_t Floor::add_string(std::string_view text) {
    const std::string folded = fold(text);
    const std::int64_t form = folded == text || folded.empty() ? 0 : number_of(folded);
    sqlite3_stmt* add = statement(sql::Query::string_add);
    bind_text(add, 1, text);
    if (form != 0) sqlite3_bind_int64(add, 2, form);
    run(add);
    return sqlite3_last_insert_rowid(db_);
}

}  // namespace entrawatch::bench
