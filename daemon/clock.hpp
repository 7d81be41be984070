// Clock: the only source of now. Real in the program, held by hand in tests. Read in daemon/ only; everything
// below takes `now`.
#pragma once

#include <memory>

#include "core/base/time.hpp"

namespace entrawatch {

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override;
};

// Starts at `start` and moves only when told.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : now_{start, {}} {}
    [[nodiscard]] TimePoint now() const override { return now_; }
    void advance(Ticks by) {
        now_.wall += by;
        now_.steady += std::chrono::duration_cast<SteadyInstant::duration>(by);
    }

  private:
    TimePoint now_;
};

}  // namespace entrawatch
