// routing: which destinations an alert goes to. Pure; the decision is stored as delivery rows in the ingest
// transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rules/severity.hpp"

namespace entrawatch {

struct Route {
    std::string destination;
    Severity minimum_severity = Severity::informational;
    std::vector<std::string> tenants;  // empty = all
    bool escalations_only = false;     // told nothing by itself
};

[[nodiscard]] bool takes_tenant(const Route& route, std::string_view tenant);

// Names of the destinations, in settings order.
[[nodiscard]] std::vector<std::string> destinations_for(const std::vector<Route>& routes,
                                                        std::string_view tenant, Severity severity);

}  // namespace entrawatch
