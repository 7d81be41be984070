#include "daemon/clock.hpp"

namespace entrawatch {

TimePoint SystemClock::now() const {
    return {std::chrono::time_point_cast<Ticks>(std::chrono::system_clock::now()),
            std::chrono::steady_clock::now()};
}

}  // namespace entrawatch
