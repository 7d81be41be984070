// FeedLedger: what a poller writes down about its feed: windows in the store, the feed's condition, what
// pages brought, a line in the log.
//
// A store that does not take writes is said once and shown on /healthz; windows wait meanwhile. Used by
// feed_poller.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "core/feed/sweep_plan.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

// What rules told of what was committed: a line in the log for each alert, counts, and the delivery workers
// are rung. For pages, and for findings that waited (waiting_watch).
void report_told(TenantRuntime& tenant, const IngestReport& report);

class FeedLedger {
  public:
    FeedLedger(TenantRuntime& tenant, const Feed& feed);

    // A new row, which window() then names. False when the store did not take it.
    [[nodiscard]] boost::asio::awaitable<bool> open_window(const WindowPlan& plan);
    [[nodiscard]] std::int64_t window() const { return window_; }
    [[nodiscard]] boost::asio::awaitable<void> abandon(std::string reason);
    // How wide the next backfill window should be, after this one succeeded or was too much.
    [[nodiscard]] boost::asio::awaitable<void> note_span(bool succeeded, const WindowPlan& plan);
    [[nodiscard]] boost::asio::awaitable<void> set_condition(FeedCondition condition, std::string reason,
                                                             std::optional<Instant> next_probe_at);
    // The feed is never asked, and that is known from the start.
    [[nodiscard]] boost::asio::awaitable<void> park_for_good(std::string reason);
    // After a page was committed: counts, says what it opened and rejected, rings the delivery workers.
    void report_page(const IngestReport& report);
    void store_failed(const Error& error);

  private:
    void say_abandoned(const std::string& reason);
    void say_backfilled(Span span);
    [[nodiscard]] boost::asio::awaitable<void> keep_condition(FeedCondition condition, std::string reason,
                                                              std::optional<Instant> next_probe_at);
    void say_condition(FeedCondition condition, const std::string& reason);

    TenantRuntime& tenant_;
    const Feed& feed_;
    FeedStatus& status_;
    std::int64_t window_ = 0;
    Pass pass_ = Pass::hot;  // of the window
};

}  // namespace entrawatch
