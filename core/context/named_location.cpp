#include "core/context/named_location.hpp"

#include "core/base/text.hpp"

namespace entrawatch {

LocationIndex::LocationIndex(const std::vector<NamedLocation>& locations) {
    for (const NamedLocation& location : locations) {
        const std::string& name = location.name.empty() ? location.id : location.name;
        for (const std::string& text : location.ranges) {
            const auto range = AddressRange::parse(text);
            if (!range) continue;
            Place& place = by_length_[range->bits()][range->network()];
            if (place.name.empty() || (location.trusted && !place.trusted)) place = {location.trusted, name};
        }
        for (const std::string& country : location.countries)
            by_country_.emplace(to_lower_ascii(country), name);
    }
}

Whereabouts LocationIndex::find(std::string_view address, std::string_view country) const {
    const auto parsed = parse_address(address);
    if (!parsed) return {};
    Whereabouts found{Known::no, {}};
    for (const auto& [bits, networks] : by_length_) {
        const auto place = networks.find(network_of(*parsed, bits));
        if (place == networks.end()) continue;
        if (place->second.trusted) return {Known::yes, place->second.name};
        if (found.name.empty()) found.name = place->second.name;
    }
    if (!found.name.empty()) return found;
    if (const auto place = by_country_.find(to_lower_ascii(country)); place != by_country_.end())
        found.name = place->second;
    return found;
}

}  // namespace entrawatch
