#include "daemon/task_group.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

namespace entrawatch {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct World {
    asio::io_context io;
    TaskGroup group{io.get_executor()};
    bool drained = false;
    bool woken = false;
};

asio::awaitable<void> sleep_until_asked(World& world) {
    StoppableWakeup wakeup{world.io.get_executor(), world.group.stop_signal()};
    while (!world.group.stop_signal().stopping())
        co_await wakeup.sleep(1h);
    world.woken = true;
}

// Does not listen to `ask`, as an exchange in flight does not.
asio::awaitable<void> wait_on_a_peer(World& world) {
    asio::steady_timer timer{world.io, 1h};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> break_down() {
    throw std::runtime_error("a bug");
    co_return;
}

asio::awaitable<void> drain(World& world, std::chrono::nanoseconds at_most) {
    world.drained = co_await world.group.drained(at_most);
}

TEST(TaskGroup, WakesSleepersWhenAsked) {
    World world;
    world.group.spawn("sleeper", sleep_until_asked(world));
    world.io.poll();
    EXPECT_FALSE(world.woken);
    world.group.ask();
    asio::co_spawn(world.io, drain(world, 10s), asio::detached);
    world.io.run();
    EXPECT_TRUE(world.woken);
    EXPECT_TRUE(world.drained);
    EXPECT_TRUE(world.group.failure().empty());
}

TEST(TaskGroup, CutsWhatDoesNotEndAndCallsThatNoFailure) {
    World world;
    world.group.spawn("exchange", wait_on_a_peer(world));
    world.io.poll();
    world.group.ask();
    world.io.restart();
    world.io.poll();
    asio::co_spawn(world.io, drain(world, 1ms), asio::detached);
    world.io.restart();
    world.io.run_for(200ms);
    EXPECT_FALSE(world.drained) << "it did not hear the first word";
    world.group.insist();
    asio::co_spawn(world.io, drain(world, 10s), asio::detached);
    world.io.restart();
    world.io.run();
    EXPECT_TRUE(world.drained);
    EXPECT_TRUE(world.group.failure().empty()) << world.group.failure();
}

TEST(TaskGroup, NamesTheChildThatFailed) {
    World world;
    world.group.spawn("broken", break_down());
    world.io.run();
    EXPECT_EQ(world.group.failure(), "broken: a bug");
}

TEST(TaskGroup, IsDrainedAtOnceWithoutChildren) {
    World world;
    asio::co_spawn(world.io, drain(world, 0s), asio::detached);
    world.io.run();
    EXPECT_TRUE(world.drained);
}

TEST(Wakeup, RemembersARingForTheNextSleep) {
    World world;
    Wakeup wakeup{world.io.get_executor()};
    wakeup.ring();
    asio::co_spawn(world.io, wakeup.sleep(1h), [&](const std::exception_ptr&) { world.woken = true; });
    world.io.run();
    EXPECT_TRUE(world.woken);
}

TEST(Wakeup, SleepsAgainAfterARingWasUsed) {
    World world;
    Wakeup wakeup{world.io.get_executor()};
    wakeup.ring();
    asio::co_spawn(world.io, wakeup.sleep(1h), asio::detached);
    world.io.run();
    asio::co_spawn(world.io, wakeup.sleep(1h), [&](const std::exception_ptr&) { world.woken = true; });
    world.io.restart();
    world.io.poll();
    EXPECT_FALSE(world.woken);
    wakeup.ring();
    world.io.restart();
    world.io.poll();
    EXPECT_TRUE(world.woken);
}

}  // namespace
}  // namespace entrawatch
