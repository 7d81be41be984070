// Waiting: which findings are not told at once, until when, and what a row of another rule says about them.
//
// Two kinds of rules wait. `hold`: a first version of a row is often completed later, so the finding is told
// when the row still says so after that time. `absent`: a correlation tells of an event that no event of
// another rule stands beside, which is known only when late rows have had their time. Over event time, and
// decided anew from what is stored when the time has come, so order, repeats and restarts change nothing.
// Pure: what waits is the store's (WaitingRow), daemon/conclude acts. Read next: correlation.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/feed/sweep_plan.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/finding.hpp"

namespace entrawatch {

// Of one rule. Further findings are told without waiting, and say so: a flood must neither grow the store
// without end nor be told by nobody.
inline constexpr std::int64_t most_waiting = 10'000;
// Of `hold`: longer is no completion of a row.
inline constexpr Ticks longest_hold = std::chrono::hours{24};

// Whether the correlation tells of an event that another one does not stand beside.
[[nodiscard]] bool is_absence(const Correlation& correlation);
// Whether the finding is of a step that must be absent: it tells nothing, and may keep another from being
// told.
[[nodiscard]] bool is_of_absent_step(const Finding& finding);

// The event time in which the other event may stand: before and after of a `temporal` correlation, on the
// side that the order of `rules` says of a `temporal_ordered` one.
[[nodiscard]] Span company_span(const Correlation& correlation, Instant at);
// Whether one of the hits, of one rule and group, stands beside an event at that time.
[[nodiscard]] bool has_company(const Correlation& correlation, std::span<const CorrelationHit> hits,
                               Instant at);

struct WaitingTimes {
    Instant due_at, look_at, overdue_at;  // as in WaitingRow
};
// nullopt: the finding is told at once. `now`: when its row came.
[[nodiscard]] std::optional<WaitingTimes> waiting_times(const Finding& finding, Instant event_time,
                                                        Instant now);
// When to look again for what has not been read yet.
[[nodiscard]] Instant next_look(Instant now);

// What must have been read before a finding that waits can be decided.
struct AwaitedReading {
    std::vector<FeedId> feeds;
    Span span;      // of event time
    bool late_too;  // and what comes late for it
};
[[nodiscard]] AwaitedReading awaited_reading(const Rule& rule, FeedId feed, Instant event_time);
// Whether that has been read from the feed. `due_at` of the finding.
[[nodiscard]] bool is_read(const AwaitedReading& awaited, const Feed& feed, const SweepState& state,
                           const SweepSettings& settings, Instant due_at, Instant now);

// The finding with the reason why it is told although what it waits for is not known.
[[nodiscard]] Finding told_without_waiting(Finding finding);
[[nodiscard]] Finding told_unread(Finding finding, std::string_view feed);

}  // namespace entrawatch
