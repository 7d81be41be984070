// An audit row with the modified properties given, as they are sent, and what is told of them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/differences/differences.hpp"
#include "core/event/changes.hpp"

namespace entrawatch::test {

struct Property {
    std::string name;
    std::optional<std::string> before;  // nullopt: JSON null
    std::optional<std::string> after;
};

inline Event row(std::vector<Property> properties, std::string activity = "Update policy") {
    Event event;
    event.activity = std::move(activity);
    event.service = "Core Directory";
    for (const Property& property : properties) {
        event.changes.push_back(decode_change(property.name, property.before, property.after));
    }
    return event;
}

inline std::vector<std::string> texts(const Differences& differences) {
    std::vector<std::string> out;
    for (const Difference& difference : differences.list)
        out.push_back(difference.text);
    if (differences.further > 0) out.push_back("… and " + std::to_string(differences.further));
    return out;
}

inline std::vector<std::string> told(const Event& event, const Directory* directory = nullptr) {
    return texts(differences_of(event, directory));
}

inline std::vector<std::string> told(std::string name, std::optional<std::string> before,
                                     std::optional<std::string> after) {
    return told(row({{std::move(name), std::move(before), std::move(after)}}));
}

}  // namespace entrawatch::test
