// merge: several words about one alert that wait at one destination become one message, which says all.
//
// Order is kept and nothing is left unsaid: what was opened and is resolved by now is told as "opened, then
// resolved". Receivers that keep a state of their own are sent what opens it before what ends it. Pure. Used
// by daemon/due_rows and delivery_request.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/receiver.hpp"
#include "core/base/time.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// Delivery is late, and words are merged, when an attempt failed or this long after the promise.
inline constexpr Ticks late_after = std::chrono::seconds{60};

// `waiting`: all that waits about the alert, in order, the first about to be sent. Which of them is sent;
// those before it are superseded by it.
[[nodiscard]] std::size_t carrier_of(std::span<const DeliveryRow> waiting, DestinationType type, Instant now);

// The stored body with the types it tells of as well, in `data.merged`.
[[nodiscard]] std::string with_merged(std::string_view body, const std::vector<std::string>& types);

}  // namespace entrawatch
