// due_rows: what a worker may send now. Leases due rows, gives back to their mute those that a mute holds,
// leaves out follow-ups of alerts that were answered meanwhile, makes one message of several words about one
// alert when they are late, and one digest of many alerts when the destination takes no more.
//
// A mute may have come after the promise, and a retry may come days later: mutes are asked here as well as in
// enqueue. What decides is pure (alerts/mute, merge, storm). Runs on the lane, in a transaction. Used by
// delivery_worker. Read next: storm_digest.hpp.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "alerts/receiver.hpp"
#include "core/store/store.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

struct DueQuestion {
    std::string destination;
    DestinationType type = DestinationType::webhook;
    Instant now;
    Ticks lease_length{0};  // of one row
    int limit = 1;
    int allowed = std::numeric_limits<int>::max();  // by the destination's budget
    std::optional<Instant> last_digest;
    std::shared_ptr<const IngestContext> context;  // whom a storm is told to
};
struct DueAnswer {
    std::vector<DeliveryRow> rows;
    bool folded = false;             // a digest was made
    std::map<std::string, int> due;  // rows that became due elsewhere
};
[[nodiscard]] Result<DueAnswer> due_rows(Store& store, const DueQuestion& question);

}  // namespace entrawatch
