#include "alerts/canary.hpp"

#include "alerts/alert.hpp"
#include "alerts/watch.hpp"

namespace entrawatch {

std::string canary_key(const TenantName& tenant) {
    return as_dedup_key("canary|" + tenant.tenant_id);
}

bool is_due(const CanaryPolicy& policy, const std::optional<AlertRow>& last, Instant now) {
    return !last || now - last->opened_at >= policy.interval;
}

std::vector<Route> canary_routes(const std::vector<Route>& routes, std::string_view tenant) {
    std::vector<Route> out;
    for (const Route& route : routes) {
        if (takes_tenant(route, tenant)) out.push_back({route.destination, Severity::informational, {}});
    }
    return out;
}

std::string_view name_of(CanaryFate fate) {
    switch (fate) {
        case CanaryFate::waiting:
            return "waiting";
        case CanaryFate::arrived:
            return "arrived";
        case CanaryFate::late:
            return "late";
    }
    return "waiting";
}

std::vector<CanaryOutcome> outcomes_of(const CanaryPolicy& policy, const AlertRow& canary,
                                       std::span<const DeliveryRow> deliveries, Instant now) {
    std::vector<CanaryOutcome> outcomes;
    for (const DeliveryRow& row : deliveries) {
        // A person's word about it says nothing of the way.
        if (row.type != "alert.opened") continue;
        CanaryOutcome outcome{row.destination, CanaryFate::waiting};
        if (row.state == "delivered" || row.state == "superseded") {
            outcome.fate = CanaryFate::arrived;
        } else if (row.state == "dead" || now - canary.opened_at >= policy.within) {
            outcome.fate = CanaryFate::late;
        }
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

WatchVerdict verdict_of(const CanaryOutcome& outcome, Instant sent_at) {
    WatchVerdict verdict;
    verdict.subject = "canary to " + outcome.destination;
    verdict.destination = outcome.destination;
    if (outcome.fate == CanaryFate::arrived) verdict.state = WatchState::well;
    if (outcome.fate != CanaryFate::late) return verdict;
    verdict.state = WatchState::degraded;
    verdict.says = "the test alert of " + to_iso(sent_at) +
                   " has not been taken there in time; a real one might not be either. `entrawatch alerts "
                   "list` and `explain` say what was answered";
    return verdict;
}

}  // namespace entrawatch
