#include "alerts/mute.hpp"
#include "daemon/commands/end_by_id.hpp"

namespace entrawatch {

int run_mute_remove(const MuteRemoveOptions& options, const Invocation& invocation) {
    const Ending<MuteRow> ending{
        .words = {{"mute", "mutes", "mute list --all"},
                  "mute remove",
                  "removed; the running daemon reports what it hid within a second"},
        .find = [](Store& store, const std::string& id) { return store.mute(id); },
        .over = [](const MuteRow& mute, Instant now) -> std::optional<std::string> {
            const std::string_view condition = condition_of(mute, now);
            if (condition == "removed")
                return "was removed already, by " + mute.removed_by + " at " + to_iso(*mute.removed_at);
            if (condition == "ended") return "ended by itself at " + to_iso(mute.ends_at);
            return std::nullopt;
        },
        .end = [](Store& store, const MuteRow& mute, const std::string& by, const std::string& reason,
                  Instant now) { return store.remove_mute(mute.id, by, reason, now); }};
    return end_by_id(options, ending, invocation);
}

}  // namespace entrawatch
