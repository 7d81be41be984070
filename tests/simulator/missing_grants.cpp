#include "tests/simulator/missing_grants.hpp"

#include <string>

#include "tests/simulator/endpoint.hpp"

namespace entrawatch::simulator {

GraphError missing_permission(BudgetGroup group, std::string_view permission) {
    switch (group) {
        case BudgetGroup::reports:
            return {
                403, "Authentication_MSGraphPermissionMissing",
                "Calling principal does not have required MSGraph permissions " + std::string{permission}};
        case BudgetGroup::identity_protection:
            return {403, "Forbidden",
                    "You cannot perform the requested operation, required scopes are missing in the token."};
        case BudgetGroup::security:
        case BudgetGroup::directory:
            break;
    }
    return {403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."};
}

GraphError missing_licence(FeedId feed) {
    if (feed == FeedId::pim_alerts) {
        return {400, "AadPremiumLicenseRequired",
                "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license."};
    }
    if (endpoint_of(feed).budget == BudgetGroup::identity_protection) {
        return {403, "Forbidden", "Your tenant is not licensed for this feature."};
    }
    return {403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
            "Neither tenant is B2C or tenant doesn't have premium license"};
}

}  // namespace entrawatch::simulator
