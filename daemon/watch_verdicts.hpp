// watch_verdicts: whether each part of the watch does its work: feeds, the directory, the store's disk,
// destinations, and what came of the last canary. Pure.
//
// Short failures are Graph's everyday life and no news; what lasts is. Used by TenantWatch. Read next:
// alerts/watch.hpp, watch_report.hpp.
#pragma once

#include <vector>

#include "alerts/watch.hpp"
#include "daemon/status.hpp"

namespace entrawatch {

struct WatchQuestion {
    const TenantStatus* status = nullptr;
    Instant since;  // when the watch of this process began
    Instant now;
    Ticks poll_interval{0};
};

// How long a feed that is read may be silent: some polls, and of posture some readings.
[[nodiscard]] Ticks longest_silence(const Feed& feed, Ticks poll_interval);

// One verdict for each feed that is read (not for one that the tenant's cloud does not have), for the
// directory, the disk and the size of the store, for each destination that something was sent to, and for
// each that a canary was sent to.
[[nodiscard]] std::vector<WatchVerdict> watch_verdicts(const WatchQuestion& question);

}  // namespace entrawatch
