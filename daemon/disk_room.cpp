#include "daemon/disk_room.hpp"

#include <algorithm>
#include <limits>

namespace entrawatch {
namespace {

constexpr std::int64_t mb = 1'000'000;
constexpr std::int64_t gb = 1000 * mb;

std::int64_t with_margin(std::int64_t limit, bool inside) {
    return inside ? limit + limit / 10 : limit;
}

}  // namespace

std::optional<DiskSpace> disk_space(const std::filesystem::path& file) {
    std::error_code failed;
    const auto space = std::filesystem::space(file.parent_path(), failed);
    if (failed || space.capacity == 0) return std::nullopt;
    constexpr auto most = static_cast<std::uintmax_t>(std::numeric_limits<std::int64_t>::max());
    return DiskSpace{static_cast<std::int64_t>(std::min(space.capacity, most)),
                     static_cast<std::int64_t>(std::min(space.available, most))};
}

DiskRoom room_of(const DiskSpace& space, DiskRoom before) {
    const std::int64_t full = std::min(256 * mb, space.capacity / 4);
    const std::int64_t low = std::max(std::clamp(space.capacity / 20, gb, 20 * gb), full);
    if (space.available < with_margin(full, before == DiskRoom::full)) return DiskRoom::full;
    if (space.available < with_margin(std::min(low, space.capacity / 2), before != DiskRoom::enough))
        return DiskRoom::low;
    return DiskRoom::enough;
}

}  // namespace entrawatch
