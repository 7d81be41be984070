// digest: one message that tells of many: how many exactly, of which rules, and which alerts.
//
// Pure. A digest is a notification of an alert of the watcher's own, so that it can be explained,
// acknowledged and redelivered like any other. Used by daemon/mute_watch. Read next: payload/story.hpp, which
// writes its list for people.
#pragma once

#include <string>

#include "alerts/alert.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

inline constexpr int most_in_digest = 50;  // alerts that are listed; all are counted

// An alert of the watcher itself, with everything in it but what happened.
struct OwnAlert {
    std::string_view rule_id, rule_name, title;
    TenantName tenant;
    Instant now;
    std::string alert_id;
    std::string subject;  // with the rule: what makes it one alert
};
[[nodiscard]] AlertRow own_alert(const OwnAlert& own);

// Who had muted what, and why it ended.
[[nodiscard]] OwnAlert mute_report(const MuteRow& mute, const TenantName& tenant, Instant now,
                                   std::string alert_id);
// The alert tells of `facts` from now on: summary, severity, counts and list.
[[nodiscard]] AlertRow with_digest(AlertRow alert, const DigestFacts& facts, std::string_view summary);
// "Mute mute_… by alice (patch night) has ended. It hid 5 notifications of 3 alerts; 2 are still open."
[[nodiscard]] std::string mute_summary(const MuteRow& mute, const DigestFacts& facts);

}  // namespace entrawatch
