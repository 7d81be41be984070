// circuit: when to leave a destination alone. Pure state, one per destination, owned by its worker.
//
// Opens after 5 transient failures in a row; while open one probe every 15 s, doubling to 5 min; a success
// closes it. `pause_until` is the receiver's own wish (Retry-After) and holds whatever the circuit says.
#pragma once

#include <optional>

#include "alerts/verdict.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

struct Circuit {
    int failures_in_a_row = 0;
    bool open = false;
    Ticks probe_delay = std::chrono::seconds{15};
    std::optional<Instant> next_probe_at;
    std::optional<Instant> pause_until;
};

[[nodiscard]] Circuit after(Circuit circuit, Verdict verdict, std::optional<Ticks> retry_after, Instant now);
// The earliest instant at which an attempt may start; <= now means: go.
[[nodiscard]] Instant may_try_at(const Circuit& circuit, Instant now);

}  // namespace entrawatch
