// count_watch: counts that grew after they were told are told after fifteen minutes, so that what a receiver
// knows ends with what happened.
//
// Runs on the lane, now and then. Used by app and, for counts that are due at once, by ingest. Read next:
// alerts/storm.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

// Writes the alert, which has been given its told count, and tells it to those of `destinations` who heard of
// it. Inside a transaction.
[[nodiscard]] Result<> tell_count(Store& store, const AlertRow& alert,
                                  const std::vector<std::string>& destinations, Instant now,
                                  std::map<std::string, int>& due);

// All that is overdue. The rows that became due.
[[nodiscard]] Result<std::map<std::string, int>> tell_overdue_counts(
    Store& store, const std::vector<std::string>& destinations, Instant now);

}  // namespace entrawatch
