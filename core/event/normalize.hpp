// normalize: one record of a feed becomes an Event, or is rejected with the reason. Total: no input makes it
// throw.
//
// A record is rejected only when it cannot be placed: no JSON object, no id, no readable event time.
// Everything else that is odd (unknown enum values, nulls, wrong types, missing names) is kept as far as it
// can be read. Rejected octets are stored too.
#pragma once

#include <cstddef>

#include "core/base/error.hpp"
#include "core/event/event.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

inline constexpr std::size_t max_id_bytes = 256;
// A record with more is rejected, not cut: what was cut off might have been the one that mattered.
inline constexpr std::size_t max_targets = 10'000;
inline constexpr std::size_t max_changes = 20'000;

[[nodiscard]] Result<Event> normalize(const Feed& feed, Json record);

}  // namespace entrawatch
