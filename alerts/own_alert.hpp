// own_alert: an alert about the watcher itself, which no event of the tenant caused.
//
// It is stored, told, acknowledged and redelivered like any other. Used by digest (storms, what a mute hid)
// and watch (feeds and destinations that fail). Pure.
#pragma once

#include <string>
#include <string_view>

#include "alerts/alert.hpp"
#include "alerts/payload/native.hpp"

namespace entrawatch {

// With everything in it but what happened.
struct OwnAlert {
    std::string_view rule_id, rule_name, title;
    TenantName tenant;
    Instant now;
    std::string alert_id;
    std::string subject;  // with the rule: what makes it one alert
};
[[nodiscard]] AlertRow own_alert(const OwnAlert& own);
[[nodiscard]] std::string own_key(const TenantName& tenant, std::string_view rule_name,
                                  std::string_view subject);

// What the alert says and how severe it is, in its row and in its data.
void put_words(AlertRow& alert, OrderedJson& data, Severity severity, std::string_view summary);
void put_times(const AlertRow& alert, OrderedJson& data);

}  // namespace entrawatch
