// Endpoint: what the simulated Graph serves at a path, and what may be asked of it. One table for all log
// feeds.
//
// Only documented properties can be filtered; everything else is refused by name, as Graph does. Read next:
// filter.hpp, tenant.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/feed/feed.hpp"

namespace entrawatch::simulator {

enum class PropertyType : std::uint8_t { time, text, number };

struct Property {
    std::string_view name;  // path with '/', arrays fan out: "targetResources/id"
    PropertyType type;
    bool collection = false;  // only inside any()
    bool filters = true;      // can be asked by; otherwise only known to the simulator
};

struct Endpoint {
    std::string_view path;
    std::string_view type_name;  // as refusals name it
    std::string_view order_by;   // newest first by this property, unless asked otherwise
    std::span<const FeedId> feeds;
    std::span<const Property> properties;
    int default_page;
    int largest_page;
    bool clamps;    // an over-large $top is clamped; otherwise refused
    bool shuffled;  // rows come in no dependable order, whatever $orderby says
    BudgetGroup budget;
    std::string_view permission;
    std::span<const std::string_view> withheld = {};  // members that this version of the API does not send
    bool strict_times = false;                        // times are compared by gt and lt only
    bool snapshot = false;  // lists how things stand, whatever their age; refused without its scope filter
};

[[nodiscard]] std::span<const Endpoint> endpoints();
// Paths are compared without case, as Graph does; nullptr when none.
[[nodiscard]] const Endpoint* find_endpoint(std::string_view path);
// The endpoint that lists the records of a feed.
[[nodiscard]] const Endpoint& endpoint_of(FeedId feed);
[[nodiscard]] const Property* find_property(const Endpoint& endpoint, std::string_view name);

// The signInEventTypes member of a sign-in feed ("nonInteractiveUser"), or empty.
[[nodiscard]] std::string_view event_type_of(FeedId feed);

}  // namespace entrawatch::simulator
