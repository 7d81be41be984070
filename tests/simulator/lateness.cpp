#include "tests/simulator/lateness.hpp"

namespace entrawatch::simulator {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Ticks scaled(Ticks duration, double factor) {
    return Ticks{static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor)};
}

Ticks draw_lateness(Dice& dice, double factor) {
    const double where = dice.unit();
    if (where < 0.95) return scaled(dice.between(seconds{5}, minutes{2}), factor);
    if (where < 0.99) return scaled(dice.between(minutes{2}, minutes{5}), factor);
    return scaled(dice.between(minutes{5}, hours{2}), factor);
}

}  // namespace entrawatch::simulator
