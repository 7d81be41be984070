#include "core/rules/correlation.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace entrawatch {
namespace {

constexpr int grains_per_timespan = 64;

using Hits = std::vector<CorrelationHit>;

bool is_earlier(const CorrelationHit& a, const CorrelationHit& b) {
    return a.first_at != b.first_at ? a.first_at < b.first_at : a.event < b.event;
}

// The hits of [from, from + timespan].
Hits within(const Hits& sorted, Instant from, Ticks timespan) {
    Hits inside;
    for (const CorrelationHit& hit : sorted) {
        if (hit.first_at > from + timespan) break;
        if (hit.last_at >= from) inside.push_back(hit);
    }
    return inside;
}

template <class Member>
std::size_t different(const Hits& hits, Member member) {
    using Value = std::remove_cvref_t<decltype(hits.front().*member)>;
    std::set<std::reference_wrapper<const Value>, std::less<Value>> seen;
    for (const CorrelationHit& hit : hits)
        seen.insert(std::cref(hit.*member));
    return seen.size();
}

// Step after step, each no earlier than the one before.
bool has_steps_in_order(const Hits& hits, std::size_t steps) {
    std::size_t next = 0;
    std::optional<Instant> reached;
    while (next < steps) {
        const CorrelationHit* best = nullptr;
        Instant best_at{};
        for (const CorrelationHit& hit : hits) {
            if (hit.step != static_cast<int>(next) || (reached && hit.last_at < *reached)) continue;
            const Instant at = reached ? std::max(hit.first_at, *reached) : hit.first_at;
            if (best == nullptr || at < best_at) {
                best = &hit;
                best_at = at;
            }
        }
        if (best == nullptr) return false;
        reached = best_at;
        ++next;
    }
    return true;
}

bool holds(const Correlation& correlation, const Hits& hits) {
    switch (correlation.type) {
        case CorrelationType::event_count:
            return static_cast<std::int64_t>(hits.size()) >= correlation.at_least;
        case CorrelationType::value_count:
            return static_cast<std::int64_t>(different(hits, &CorrelationHit::value)) >= correlation.at_least;
        case CorrelationType::temporal:
            return different(hits, &CorrelationHit::step) == correlation.steps.size();
        case CorrelationType::temporal_ordered:
            return has_steps_in_order(hits, correlation.steps.size());
    }
    return false;
}

}  // namespace

std::string_view name_of(CorrelationType type) {
    switch (type) {
        case CorrelationType::event_count:
            return "event_count";
        case CorrelationType::value_count:
            return "value_count";
        case CorrelationType::temporal:
            return "temporal";
        case CorrelationType::temporal_ordered:
            return "temporal_ordered";
    }
    return "";
}

std::vector<CorrelationHit> correlated(const Correlation& correlation, std::span<const CorrelationHit> hits,
                                       Instant at) {
    Hits sorted{hits.begin(), hits.end()};
    std::sort(sorted.begin(), sorted.end(), is_earlier);
    // A span that holds begins, without loss, with a hit; `at` lies in it.
    std::set<Instant> begins;
    for (const CorrelationHit& hit : sorted) {
        for (const Instant begin : {hit.first_at, hit.last_at}) {
            if (begin <= at && begin + correlation.timespan >= at) begins.insert(begin);
        }
    }
    for (const Instant begin : begins) {
        Hits inside = within(sorted, begin, correlation.timespan);
        if (holds(correlation, inside)) return inside;
    }
    return {};
}

std::vector<std::int64_t> hits_to_read(const Correlation& correlation) {
    if (correlation.type == CorrelationType::event_count) return {correlation.at_least};
    const auto needed =
        std::max<std::int64_t>(correlation.at_least, static_cast<std::int64_t>(correlation.steps.size()));
    // A value may stand in every grain of the time span, and in one more at its edge.
    return {needed, (grains_per_timespan + 1) * needed};
}

Ticks hit_grain(const Correlation& correlation) {
    if (correlation.type == CorrelationType::event_count) return Ticks{0};
    return std::max(Ticks{1}, correlation.timespan / grains_per_timespan);
}

}  // namespace entrawatch
