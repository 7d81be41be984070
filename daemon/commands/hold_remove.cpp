#include "daemon/commands/end_by_id.hpp"

namespace entrawatch {

int run_hold_remove(const HoldRemoveOptions& options, const Invocation& invocation) {
    const Ending<HoldRow> ending{
        .words = {{"hold", "holds", "hold list --all"},
                  "hold remove",
                  "removed; what is old enough is pruned within minutes"},
        .find = [](Store& store, const std::string& id) { return store.hold(id); },
        .over = [](const HoldRow& hold, Instant) -> std::optional<std::string> {
            if (!hold.removed_at) return std::nullopt;
            return "was removed already, by " + hold.removed_by + " at " + to_iso(*hold.removed_at);
        },
        .end = [](Store& store, const HoldRow& hold, const std::string& by, const std::string& reason,
                  Instant now) { return store.remove_hold(hold.id, by, reason, now); }};
    return end_by_id(options, ending, invocation);
}

}  // namespace entrawatch
