#include "alerts/own_alert.hpp"

#include "alerts/payload/native.hpp"

namespace entrawatch {

std::string own_key(const TenantName& tenant, std::string_view rule_name, std::string_view subject) {
    return as_dedup_key(tenant.tenant_id + "|" + std::string{rule_name} + "|" + std::string{subject});
}

AlertRow own_alert(const OwnAlert& own) {
    AlertRow alert;
    alert.id = own.alert_id;
    alert.rule_id = own.rule_id;
    alert.rule_name = own.rule_name;
    alert.title = own.title;
    alert.dedup_key = own_key(own.tenant, own.rule_name, own.subject);
    alert.opened_at = alert.first_event_at = alert.last_event_at = alert.told_at = own.now;
    alert.told_count = 1;
    // What a mute hid, and that alerts are many, must not be hidden itself.
    alert.unsilenceable = true;
    OrderedJson data;
    data["alert_id"] = own.alert_id;
    data["tenant"] = safe_text(own.tenant.name);
    data["tenant_id"] = safe_text(own.tenant.tenant_id);
    data["rule"] = {{"id", own.rule_id}, {"name", own.rule_name}, {"title", own.title}};
    data["severity"] = name_of(alert.severity);
    data["summary"] = "";
    data["actor"] = {{"kind", "system"}, {"name", "Entrawatch"}};
    data["count"] = 1;
    put_times(alert, data);
    data["detected_at"] = to_iso_millis(own.now);
    data["dedup_key"] = alert.dedup_key;
    data["drill"] = false;
    data["test"] = false;
    alert.data = dump(data);
    return alert;
}

void put_words(AlertRow& alert, OrderedJson& data, Severity severity, std::string_view summary) {
    alert.severity = severity;
    alert.summary = safe_sentence(summary);
    data["severity"] = name_of(alert.severity);
    data["summary"] = alert.summary;
}

void put_times(const AlertRow& alert, OrderedJson& data) {
    data["first_event_at"] = to_iso(alert.first_event_at);
    data["last_event_at"] = to_iso(alert.last_event_at);
}

}  // namespace entrawatch
