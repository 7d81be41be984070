// handling: what a person says of an alert: "I have it" (acknowledged) or "it is over" (resolved).
//
// Who, when and why become part of the alert and of the notification that passes it on. Pure. Used by
// `alerts ack|resolve`. Read next: payload/story.hpp (how receivers are told).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

enum class Handling : std::uint8_t { acknowledge, resolve };
// "alert.acknowledged", "alert.resolved"
[[nodiscard]] std::string_view notification_type(Handling handling);

struct PersonsWord {
    Handling handling = Handling::acknowledge;
    std::string by;      // operating-system user
    std::string reason;  // checked
    Instant at;
};

inline constexpr std::size_t longest_reason = 500;  // bytes
// Trimmed, valid UTF-8; an Error when it says nothing or is too long.
[[nodiscard]] Result<std::string> checked_reason(std::string_view typed);

// The alert as it stands afterwards; an Error, in words, when it was acknowledged or resolved before.
[[nodiscard]] Result<AlertRow> handled(AlertRow alert, const PersonsWord& word);

// Who is told of it: the destinations that heard of the alert or are about to, each once, in the order of
// `known` (the settings). Where a mute has held everything back, its report will tell how things stand.
[[nodiscard]] std::vector<std::string> concerned(const std::vector<DeliveryRow>& deliveries,
                                                 const std::vector<std::string>& known);

}  // namespace entrawatch
