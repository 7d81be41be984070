// waiting_watch: decides the findings that wait (core/rules/waiting.hpp) once what they wait for has been
// read, whether or not further rows come.
//
// What is told, its deliveries and the end of the waiting are one transaction: a kill in between decides
// again, never twice and never not. Runs on the lane, every few seconds; `import` and `rules replay` run it
// at their end. Used by TenantWatch. Read next: conclude.hpp.
#pragma once

#include <set>

#include "core/feed/sweep_plan.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

struct WaitingQuestion {
    SweepSettings sweep;
    std::set<FeedId> feeds;  // those that are read; of others nothing more comes
    bool all_came = false;   // nothing is under way beside what has been stored (import, replay): all at once
    Instant now;
};
// Which feeds the daemon reads, and how.
[[nodiscard]] WaitingQuestion waiting_question(const struct TenantSettings& tenant, Instant now);

// What was told, as ingest says it. Findings that could not be decided yet are looked at again; there may be
// more that are due. `rejections`: of findings whose record cannot be read; looked at again in an hour.
[[nodiscard]] Result<IngestReport> conclude_waiting(Store& store, const IngestContext& context,
                                                    const WaitingQuestion& question, RuleScratch& scratch);

}  // namespace entrawatch
