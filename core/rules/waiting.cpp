#include "core/rules/waiting.hpp"

#include <algorithm>

#include "core/rules/rule.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// A row's companions and revisions that are read together with it are not far behind it.
constexpr Ticks settling = minutes{5};
constexpr Ticks look_interval = minutes{1};
// A feed that is not read for so long after a finding was due keeps it from nobody any longer. A companion
// may lie in the next window of a backfill, which takes its time.
constexpr Ticks patience_of_hold = hours{1};
constexpr Ticks patience_of_absence = hours{6};

int present_step(const Correlation& correlation) {
    const auto present = std::ranges::find(correlation.steps, false, &CorrelationStep::absent);
    return static_cast<int>(present - correlation.steps.begin());
}

// Where events of that step stand beside an event of the present one.
Span company_of_step(const Correlation& correlation, int step, Instant at) {
    Span span{at - correlation.timespan, at + correlation.timespan};
    if (correlation.type != CorrelationType::temporal_ordered) return span;
    (step < present_step(correlation) ? span.to : span.from) = at;
    return span;
}

std::vector<FeedId> feeds_of_absent_steps(const Correlation& correlation) {
    std::vector<FeedId> feeds;
    for (const CorrelationStep& step : correlation.steps) {
        if (!step.absent) continue;
        for (const FeedId feed : step.feeds) {
            if (std::ranges::find(feeds, feed) == feeds.end()) feeds.push_back(feed);
        }
    }
    return feeds;
}

Finding unconfirmed(Finding finding, const std::string& because) {
    finding.summary.insert(0, "unconfirmed (" + because + "): ");
    return finding;
}

}  // namespace

bool is_absence(const Correlation& correlation) {
    return std::ranges::any_of(correlation.steps, &CorrelationStep::absent);
}

bool is_of_absent_step(const Finding& finding) {
    if (finding.step < 0 || !finding.rule->correlation) return false;
    return finding.rule->correlation->steps.at(static_cast<std::size_t>(finding.step)).absent;
}

Span company_span(const Correlation& correlation, Instant at) {
    Span whole{at, at};
    for (int step = 0; step < static_cast<int>(correlation.steps.size()); ++step) {
        if (!correlation.steps[static_cast<std::size_t>(step)].absent) continue;
        const Span span = company_of_step(correlation, step, at);
        whole = {std::min(whole.from, span.from), std::max(whole.to, span.to)};
    }
    return whole;
}

bool has_company(const Correlation& correlation, std::span<const CorrelationHit> hits, Instant at) {
    return std::ranges::any_of(hits, [&](const CorrelationHit& hit) {
        if (!correlation.steps.at(static_cast<std::size_t>(hit.step)).absent) return false;
        const Span span = company_of_step(correlation, hit.step, at);
        return hit.last_at >= span.from && hit.first_at <= span.to;
    });
}

std::optional<WaitingTimes> waiting_times(const Finding& finding, Instant event_time, Instant now) {
    const Rule& rule = *finding.rule;
    const bool absence = rule.correlation && is_absence(*rule.correlation);
    if (!absence && rule.hold == Ticks{0}) return std::nullopt;
    Instant due = event_time + rule.hold;
    if (absence) {
        Ticks lateness{0};
        for (const FeedId feed : feeds_of_absent_steps(*rule.correlation))
            lateness = std::max(lateness, allowed_lateness(feed_of(feed), {}, {}));
        due = company_span(*rule.correlation, event_time).to + lateness;
    }
    const Instant look = std::max(due, now + settling);
    return WaitingTimes{due, look, look + (absence ? patience_of_absence : patience_of_hold)};
}

Instant next_look(Instant now) {
    return now + look_interval;
}

AwaitedReading awaited_reading(const Rule& rule, FeedId feed, Instant event_time) {
    if (!rule.correlation) return {{feed}, {event_time, event_time}, false};
    return {feeds_of_absent_steps(*rule.correlation), company_span(*rule.correlation, event_time), true};
}

bool is_read(const AwaitedReading& awaited, const Feed& feed, const SweepState& state,
             const SweepSettings& settings, Instant due_at, Instant now) {
    const Instant since =
        awaited.late_too ? awaited.span.to + allowed_lateness(feed, state, settings) : due_at;
    return now >= since && has_read(feed, state, settings, awaited.span, since, now);
}

Finding told_without_waiting(Finding finding) {
    return unconfirmed(std::move(finding),
                       std::to_string(most_waiting) + " findings of the rule are waiting already");
}

Finding told_unread(Finding finding, std::string_view feed) {
    return unconfirmed(std::move(finding),
                       "the feed " + std::string{feed} + " was not read in time to know more");
}

}  // namespace entrawatch
