// mute_watch: what a mute hid is reported when it ends, in one notification, by time or by hand.
//
// The report, its deliveries, the mark on the mute and the audit row are one transaction: a kill in between
// reports again, never twice and never not. Runs on the lane, once a second. Used by app. Read next:
// alerts/digest.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "alerts/alert.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// `due` counts the rows that the reports made due. Mutes that hid nothing are only marked.
[[nodiscard]] Result<std::map<std::string, int>> report_ended_mutes(
    Store& store, const TenantName& tenant, Instant now, const std::function<std::string()>& entropy);

}  // namespace entrawatch
