// retry_policy: when to try a delivery again, and when to stop. Pure; the dice are passed in.
//
// min(cap, 2 s · 2^n) with equal jitter uniform(d/2, d); cap 15 min for the first 24 h, then 1 h; after the
// horizon (7 days) the delivery is dead, with everything kept. Retry-After is a floor. Fast first tries,
// because a page must not wait five minutes.
#pragma once

#include <optional>

#include "alerts/verdict.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

inline constexpr Ticks delivery_horizon = std::chrono::hours{24 * 7};

struct RetryInput {
    Verdict verdict = Verdict::transient;
    int failures = 1;    // counted failures so far, this one included
    Instant created_at;  // of the delivery
    Instant now;
    std::optional<Ticks> retry_after;
    double dice = 0.5;  // [0, 1)
};
// nullopt = dead letter. The last try falls on the horizon itself, never later; `delivered` needs no next
// attempt and yields nullopt too.
[[nodiscard]] std::optional<Instant> next_attempt(const RetryInput& input);

}  // namespace entrawatch
