// FeedCoverage: what the ledger of one feed says was collected, what is missing, and until when it can still
// be had. Pure.
//
// Used by `coverage`. The ledger's rows come from the store; windows are planned by core/feed/sweep_plan.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "core/store/store.hpp"
#include "daemon/output/json_text.hpp"

namespace entrawatch {

struct PassFigures {
    std::int64_t windows = 0, fresh = 0, revised = 0;
    Ticks worst_lateness{0};  // received minus event time of the rows it found
};

struct Gap {
    Span span;
    std::optional<Instant> recoverable_until;  // when Graph forgets its oldest event; none where the next
                                               // reading shows how things stand
};

struct FeedCoverage {
    FeedId feed = FeedId::directory_audits;
    Span asked;
    FeedState state;
    std::optional<Instant> last_hot;
    std::vector<Span> complete;  // inside `asked`
    std::vector<Gap> gaps;
    std::map<Pass, PassFigures> passes;
    LatenessByPass lateness;
    Reach reach;        // of the windows now
    Reach usual_reach;  // before anything was measured
    std::int64_t open_windows = 0;
    std::vector<WindowRow> abandoned;
};

// What may be expected of the feed by now: from the beginning of its backfill to where its hot windows must
// have come.
[[nodiscard]] Span expected_span(const Feed& feed, const TenantSettings& tenant, Instant now);

[[nodiscard]] FeedCoverage judge_coverage(const Feed& feed, Span asked, const FeedState& state,
                                          const SweepState& sweep, const std::vector<WindowRow>& windows);

[[nodiscard]] OrderedJson to_json(const FeedCoverage& coverage);

}  // namespace entrawatch
