#include "daemon/graph/gate.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <string>

#include "tests/support/run.hpp"

namespace entrawatch::graph {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class GateTest : public ::testing::Test {
  protected:
    // Who still waits has a place in the gate: it must leave before the gate goes.
    ~GateTest() override {
        gate.close();
        io.restart();
        io.poll();
    }
    static asio::awaitable<void> go(GateTest* self, int priority, std::string name) {
        const bool passed = co_await self->gate.pass(priority);
        self->order.push_back(passed ? name : name + " turned away");
    }
    void arrive(int priority, std::string name, asio::cancellation_slot slot = {}) {
        asio::co_spawn(io, go(this, priority, std::move(name)),
                       asio::bind_cancellation_slot(slot, [](const std::exception_ptr&) {}));
        io.poll();
        io.restart();
    }
    void wait_for(std::size_t passed) {
        test::run_until(io, [&] { return order.size() >= passed; });
    }
    void use_up(int count) {
        for (int i = 0; i < count; ++i)
            gate.limiter().started(clock->now().steady);
    }

    asio::io_context io{1};
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(*parse_iso("2026-03-01T12:00:00Z"));
    Gate gate{io.get_executor(), clock, BudgetGroup::reports};
    std::vector<std::string> order;
};

TEST_F(GateTest, LetsFivePassAtOnceAndHoldsTheSixth) {
    for (const char* name : {"1", "2", "3", "4", "5", "6"})
        arrive(0, name);
    EXPECT_EQ(order.size(), 5U);
    EXPECT_EQ(gate.waiting(), 1U);
}

TEST_F(GateTest, HotGoesBeforeWarmBeforeBackfillWhoeverCameFirst) {
    use_up(5);
    arrive(3, "backfill");
    arrive(1, "warm");
    arrive(0, "hot");
    EXPECT_TRUE(order.empty());
    clock->advance(Ticks{11s});
    wait_for(3);
    EXPECT_EQ(order, (std::vector<std::string>{"hot", "warm", "backfill"}));
}

TEST_F(GateTest, EveryThirdTurnGoesToWhoHasWaitedLongest) {
    use_up(5);
    arrive(3, "backfill");
    for (const char* name : {"hot 1", "hot 2", "hot 3", "hot 4"})
        arrive(0, name);
    clock->advance(Ticks{11s});
    wait_for(5);
    EXPECT_EQ(order, (std::vector<std::string>{"hot 1", "hot 2", "backfill", "hot 3", "hot 4"}));
}

TEST_F(GateTest, AThrottledGroupWaitsAsAWhole) {
    gate.limiter().throttled(clock->now().steady, Ticks{30s}, 0.0);
    arrive(0, "hot");
    clock->advance(Ticks{29s});
    arrive(0, "hot too");
    EXPECT_TRUE(order.empty());
    clock->advance(Ticks{1s});
    wait_for(2);
    EXPECT_EQ(order, (std::vector<std::string>{"hot", "hot too"}));
}

TEST_F(GateTest, ClosingTurnsAwayWhoWaitsAndWhoComesLater) {
    use_up(5);
    arrive(0, "waiting");
    gate.close();
    wait_for(1);
    arrive(0, "late");
    wait_for(2);
    EXPECT_EQ(order, (std::vector<std::string>{"waiting turned away", "late turned away"}));
}

TEST_F(GateTest, WhoIsCancelledLeavesTheQueueToTheNext) {
    asio::cancellation_signal cancel;
    use_up(5);
    arrive(1, "second");
    arrive(0, "first", cancel.slot());
    EXPECT_EQ(gate.waiting(), 2U);
    cancel.emit(asio::cancellation_type::terminal);
    test::run_until(io, [&] { return gate.waiting() == 1; });
    clock->advance(Ticks{11s});
    wait_for(1);
    EXPECT_EQ(order, (std::vector<std::string>{"second"}));
}

}  // namespace
}  // namespace entrawatch::graph
