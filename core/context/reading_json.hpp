// The JSON of a DirectoryReading in the store, its parts. Private to directory_reading.cpp and
// policies_json.cpp. What is foreign or makes no sense is passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/context/directory_reading.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

// Calls `take` with each element of the list; nothing when there is none.
template <class Take>
void each(std::optional<Json> list, Take take) {
    JsonArray array;
    if (!list || list->get(array) != simdjson::SUCCESS) return;
    for (const Json element : array)
        take(element);
}

[[nodiscard]] bool flag_of(Json object, std::string_view name);
[[nodiscard]] std::string_view flag(bool value);
[[nodiscard]] std::vector<std::string> texts_in(Json object, std::string_view name);

[[nodiscard]] std::string json_of(const std::vector<AccessPolicy>& policies);
[[nodiscard]] std::vector<AccessPolicy> policies_in(Json list);
[[nodiscard]] std::string json_of(const AccountGroups& groups);
[[nodiscard]] AccountGroups account_groups_in(Json list);
[[nodiscard]] std::string json_of(const std::vector<NamedLocation>& locations);
[[nodiscard]] std::vector<NamedLocation> locations_in(Json list);

}  // namespace entrawatch
