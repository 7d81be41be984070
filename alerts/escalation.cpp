#include "alerts/escalation.hpp"

#include <algorithm>

#include "alerts/follow_up.hpp"

namespace entrawatch {
namespace {

bool takes(const std::vector<Route>& routes, std::string_view destination, std::string_view tenant) {
    return std::ranges::any_of(routes, [&](const Route& route) {
        return route.destination == destination && takes_tenant(route, tenant);
    });
}

// How far the chain has gone, and since when.
struct Place {
    std::size_t index = 0;
    Instant since;
};

Place place_in(const EscalationChain& chain, Instant started, std::span<const FollowUpRow> past) {
    Place place{0, started};
    for (const FollowUpRow& row : past) {
        if (row.kind != "escalation") continue;
        const auto found = std::ranges::find(chain.destinations, row.to_destination);
        const auto index = static_cast<std::size_t>(found - chain.destinations.begin());
        if (found != chain.destinations.end() && index > place.index) place = {index, row.at};
    }
    return place;
}

// Of what the destination was told since then.
struct Fate {
    bool told = false;  // something that no mute holds
    bool delivered = false;
    bool given_up = false;
};

Fate fate_at(std::span<const DeliveryRow> deliveries, std::string_view destination, Instant since) {
    Fate fate;
    for (const DeliveryRow& row : deliveries) {
        if (row.destination != destination || row.created_at < since || row.state == "muted") continue;
        fate.told = true;
        // What a digest tells of is the digest's matter, which is an alert of its own.
        fate.delivered = fate.delivered || row.state == "delivered" || row.state == "digested";
        fate.given_up = fate.given_up || row.state == "dead" || row.state == "purged";
    }
    return fate;
}

std::string reason_of(const EscalationChain& chain, const Fate& fate, Ticks waited) {
    if (fate.told && !fate.delivered && fate.given_up) return "dead";
    if (fate.told && !fate.delivered && waited >= chain.undelivered_after) return "undelivered";
    return waited >= chain.unacknowledged_after ? "unacknowledged" : "";
}

}  // namespace

std::vector<EscalationChain> chains_of(const std::vector<EscalationChain>& chains,
                                       const std::vector<Route>& routes, std::string_view tenant) {
    std::vector<EscalationChain> out;
    for (EscalationChain chain : chains) {
        if (!chain.tenants.empty() && std::ranges::find(chain.tenants, tenant) == chain.tenants.end())
            continue;
        std::erase_if(chain.destinations,
                      [&](const std::string& one) { return !takes(routes, one, tenant); });
        if (chain.destinations.size() > 1) out.push_back(std::move(chain));
    }
    return out;
}

std::optional<FollowUpRow> next_escalation(const EscalationChain& chain, const AlertRow& alert,
                                           std::span<const DeliveryRow> deliveries,
                                           std::span<const FollowUpRow> past, Instant now) {
    if (!is_unanswered(alert) || alert.severity < chain.minimum_severity) return std::nullopt;
    const auto started = first_told(deliveries, chain.destinations.front(), chain.minimum_severity);
    if (!started) return std::nullopt;
    const Place place = place_in(chain, *started, past);
    if (place.index + 1 >= chain.destinations.size()) return std::nullopt;
    FollowUpRow row;
    row.alert_id = alert.id;
    row.kind = "escalation";
    row.step = static_cast<int>(place.index) + 1;
    row.from_destination = chain.destinations[place.index];
    row.to_destination = chain.destinations[place.index + 1];
    row.waited = now - place.since;
    row.at = now;
    row.reason = reason_of(chain, fate_at(deliveries, row.from_destination, place.since), row.waited);
    return row.reason.empty() ? std::nullopt : std::optional{std::move(row)};
}

}  // namespace entrawatch
