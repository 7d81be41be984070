// The times that tests tell their stories at. One place, so that files compiled in one group give no name to
// two things.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace entrawatch {

// "2026-11-22T10:00:00Z" as an Instant; throws when it is none.
inline Instant at(std::string_view iso) {
    const auto time = parse_iso(iso);
    if (!time) throw std::runtime_error{"no time: " + std::string{iso}};
    return *time;
}

inline const Instant ten = at("2026-11-22T10:00:00Z");
inline const Instant five_past_ten = at("2026-11-22T10:05:00Z");
inline const Instant noon = at("2026-11-22T12:00:00Z");

}  // namespace entrawatch
