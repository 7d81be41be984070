// query: the auditor's questions about events, streamed newest or oldest first in constant memory.
//
// Day-first indexes mean that a question walks one short range per day; the day range is bounded by the
// filter or by what the store holds. Used by the `query` command and /api/v1/events.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace entrawatch {

struct EventFilter {
    std::optional<Instant> from{}, to{};
    std::vector<FeedId> feeds{};
    std::string actor{};     // id or name, exact when folded; `*` wildcards
    std::string target{};    // as actor
    std::string entity{};    // any id or name the event touches
    std::string activity{};  // folded, `*` wildcards
    std::string ip{};        // address or CIDR
    std::string correlation_id{};
    std::string outcome{};
    std::string text{};  // folded substring of the raw record
    std::string id{};    // the record's own id
    bool oldest_first = false;
    std::int64_t limit = 0;  // 0 = all
    bool with_raw = false;
};

// A row of the `events` view.
struct EventRow {
    std::int64_t event = 0;
    FeedId feed = FeedId::directory_audits;
    std::string id;
    int revision = 1;
    Instant occurred_at, received_at;
    std::string activity, category, service, outcome;
    std::string actor_kind, actor_id, actor_name, actor_ip;
    std::string target_kind, target_id, target_name;
    std::string correlation_id;
    std::string raw;  // only with EventFilter::with_raw
};

// Checks the filter's forms (CIDR, wildcards) first. `row` returns false to stop. The number of rows handed
// out.
[[nodiscard]] Result<std::int64_t> query_events(Store& store, const EventFilter& filter,
                                                const std::function<bool(const EventRow&)>& row);

}  // namespace entrawatch
