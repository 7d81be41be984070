// RealWay: Entrawatch's own way of reading a feed, with simulated time: the planner, the walk through a
// window, the judge of answers, the page splitter, ingest and the store of the product. Only the waiting is
// left out.
//
// For tests that measure it against others on the same tenant; the real pollers are tried by tests/flow and
// the campaign.
#pragma once

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <vector>

#include "core/base/digest.hpp"
#include "core/feed/sweep_plan.hpp"
#include "core/store/query.hpp"
#include "daemon/graph/answer.hpp"
#include "daemon/ingest.hpp"
#include "daemon/tenant_opening.hpp"
#include "daemon/window_walk.hpp"
#include "tests/simulator/naive_collector.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::simulator {

class RealWay {
  public:
    RealWay(Tenant& tenant, Instant now) : walker_(tenant), store_("contoso", now) {
        context_.tenant = {"contoso", "11111111-2222-3333-4444-555555555555", ""};
        context_.rules = std::make_shared<const RuleSet>(std::vector<Rule>{});
        context_.directory = std::make_shared<const Directory>(std::vector<EmergencyAccount>{},
                                                               std::vector<RoleInfo>{}, DirectoryReading{});
        context_.entropy = random_bytes;
        settings_.backfill = std::chrono::hours{6};
    }

    // How far our own clock is ahead.
    void set_clock_ahead(Ticks ahead) { clock_ahead_ = ahead; }
    // Whatever is due at `now`, by the tenant's clock.
    void poll(FeedId id, Instant there) {
        const Instant now = there + clock_ahead_;
        const Feed& feed = feed_of(id);
        std::deque<WindowPlan> split;
        for (int windows = 0; windows < 200; ++windows) {
            auto plan = split.empty() ? next_window(feed, test::must(store_->sweep_state(id)), settings_, now)
                                      : std::optional{split.front()};
            if (!split.empty()) split.pop_front();
            if (!plan || !read(feed, *plan, now, split)) return;
        }
        throw std::runtime_error{"there is no end of windows"};
    }
    [[nodiscard]] bool calls_complete(FeedId feed, Instant time) {
        const auto complete = test::must(store_->sweep_state(feed)).complete;
        return std::any_of(complete.begin(), complete.end(),
                           [&](const Span& span) { return span.from <= time && time < span.to; });
    }
    [[nodiscard]] Collected collected() {
        Collected collected;
        EventFilter all;
        all.with_raw = true;
        test::must(query_events(*store_, all, [&](const EventRow& row) {
            collected[{row.feed, row.id}] = to_hex(as_bytes(sha256(row.raw)));
            return true;
        }));
        return collected;
    }

  private:
    // False: come back at the next poll.
    bool read(const Feed& feed, const WindowPlan& plan, Instant now, std::deque<WindowPlan>& split) {
        const auto opened = store_->open_window(feed.id, plan, now);
        if (!opened) return false;
        std::int64_t window = *opened;
        WindowWalk walk{plan.span};
        const std::string first = first_page_target(feed, plan.time_property, asked_span(plan));
        for (std::string target = first;;) {
            std::string link;
            switch (step(feed, window, walk, target, link, now)) {
                case WalkStep::done:
                    return true;
                case WalkStep::follow_link:
                    target = walker_.target_of(link);
                    break;
                case WalkStep::repeat_link:
                    break;
                case WalkStep::begin_again:
                    test::must(store_->abandon_window(window, walk.reason(), now));
                    window = test::must(store_->open_window(feed.id, plan, now));
                    target = first;
                    break;
                case WalkStep::split: {
                    const auto [older, newer] = *halves(plan.span);
                    test::must(store_->abandon_window(window, walk.reason(), now));
                    split.push_front({plan.pass, older, plan.time_property});
                    split.push_front({plan.pass, newer, plan.time_property});
                    return true;
                }
                case WalkStep::park:
                case WalkStep::give_up:
                    static_cast<void>(store_->abandon_window(window, "given up", now));
                    return false;
            }
        }
    }

    WalkStep step(const Feed& feed, std::int64_t window, WindowWalk& walk, const std::string& target,
                  std::string& link, Instant now) {
        http::Response response = walker_.ask(target, now - clock_ahead_);
        if (response.status == 0) return walk.after_failure(graph::Outcome::transient);
        const auto judgement = graph::judge(response, feed, now);
        if (judgement.outcome != graph::Outcome::page) return walk.after_failure(judgement.outcome);
        auto page = split_page(std::move(response.body));
        if (!page) return walk.after_failure(graph::Outcome::transient);
        IngestInput input;
        input.feed = &feed;
        input.page = &*page;
        input.window = window;
        input.completes_window = page->next_link.empty();
        input.now = now;
        if (!ingest(*store_, context_, input, *scratch_)) return WalkStep::give_up;
        link = page->next_link;
        return walk.after_page(link);
    }

    Ticks clock_ahead_{0};
    Walker walker_;
    test::TempStore store_;
    IngestContext context_;
    SweepSettings settings_;
    RuleScratchPtr scratch_ = make_rule_scratch();
};

}  // namespace entrawatch::simulator
