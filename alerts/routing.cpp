#include "alerts/routing.hpp"

#include <algorithm>

namespace entrawatch {

bool takes_tenant(const Route& route, std::string_view tenant) {
    return route.tenants.empty() ||
           std::find(route.tenants.begin(), route.tenants.end(), tenant) != route.tenants.end();
}

std::vector<std::string> destinations_for(const std::vector<Route>& routes, std::string_view tenant,
                                          Severity severity) {
    std::vector<std::string> names;
    for (const Route& route : routes) {
        const bool wanted = takes_tenant(route, tenant) && severity >= route.minimum_severity;
        if (wanted && !route.escalations_only) names.push_back(route.destination);
    }
    return names;
}

}  // namespace entrawatch
