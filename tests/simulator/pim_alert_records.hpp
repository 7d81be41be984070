// pim_alert_records: the alerts of PIM, one row for each kind, revised at each scan.
//
// Used by the demo, the simulator program and the tests of the whole way.
#pragma once

#include <string_view>

#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

inline constexpr std::string_view roles_assigned_outside_pim = "RolesAssignedOutsidePimAlert";

// One row; `incidents` above zero make it active.
[[nodiscard]] Document pim_alert(std::string_view kind, int incidents, Instant scanned);
[[nodiscard]] std::string pim_alert_id(std::string_view kind);

// PIM looks at the tenant and finds nothing: the seven rows are added, or revised when they are there.
void scan_quietly(Tenant& tenant, Instant scanned);
// PIM looks and finds so many incidents of one kind; zero ends it. The row must be there.
void scan(Tenant& tenant, std::string_view kind, int incidents, Instant scanned);

}  // namespace entrawatch::simulator
