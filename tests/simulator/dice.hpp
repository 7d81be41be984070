// Dice: the simulator's only source of chance. The same seed gives the same tenant, on every machine.
//
// Used by noise, story and tenant. splitmix64 rather than <random>, whose distributions differ between
// libraries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace entrawatch::simulator {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next();
    // [0, n); n > 0.
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    // [0, 1)
    [[nodiscard]] double unit();
    [[nodiscard]] bool chance(double probability) { return unit() < probability; }
    // [from, to); from when the span is empty.
    [[nodiscard]] Ticks between(Ticks from, Ticks to);

    [[nodiscard]] std::string guid();                       // lower case, version 4
    [[nodiscard]] std::string hex(std::size_t digits);      // lower case
    [[nodiscard]] std::string capitals(std::size_t count);  // A-Z0-9, as in audit ids

    template <class T>
    [[nodiscard]] const T& choose(const std::vector<T>& values) {
        return values[below(values.size())];
    }

  private:
    std::uint64_t state_;
};

// A number that depends on `text` alone: for decisions that must be the same when a page is asked for again.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text);

}  // namespace entrawatch::simulator
