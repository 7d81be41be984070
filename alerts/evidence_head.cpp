#include "alerts/evidence_head.hpp"

#include <utility>

namespace entrawatch {
namespace {

constexpr std::string_view head_rule_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a04";

}  // namespace

AlertRow evidence_head(const SignedHead& head, const TenantName& tenant, Instant now, std::string alert_id) {
    AlertRow alert = own_alert({head_rule_id, head_rule_name, "Head of the evidence chain", tenant, now,
                                std::move(alert_id), std::to_string(head.point.entry)});
    const std::string point = tenant.name + "@" + to_text(head.point);
    OrderedJson data = parse_object(alert.data);
    data["context"] = {{"evidence_head", safe_text(point)},
                       {"signed_at", to_iso(head.at)},
                       {"signing_key", safe_text(head.key)},
                       {"signature", to_hex(head.signature)}};
    put_words(alert, data, Severity::informational,
              "Keep this: the evidence chain of " + tenant.name + " reached entry " +
                  std::to_string(head.point.entry) + "; `verify --head` holds the database against it. " +
                  point);
    alert.state = "resolved";
    data["resolved"] = {{"at", to_iso_millis(now)}, {"by", "entrawatch"}, {"reason", "it needs no answer"}};
    alert.data = dump(data);
    return alert;
}

}  // namespace entrawatch
