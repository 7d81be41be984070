// limiter: Microsoft's request budgets, one bucket per (tenant, budget group), shared by the pollers of the
// group. Pure: `now` is passed in.
//
// reports 5 requests / 10 s per app and tenant; identity protection 1 / s for ALL apps of the tenant and
// without Retry-After; directory far above what we use. Refused calls count. Waiting pollers are served hot
// before warm before backfill.
#pragma once

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
    // After 429: the whole group pauses. Without Retry-After 2, 4, 8 … 60 s (identity protection: at least 5
    // s), until a success.
    void throttled(SteadyInstant now, std::optional<Ticks> retry_after, double dice);
    void succeeded();

  private:
    int capacity_;
    SteadyInstant::duration interval_;  // one request regained
    double level_;
    SteadyInstant updated_{};
    SteadyInstant paused_until_{};
    int refusals_ = 0;
    BudgetGroup group_;
};

}  // namespace entrawatch::graph
