// mute: which mute, if any, holds a notification back, and which mutes may be made at all.
//
// Pure. Matchers compare ids, names of rules and principal names of users: never a display name, which
// whoever made the object chose. Asked when an alert is told (daemon/enqueue) and again before it is sent
// (daemon/due_rows). Read next: digest.hpp, which reports what a mute hid.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

inline constexpr Ticks longest_mute = std::chrono::hours{24 * 30};
inline constexpr Ticks farthest_mute = std::chrono::hours{24 * 366};  // how far ahead one may start
inline constexpr std::size_t longest_matcher = 256;                   // bytes

// Whether it may be made: at least one matcher, an end after the start and not too far from it, a start that
// has not passed, an author and a reason. The Error names the remedy.
[[nodiscard]] Result<> check_mute(const MuteRow& mute, Instant now);

// "in force", "to come", "ended", "removed"
[[nodiscard]] std::string_view condition_of(const MuteRow& mute, Instant now);
// "rule pim/role-given, severity at most medium, actor 1234-…"
[[nodiscard]] std::string matchers_of(const MuteRow& mute);

// The first of the mutes that are in force which hides what is told of the alert from the destination.
// Tests, and alerts of rules that are unsilenceable, are never hidden; acknowledgements and resolutions
// neither, because what a destination was told of must end there.
[[nodiscard]] const MuteRow* muting(std::span<const MuteRow> mutes, const AlertRow& alert,
                                    std::string_view type, std::string_view destination, Instant now);

}  // namespace entrawatch
