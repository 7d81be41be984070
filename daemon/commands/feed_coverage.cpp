#include "daemon/commands/feed_coverage.hpp"

#include <algorithm>

namespace entrawatch {
namespace {

OrderedJson json_of(Span span) {
    return {{"from", to_iso(span.from)}, {"to", to_iso(span.to)}};
}

OrderedJson json_of_time(const std::optional<Instant>& time) {
    return time ? OrderedJson(to_iso(*time)) : OrderedJson{};
}

double seconds_of(Ticks ticks) {
    return std::chrono::duration<double>(ticks).count();
}

// The parts of `spans` inside `whole`.
std::vector<Span> inside(const std::vector<Span>& spans, Span whole) {
    std::vector<Span> parts;
    for (const Span& span : spans) {
        const Span part{std::max(span.from, whole.from), std::min(span.to, whole.to)};
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

OrderedJson json_of(const LatenessByPass& lateness) {
    Lateness all;
    OrderedJson by = OrderedJson::object();
    for (const auto& [pass, rows] : lateness) {
        all += rows;
        by[std::string{name_of(pass)}] = rows.total();
    }
    return {{"rows", all.total()},
            {"p50_seconds", seconds_of(all.within(0.5))},
            {"p99_seconds", seconds_of(all.within(0.99))},
            {"worst_seconds", seconds_of(all.worst)},
            {"first_seen_by", by}};
}

}  // namespace

Span expected_span(const Feed& feed, const TenantSettings& tenant, Instant now) {
    // Two polls may be under way or delayed by Graph's limits without anything being amiss.
    const Ticks slack =
        std::max<Ticks>(3 * hot_interval(feed, tenant.poll_interval), std::chrono::minutes{5});
    return {now - std::min(tenant.backfill, feed.retention) + slack, now - slack};
}

FeedCoverage judge_coverage(const Feed& feed, Span asked, const FeedState& state, const SweepState& sweep,
                            const std::vector<WindowRow>& windows) {
    FeedCoverage coverage;
    coverage.feed = feed.id;
    coverage.asked = asked;
    coverage.state = state;
    coverage.last_hot = sweep.last_hot;
    coverage.complete = inside(sweep.complete, asked);
    for (const Span& gap : gaps_in(sweep.complete, asked)) {
        Gap& missing = coverage.gaps.emplace_back(Gap{gap, {}});
        if (!is_snapshot(feed)) missing.recoverable_until = gap.from + feed.retention;
    }
    for (const WindowRow& window : windows) {
        PassFigures& figures = coverage.passes[window.plan.pass];
        ++figures.windows;
        figures.fresh += window.progress.fresh;
        figures.revised += window.progress.revised;
        figures.worst_lateness = std::max(figures.worst_lateness, window.progress.worst_lateness);
        if (window.state == "open") ++coverage.open_windows;
        if (window.state == "abandoned") coverage.abandoned.push_back(window);
    }
    return coverage;
}

OrderedJson to_json(const FeedCoverage& coverage) {
    OrderedJson out{{"feed", feed_of(coverage.feed).name},
                    {"state", coverage.state.state},
                    {"reason", coverage.state.reason},
                    {"asked", json_of(coverage.asked)},
                    {"last_hot", json_of_time(coverage.last_hot)}};
    out["complete"] = OrderedJson::array();
    for (const Span& span : coverage.complete)
        out["complete"].push_back(json_of(span));
    out["gaps"] = OrderedJson::array();
    for (const Gap& gap : coverage.gaps) {
        OrderedJson entry = json_of(gap.span);
        if (gap.recoverable_until) entry["recoverable_until"] = to_iso(*gap.recoverable_until);
        out["gaps"].push_back(std::move(entry));
    }
    out["lateness"] = json_of(coverage.lateness);
    out["reach"] = {{"hot_seconds", seconds_of(coverage.reach.hot)},
                    {"warm_seconds", seconds_of(coverage.reach.warm)}};
    out["open_windows"] = coverage.open_windows;
    out["abandoned_windows"] = OrderedJson::array();
    for (const WindowRow& window : coverage.abandoned) {
        OrderedJson entry = json_of(window.plan.span);
        entry["pass"] = name_of(window.plan.pass);
        entry["opened_at"] = to_iso(window.opened_at);
        entry["reason"] = window.reason;
        out["abandoned_windows"].push_back(std::move(entry));
    }
    out["passes"] = OrderedJson::object();
    for (const auto& [pass, figures] : coverage.passes) {
        out["passes"][std::string{name_of(pass)}] = {
            {"windows", figures.windows},
            {"fresh", figures.fresh},
            {"revised", figures.revised},
            {"worst_lateness_seconds", seconds_of(figures.worst_lateness)}};
    }
    return out;
}

}  // namespace entrawatch
