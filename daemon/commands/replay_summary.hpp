// replay_summary: what a replay comes to, rule by rule: how many alerts, on which days, by whom, how many
// of them a mute of today would hide, and what filters would keep from being told beside them. Pure. Used by
// `rules replay`.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

struct RuleReplay {
    std::string rule, scenario;
    Severity severity = Severity::informational;  // the highest
    std::int64_t alerts = 0, events = 0;
    std::int64_t muted = 0;                       // alerts that no destination would hear of
    std::int64_t suppressed = 0;                  // further ones, which a filter would keep from being told
    std::map<std::string, std::int64_t> filters;  // name -> those
    Instant first, last;                          // of the events
    std::map<std::string, std::int64_t> per_day;  // "2026-11-22" -> alerts
    std::map<std::string, std::int64_t> actors;   // name -> alerts
};

struct ReplayQuestion {
    std::span<const AlertRow> alerts;
    std::span<const MuteRow> mutes;             // in force now
    std::span<const std::string> destinations;  // of the settings
    Instant now;
};
// The rules with the most alerts first.
[[nodiscard]] std::vector<RuleReplay> summarize_replay(const ReplayQuestion& question);

// "ada (3), bob (1) and 2 more": the `most` most frequent.
[[nodiscard]] std::string most_frequent(const std::map<std::string, std::int64_t>& counts, std::size_t most);

}  // namespace entrawatch
