// lateness: how long after an act Graph begins to show its row. Published: 95 % within 2 min, 99 % within 5
// min, the rest up to 2 h.
#pragma once

#include "core/base/time.hpp"
#include "tests/simulator/dice.hpp"

namespace entrawatch::simulator {

// `factor` scales the whole curve: 1 as published, less for a demo that a person watches.
[[nodiscard]] Ticks draw_lateness(Dice& dice, double factor);
[[nodiscard]] Ticks scaled(Ticks duration, double factor);

}  // namespace entrawatch::simulator
