// disk_room: whether the disk that holds a store has room, before SQLite finds that it has none.
//
// Warned of early, and stopped before the end: the last room is for alerts and deliveries, and nothing is
// deleted unasked. Used by TenantWatch; told by watch_verdicts; pollers wait while it is full.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "daemon/status.hpp"

namespace entrawatch {

struct DiskSpace {
    std::int64_t capacity = 0;
    std::int64_t available = 0;
};
// nullopt where the system does not say.
[[nodiscard]] std::optional<DiskSpace> disk_space(const std::filesystem::path& file);

// Low below a twentieth of the disk, but never above 20 GB nor below 1 GB; full below 256 MB, or a quarter of
// a disk that is smaller than 1 GB. What was low or full is so until there is a tenth more.
[[nodiscard]] DiskRoom room_of(const DiskSpace& space, DiskRoom before);

}  // namespace entrawatch
