#include "alerts/routing.hpp"

#include <algorithm>

namespace entrawatch {

std::vector<std::string> destinations_for(const std::vector<Route>& routes, std::string_view tenant,
                                          Severity severity) {
    std::vector<std::string> names;
    for (const Route& route : routes) {
        const bool wanted = route.tenants.empty() || std::find(route.tenants.begin(), route.tenants.end(),
                                                               tenant) != route.tenants.end();
        if (wanted && severity >= route.minimum_severity) names.push_back(route.destination);
    }
    return names;
}

}  // namespace entrawatch
