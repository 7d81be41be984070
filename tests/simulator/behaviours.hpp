// behaviours: what Graph really does to those who read it, each a switch of the simulated tenant with a seed.
//
// The numbers are those of the list in README.md, which says of each where it is tried. prepare() sets the
// switches and writes the rows that only this behaviour needs, for a collector that reads during `live`;
// calm() then takes away what no collector could get past, so that everything can be judged. Used by the
// campaign (campaign/campaign.hpp) and its tests.
#pragma once

#include <span>
#include <string_view>

#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

struct Scene {
    Tenant& tenant;
    Dice& dice;
    Span live;
};

struct Behaviour {
    int number;
    std::string_view name;  // [a-z-]{1,20}
    std::string_view text;  // one line, for people
    void (*prepare)(Scene& scene);
    bool forgets = false;  // rows vanish before they can be read: what is gone is no loss
};

[[nodiscard]] std::span<const Behaviour> behaviours();
// nullptr when there is none of that name.
[[nodiscard]] const Behaviour* find_behaviour(std::string_view name);
// No faults, refusals, tricks and other guests any more; pages, rows and times stay as odd as they are.
void calm(Tenant& tenant);

}  // namespace entrawatch::simulator
