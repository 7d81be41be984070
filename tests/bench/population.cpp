#include <algorithm>
#include <cmath>

#include "tests/bench/full_records.hpp"

namespace entrawatch::bench {
namespace {

constexpr std::size_t people_count = 2000;
constexpr std::size_t application_count = 200;
constexpr std::size_t place_count = 1000;

std::string number(std::size_t i, std::size_t digits) {
    std::string text = std::to_string(i);
    return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

// Documentation addresses, and enough of them.
simulator::Place place(std::size_t i, simulator::Dice& dice) {
    simulator::Place place = dice.choose(simulator::cast().places);
    place.ip = i % 4 == 3 ? "2001:db8:" + dice.hex(3) + ":" + dice.hex(4) + "::" + dice.hex(4)
                          : (i % 2 == 0 ? "198.51.100." : "203.0.113.") + std::to_string(dice.below(256));
    return place;
}

}  // namespace

Population make_population() {
    simulator::Dice dice{71};
    Population population;
    for (std::size_t i = 0; i < people_count; ++i) {
        const std::string n = number(i, 4);
        population.people.push_back({dice.guid(), "Person " + n, "person." + n + "@contoso.example"});
    }
    for (std::size_t i = 0; i < application_count; ++i) {
        population.applications.push_back({dice.guid(), dice.guid(), "Line of Business " + number(i, 3)});
    }
    for (std::size_t i = 0; i < place_count; ++i)
        population.places.push_back(place(i, dice));
    return population;
}

std::size_t skewed_place(std::size_t count, simulator::Dice& dice) {
    // count^u for an even u: the n-th is met about 1/n as often as the first.
    const double rank = std::pow(static_cast<double>(count), dice.unit());
    return std::min(count - 1, static_cast<std::size_t>(rank) - 1);
}

}  // namespace entrawatch::bench
