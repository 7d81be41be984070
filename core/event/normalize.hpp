// normalize: one record of a feed becomes an Event, or is rejected with the reason. Total: no input makes it
// throw.
//
// A record is rejected only when it cannot be placed: no JSON object, no id.
// Everything else that is odd (unknown enum values, nulls, wrong types, missing names) is kept as far as it
// can be read. Rejected octets are stored too.
#pragma once

#include <cstddef>
#include <optional>

#include "core/base/error.hpp"
#include "core/event/event.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

inline constexpr std::size_t max_id_bytes = 256;
// A record with more is rejected, not cut: what was cut off might have been the one that mattered.
inline constexpr std::size_t max_targets = 10'000;
inline constexpr std::size_t max_changes = 20'000;

// `if_untimed`: the time to give a record that has no readable one of its own (when it was received): it is
// kept with Event::time_known false, because what it says may matter all the same. nullopt: such a record is
// rejected.
[[nodiscard]] Result<Event> normalize(const Feed& feed, Json record,
                                      std::optional<Instant> if_untimed = std::nullopt);

}  // namespace entrawatch
