#include "alerts/digest.hpp"

#include <algorithm>

#include "alerts/alert.hpp"
#include "alerts/payload/native.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::string_view mute_rule_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a01";
constexpr std::string_view storm_rule_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a02";
constexpr Ticks storm_calms = std::chrono::hours{1};

OrderedJson listed_alert(const AlertRow& alert) {
    OrderedJson entry;
    entry["alert_id"] = safe_text(alert.id);
    entry["severity"] = name_of(alert.severity);
    entry["rule"] = safe_text(alert.rule_name);
    entry["state"] = safe_text(alert.state);
    entry["summary"] = safe_sentence(alert.summary);
    entry["count"] = alert.count;
    return entry;
}

OrderedJson digest_of(const DigestFacts& facts) {
    OrderedJson digest;
    digest["notifications"] = facts.notifications;
    digest["alerts"] = facts.alerts;
    digest["open_alerts"] = facts.open_alerts;
    digest["rules"] = OrderedJson::array();
    for (const auto& [name, alerts] : facts.rules) {
        OrderedJson rule;
        rule["name"] = safe_text(name);
        rule["alerts"] = alerts;
        digest["rules"].push_back(std::move(rule));
    }
    digest["listed"] = OrderedJson::array();
    for (const AlertRow& alert : facts.listed)
        digest["listed"].push_back(listed_alert(alert));
    return digest;
}

}  // namespace

OwnAlert mute_report(const MuteRow& mute, const TenantName& tenant, Instant now, std::string alert_id) {
    return {mute_rule_id, "entrawatch/mute-ended", "What a mute has hidden", tenant, now, std::move(alert_id),
            mute.id};
}

AlertRow with_digest(AlertRow alert, const DigestFacts& facts, std::string_view summary) {
    if (facts.alerts > 0) {
        alert.first_event_at = facts.first_event_at;
        alert.last_event_at = facts.last_event_at;
    }
    OrderedJson data = parse_object(alert.data);
    put_words(alert, data, facts.severity, summary);
    put_times(alert, data);
    data["digest"] = digest_of(facts);
    alert.data = dump(data);
    return alert;
}

std::string mute_summary(const MuteRow& mute, const DigestFacts& facts) {
    return "Mute " + mute.id + " by " + mute.author + " (" + mute.reason + ") has ended" +
           (mute.removed_at ? ", removed by " + mute.removed_by : "") + ". It hid " +
           counted(facts.notifications, "notification", "notifications") + " of " +
           counted(facts.alerts, "alert", "alerts") + "; " +
           counted(facts.open_alerts, "is still open.", "are still open.");
}

OwnAlert storm_alert(const TenantName& tenant, Instant now, std::string alert_id) {
    return {storm_rule_id,
            "entrawatch/storm",
            "More alerts than a destination takes",
            tenant,
            now,
            std::move(alert_id),
            ""};
}

AlertRow storm_opened(AlertRow alert) {
    OrderedJson data = parse_object(alert.data);
    put_words(alert, data, Severity::high,
              "More is to be told than a destination takes. What waits there comes in digests with exact "
              "counts; the first word of a critical alert comes at once.");
    alert.data = dump(data);
    return alert;
}

bool is_same_storm(const AlertRow& alert, Instant now) {
    return alert.state != "resolved" && now < alert.last_event_at + storm_calms;
}

AlertRow storm_goes_on(AlertRow alert, Instant now) {
    ++alert.count;
    // Its digests tell of it.
    alert.told_count = alert.count;
    alert.last_event_at = std::max(alert.last_event_at, now);
    OrderedJson data = parse_object(alert.data);
    if (!data.is_object()) return alert;
    data["count"] = alert.count;
    put_times(alert, data);
    alert.data = dump(data);
    return alert;
}

std::string storm_summary(const DigestFacts& facts) {
    return counted(facts.notifications, "further notification", "further notifications") + " of " +
           counted(facts.alerts, "alert", "alerts") +
           " in one message, because more was to be told than this destination takes; " +
           counted(facts.open_alerts, "is open.", "are open.");
}

}  // namespace entrawatch
