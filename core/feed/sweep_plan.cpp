#include "core/feed/sweep_plan.hpp"

#include <algorithm>
#include <array>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Longer than a window waits for its turn, clocks that differ included.
constexpr Ticks asked_past_the_end = minutes{10};
constexpr Ticks snapshot_interval = minutes{15};

constexpr Ticks warm_interval = minutes{15};
constexpr Ticks warm_reach = minutes{135};
constexpr Ticks warm_near = minutes{20};
constexpr Ticks cold_near = hours{2};
// Fewer rows say little about one in a thousand.
constexpr std::int64_t rows_that_tell = 1000;

constexpr std::array<std::string_view, 5> pass_names{"hot", "warm", "cold", "deep", "backfill"};

// One repeated sweep: every `interval` it reads [now - reach, now - near]. A row that becomes visible up to
// (reach - interval) after its event is found by it for certain.
struct Sweep {
    Pass pass;
    Ticks interval;
    Ticks reach;
    Ticks near;
    std::string_view time_property;
    std::optional<Instant> last;
};

// A hot window of two hours (risk) finds all that the warm one would.
bool has_warm_sweep(const Feed& feed) {
    return feed.hot_overlap < cold_near;
}

// The share of the rows that was seen first by a pass after `pass`.
double seen_after(Pass pass, const LatenessByPass& lateness) {
    std::int64_t all = 0;
    std::int64_t later = 0;
    for (const auto& [by, rows] : lateness) {
        all += rows.total();
        if (by > pass) later += rows.total();
    }
    return all == 0 ? 0 : static_cast<double>(later) / static_cast<double>(all);
}

// `usual`, unless rows come later than that or nothing comes after it.
Ticks followed(Ticks usual, Ticks wanted, bool later_passes_find_rows, Ticks shortest, Ticks longest) {
    if (wanted < usual && later_passes_find_rows) return usual;
    return std::clamp(wanted, shortest, longest);
}

Sweep hot_sweep(const Feed& feed, const SweepState& state, const SweepSettings& settings) {
    const Ticks reach = is_snapshot(feed) ? feed.retention : reach_of(feed, state, settings).hot;
    return {Pass::hot,     hot_interval(feed, settings.poll_interval), reach, Ticks{0}, feed.window_time,
            state.last_hot};
}

// Each begins where the pass before it leaves off.
Sweep warm_sweep(const Feed& feed, const SweepState& state, Reach reach) {
    return {Pass::warm,       warm_interval,  reach.warm, std::min(warm_near, reach.hot),
            feed.window_time, state.last_warm};
}

Sweep cold_sweep(const Feed& feed, const SweepState& state, Reach reach) {
    const Ticks near = std::min(cold_near, has_warm_sweep(feed) ? reach.warm : reach.hot);
    return {Pass::cold, hours{6}, hours{26}, near, feed.window_time, state.last_cold};
}

// Where the deep sweep goes by another time than the windows (risk), it looks at everything of the last four
// days.
Sweep deep_sweep(const Feed& feed, const SweepState& state) {
    if (feed.deep_time != feed.window_time) {
        return {Pass::deep, hours{24}, longest_look_back, Ticks{0}, feed.deep_time, state.last_deep};
    }
    return {Pass::deep, hours{24}, hours{72}, hours{24}, feed.deep_time, state.last_deep};
}

std::vector<Sweep> later_sweeps(const Feed& feed, const SweepState& state, const SweepSettings& settings) {
    std::vector<Sweep> sweeps;
    if (is_snapshot(feed)) return sweeps;
    const Reach reach = reach_of(feed, state, settings);
    if (has_warm_sweep(feed)) sweeps.push_back(warm_sweep(feed, state, reach));
    sweeps.push_back(cold_sweep(feed, state, reach));
    sweeps.push_back(deep_sweep(feed, state));
    return sweeps;
}

// The oldest event time that we owe: what the first run was told to fetch, and everything since; never more
// than Graph keeps.
Instant floor_of(const Feed& feed, const SweepState& state, const SweepSettings& settings, Instant now) {
    Instant oldest = now - std::max(settings.backfill, Ticks{0});
    if (!state.complete.empty()) oldest = std::min(oldest, state.complete.front().from);
    return std::max(oldest, now - feed.retention);
}

// A clock that was set back must not stop a sweep until it has caught up.
Instant due_at(const Sweep& sweep, Instant now) {
    if (!sweep.last || *sweep.last > now) return now;
    return std::max(now, *sweep.last + sweep.interval);
}

// After a pause (we were down, or slow) the window begins earlier, so that rows that came late before the
// pause are still found; it then ends earlier too, because one giant request would time out: the pause itself
// is a gap, and backfilled.
Span span_of(const Sweep& sweep, Instant floor, Instant now) {
    Instant from = now - sweep.reach;
    if (sweep.last && *sweep.last <= now) from = std::min(from, *sweep.last - (sweep.reach - sweep.interval));
    from = std::max(from, floor);
    const Instant to = std::min(now - sweep.near, from + 2 * (sweep.reach - sweep.near));
    return {from, to};
}

std::optional<WindowPlan> due_later_sweep(const Feed& feed, const SweepState& state,
                                          const SweepSettings& settings, Instant floor, Instant now) {
    for (const Sweep& sweep : later_sweeps(feed, state, settings)) {
        if (due_at(sweep, now) > now) continue;
        const Span span = span_of(sweep, floor, now);
        if (!span.empty()) return WindowPlan{sweep.pass, span, sweep.time_property};
    }
    return std::nullopt;
}

// The newest uncovered span behind the hot window, from its newest end.
std::optional<WindowPlan> backfill_plan(const Feed& feed, const SweepState& state,
                                        const SweepSettings& settings, Instant floor, Instant now) {
    if (is_snapshot(feed)) return std::nullopt;
    const std::vector<Span> gaps =
        gaps_in(state.complete, {floor, now - reach_of(feed, state, settings).hot});
    if (gaps.empty()) return std::nullopt;
    const Span newest = gaps.back();
    const Ticks length = std::max<Ticks>(state.backfill_span, minutes{1});
    return WindowPlan{
        Pass::backfill, {std::max(newest.from, newest.to - length), newest.to}, feed.window_time};
}

}  // namespace

Ticks hot_interval(const Feed& feed, Ticks poll_interval) {
    return is_snapshot(feed) ? std::max(poll_interval, snapshot_interval) : poll_interval;
}

Reach reach_of(const Feed& feed, const SweepState& state, const SweepSettings& settings) {
    Reach reach{feed.hot_overlap, warm_reach};
    Lateness all;
    for (const auto& [pass, lateness] : state.lateness)
        all += lateness;
    if (all.total() >= rows_that_tell) {
        const Ticks shortest = has_warm_sweep(feed) ? feed.hot_overlap / 2 : feed.hot_overlap;
        reach.hot = followed(feed.hot_overlap, all.within(0.99) + settings.poll_interval,
                             seen_after(Pass::hot, state.lateness) > 0.001, shortest, 3 * feed.hot_overlap);
        reach.warm =
            followed(warm_reach, all.within(0.999) + warm_interval,
                     seen_after(Pass::warm, state.lateness) > 0.0001, warm_reach / 2, 3 * warm_reach);
    }
    // Windows are read one after the other, so a sweep must never be so narrow that the next one leaves a
    // hole behind it.
    reach.hot = std::max(reach.hot, 2 * settings.poll_interval);
    return reach;
}

std::vector<Span> looked_at(const Feed& feed, const SweepState& state, const SweepSettings& settings,
                            Instant now) {
    if (is_snapshot(feed) || state.complete.empty()) return {};
    std::vector<Span> spans = state.complete;
    const Ticks pause = std::max<Ticks>(3 * settings.poll_interval, minutes{5});
    if (spans.back().to >= now - pause) spans.back().to = Instant::max();
    return spans;
}

Ticks allowed_lateness(const Feed& feed, const SweepState& state, const SweepSettings& settings) {
    if (feed.window_time.empty()) return snapshot_interval;
    const Reach reach = reach_of(feed, state, settings);
    if (!has_warm_sweep(feed)) return std::max(reach.hot, feed.hot_overlap);
    return std::max(reach.warm, warm_reach) - warm_interval;
}

bool has_read(const Feed& feed, const SweepState& state, const SweepSettings& settings, Span span,
              Instant since, Instant now) {
    if (feed.path.empty()) return true;
    if (!state.last_hot || *state.last_hot < since) return false;
    if (is_snapshot(feed)) return true;
    const Span owed{std::max(span.from, floor_of(feed, state, settings, now)), span.to};
    const bool goes_by_event_time = feed.window_time == feed.event_time;
    if (goes_by_event_time && !owed.empty() && !gaps_in(state.complete, owed).empty()) return false;
    const Reach reach = reach_of(feed, state, settings);
    if (!has_warm_sweep(feed) || *state.last_hot - reach.hot <= span.from) return true;
    if (since - span.to > allowed_lateness(feed, state, settings)) return true;
    return state.last_warm && *state.last_warm >= since && *state.last_warm - warm_near >= span.to;
}

Span asked_span(const WindowPlan& plan) {
    if (plan.pass != Pass::hot) return plan.span;
    return {plan.span.from, plan.span.to + asked_past_the_end};
}

std::string_view name_of(Pass pass) {
    return pass_names.at(static_cast<std::size_t>(pass));
}

std::optional<Pass> pass_of(std::string_view name) {
    const auto* found = std::ranges::find(pass_names, name);
    if (found == pass_names.end()) return std::nullopt;
    return static_cast<Pass>(found - pass_names.begin());
}

std::optional<WindowPlan> next_window(const Feed& feed, const SweepState& state,
                                      const SweepSettings& settings, Instant now) {
    const Instant floor = floor_of(feed, state, settings, now);
    const Sweep hot = hot_sweep(feed, state, settings);
    const bool hot_due = due_at(hot, now) <= now;
    const WindowPlan hot_plan{Pass::hot, {now - hot.reach, now}, hot.time_property};
    if (hot_due && !state.hot_just_ran) return hot_plan;
    if (auto later = due_later_sweep(feed, state, settings, floor, now)) return later;
    if (auto gap = backfill_plan(feed, state, settings, floor, now)) return gap;
    if (hot_due) return hot_plan;
    return std::nullopt;
}

Instant next_due(const Feed& feed, const SweepState& state, const SweepSettings& settings, Instant now) {
    if (next_window(feed, state, settings, now)) return now;
    const Instant floor = floor_of(feed, state, settings, now);
    Instant due = due_at(hot_sweep(feed, state, settings), now);
    for (const Sweep& sweep : later_sweeps(feed, state, settings)) {
        // Right after the first start a sweep may have nothing to read yet: all it would read lies before the
        // floor.
        due = std::min(due, std::max(due_at(sweep, now), floor + sweep.near + Ticks{1}));
    }
    return std::max(due, now);
}

std::vector<Span> with_span(std::vector<Span> spans, Span span) {
    if (span.empty()) return spans;
    std::vector<Span> merged;
    merged.reserve(spans.size() + 1);
    for (const Span& other : spans) {
        if (other.to < span.from || other.from > span.to) {
            merged.push_back(other);
        } else {
            span = {std::min(span.from, other.from), std::max(span.to, other.to)};
        }
    }
    merged.insert(std::ranges::lower_bound(merged, span.from, {}, &Span::from), span);
    return merged;
}

std::vector<Span> gaps_in(const std::vector<Span>& spans, Span whole) {
    std::vector<Span> gaps;
    Instant covered = whole.from;
    for (const Span& span : spans) {
        if (span.from >= whole.to) break;
        if (span.from > covered) gaps.push_back({covered, span.from});
        covered = std::max(covered, span.to);
    }
    if (covered < whole.to) gaps.push_back({covered, whole.to});
    return gaps;
}

Ticks narrower(Ticks span) {
    return std::max<Ticks>(span / 2, minutes{1});
}

Ticks wider(Ticks span) {
    return std::min<Ticks>(std::min<Ticks>(span, hours{24}) * 3 / 2, hours{24});
}

}  // namespace entrawatch
