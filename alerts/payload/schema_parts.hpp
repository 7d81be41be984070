// schema_parts: what alerts and events in OCSF and ECS share.
//
// Used by ocsf.cpp and ecs.cpp here, and by ../export.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace entrawatch {

inline constexpr std::string_view ocsf_version = "1.4.0";
inline constexpr std::string_view ecs_version = "8.11.0";

// OCSF's timestamp_t: milliseconds since 1970.
[[nodiscard]] inline std::int64_t ocsf_time(Instant time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

// What an analyst pivots on.
enum class Observable : std::uint8_t { ip_address = 2, user_name = 4, user_id = 31 };

// Adds to a list of observables; an empty value is none. `path`: where the value stands in the object.
inline void add_observable(nlohmann::ordered_json& list, std::string_view path, Observable type,
                           const std::string& value) {
    if (!value.empty())
        list.push_back({{"name", path}, {"type_id", static_cast<int>(type)}, {"value", value}});
}

// A member that is empty is left out.
inline void put_text(nlohmann::ordered_json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

}  // namespace entrawatch
