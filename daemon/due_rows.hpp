// due_rows: what a worker may send now. Leases due rows, and gives back to their mute those that a mute
// holds.
//
// A mute may have come after the promise, and a retry may come days later: mutes are asked here as well as in
// enqueue. Runs on the lane, in a transaction. Used by delivery_worker.
#pragma once

#include <string_view>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

struct DueQuestion {
    std::string_view destination;
    Instant now;
    Instant lease_until;
    int limit = 1;
};
[[nodiscard]] Result<std::vector<DeliveryRow>> due_rows(Store& store, const DueQuestion& question);

}  // namespace entrawatch
