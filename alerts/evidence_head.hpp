// evidence_head: tells the head of the evidence chain to those who keep it elsewhere, so that a database that
// was cut off or put back is seen.
//
// One line that `verify --head` finds, with the signature it had: "contoso@120:<hash>". It needs no answer,
// so the alert is over as it is made. Pure. Used by daemon/head_report.
#pragma once

#include <string>
#include <string_view>

#include "alerts/own_alert.hpp"
#include "core/store/chain_point.hpp"

namespace entrawatch {

inline constexpr std::string_view head_rule_name = "entrawatch/evidence-head";
[[nodiscard]] AlertRow evidence_head(const SignedHead& head, const TenantName& tenant, Instant now,
                                     std::string alert_id);

}  // namespace entrawatch
