#include "alerts/drill.hpp"
#include "daemon/commands/end_by_id.hpp"

namespace entrawatch {

int run_drill_cancel(const DrillCancelOptions& options, const Invocation& invocation) {
    const Ending<DrillRow> ending{
        .words = {{"drill", "drills", "drill list"},
                  "drill cancel",
                  "cancelled; what the account does from now on is no drill"},
        .find = [](Store& store, const std::string& id) { return store.drill(id); },
        .over = [](const DrillRow& drill, Instant now) -> std::optional<std::string> {
            if (drill.cancelled_at) {
                return "was cancelled already, by " + drill.cancelled_by + " at " +
                       to_iso(*drill.cancelled_at);
            }
            if (drill.ends_at <= now) return "ended by itself at " + to_iso(drill.ends_at);
            return std::nullopt;
        },
        .end = [](Store& store, const DrillRow& drill, const std::string& by, const std::string& reason,
                  Instant now) { return store.cancel_drill(drill.id, by, reason, now); }};
    return end_by_id(options, ending, invocation);
}

}  // namespace entrawatch
