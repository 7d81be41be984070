// WindowWalk: what to do next in a window, after each answer. Pure state, one per window; the poller performs
// the steps.
//
// Holds the rules that peers get wrong: an empty page is not the end, a dead skip token means the window
// begins again, a next link seen before is a fault and not the end, a gateway time-out halves the window.
// Facts: daemon/graph/README.md. Used by feed_poller.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/feed/sweep_plan.hpp"
#include "daemon/graph/answer.hpp"

namespace entrawatch {

enum class WalkStep {
    done,         // the last page is in: the window is complete
    follow_link,  // ask for the next page
    repeat_link,  // ask for the same page again, after `delay`
    begin_again,  // the window from its start, as a new ledger row
    split,        // two halves, each a window of its own
    park,         // Graph refuses this feed
    give_up,      // leave the window open in the ledger as abandoned and plan anew, after `delay`
};

class WindowWalk {
  public:
    static constexpr int max_pages = 20'000;
    static constexpr int max_repeats = 5;   // of one link, before the window begins again
    static constexpr int max_restarts = 3;  // before the window is split, or given up when it cannot be

    explicit WindowWalk(Span span) : span_(span) {}

    // After a page has been committed.
    [[nodiscard]] WalkStep after_page(const std::string& next_link);
    // After an answer that is no page. `not_a_page` bodies are Outcome::transient.
    [[nodiscard]] WalkStep after_failure(graph::Outcome outcome);
    // How long to wait before a repeat: 1, 2, 4 … 60 s, half of it by dice. Throttling waits in the limiter,
    // not here.
    [[nodiscard]] Ticks delay(double dice) const;
    // Why, for the ledger.
    [[nodiscard]] const std::string& reason() const { return reason_; }

  private:
    [[nodiscard]] WalkStep begin_again(std::string reason);
    [[nodiscard]] WalkStep split_or(WalkStep otherwise, std::string reason);

    Span span_;
    int pages_ = 0;
    int repeats_ = 0;
    int restarts_ = 0;
    bool waits_ = false;
    std::unordered_set<std::string> seen_;
    std::string reason_;
};

// The halves of a span, older first; nullopt when it is at the floor of 1 min.
[[nodiscard]] std::optional<std::pair<Span, Span>> halves(Span span);

}  // namespace entrawatch
