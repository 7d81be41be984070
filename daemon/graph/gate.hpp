// Gate: where requests of one budget group queue for their limiter; hot before warm before backfill, first
// come first served within one rank. Every third turn goes to whoever has waited longest, so that hot windows
// that use up the budget slow the others down but never starve them.
//
// Used by GraphClient only. Everything on the I/O thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <utility>

#include "daemon/clock.hpp"
#include "daemon/graph/limiter.hpp"

namespace entrawatch::graph {

class Gate {
  public:
    Gate(boost::asio::any_io_executor executor, std::shared_ptr<const Clock> clock, BudgetGroup group)
        : executor_(std::move(executor)), clock_(std::move(clock)), limiter_(group) {}

    // Until it is our turn and the limiter agrees; the request counts from then on. Lower priorities go
    // first. False after close(). Terminal cancellation leaves the queue.
    [[nodiscard]] boost::asio::awaitable<bool> pass(int priority);
    // Whether pass() would let somebody through at once.
    [[nodiscard]] bool is_free() const;
    // Everybody who waits, or comes later, is turned away.
    void close();
    [[nodiscard]] Limiter& limiter() { return limiter_; }
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

  private:
    using Rank = std::pair<int, std::uint64_t>;  // priority, then order of arrival
    struct Place;
    static constexpr std::uint64_t turns_in_a_round = 3;
    // Whose turn it is; the queue is not empty.
    [[nodiscard]] Rank next_in_turn() const;
    void wake_next();

    boost::asio::any_io_executor executor_;
    std::shared_ptr<const Clock> clock_;
    Limiter limiter_;
    std::map<Rank, boost::asio::steady_timer*> queue_;
    std::uint64_t arrivals_ = 0;
    std::uint64_t turns_ = 0;
    bool closed_ = false;
};

}  // namespace entrawatch::graph
