#include "daemon/evidence/pack_figures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace entrawatch {
namespace {

constexpr int bits_of_class = 4;  // 16 classes for each power of two

int duration_class(std::int64_t ticks) {
    const auto value = static_cast<std::uint64_t>(ticks);
    const int width = static_cast<int>(std::bit_width(value));
    if (width <= bits_of_class + 1) return static_cast<int>(value);
    const int shift = width - bits_of_class - 1;
    return ((shift + 1) << bits_of_class) + static_cast<int>((value >> shift) & ((1U << bits_of_class) - 1U));
}

// The largest value of the class.
std::int64_t class_end(int number) {
    if (number < (2 << bits_of_class)) return number;
    const int shift = (number >> bits_of_class) - 1;
    const std::uint64_t step = (std::uint64_t{1} << bits_of_class) +
                               (static_cast<std::uint64_t>(number) & ((1U << bits_of_class) - 1U));
    return static_cast<std::int64_t>(((step + 1) << shift) - 1);
}

}  // namespace

void Durations::add(Ticks duration) {
    const Ticks held = std::max(duration, Ticks{0});
    ++classes_[duration_class(held.count())];
    ++count_;
    longest_ = std::max(longest_, held);
}

Ticks Durations::percentile(double share) const {
    const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(count_)));
    std::int64_t seen = 0;
    for (const auto& [number, count] : classes_) {
        seen += count;
        if (seen >= wanted) return std::min(Ticks{class_end(number)}, longest_);
    }
    return longest_;
}

}  // namespace entrawatch
