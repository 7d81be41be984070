// drill: an emergency account is tried, as it should be every 90 days, within a window that was announced.
//
// What it does is told as ever, at full severity and to everyone, but says DRILL; the alerts of a drill have
// keys of their own, so that practice never swallows the real thing. Whether the alert came is the evidence:
// none by the end is a failed drill. Pure. Used by daemon/ingest (marks alerts), daemon/drill_watch (judges)
// and `drill announce|list|cancel`. Read next: own_alert.hpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "alerts/own_alert.hpp"
#include "core/base/error.hpp"
#include "core/context/directory.hpp"
#include "core/event/event.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

inline constexpr Ticks longest_drill = std::chrono::hours{24};
inline constexpr Ticks farthest_drill = std::chrono::hours{24 * 366};  // how far ahead one may start
inline constexpr Ticks rows_may_come_within = std::chrono::hours{2};   // after the end, before it is judged
inline constexpr Ticks drill_interval = std::chrono::hours{24 * 90};   // an account is to be tried this often

// Whether it may be announced; the Error names the remedy.
[[nodiscard]] Result<> check_drill(const DrillRow& drill, Instant now);

// The first of the drills, which are on at the time of the event, whose account did it or had it done to it.
// A state of the directory is no act, and is not practised.
[[nodiscard]] const DrillRow* drill_of(std::span<const DrillRow> drills, const Event& event);

// "to come", "on", "waiting for late rows", "passed", "failed", "cancelled"; `alerts`: how many came of it.
[[nodiscard]] std::string_view condition_of(const DrillRow& drill, std::size_t alerts, Instant now);

// The alerts about drills themselves.
inline constexpr std::string_view drill_failed_rule = "entrawatch/drill-failed";
inline constexpr std::string_view drill_overdue_rule = "entrawatch/drill-overdue";
[[nodiscard]] AlertRow drill_failed(const DrillRow& drill, const TenantName& tenant, Instant now,
                                    std::string alert_id);
// `since`: when it was last tried or used, or since when anybody looks.
[[nodiscard]] AlertRow drill_overdue(const EmergencyAccount& account, Instant since, const TenantName& tenant,
                                     Instant now, std::string alert_id);

}  // namespace entrawatch
