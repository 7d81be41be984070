#include "config/settings.hpp"

#include <algorithm>

namespace entrawatch {
namespace {

template <class List>
const typename List::value_type* named(const List& list, std::string_view name) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::set<FeedId> TenantSettings::scenario_only_feeds() const {
    std::set<FeedId> out;
    for (const auto& [feed, choice] : feeds) {
        if (choice.scenario_only) out.insert(feed);
    }
    return out;
}

const TenantSettings* Settings::tenant(std::string_view name) const {
    return named(tenants, name);
}

const DestinationSettings* Settings::destination(std::string_view name) const {
    return named(destinations, name);
}

std::vector<Route> Settings::routes() const {
    std::vector<Route> out;
    for (const DestinationSettings& one : destinations)
        out.push_back({one.name, one.minimum_severity, one.tenants, one.escalations_only});
    return out;
}

}  // namespace entrawatch
