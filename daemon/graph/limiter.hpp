// limiter: Microsoft's request budgets, one per (tenant, budget group), shared by the pollers of the group.
// Pure: `now` is passed in.
//
// reports 5 requests / 10 s per app and tenant; identity protection 1 / s for ALL apps of the tenant and
// without Retry-After; directory far above what we use. Exact over every span, not only on average, because a
// bucket that refills would let nine through in ten seconds. Refused calls count. Who goes first while
// waiting is gate.hpp's matter.
#pragma once

#include <deque>
#include <optional>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch::graph {

class Limiter {
  public:
    explicit Limiter(BudgetGroup group);
    // When a request may start, at the earliest; <= now means: at once.
    [[nodiscard]] SteadyInstant may_start(SteadyInstant now) const;
    void started(SteadyInstant now);
    // After 429: the whole group pauses. Without Retry-After 2, 4, 8 … 60 s and up to a quarter more by
    // `dice` in [0, 1) (identity protection: at least 5 s), until a success. Further refusals while the group
    // pauses lengthen the pause but do not double it.
    void throttled(SteadyInstant now, std::optional<Ticks> retry_after, double dice);
    void succeeded() { refusals_ = 0; }

  private:
    std::size_t capacity_;
    SteadyInstant::duration span_;  // in which at most `capacity_` requests start
    SteadyInstant::duration least_pause_;
    std::deque<SteadyInstant> starts_;  // the last `capacity_` of them
    SteadyInstant paused_until_{};
    int refusals_ = 0;
};

}  // namespace entrawatch::graph
