// Lateness: how long after its time Graph begins to show a row, measured: a histogram of rows by how old they
// were when they were first seen.
//
// The time is the one that windows go by, because a row is late for a window by that. The store keeps one for
// each feed, day and pass; sweep_plan lets hot and warm windows follow it; `coverage` and /metrics show it.
// Plain values, no clock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/time.hpp"

namespace entrawatch {

// Bounds grow by half and by a third in turn: 15 s, 22.5 s, 30 s, 45 s, 1 min, 90 s, 2 min … 23 days. The
// last bucket is open.
inline constexpr std::size_t lateness_buckets = 36;
[[nodiscard]] std::size_t lateness_bucket(Ticks lateness);
// The first lateness that is no longer in the bucket; of the last one Ticks::max().
[[nodiscard]] Ticks lateness_bound(std::size_t bucket);

struct Lateness {
    std::array<std::int64_t, lateness_buckets> rows{};  // in each bucket
    Ticks worst{0};

    void add(Ticks lateness);
    Lateness& operator+=(const Lateness& other);
    [[nodiscard]] std::int64_t total() const;
    // By when that share of the rows had been seen (0 to 1): the bound of its bucket, at most the worst; zero
    // when there are no rows.
    [[nodiscard]] Ticks within(double share) const;
};

}  // namespace entrawatch
