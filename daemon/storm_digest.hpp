// storm_digest: more is to be told than a destination takes: one digest tells of the rows that wait, and one
// alert of the watcher's own tells everybody, once, that there is a storm.
//
// The digest, its exact counts and the mark on every row it tells of are one transaction, so that a kill
// loses and repeats nothing. Used by due_rows. Read next: alerts/storm.hpp, alerts/digest.hpp.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/store/store.hpp"
#include "daemon/ingest.hpp"

namespace entrawatch {

struct StormQuestion {
    std::string destination;
    Instant now;
    std::shared_ptr<const IngestContext> context;
};
// What became due: the digest at this destination, and word of a storm that has just begun at all of them.
// Rows that a mute holds are given back to it instead.
[[nodiscard]] Result<std::map<std::string, int>> fold_into_digest(Store& store,
                                                                  const StormQuestion& question);

}  // namespace entrawatch
