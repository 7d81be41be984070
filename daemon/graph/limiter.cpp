#include "daemon/graph/limiter.hpp"

#include <algorithm>
#include <cmath>

namespace entrawatch::graph {

namespace {

using namespace std::chrono_literals;

struct Budget {
    std::size_t capacity;
    SteadyInstant::duration span;
    SteadyInstant::duration least_pause;
};

// A little longer than Microsoft's spans: requests may arrive closer together than they started.
Budget budget_of(BudgetGroup group) {
    switch (group) {
        case BudgetGroup::reports:
            return {5, 10'250ms, 1s};
        case BudgetGroup::identity_protection:
            return {1, 1'100ms, 5s};
        case BudgetGroup::security:
            return {20, 10s, 1s};
        case BudgetGroup::directory:
            break;
    }
    return {100, 10s, 1s};
}

constexpr SteadyInstant::duration longest_backoff = 60s;
constexpr SteadyInstant::duration longest_pause = 1h;

}  // namespace

Limiter::Limiter(BudgetGroup group)
    : capacity_(budget_of(group).capacity),
      span_(budget_of(group).span),
      least_pause_(budget_of(group).least_pause) {}

SteadyInstant Limiter::may_start(SteadyInstant now) const {
    const SteadyInstant free = starts_.size() < capacity_ ? now : starts_.front() + span_;
    return std::max(free, paused_until_);
}

void Limiter::started(SteadyInstant now) {
    starts_.push_back(now);
    if (starts_.size() > capacity_) starts_.pop_front();
}

void Limiter::throttled(SteadyInstant now, std::optional<Ticks> retry_after, double dice) {
    if (now >= paused_until_) refusals_ = std::min(refusals_ + 1, 6);
    SteadyInstant::duration pause{};
    if (retry_after) {
        pause = std::min<SteadyInstant::duration>(*retry_after, longest_pause);
    } else {
        const auto backoff =
            std::min<SteadyInstant::duration>(1s * (1 << std::max(refusals_, 1)), longest_backoff);
        pause = backoff + std::chrono::duration_cast<SteadyInstant::duration>(
                              backoff * (0.25 * std::clamp(dice, 0.0, 1.0)));
    }
    paused_until_ = std::max(paused_until_, now + std::max(pause, least_pause_));
}

}  // namespace entrawatch::graph
