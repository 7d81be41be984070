// Limits: Microsoft's request limits as the server counts them: so many calls in any span of time, refused
// ones included.
#pragma once

#include <deque>
#include <map>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch::simulator {

class Limits {
  public:
    // Counts the call. False: refuse it with 429.
    [[nodiscard]] bool admit(BudgetGroup group, Instant now);

  private:
    std::map<BudgetGroup, std::deque<Instant>> calls_;
};

}  // namespace entrawatch::simulator
