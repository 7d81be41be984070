// PackFigures: what the report of an evidence pack says in numbers, gathered while its files are written.
// Pure.
//
// Its size depends on days, feeds and rules, not on events. Used by pack_rows (gathers) and report (prints).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/feed/feed.hpp"
#include "core/rules/severity.hpp"
#include "daemon/commands/feed_coverage.hpp"

namespace entrawatch {

// Durations by size, each class at most 1/16 wide: percentiles that are never too small and at most 6 % too
// large.
class Durations {
  public:
    void add(Ticks duration);  // below zero counts as zero
    [[nodiscard]] std::int64_t count() const { return count_; }
    [[nodiscard]] Ticks longest() const { return longest_; }
    // At least `share` of all (0 to 1) took at most that long; zero when there are none.
    [[nodiscard]] Ticks percentile(double share) const;

  private:
    std::map<int, std::int64_t> classes_;
    std::int64_t count_ = 0;
    Ticks longest_{0};
};

// A row of the report's list of alerts.
struct PackAlert {
    std::string id, opened_at, scenario, rule, summary, state;
    Severity severity = Severity::informational;
};

// A span of one feed's event time.
struct CoverageRow {
    FeedId feed = FeedId::directory_audits;
    std::string kind;  // complete | hole | not yet
    Span span;
    std::optional<Instant> recoverable_until{};
};

struct PackFigures {
    static constexpr std::size_t most_listed_alerts = 200;

    std::int64_t events = 0, earlier_revisions = 0, raw_bytes = 0;
    std::map<std::int64_t, std::map<FeedId, std::int64_t>> events_by_day;  // day since 1970
    std::map<FeedId, Durations> lateness;                                  // received minus event time
    std::optional<Instant> newest_received;

    std::int64_t alerts = 0, test_alerts = 0;
    std::array<std::int64_t, 5> alerts_by_severity{};  // tests left out, as in what follows
    std::map<std::string, std::int64_t> alerts_by_rule, alerts_by_scenario, told_by_scenario;
    std::vector<PackAlert> listed;
    Durations until_opened;    // from the first event
    Durations until_told;      // from there to the first receiver's answer
    Durations until_taken_up;  // from there to a person's word
    std::int64_t never_told = 0;

    std::map<std::string, std::int64_t> rows;  // by file
    std::vector<CoverageRow> coverage;
    std::int64_t holes = 0;
    std::vector<FeedId> not_watched;
    std::int64_t rule_texts = 0, rule_texts_missing = 0;
    std::int64_t chain_first = 0, chain_last = 0, checkpoints = 0, bound_events = 0;
};

}  // namespace entrawatch
