// watch: what is wrong with the watcher itself, told as `watch.degraded`, and that it is over, as
// `watch.recovered`.
//
// LG-2. A feed that is refused or silent, a destination that takes nothing: on the night when it matters
// nobody looks at /readyz. Each trouble is one alert, of which the recovery is the last word. Pure. Used by
// daemon/watch_report, which tells; what is judged from is daemon/watch_verdicts. Read next: own_alert.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/own_alert.hpp"

namespace entrawatch {

// unknown: too early to say; what was told stays as it is.
enum class WatchState : std::uint8_t { well, unknown, degraded };

struct WatchVerdict {
    std::string subject;  // "feed directory_audits", "directory", "destination soc"
    WatchState state = WatchState::unknown;
    Severity severity = Severity::high;
    std::string says;         // degraded: a sentence: what is so, and what is not seen
    std::string destination;  // that fails: others are told of it
};

inline constexpr std::string_view watch_rule_name = "entrawatch/watch-degraded";
[[nodiscard]] std::string watch_key(const TenantName& tenant, std::string_view subject);

// A new alert of that trouble.
[[nodiscard]] AlertRow watch_degraded(const WatchVerdict& verdict, const TenantName& tenant, Instant now,
                                      std::string alert_id);
enum class WatchEnd : std::uint8_t { works_again, not_watched_any_more };
// The alert as it ends: resolved, with how long it lasted.
[[nodiscard]] AlertRow watch_recovered(AlertRow alert, WatchEnd end, Instant now);

// Of those who hear of such an alert, all but the one that fails; that one too when there is no other.
[[nodiscard]] std::vector<std::string> told_of(const WatchVerdict& verdict,
                                               const std::vector<std::string>& routed);

}  // namespace entrawatch
