// The promise of the sweeps, tried over weeks of simulated polling: every row that becomes visible within 48
// h of its event is read, and nothing within retention stays unread, whatever outages and slow answers come
// between.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/feed/sweep_plan.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Row {
    Instant event;    // the time that windows filter by
    Instant visible;  // from then on Graph shows it
    bool read = false;
};

struct Outage {
    Ticks starts_after;
    Ticks lasts;
};

class Simulation {
  public:
    Simulation(unsigned seed, SweepSettings settings) : random_(seed), settings_(settings) {}

    // Rows over `length`, from `before` ahead of the start, so that the first run has something to backfill.
    void make_rows(int count, Ticks before, Ticks length, Ticks latest) {
        for (int i = 0; i < count; ++i) {
            const Instant event = start_ - before + some(before + length);
            // Most rows are a few minutes late, some hours, a few as late as can be.
            const int kind = std::uniform_int_distribution<int>{0, 9}(random_);
            const Ticks late = kind < 6 ? some(minutes{5}) : kind < 8 ? some(hours{2}) : some(latest);
            rows_.push_back({event, event + late});
        }
        std::ranges::sort(rows_, {}, &Row::event);
    }

    void run(Ticks length, const std::vector<Outage>& outages, Ticks answer_time) {
        const Instant end = start_ + length;
        for (now_ = start_; now_ < end;) {
            now_ = after_outages(outages);
            const auto plan = next_window(feed_, state_, settings_, now_);
            if (!plan) {
                now_ = std::max(now_ + Ticks{1}, next_due(feed_, state_, settings_, now_));
                continue;
            }
            read(*plan);
            now_ += answer_time;
            ++windows_;
        }
    }

    [[nodiscard]] int missed(Instant oldest, Ticks margin) const {
        return static_cast<int>(std::ranges::count_if(rows_, [&](const Row& row) {
            return !row.read && row.event >= oldest && row.event < now_ - margin && row.visible < now_;
        }));
    }
    [[nodiscard]] std::vector<Span> holes() const {
        return gaps_in(state_.complete, {std::max(start_, now_ - feed_.retention), now_ - minutes{20}});
    }
    [[nodiscard]] Instant start() const { return start_; }
    [[nodiscard]] int windows() const { return windows_; }

  private:
    Ticks some(Ticks most) {
        return Ticks{std::uniform_int_distribution<std::int64_t>{0, most.count() - 1}(random_)};
    }

    [[nodiscard]] Instant after_outages(const std::vector<Outage>& outages) const {
        Instant now = now_;
        for (const Outage& outage : outages) {
            const Instant from = start_ + outage.starts_after;
            if (now >= from && now < from + outage.lasts) now = from + outage.lasts;
        }
        return now;
    }

    void read(const WindowPlan& plan) {
        auto row = std::ranges::lower_bound(rows_, plan.span.from, {}, &Row::event);
        for (; row != rows_.end() && row->event < plan.span.to; ++row) {
            if (row->visible <= now_) row->read = true;
        }
        if (plan.pass == Pass::hot) state_.last_hot = now_;
        if (plan.pass == Pass::warm) state_.last_warm = now_;
        if (plan.pass == Pass::cold) state_.last_cold = now_;
        if (plan.pass == Pass::deep) state_.last_deep = now_;
        state_.hot_just_ran = plan.pass == Pass::hot;
        state_.complete = with_span(std::move(state_.complete), plan.span);
    }

    std::mt19937_64 random_;
    const Feed& feed_ = feed_of(FeedId::sign_ins_interactive);
    SweepSettings settings_;
    SweepState state_;
    std::vector<Row> rows_;
    Instant start_ = *parse_iso("2026-10-01T00:00:00Z");
    Instant now_;
    int windows_ = 0;
};

// Rows younger than the deep sweep's reach may still be on their way: they are not judged.
constexpr Ticks margin = hours{73};
constexpr Ticks one_day = hours{24};

TEST(Sweeps, FindEveryRowThatIsLateByUpToTwoDays) {
    Simulation simulation{1, {}};
    simulation.make_rows(20'000, 20 * one_day, 10 * one_day, hours{48} - minutes{2});
    simulation.run(10 * one_day, {}, seconds{2});
    EXPECT_EQ(simulation.missed(simulation.start() - 20 * one_day, margin), 0);
    EXPECT_TRUE(simulation.holes().empty());
}

TEST(Sweeps, FindThemAcrossOutagesOfEveryLength) {
    const std::vector<Outage> outages{{hours{5}, minutes{12}},    {hours{30}, minutes{50}},
                                      {hours{60}, hours{5}},      {4 * one_day, hours{30}},
                                      {7 * one_day, 4 * one_day}, {14 * one_day, 9 * one_day}};
    for (const unsigned seed : {11U, 12U, 13U}) {
        Simulation simulation{seed, {}};
        simulation.make_rows(30'000, one_day, 28 * one_day, hours{48} - minutes{2});
        simulation.run(28 * one_day, outages, seconds{2});
        EXPECT_EQ(simulation.missed(simulation.start(), margin), 0) << "seed " << seed;
        EXPECT_TRUE(simulation.holes().empty());
    }
}

TEST(Sweeps, FindThemWhereEveryAnswerTakesLongerThanThePollInterval) {
    Simulation simulation{3, {}};
    simulation.make_rows(10'000, one_day, 8 * one_day, hours{47});
    simulation.run(8 * one_day, {{3 * one_day, hours{8}}}, seconds{66});
    EXPECT_EQ(simulation.missed(simulation.start(), margin), 0);
    EXPECT_TRUE(simulation.holes().empty());
}

TEST(Sweeps, FindThemWithASlowPollInterval) {
    SweepSettings settings;
    settings.poll_interval = hours{1};
    Simulation simulation{4, settings};
    simulation.make_rows(10'000, one_day, 8 * one_day, hours{47});
    simulation.run(8 * one_day, {{2 * one_day, hours{10}}}, seconds{2});
    EXPECT_EQ(simulation.missed(simulation.start(), margin), 0);
}

TEST(Sweeps, WouldMissRowsThatAreLaterThanTheDeepestSweep) {
    // Proof that this test can fail: it does see what is lost.
    Simulation simulation{5, {}};
    simulation.make_rows(20'000, one_day, 10 * one_day, hours{120});
    simulation.run(14 * one_day, {}, seconds{2});
    EXPECT_GT(simulation.missed(simulation.start(), margin), 0);
}

TEST(Sweeps, CostAFewWindowsMoreThanTheHotOnes) {
    Simulation simulation{6, {}};
    simulation.run(10 * one_day, {}, seconds{2});
    const int hot = 10 * 24 * 60;
    EXPECT_LE(simulation.windows(), hot + 10 * 24 * 4 + 10 * 4 + 10 + 24 * 30 / 6 + 10);
    EXPECT_GE(simulation.windows(), hot);
}

}  // namespace
}  // namespace entrawatch
