// ChainPoint: one entry of a chain and its hash, which stands for everything before it. Printed by `verify`,
// the log and /metrics; kept elsewhere, it shows later that nothing was cut off or made anew.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

struct ChainPoint {
    std::int64_t entry = 0;
    Sha256 hash{};
};

// "120:<64 hex digits>"
[[nodiscard]] std::string to_text(const ChainPoint& point);
[[nodiscard]] Result<ChainPoint> read_chain_point(std::string_view text);

// A point that was kept elsewhere: "120:<64 hex digits>", or "contoso@120:<64 hex digits>".
struct KnownHead {
    ChainPoint point;
    std::string tenant{};  // empty: of whatever chain is asked about
};
// Those in a text, whatever else stands there: what a destination was sent, a journal, or a list.
[[nodiscard]] std::vector<KnownHead> find_heads(std::string_view text);

// The newest checkpoint.
struct SignedHead {
    ChainPoint point;
    Instant at;
    std::string key, signature;
};

}  // namespace entrawatch
