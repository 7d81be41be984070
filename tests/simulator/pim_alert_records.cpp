#include "tests/simulator/pim_alert_records.hpp"

#include <array>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/must.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::array<std::string_view, 7> kinds{"InvalidLicenseAlert",
                                                "NoMfaOnRoleActivationAlert",
                                                "RedundantAssignmentAlert",
                                                roles_assigned_outside_pim,
                                                "SequentialActivationRenewalsAlert",
                                                "StaleSignInAlert",
                                                "TooManyGlobalAdminsAssignedToTenantAlert"};

}  // namespace

std::string pim_alert_id(std::string_view kind) {
    return "DirectoryRole_" + cast().tenant_id + "_" + std::string{kind};
}

Document pim_alert(std::string_view kind, int incidents, Instant scanned) {
    const std::string id = pim_alert_id(kind);
    return {{"id", id},
            {"alertDefinitionId", id},
            {"scopeId", "/"},
            {"scopeType", "DirectoryRole"},
            {"incidentCount", incidents},
            {"isActive", incidents > 0},
            {"lastModifiedDateTime", incidents > 0 ? to_iso(scanned) : "0001-01-01T08:00:00Z"},
            {"lastScannedDateTime", to_iso(scanned)}};
}

void scan(Tenant& tenant, std::string_view kind, int incidents, Instant scanned) {
    must(tenant.revise(FeedId::pim_alerts, pim_alert_id(kind), pim_alert(kind, incidents, scanned), scanned));
}

void scan_quietly(Tenant& tenant, Instant scanned) {
    for (const std::string_view kind : kinds) {
        if (tenant.find(FeedId::pim_alerts, pim_alert_id(kind)) != nullptr) {
            scan(tenant, kind, 0, scanned);
        } else {
            must(tenant.add(FeedId::pim_alerts, pim_alert(kind, 0, scanned), scanned));
        }
    }
}

}  // namespace entrawatch::simulator
