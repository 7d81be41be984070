#include "daemon/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cassert>
#include <utility>

namespace entrawatch {

namespace asio = boost::asio;

void Wakeup::ring() {
    rung_ = true;
    timer_.cancel();
}

asio::awaitable<void> Wakeup::sleep(std::chrono::nanoseconds at_most) {
    if (!std::exchange(rung_, false)) {
        timer_.expires_after(at_most);
        boost::system::error_code ignored;  // a ring cancels the timer: that is waking, not failing
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        rung_ = false;
    }
}

void StopSignal::set() {
    stopping_ = true;
    for (Wakeup* sleeper : sleepers_)
        sleeper->ring();
}

asio::awaitable<void> StoppableWakeup::sleep(std::chrono::nanoseconds at_most) {
    if (!stop_.stopping()) co_await wakeup_.sleep(at_most);
}

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : executor_(std::move(executor)), empty_(executor_), failed_(executor_) {}

TaskGroup::~TaskGroup() {
    assert(children_.empty());
}

void TaskGroup::spawn(std::string name, asio::awaitable<void> child) {
    children_.emplace_back();
    const auto place = std::prev(children_.end());
    place->name = std::move(name);
    asio::co_spawn(
        executor_, std::move(child),
        asio::bind_cancellation_slot(
            place->cancel.slot(), [this, place](const std::exception_ptr& error) { ended(place, error); }));
}

void TaskGroup::ended(std::list<Child>::iterator child, const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const boost::system::system_error& e) {
        // Being cut is how a child ends after insist().
        if (!(insisted_ && e.code() == asio::error::operation_aborted) && failure_.empty()) {
            failure_ = child->name + ": " + e.what();
        }
    } catch (const std::exception& e) {
        if (failure_.empty()) failure_ = child->name + ": " + e.what();
    }
    children_.erase(child);
    if (!failure_.empty()) failed_.ring();
    if (children_.empty()) empty_.ring();
}

void TaskGroup::ask() {
    stop_.set();
}

void TaskGroup::insist() {
    insisted_ = true;
    // A cut child may end at once and leave the list: step on before the word is said.
    for (auto child = children_.begin(); child != children_.end();) {
        const auto here = child++;
        here->cancel.emit(asio::cancellation_type::terminal);
    }
}

asio::awaitable<bool> TaskGroup::drained(std::chrono::nanoseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (!children_.empty()) {
        const auto left = until - std::chrono::steady_clock::now();
        if (left <= std::chrono::nanoseconds{0}) co_return false;
        co_await empty_.sleep(left);
    }
    co_return true;
}

}  // namespace entrawatch
