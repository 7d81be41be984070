// Which window of a feed to read next, and why. Pure: facts in, a plan out.
//
// Graph has no ingestion time and no server cursor, and rows come minutes, hours, sometimes two days late. So
// every span of event time is read several times: hot (every poll), warm (15 min), cold (6 h), deep (daily);
// and whatever the ledger does not hold as complete, back to what the licence retains, is backfilled newest
// first, behind the live windows: the first run and a long outage are the same case. A feed that lists how
// things stand has hot windows only, each of which covers all. Used by daemon/feed_poller; the ledger is in
// the store (windows, coverage).
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/lateness.hpp"

namespace entrawatch {

// Stored as text in the ledger.
enum class Pass { hot, warm, cold, deep, backfill };
[[nodiscard]] std::string_view name_of(Pass pass);
[[nodiscard]] std::optional<Pass> pass_of(std::string_view name);

struct WindowPlan {
    Pass pass = Pass::hot;
    Span span;
    std::string_view time_property;
    friend bool operator==(const WindowPlan&, const WindowPlan&) = default;
};

using LatenessByPass = std::map<Pass, Lateness>;  // by the pass that saw a row first

// What the ledger says of one feed.
struct SweepState {
    std::optional<Instant> last_hot, last_warm, last_cold,
        last_deep;               // when the last complete window of the pass was opened
    std::vector<Span> complete;  // event time read completely at least once, sorted, merged
    Ticks backfill_span =
        std::chrono::hours{6};  // how much to ask for at once (halved on 504, grown on success)
    LatenessByPass lateness;    // of the rows of the last week
    // The window just read was a hot one. Set by the poller: where a hot window takes longer than the poll
    // interval, the next one is due at once, and without this the others would never have a turn. false is
    // always safe.
    bool hot_just_ran = false;
};

struct SweepSettings {
    Ticks poll_interval = std::chrono::seconds{60};  // >= 5 s
    Ticks backfill = std::chrono::hours{24 * 30};    // never more than Feed::retention is used
};

// How often the newest rows are asked for: at every poll; how things stand (is_snapshot), every 15 minutes at
// most, because each look at it is a revision of every row.
[[nodiscard]] Ticks hot_interval(const Feed& feed, Ticks poll_interval);

// No window but a backfill looks further back than this.
inline constexpr Ticks longest_look_back = std::chrono::hours{96};

// How far back hot and warm windows look.
struct Reach {
    Ticks hot{0}, warm{0};
};
// As the feed table and the passes say, until enough rows were measured; then as late as rows come: wider
// where one in a hundred would come after the hot window has left it (one in a thousand, the warm one), and
// narrower where later passes find next to nothing. Within a half and three times of what the table says. The
// deep sweep stays as it is and is the judge: what it finds widens the others.
[[nodiscard]] Reach reach_of(const Feed& feed, const SweepState& state, const SweepSettings& settings);
// Where somebody looked before: a row that is seen there for the first time came late by as much as it is
// old. After a pause and before the first run nobody looked, and its age says nothing.
[[nodiscard]] std::vector<Span> looked_at(const Feed& feed, const SweepState& state,
                                          const SweepSettings& settings, Instant now);

// How late a row may come and still be found for certain by hot and warm windows at their usual pace: as the
// table and the passes say, more where rows are measured to come later.
[[nodiscard]] Ticks allowed_lateness(const Feed& feed, const SweepState& state,
                                     const SweepSettings& settings);
// Whether what the feed showed of the event time `span` at `since` (after the span's end) has been read: new
// rows and revisions, and no part of the span that is owed is unread. What only cold and deep windows would
// still find is not waited for. true of feeds that are not read in windows.
[[nodiscard]] bool has_read(const Feed& feed, const SweepState& state, const SweepSettings& settings,
                            Span span, Instant since, Instant now);

// The span to ask Graph for. A hot window waits for its turn in the budget, and what becomes visible
// meanwhile should not wait for the next one: it asks past its end. The ledger holds no more than the window
// as complete.
[[nodiscard]] Span asked_span(const WindowPlan& plan);

// The window to read now, or nullopt when none is due.
[[nodiscard]] std::optional<WindowPlan> next_window(const Feed& feed, const SweepState& state,
                                                    const SweepSettings& settings, Instant now);
// When next_window will have something, if it has nothing now. Never earlier than now.
[[nodiscard]] Instant next_due(const Feed& feed, const SweepState& state, const SweepSettings& settings,
                               Instant now);

// Adds `span` to a sorted, merged list and keeps it so.
[[nodiscard]] std::vector<Span> with_span(std::vector<Span> spans, Span span);
// The parts of `whole` that `spans` (sorted, merged) does not cover, oldest first.
[[nodiscard]] std::vector<Span> gaps_in(const std::vector<Span>& spans, Span whole);

// How much to ask for at once after a gateway time-out (halved, floor 1 min) and after a success (× 1.5,
// ceiling 24 h).
[[nodiscard]] Ticks narrower(Ticks span);
[[nodiscard]] Ticks wider(Ticks span);

}  // namespace entrawatch
