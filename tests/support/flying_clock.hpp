// FlyingClock: moves on by a second at each look, so that what waits for a budget of requests is served
// without waiting. For tests of the daemon floor.
#pragma once

#include "daemon/clock.hpp"

namespace entrawatch::test {

class FlyingClock final : public Clock {
  public:
    explicit FlyingClock(Instant start) : clock_{start} {}
    [[nodiscard]] TimePoint now() const override {
        clock_.advance(std::chrono::seconds{1});
        return clock_.now();
    }

  private:
    mutable ManualClock clock_;
};

}  // namespace entrawatch::test
