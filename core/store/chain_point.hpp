// ChainPoint: one entry of a chain and its hash, which stands for everything before it. Printed by `verify`,
// the log and /metrics; kept elsewhere, it shows later that nothing was cut off or made anew.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/digest.hpp"
#include "core/base/error.hpp"

namespace entrawatch {

struct ChainPoint {
    std::int64_t entry = 0;
    Sha256 hash{};
};

// "120:<64 hex digits>"
[[nodiscard]] std::string to_text(const ChainPoint& point);
[[nodiscard]] Result<ChainPoint> read_chain_point(std::string_view text);

}  // namespace entrawatch
