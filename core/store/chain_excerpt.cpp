#include "core/store/chain_excerpt.hpp"

#include "core/store/chain_body.hpp"
#include "core/store/chain_hash.hpp"
#include "core/store/pruned_rows.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

constexpr int excerpt_time_column = 6;  // of chained_event.sql
constexpr int excerpt_revision_column = 9;

class Excerpt {
  public:
    Excerpt(Database& db, Span whole) : db_(db), whole_(whole) {}

    void read_receipts() {
        try {
            pruned_.load({}, {});
        } catch (const Broken& found) {
            throw Failure{{ErrorCode::corrupt, found.what, {}}};
        }
    }

    void read(std::int64_t first, std::int64_t last, const std::function<bool(const ExcerptEntry&)>& tell) {
        const Statement statement = db_.prepare(sql::Query::chain_walk_span);
        Cursor row{statement.get()};
        row.bind(first, last);
        ExcerptEntry entry;
        while (row.step()) {
            entry.entry = row.integer(0);
            entry.body = row.text(1);
            entry.hash = row.blob(2);
            entry.events.clear();
            add_events(entry);
            if (!tell(entry)) return;
        }
    }

  private:
    void add_events(ExcerptEntry& entry) {
        const auto lines = read_body(entry.body);
        if (!lines) broken(entry, lines.error().what);
        for (const ChainLine& line : *lines) {
            if (line.table != layout_of(Chained::event).table) continue;
            for (const ChainRun& run : line.rows)
                add_run(entry, run);
        }
    }

    void add_run(ExcerptEntry& entry, const ChainRun& run) {
        const std::int64_t revision = run.from.second == 0 ? 1 : run.from.second;
        Cursor row = db_.use(sql::Query::chained_event);
        row.bind(run.from.first);
        bool more = row.step();
        for (std::int64_t seq = run.from.first; seq <= run.to; ++seq) {
            if (!more || row.integer(0) != seq) {
                entry.events.push_back({seq, revision, {}, digest_of_pruned(entry, {seq, run.from.second})});
                continue;
            }
            entry.events.push_back(event_of(entry, row, revision));
            more = row.step();
        }
    }

    Sha256 digest_of_pruned(const ExcerptEntry& entry, const ChainKey& event) {
        try {
            if (const auto digest = pruned_.take(Chained::event, event)) return *digest;
        } catch (const Broken& found) {
            broken(entry, found.what);
        }
        broken(entry, "it names event " + to_text(event) + ", which is not there");
    }

    // An event that was revised since has left its former digest with the revision.
    ExcerptEvent event_of(const ExcerptEntry& entry, const Cursor& row, std::int64_t revision) {
        ExcerptEvent event{row.integer(0), revision, {}, {}};
        if (row.integer(excerpt_revision_column) == revision) {
            hash_row(db_, Chained::event, row, hash_);
            const Instant time = row.instant(excerpt_time_column);
            if (time >= whole_.from && time < whole_.to) event.row = hash_.text();
            event.digest = hash_.finish();
            return event;
        }
        Cursor past = db_.use(sql::Query::revision_row_digest);
        if (!past.bind(event.event, revision).step() || past.is_null(0))
            broken(entry, "the digest of event " + std::to_string(event.event) + " in its revision " +
                              std::to_string(revision) + " is not there");
        event.digest = digest_from(past.blob(0));
        return event;
    }

    [[noreturn]] static void broken(const ExcerptEntry& entry, const std::string& what) {
        throw Failure{{ErrorCode::corrupt,
                       "entry " + std::to_string(entry.entry) + " of the evidence chain: " + what +
                           "; `entrawatch verify` says what was changed",
                       {}}};
    }

    Database& db_;
    Span whole_;
    PrunedRows pruned_{db_};
    RowHash hash_;
};

}  // namespace

Result<> read_chain_excerpt(Store& store, std::int64_t first, std::int64_t last, Span whole,
                            const std::function<bool(const ExcerptEntry&)>& tell) {
    return store.impl().read([&] {
        Excerpt excerpt{store.impl().db, whole};
        excerpt.read_receipts();
        excerpt.read(first, last, tell);
    });
}

}  // namespace entrawatch
