#include "alerts/watch.hpp"

#include <algorithm>
#include <utility>

namespace entrawatch {
namespace {

constexpr std::string_view watch_rule_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a03";
constexpr std::string_view scenario = "LG-2";

}  // namespace

std::string watch_key(const TenantName& tenant, std::string_view subject) {
    return own_key(tenant, watch_rule_name, subject);
}

AlertRow watch_degraded(const WatchVerdict& verdict, const TenantName& tenant, Instant now,
                        std::string alert_id) {
    AlertRow alert = own_alert({watch_rule_id, watch_rule_name, "The watch is degraded", tenant, now,
                                std::move(alert_id), verdict.subject});
    alert.scenario = scenario;
    OrderedJson data = parse_object(alert.data);
    data["rule"]["scenario"] = scenario;
    data["target"] = {{"kind", "other"}, {"name", safe_text(verdict.subject)}};
    put_words(alert, data, verdict.severity, "Watch degraded, " + verdict.subject + ": " + verdict.says);
    alert.data = dump(data);
    return alert;
}

AlertRow watch_recovered(AlertRow alert, WatchEnd end, Instant now) {
    const std::string why = end == WatchEnd::works_again ? "it works again" : "it is not watched any more";
    OrderedJson data = parse_object(alert.data);
    const std::string subject = text_at(data, {"target", "name"});
    alert.state = "resolved";
    alert.last_event_at = now;
    put_times(alert, data);
    put_words(alert, data, alert.severity,
              "Watch recovered, " + subject + ": " + why + ", after " + to_words(now - alert.opened_at));
    data["resolved"] = {{"at", to_iso_millis(now)}, {"by", "entrawatch"}, {"reason", why}};
    alert.data = dump(data);
    return alert;
}

std::vector<std::string> told_of(const WatchVerdict& verdict, const std::vector<std::string>& routed) {
    std::vector<std::string> others = routed;
    std::erase(others, verdict.destination);
    return others.empty() ? routed : others;
}

}  // namespace entrawatch
