// TaskGroup: every coroutine of the program is a child of one, so that stopping is bounded and loses nothing.
//
// Two words: ask() sets `stopping` and rings the sleepers, so that children finish what they have in flight
// and end; insist() cuts what is still running (terminal cancellation: sockets close). Each is said once to
// everybody. Used by app; children take a StopSignal. One I/O thread: nothing here is locked.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <list>
#include <set>
#include <string>

namespace entrawatch {

// A bell that a coroutine sleeps by. A ring while nobody sleeps is remembered for the next sleep.
class Wakeup {
  public:
    explicit Wakeup(const boost::asio::any_io_executor& executor) : timer_(executor) {}
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void ring();
    // Until the bell rings or the time has passed. One sleeper at a time.
    [[nodiscard]] boost::asio::awaitable<void> sleep(std::chrono::nanoseconds at_most);

  private:
    boost::asio::steady_timer timer_;
    bool rung_ = false;
};

// Says whether to stop, and wakes sleepers when it does. Outlives every child.
class StopSignal {
  public:
    [[nodiscard]] bool stopping() const { return stopping_; }
    void add(Wakeup& wakeup) { sleepers_.insert(&wakeup); }
    void remove(Wakeup& wakeup) { sleepers_.erase(&wakeup); }
    void set();

  private:
    bool stopping_ = false;
    std::set<Wakeup*> sleepers_;
};

// Rings with the StopSignal for as long as it lives.
class StoppableWakeup {
  public:
    StoppableWakeup(const boost::asio::any_io_executor& executor, StopSignal& stop)
        : wakeup_(executor), stop_(stop) {
        stop_.add(wakeup_);
    }
    ~StoppableWakeup() { stop_.remove(wakeup_); }
    StoppableWakeup(const StoppableWakeup&) = delete;
    StoppableWakeup& operator=(const StoppableWakeup&) = delete;

    void ring() { wakeup_.ring(); }
    [[nodiscard]] boost::asio::awaitable<void> sleep(std::chrono::nanoseconds at_most);

  private:
    Wakeup wakeup_;
    StopSignal& stop_;
};

class TaskGroup {
  public:
    explicit TaskGroup(boost::asio::any_io_executor executor);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    // The owner has waited: a group with children is a bug.
    ~TaskGroup();

    [[nodiscard]] StopSignal& stop_signal() { return stop_; }
    // `name` is for the log when the child fails.
    void spawn(std::string name, boost::asio::awaitable<void> child);
    void ask();
    void insist();
    // Until all children have ended, or the time has passed: true when they have.
    [[nodiscard]] boost::asio::awaitable<bool> drained(std::chrono::nanoseconds at_most);
    // The first failure of a child, which is a bug (expected errors are values): the program must end
    // non-zero.
    [[nodiscard]] const std::string& failure() const { return failure_; }
    // Rung when a child fails.
    [[nodiscard]] Wakeup& failed() { return failed_; }

  private:
    struct Child {
        std::string name;
        boost::asio::cancellation_signal cancel;
    };
    void ended(std::list<Child>::iterator child, const std::exception_ptr& error);

    boost::asio::any_io_executor executor_;
    StopSignal stop_;
    std::list<Child> children_;
    Wakeup empty_;
    Wakeup failed_;
    bool insisted_ = false;
    std::string failure_;
};

}  // namespace entrawatch
