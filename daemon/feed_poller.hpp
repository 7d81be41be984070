// FeedPoller: reads the windows of one feed of one tenant, for as long as the daemon runs.
//
// The plan is pure (core/feed/sweep_plan), the steps inside a window are pure (window_walk), what an answer
// means is pure (graph/answer); this performs them: ask Graph, hand the page to the lane, wait. Two pollers
// share a feed: `live` reads the hot windows, `sweep` everything that is read again or for the first time
// behind them, so that a long backfill never delays a page about tonight. Nothing is lost by stopping
// anywhere: a window that is not complete in the ledger is read again.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/feed/sweep_plan.hpp"
#include "daemon/feed_ledger.hpp"
#include "daemon/tenant_runtime.hpp"
#include "daemon/window_walk.hpp"

namespace entrawatch {

enum class PollerRole { live, sweep };

class FeedPoller {
  public:
    FeedPoller(TenantRuntime& tenant, const Feed& feed, PollerRole role);
    // Until the stop signal. Spawn once.
    [[nodiscard]] boost::asio::awaitable<void> run();

  private:
    using Awaitable = boost::asio::awaitable<void>;

    [[nodiscard]] boost::asio::awaitable<std::optional<WindowPlan>> next_plan();
    [[nodiscard]] Awaitable sleep_until_due();
    [[nodiscard]] Awaitable read(WindowPlan plan);
    // One answer, one step; `link` moves on.
    [[nodiscard]] boost::asio::awaitable<WalkStep> ask(const WindowPlan& plan, WindowWalk& walk,
                                                       std::string& link);
    [[nodiscard]] boost::asio::awaitable<WalkStep> commit(WindowWalk& walk, std::string body,
                                                          std::string& link);
    // False, after a while, when the store does not take it now.
    [[nodiscard]] boost::asio::awaitable<bool> open_window(const WindowPlan& plan);
    [[nodiscard]] Awaitable park(const graph::Judgement& judgement);
    [[nodiscard]] Awaitable give_up(const WindowWalk& walk);
    [[nodiscard]] bool may_read() const;
    [[nodiscard]] int priority_of(Pass pass) const;
    [[nodiscard]] SweepState seen_by_role(SweepState state, Instant now) const;
    [[nodiscard]] SweepSettings sweep_settings() const;

    TenantRuntime& tenant_;
    const Feed& feed_;
    PollerRole role_;
    FeedStatus& status_;
    FeedLedger ledger_;
    StoppableWakeup wakeup_;
    std::deque<WindowPlan> split_;  // halves still to be read, before anything new is planned
    std::vector<Span> looked_at_;   // before the window that is being read
    graph::Judgement last_judgement_;
    int parkings_ = 0;
    int give_ups_ = 0;
    std::optional<Instant> due_at_;
};

}  // namespace entrawatch
