// PeerCollector: the ways in which published collectors read Graph, each a habit that can be put on, to show
// what it costs.
//
// A model of the habits alone, made after their source code, and none of ours: windows or a cursor, one look
// at each span, what they take for the end, what they do when something fails. Used by tests that measure
// ourselves against them (tests/loss_classes_test.cpp).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "tests/simulator/naive_collector.hpp"

namespace entrawatch::simulator {

struct Habits {
    Ticks margin{0};  // the newest that is left for the next time
    std::optional<Ticks>
        lookback;  // stateless: always [now - lookback, now); nullopt = from where it left off
    bool cursor_is_newest_row = false;  // else the end of the window
    std::string time_property;          // empty = the event's time
    bool shared_cursor = false;         // one for all feeds
    bool first_page_only = false;
    bool empty_page_is_the_end = false;
    bool refused_page_is_the_end = false;    // a dead token too
    bool anything_is_a_page = false;         // 200 without `value`: no rows, and the end
    bool asks_anew_after_each_page = false;  // `gt` the last row of it, and no link
    std::optional<std::size_t> largest_body;
    bool starts_from_now = false;        // after every restart
    bool moves_on_without_sink = false;  // what the sink refuses is logged and forgotten
    bool keeps_the_first_form = false;   // rows are known by their id
};

class PeerCollector {
  public:
    PeerCollector(Tenant& tenant, Habits habits) : walker_(tenant), habits_(std::move(habits)) {}

    // By its own clock it is `ahead` later.
    void poll(FeedId feed, Instant now, Ticks ahead = Ticks{0});
    void restart() { restarted_.clear(); }
    void break_sink(bool broken) { sink_broken_ = broken; }
    [[nodiscard]] const Collected& collected() const { return collected_; }

  private:
    // nullopt: it did not come to what it takes for the end. Else the newest time seen.
    [[nodiscard]] std::optional<Instant> walk(FeedId feed, Instant from, Instant to, Instant now);
    [[nodiscard]] std::string first_target(FeedId feed, Instant from, Instant to, bool ascending) const;
    [[nodiscard]] std::string property(FeedId feed) const;
    void take(FeedId feed, const Document& row);

    Walker walker_;
    Habits habits_;
    Collected collected_;
    std::map<FeedId, Instant> cursors_;
    std::map<FeedId, bool> restarted_;
    bool sink_broken_ = false;
};

}  // namespace entrawatch::simulator
