// The `correlation:` part of a Sigma document.
//
// The rules it names are looked up later, when all files have been read: resolve_correlations(). Used by
// sigma_reader. Read next: correlation.hpp.
#pragma once

#include <memory>

#include "core/rules/correlation.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// Of one correlation. A span of more than the longest is remembered for too long.
inline constexpr std::size_t max_correlated_rules = 20;
inline constexpr std::size_t max_group_fields = 8;
inline constexpr std::int64_t max_correlated_events = 10'000;
inline constexpr Ticks longest_timespan = std::chrono::hours{24 * 30};

// nullptr when there was a problem, which has been reported.
[[nodiscard]] std::shared_ptr<const Correlation> read_correlation(const YamlMember& member,
                                                                  SigmaReading& reading);

}  // namespace entrawatch
