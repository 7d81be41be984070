#include "core/store/event_writer.hpp"

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/store/event_key.hpp"
#include "core/store/shared_ends.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

namespace {

using Number = std::optional<std::int64_t>;

// The row that a record has already.
struct StoredEvent {
    std::int64_t seq = 0;
    std::optional<Instant> updated;
    int revision = 1;  // the one that is shown
    bool same_octets = false;
};

std::int64_t key_day(const Event& event) {
    // A record without a time of its own gets the time of reception, another one each time it is read.
    return event_time_may_move(feed_of(event.feed)) || !event.time_known ? 0 : day_of(event.time);
}

std::optional<StoredEvent> find_event(Database& db, const Event& event, const EventKey& key,
                                      std::string_view sha256) {
    Cursor row = db.use(sql::Query::event_find);
    if (!row.bind(key_day(event), static_cast<int>(event.feed), Blob{as_bytes(key.octets)}).step())
        return std::nullopt;
    return StoredEvent{row.integer(0), row.maybe_instant(1), row.small(2), row.blob(3) == sha256};
}

EventColumns columns_of(StringTable& strings, const Event& event) {
    static const Target nothing;
    const Target& target = event.targets.empty() ? nothing : event.targets.front();
    EventColumns columns{strings.number_of(event.activity),
                         strings.number_of_word(event.category),
                         strings.number_of_word(event.service),
                         strings.number_of_word(name_of(event.outcome)),
                         strings.number_of_word(name_of(event.actor.kind)),
                         strings.number_of(event.actor.id),
                         strings.number_of(event.actor.name),
                         strings.number_of(event.actor.ip),
                         strings.number_of_word(target.kind),
                         strings.number_of(target.id),
                         strings.number_of(target.name),
                         uuid_bytes(event.correlation_id, UuidCase::any),
                         {}};
    if (columns.correlation_uuid)
        columns.correlation = Blob{as_bytes(*columns.correlation_uuid)};
    else if (!event.correlation_id.empty())
        columns.correlation = std::string_view{event.correlation_id};
    return columns;
}

// Nothing when the record has a row already.
std::optional<std::int64_t> add_row(Database& db, const Event& event, const EventKey& key,
                                    const EventColumns& c, std::string_view sha256, Instant received_at) {
    const auto id = key.is_uuid ? std::nullopt : std::optional<std::string_view>{event.id};
    db.use(sql::Query::event_add)
        .bind(day_of(event.time), key_day(event), static_cast<int>(event.feed), Blob{as_bytes(key.octets)},
              id, event.time, event.updated, received_at, c.activity, c.category, c.service, c.outcome,
              c.actor_kind, c.actor_id, c.actor_name, c.actor_ip, c.target_kind, c.target_id, c.target_name,
              c.correlation, Blob{sha256})
        .run();
    if (db.changes() == 0) return std::nullopt;
    return db.last_row();
}

void replace_row(Database& db, const Event& event, std::int64_t seq, int revision, const EventColumns& c,
                 std::string_view sha256, Instant received_at) {
    db.use(sql::Query::event_replace)
        .bind(day_of(event.time), event.time, event.updated, received_at, revision, c.activity, c.category,
              c.service, c.outcome, c.actor_kind, c.actor_id, c.actor_name, c.actor_ip, c.target_kind,
              c.target_id, c.target_name, c.correlation, Blob{sha256}, seq)
        .run();
}

// A modified property as it is stored.
struct ChangeColumns {
    Number property;
    std::optional<std::string_view> old_value, new_value;
    Number shared_start, shared_end;
};

ChangeColumns change_columns(StringTable& strings, const Change& change) {
    ChangeColumns columns{strings.number_of(change.property), {}, {}, {}, {}};
    if (change.has_old) columns.old_value = change.old_value;
    if (change.has_new) columns.new_value = change.new_value;
    if (!change.has_old || !change.has_new) return columns;
    if (const auto ends = shared_ends(change.old_value, change.new_value)) {
        columns.new_value = ends->middle;
        columns.shared_start = ends->start;
        columns.shared_end = ends->end;
    }
    return columns;
}

std::vector<ChangeColumns> changes_of(StringTable& strings, const Event& event) {
    std::vector<ChangeColumns> changes;
    changes.reserve(event.changes.size());
    for (const Change& change : event.changes)
        changes.push_back(change_columns(strings, change));
    return changes;
}

void write_changes(Database& db, const std::vector<ChangeColumns>& changes, std::int64_t seq) {
    int position = 0;
    for (const ChangeColumns& change : changes)
        db.use(sql::Query::change_add)
            .bind(seq, ++position, change.property, change.old_value, change.new_value, change.shared_start,
                  change.shared_end)
            .run();
}

// Tells the chain of a row just added, from the values that went in: column for column as chained_event.sql
// and chained_event_change.sql read them.
void chain_row(Chain& chain, const Event& event, const EventKey& key, const EventColumns& c,
               const std::vector<ChangeColumns>& changes, std::string_view sha256, Instant received_at,
               std::int64_t seq) {
    RowHash& row = chain.row(Chained::event);
    const auto add = [&row](const auto&... values) { (row.add(values), ...); };
    const auto id = key.is_uuid ? std::nullopt : std::optional<std::string_view>{event.id};
    add(seq, day_of(event.time), key_day(event), static_cast<int>(event.feed), Blob{as_bytes(key.octets)}, id,
        event.time, event.updated, received_at, 1, c.activity, c.category, c.service, c.outcome, c.actor_kind,
        c.actor_id, c.actor_name, c.actor_ip, c.target_kind, c.target_id, c.target_name, c.correlation,
        Blob{sha256});
    int position = 0;
    for (const ChangeColumns& change : changes)
        add(++position, change.property, change.old_value, change.new_value, change.shared_start,
            change.shared_end);
    chain.wrote(Chained::event, {seq, 0}, row.finish());
}

void put_octets(Store::Impl& impl, FeedId feed, std::int64_t seq, std::string_view raw) {
    impl.db.use(sql::Query::raw_add).bind(seq, Blob{impl.raws.compress(feed, raw)}).run();
}

// The number that the next revision gets: numbers are given in the order of arrival.
int next_revision(Database& db, const StoredEvent& stored) {
    Cursor newest = db.use(sql::Query::revision_newest);
    const int past = newest.bind(stored.seq).step() ? newest.small(0) : 0;
    return std::max(past, stored.revision) + 1;
}

void show_revision(Store::Impl& impl, const Event& event, std::string_view raw, std::string_view sha256,
                   const StoredEvent& stored, int revision, Instant received_at) {
    const Sha256 was = event_row_digest(impl.db, stored.seq, impl.chain.row(Chained::event));
    impl.db.use(sql::Query::revision_keep_shown).bind(Blob{as_bytes(was)}, stored.seq).run();
    impl.chain.touched(Chained::event_revision, stored.seq, stored.revision);
    const EventColumns columns = columns_of(impl.strings, event);
    replace_row(impl.db, event, stored.seq, revision, columns, sha256, received_at);
    put_octets(impl, event.feed, stored.seq, raw);
    // An event whose day moved is listed under its new day; the old lists no longer count, see query.
    list_entities(impl, event, columns, stored.seq);
    impl.db.use(sql::Query::change_clear).bind(stored.seq).run();
    write_changes(impl.db, changes_of(impl.strings, event), stored.seq);
    impl.chain.wrote(Chained::event, {stored.seq, revision},
                     event_row_digest(impl.db, stored.seq, impl.chain.row(Chained::event)));
}

PutResult write_revision(Store::Impl& impl, const Event& event, std::string_view raw, std::string_view sha256,
                         const StoredEvent& stored, Instant received_at) {
    {
        Cursor seen = impl.db.use(sql::Query::revision_find);
        if (seen.bind(stored.seq, Blob{sha256}).step())
            return {PutKind::duplicate, stored.seq, seen.small(0)};
    }
    const int revision = next_revision(impl.db, stored);
    if (event.updated && stored.updated && *event.updated < *stored.updated) {
        impl.db.use(sql::Query::revision_add)
            .bind(stored.seq, revision, event.updated, received_at, Blob{sha256},
                  Blob{impl.raws.compress(event.feed, raw)})
            .run();
        impl.chain.touched(Chained::event_revision, stored.seq, revision);
    } else {
        show_revision(impl, event, raw, sha256, stored, revision, received_at);
    }
    ++impl.new_revisions;
    return {PutKind::revised, stored.seq, revision};
}

}  // namespace

PutResult write_event(Store::Impl& impl, const Event& event, std::string_view raw, Instant received_at) {
    const EventKey key = event_key(event.id);
    const Sha256 digest = sha256(raw);
    const auto seen_before = [&]() -> std::optional<PutResult> {
        const auto stored = find_event(impl.db, event, key, as_bytes(digest));
        if (!stored) return std::nullopt;
        impl.expects_new = false;
        if (stored->same_octets) return PutResult{PutKind::duplicate, stored->seq, stored->revision};
        return write_revision(impl, event, raw, as_bytes(digest), *stored, received_at);
    };
    if (!impl.expects_new) {
        if (auto put = seen_before()) return *std::move(put);
    }
    const EventColumns columns = columns_of(impl.strings, event);
    const std::vector<ChangeColumns> changes = changes_of(impl.strings, event);
    const auto seq = add_row(impl.db, event, key, columns, as_bytes(digest), received_at);
    if (!seq) return seen_before().value();
    impl.expects_new = true;
    put_octets(impl, event.feed, *seq, raw);
    list_entities(impl, event, columns, *seq);
    write_changes(impl.db, changes, *seq);
    chain_row(impl.chain, event, key, columns, changes, as_bytes(digest), received_at, *seq);
    ++impl.new_events;
    impl.raws.stored(event.feed, *seq, raw.size(), received_at);
    return {PutKind::fresh, *seq, 1};
}

bool is_stored(Store::Impl& impl, const Event& event) {
    return find_event(impl.db, event, event_key(event.id), {}).has_value();
}

}  // namespace entrawatch
