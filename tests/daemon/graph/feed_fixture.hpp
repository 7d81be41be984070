// Feeds and tenants for the tests of this room, independent of the shipped table.
#pragma once

#include "config/settings.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch::graph {

[[nodiscard]] inline Feed a_feed(BudgetGroup group = BudgetGroup::reports) {
    return {.id = FeedId::directory_audits,
            .name = "audits",
            .kind = RecordKind::directory_audit,
            .path = "/v1.0/audits",
            .event_time = "at",
            .window_time = "at",
            .deep_time = "at",
            .extra_filter = {},
            .page_size = 0,
            .budget = group,
            .changes_later = false,
            .retention = Ticks{0},
            .hot_overlap = Ticks{0},
            .patience = std::chrono::seconds{5},
            .permission = "Audit.Read Directory.Read",
            .licence = "a good licence"};
}

}  // namespace entrawatch::graph
