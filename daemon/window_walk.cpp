#include "daemon/window_walk.hpp"

#include <algorithm>

namespace entrawatch {

using graph::Outcome;

WalkStep WindowWalk::after_page(const std::string& next_link) {
    ++pages_;
    repeats_ = 0;
    waits_ = false;
    if (next_link.empty()) return WalkStep::done;
    if (!seen_.insert(next_link).second) return begin_again("Graph sent a next link for the second time");
    if (pages_ >= max_pages) return split_or(WalkStep::give_up, "the window has too many pages");
    return WalkStep::follow_link;
}

WalkStep WindowWalk::after_failure(Outcome outcome) {
    waits_ = false;
    switch (outcome) {
        case Outcome::throttled:
            return WalkStep::repeat_link;  // the limiter holds the whole group back; a dead token shows
                                           // itself later
        case Outcome::restart_window:
            return begin_again("the skip token died");
        case Outcome::too_slow:
            return split_or(WalkStep::give_up, "Graph took too long for the window");
        case Outcome::parked:
            return WalkStep::park;
        case Outcome::bad_request:
            reason_ = "Graph refused the query";
            return WalkStep::give_up;
        case Outcome::page:
        case Outcome::new_token:
        case Outcome::transient:
            break;
    }
    waits_ = true;
    if (++repeats_ <= max_repeats) return WalkStep::repeat_link;
    reason_ = "Graph did not answer with a page";
    return WalkStep::give_up;
}

WalkStep WindowWalk::begin_again(std::string reason) {
    seen_.clear();
    pages_ = 0;
    repeats_ = 0;
    if (++restarts_ > max_restarts) return split_or(WalkStep::give_up, std::move(reason));
    reason_ = std::move(reason);
    return WalkStep::begin_again;
}

WalkStep WindowWalk::split_or(WalkStep otherwise, std::string reason) {
    reason_ = std::move(reason);
    waits_ = true;
    return halves(span_) ? WalkStep::split : otherwise;
}

Ticks WindowWalk::delay(double dice) const {
    if (!waits_) return Ticks{0};
    const int doublings = std::clamp(repeats_ - 1, 0, 6);
    const Ticks full = std::min<Ticks>(std::chrono::seconds{1LL << doublings}, std::chrono::seconds{60});
    const Ticks half = full / 2;
    return half + Ticks{static_cast<Ticks::rep>(static_cast<double>(half.count()) * dice)};
}

std::optional<std::pair<Span, Span>> halves(Span span) {
    if (span.length() / 2 < Ticks{std::chrono::minutes{1}}) return std::nullopt;
    const Instant middle = span.from + span.length() / 2;
    return std::pair{Span{span.from, middle}, Span{middle, span.to}};
}

}  // namespace entrawatch
