#include "core/feed/lateness.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace entrawatch {

Ticks lateness_bound(std::size_t bucket) {
    if (bucket + 1 >= lateness_buckets) return Ticks::max();
    const Ticks even = Ticks{std::chrono::seconds{15}} * (std::int64_t{1} << (bucket / 2));
    return bucket % 2 == 0 ? even : even + even / 2;
}

std::size_t lateness_bucket(Ticks lateness) {
    std::size_t bucket = 0;
    while (lateness >= lateness_bound(bucket) && bucket + 1 < lateness_buckets)
        ++bucket;
    return bucket;
}

void Lateness::add(Ticks lateness) {
    // A clock of ours that is behind Graph's makes rows that come before their time.
    ++rows.at(lateness_bucket(lateness));
    worst = std::max(worst, lateness);
}

Lateness& Lateness::operator+=(const Lateness& other) {
    std::transform(rows.begin(), rows.end(), other.rows.begin(), rows.begin(), std::plus<>{});
    worst = std::max(worst, other.worst);
    return *this;
}

std::int64_t Lateness::total() const {
    return std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
}

Ticks Lateness::within(double share) const {
    const auto wanted = static_cast<std::int64_t>(std::ceil(static_cast<double>(total()) * share));
    std::int64_t seen = 0;
    for (std::size_t bucket = 0; bucket < lateness_buckets; ++bucket) {
        seen += rows.at(bucket);
        if (seen >= wanted && seen > 0) return std::min(lateness_bound(bucket), worst);
    }
    return Ticks{0};
}

}  // namespace entrawatch
