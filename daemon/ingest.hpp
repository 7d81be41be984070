// ingest: the one place where the parts meet. A page of records goes in; events, findings, alerts and
// deliveries are committed.
//
// parse → normalize → enrich → store → match → conclude → open alert → enqueue → commit, in one transaction,
// from polling and from `import` alike. What a filter suppresses goes the same way up to the alert, which is
// told to nobody. Synchronous: runs on a tenant's store lane. The caller retries the
// whole page on Error `unavailable`.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "alerts/alert.hpp"
#include "alerts/routing.hpp"
#include "core/context/directory.hpp"
#include "core/feed/page.hpp"
#include "core/rules/rule_set.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// What does not change from page to page; replaced as a whole on reload.
struct IngestContext {
    TenantName tenant;
    std::shared_ptr<const RuleSet> rules;
    std::shared_ptr<const Directory> directory;
    std::vector<Route> routes;             // empty: alerts are stored, nothing is enqueued
    std::function<std::string()> entropy;  // 10 random bytes
    std::set<FeedId> scenario_only;        // of these, records that no rule asks for are not kept
};

struct IngestInput {
    const Feed* feed = nullptr;  // nullptr: each record says itself (import)
    const Page* page = nullptr;
    std::optional<std::int64_t> window;  // whose progress this page is
    std::vector<Span> looked_at{};  // where rows that are seen for the first time tell how late they came
    bool completes_window = false;  // no next link: the window is complete when this commits
    bool any_shape = false;         // import: diagnostic shapes are converted; polled pages are Graph's
    bool test = false;              // synthetic records of `alerts test` and of canaries
    std::string key{};              // dedup key of what is told, of a canary; by act and subject when empty
    std::optional<std::string> directory;  // the reading that the records come from, to be kept with them
    Instant now;
};

struct Rejection {
    std::size_t record = 0;  // its place in the page, from 0
    std::string reason;
};

struct IngestReport {
    WindowProgress progress;
    std::vector<Rejection> rejections;      // at most 100; the store has all of them
    std::vector<AlertRow> opened;           // alerts that this page opened
    std::vector<AlertRow> raised;           // alerts told again, because it made them severer
    std::map<std::string, int> suppressed;  // findings that each filter, by name, kept from being told
    std::map<std::string, int> deliveries;  // rows enqueued per destination
    std::map<FeedId, int> fresh_by_feed;
    Lateness lateness;               // of new records, where that can be said
    bool directory_changed = false;  // a new record tells of what the directory poller reads
    int left_out = 0;                // records that were not kept, as the settings ask
};

[[nodiscard]] Result<IngestReport> ingest(Store& store, const IngestContext& context,
                                          const IngestInput& input, RuleScratch& scratch);

}  // namespace entrawatch
