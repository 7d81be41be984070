// NamedLocation: a place that Conditional Access knows by name, and in which of them an address is.
//
// Read by daemon/policies_reader, kept in DirectoryReading; Directory asks for the address of whoever acts,
// the posture checks compare two readings (TW-7). Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/address_range.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

struct NamedLocation {
    std::string id, name;
    bool trusted = false;                // only a location of addresses can be
    std::vector<std::string> ranges;     // "198.51.100.0/24", sorted
    std::vector<std::string> countries;  // two letters, sorted
    bool unknown_countries = false;      // and addresses of no country
    friend bool operator==(const NamedLocation&, const NamedLocation&) = default;
};

struct Whereabouts {
    Known trusted = Known::unresolved;  // unresolved: there is no address, or locations are not known
    std::string name;                   // of the location; empty: it is in none
};

// Finds an address among many ranges. A range of a trusted location goes before one of another, a narrow one
// before a wide one, addresses before countries.
class LocationIndex {
  public:
    LocationIndex() = default;
    explicit LocationIndex(const std::vector<NamedLocation>& locations);
    // `country`: two letters, or empty.
    [[nodiscard]] Whereabouts find(std::string_view address, std::string_view country) const;

  private:
    struct Place {
        bool trusted = false;
        std::string name;
    };
    using Networks = std::map<Address, Place>;
    std::map<int, Networks, std::greater<>> by_length_;  // the longest prefix first
    std::map<std::string, std::string, std::less<>> by_country_;
};

}  // namespace entrawatch
