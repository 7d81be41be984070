#include "core/store/query.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/base/text.hpp"
#include "core/store/query_candidates.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

constexpr std::int64_t ticks_of_day = 864'000'000'000;
constexpr std::int64_t earliest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();

// Where an event stands in the answer.
using Place = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // time, feed, seq

EventRow event_from(const Cursor& row) {
    EventRow event;
    event.event = row.integer(0);
    event.feed = feed_from(row.integer(1));
    event.id = id_from(row, 2, 3);
    event.revision = row.small(4);
    event.occurred_at = row.instant(5);
    event.received_at = row.instant(6);
    event.activity = row.string(7);
    event.category = row.string(8);
    event.service = row.string(9);
    event.outcome = row.string(10);
    event.actor_kind = row.string(11);
    event.actor_id = row.string(12);
    event.actor_name = row.string(13);
    event.actor_ip = row.string(14);
    event.target_kind = row.string(15);
    event.target_id = row.string(16);
    event.target_name = row.string(17);
    event.correlation_id = correlation_from(row, 18);
    return event;
}

class EventQuery {
  public:
    EventQuery(Store::Impl& impl, const EventFilter& filter, const std::function<bool(const EventRow&)>& row)
        : impl_(impl),
          filter_(filter),
          row_(row),
          candidates_(impl.db, filter),
          from_(filter.from ? ticks_of(*filter.from) : earliest),
          to_(filter.to ? ticks_of(*filter.to) : latest),
          outcome_(fold(filter.outcome)),
          text_(fold(filter.text)),
          brief_(impl.db.prepare(sql::Query::event_brief)),
          show_(impl.db.prepare(sql::Query::event_show)),
          octets_(impl.db.prepare(sql::Query::raw_octets)) {}

    std::int64_t run() {
        if (candidates_.nothing() || from_ >= to_) return 0;
        if (candidates_.narrow())
            walk_days();
        else
            walk_time();
        return handed_out_;
    }

  private:
    void walk_time() {
        // Statements of its own: `row` may ask questions itself.
        const Statement statement = impl_.db.prepare(filter_.oldest_first ? sql::Query::event_walk_oldest
                                                                          : sql::Query::event_walk_newest);
        Cursor walk{statement.get()};
        walk.bind(from_, to_);
        while (walk.step()) {
            if (!wanted_feed(walk.integer(1)) || !wanted_outcome(walk.integer(2))) continue;
            if (!hand_out(walk.integer(2))) return;
        }
    }

    void walk_days() {
        for (std::optional<std::int64_t> day = first_day(); day; day = next_day(*day)) {
            for (const Place& place : places_of(*day)) {
                if (!hand_out(std::get<2>(place))) return;
            }
        }
    }

    [[nodiscard]] std::optional<std::int64_t> first_day() {
        return filter_.oldest_first ? day_since(from_) : day_before(to_);
    }
    [[nodiscard]] std::optional<std::int64_t> next_day(std::int64_t day) {
        return filter_.oldest_first ? day_since((day + 1) * ticks_of_day) : day_before(day * ticks_of_day);
    }
    // The newest day with an event before `time`, and the oldest with one since; within the filter's span.
    [[nodiscard]] std::optional<std::int64_t> day_before(std::int64_t time) {
        Cursor newest = impl_.db.use(sql::Query::event_newest_before);
        if (!newest.bind(time).step() || newest.is_null(0) || newest.integer(0) < from_) return std::nullopt;
        return day_of(newest.instant(0));
    }
    [[nodiscard]] std::optional<std::int64_t> day_since(std::int64_t time) {
        Cursor oldest = impl_.db.use(sql::Query::event_oldest_since);
        if (!oldest.bind(time).step() || oldest.is_null(0) || oldest.integer(0) >= to_) return std::nullopt;
        return day_of(oldest.instant(0));
    }

    // The day's candidates that pass the cheap tests, in the order of the answer.
    [[nodiscard]] std::vector<Place> places_of(std::int64_t day) {
        std::vector<Place> places;
        for (const std::int64_t seq : candidates_.of_day(day)) {
            Cursor brief{brief_.get()};
            if (!brief.bind(seq).step()) continue;
            const std::int64_t time = brief.integer(0);
            const bool wanted = brief.integer(2) == day && time >= from_ && time < to_ &&
                                wanted_feed(brief.integer(1)) &&
                                (outcome_.empty() || outcome_ == brief.text(3));
            if (wanted) places.emplace_back(time, brief.integer(1), seq);
        }
        std::sort(places.begin(), places.end());
        if (!filter_.oldest_first) std::reverse(places.begin(), places.end());
        return places;
    }

    [[nodiscard]] bool wanted_feed(std::int64_t feed) const {
        return filter_.feeds.empty() ||
               std::any_of(filter_.feeds.begin(), filter_.feeds.end(),
                           [&](FeedId wanted) { return static_cast<std::int64_t>(wanted) == feed; });
    }

    [[nodiscard]] bool wanted_outcome(std::int64_t seq) {
        if (outcome_.empty()) return true;
        Cursor brief{brief_.get()};
        return brief.bind(seq).step() && brief.text(3) == outcome_;
    }

    // false: enough.
    [[nodiscard]] bool hand_out(std::int64_t seq) {
        if (!text_.empty() || filter_.with_raw) {
            Cursor octets{octets_.get()};
            if (!octets.bind(seq).step()) return true;
            impl_.raws.decompress_into(octets.blob(0), raw_);
        }
        if (!text_.empty()) {
            fold_into(raw_, folded_);
            if (folded_.find(text_) == std::string::npos) return true;
        }
        EventRow event;
        {
            Cursor show{show_.get()};
            if (!show.bind(seq).step()) return true;
            event = event_from(show);
        }
        if (!filter_.id.empty() && event.id != filter_.id) return true;
        if (filter_.with_raw) event.raw = raw_;
        ++handed_out_;
        return row_(event) && (filter_.limit <= 0 || handed_out_ < filter_.limit);
    }

    Store::Impl& impl_;
    const EventFilter& filter_;
    const std::function<bool(const EventRow&)>& row_;
    Candidates candidates_;
    std::int64_t from_, to_;
    std::string outcome_, text_;
    Statement brief_, show_, octets_;
    std::string raw_, folded_;
    std::int64_t handed_out_ = 0;
};

}  // namespace

Result<std::int64_t> query_events(Store& store, const EventFilter& filter,
                                  const std::function<bool(const EventRow&)>& row) {
    Store::Impl& impl = store.impl();
    return impl.read([&] {
        // Events of the open transaction are listed at its end; a question inside it must find them.
        if (impl.in_transaction) impl.entities.write(impl.db);
        return EventQuery{impl, filter, row}.run();
    });
}

}  // namespace entrawatch
