#include "daemon/graph/gate.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace entrawatch::graph {

namespace asio = boost::asio;

namespace {

// The timer is real and the clock may be held by hand, so the first in the queue looks again after this at
// the latest.
constexpr auto look_again = std::chrono::milliseconds{500};

}  // namespace

// A place in the queue is given up however the wait ends.
struct Gate::Place {
    Gate& gate;
    Rank rank;
    asio::steady_timer timer;

    Place(Gate& at, int priority) : gate(at), rank(priority, at.arrivals_++), timer(at.executor_) {
        gate.queue_.emplace(rank, &timer);
    }
    ~Place() {
        gate.queue_.erase(rank);
        gate.wake_next();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool is_next() const { return gate.next_in_turn() == rank; }
};

asio::awaitable<bool> Gate::pass(int priority) {
    Place place{*this, priority};
    while (!closed_) {
        const SteadyInstant now = clock_->now().steady;
        const SteadyInstant start = limiter_.may_start(now);
        if (place.is_next() && start <= now) {
            limiter_.started(now);
            ++turns_;
            co_return true;
        }
        if (place.is_next()) {
            place.timer.expires_after(std::min<SteadyInstant::duration>(start - now, look_again));
        } else {
            place.timer.expires_at(asio::steady_timer::time_point::max());
        }
        // Woken or due, the loop looks again; a terminal cancellation is thrown at the next co_await.
        co_await place.timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    co_return false;
}

bool Gate::is_free() const {
    const SteadyInstant now = clock_->now().steady;
    return !closed_ && queue_.empty() && limiter_.may_start(now) <= now;
}

Gate::Rank Gate::next_in_turn() const {
    if (turns_ % turns_in_a_round != turns_in_a_round - 1) return queue_.begin()->first;
    const auto oldest = std::min_element(queue_.begin(), queue_.end(), [](const auto& a, const auto& b) {
        return a.first.second < b.first.second;
    });
    return oldest->first;
}

void Gate::wake_next() {
    if (!queue_.empty()) queue_.find(next_in_turn())->second->cancel();
}

void Gate::close() {
    closed_ = true;
    for (const auto& [rank, timer] : queue_)
        timer->cancel();
}

}  // namespace entrawatch::graph
