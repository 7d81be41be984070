// digest: one message that tells of many: how many exactly, of which rules, and which alerts.
//
// Pure. A digest is a notification of an alert of the watcher's own, so that it can be explained,
// acknowledged and redelivered like any other. Used by daemon/mute_watch. Read next: payload/story.hpp, which
// writes its list for people.
#pragma once

#include <string>

#include "alerts/own_alert.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

inline constexpr int most_in_digest = 50;  // alerts that are listed; all are counted

// Who had muted what, and why it ended.
[[nodiscard]] OwnAlert mute_report(const MuteRow& mute, const TenantName& tenant, Instant now,
                                   std::string alert_id);
// The alert tells of `facts` from now on: summary, severity, counts and list.
[[nodiscard]] AlertRow with_digest(AlertRow alert, const DigestFacts& facts, std::string_view summary);
// "Mute mute_… by alice (patch night) has ended. It hid 5 notifications of 3 alerts; 2 are still open."
[[nodiscard]] std::string mute_summary(const MuteRow& mute, const DigestFacts& facts);

// A storm: more is to be told than a destination takes. One alert while digests follow each other within an
// hour.
[[nodiscard]] OwnAlert storm_alert(const TenantName& tenant, Instant now, std::string alert_id);
[[nodiscard]] AlertRow storm_opened(AlertRow alert);
[[nodiscard]] bool is_same_storm(const AlertRow& alert, Instant now);
[[nodiscard]] AlertRow storm_goes_on(AlertRow alert, Instant now);  // one more digest
// "37 further notifications of 35 alerts in one message, because …"
[[nodiscard]] std::string storm_summary(const DigestFacts& facts);

}  // namespace entrawatch
