// EventSchema: the published schemas that events can be exported in. Read next: event_export.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

enum class EventSchema : std::uint8_t { ecs, ocsf, asim };

inline constexpr std::array<std::string_view, 3> event_schema_names{"ecs", "ocsf", "asim"};

[[nodiscard]] constexpr std::optional<EventSchema> event_schema_of(std::string_view name) {
    for (std::size_t i = 0; i < event_schema_names.size(); ++i) {
        if (event_schema_names[i] == name) return static_cast<EventSchema>(i);
    }
    return std::nullopt;
}

}  // namespace entrawatch
