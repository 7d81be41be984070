#include "alerts/circuit.hpp"

#include <algorithm>

namespace entrawatch {
namespace {

constexpr int failures_to_open = 5;
constexpr Ticks first_probe_delay = std::chrono::seconds{15};
constexpr Ticks longest_probe_delay = std::chrono::minutes{5};
// What a receiver that throttles without saying for how long is left alone.
constexpr Ticks unsaid_pause = std::chrono::seconds{2};

Circuit closed(const Circuit& circuit) {
    Circuit fresh;
    fresh.pause_until = circuit.pause_until;
    return fresh;
}

Circuit after_transient(Circuit circuit, Instant now) {
    ++circuit.failures_in_a_row;
    if (!circuit.open) {
        if (circuit.failures_in_a_row < failures_to_open) return circuit;
        circuit.open = true;
        circuit.probe_delay = first_probe_delay;
        circuit.next_probe_at = now + circuit.probe_delay;
        return circuit;
    }
    // An attempt that was under way when the circuit opened is no probe.
    if (circuit.next_probe_at && now < *circuit.next_probe_at) return circuit;
    circuit.probe_delay = std::min(circuit.probe_delay * 2, longest_probe_delay);
    circuit.next_probe_at = now + circuit.probe_delay;
    return circuit;
}

}  // namespace

Circuit after(Circuit circuit, Verdict verdict, std::optional<Ticks> retry_after, Instant now) {
    switch (verdict) {
        case Verdict::transient:
            circuit = after_transient(circuit, now);
            break;
        case Verdict::gone:
            circuit.open = true;
            circuit.next_probe_at = Instant::max();
            break;
        case Verdict::delivered:
        case Verdict::throttled:
        case Verdict::misconfigured:
        case Verdict::too_large:
            circuit = closed(circuit);
            break;
    }
    if (verdict == Verdict::throttled && !retry_after) retry_after = unsaid_pause;
    if (retry_after && verdict != Verdict::delivered) {
        circuit.pause_until = std::max(circuit.pause_until.value_or(now), now + *retry_after);
    }
    return circuit;
}

Instant may_try_at(const Circuit& circuit, Instant now) {
    Instant at = circuit.pause_until.value_or(now);
    if (circuit.open && circuit.next_probe_at) at = std::max(at, *circuit.next_probe_at);
    return at;
}

}  // namespace entrawatch
