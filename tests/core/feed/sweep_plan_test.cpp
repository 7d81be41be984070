#include "core/feed/sweep_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Feed& audits() {
    return feed_of(FeedId::directory_audits);
}
const Feed& risk() {
    return feed_of(FeedId::risk_detections);
}
Instant noon() {
    return *parse_iso("2026-11-22T12:00:00Z");
}
Span before(Instant now, Ticks from, Ticks to) {
    return {now - from, now - to};
}

// Everything was read a moment ago and nothing is missing.
SweepState settled(const Feed& feed, Instant now) {
    SweepState state;
    state.last_hot = state.last_warm = state.last_cold = state.last_deep = now;
    state.complete = {{now - feed.retention, now}};
    return state;
}

// What the store does when a window was read to its end.
void complete(SweepState& state, const WindowPlan& plan, Instant opened) {
    if (plan.pass == Pass::hot) state.last_hot = opened;
    if (plan.pass == Pass::warm) state.last_warm = opened;
    if (plan.pass == Pass::cold) state.last_cold = opened;
    if (plan.pass == Pass::deep) state.last_deep = opened;
    state.hot_just_ran = plan.pass == Pass::hot;
    state.complete = with_span(std::move(state.complete), plan.span);
}

TEST(Passes, HaveNamesForTheLedger) {
    for (const Pass pass : {Pass::hot, Pass::warm, Pass::cold, Pass::deep, Pass::backfill})
        EXPECT_EQ(pass_of(name_of(pass)), pass);
    EXPECT_EQ(name_of(Pass::backfill), "backfill");
    EXPECT_FALSE(pass_of("lukewarm"));
}

TEST(AskedSpan, GoesPastTheEndOfAHotWindowOnly) {
    const Span span{*parse_iso("2026-11-22T09:40:00Z"), *parse_iso("2026-11-22T10:00:00Z")};
    const Span asked = asked_span({Pass::hot, span, "t"});
    EXPECT_EQ(asked.from, span.from);
    EXPECT_GT(asked.to, span.to + std::chrono::minutes{1})
        << "what is visible when its turn comes is asked for";
    for (const Pass pass : {Pass::warm, Pass::cold, Pass::deep, Pass::backfill})
        EXPECT_EQ(asked_span({pass, span, "t"}), span);
}

TEST(NextWindow, BeginsWithTheHotOne) {
    EXPECT_EQ(next_window(audits(), {}, {}, noon()),
              (WindowPlan{Pass::hot, before(noon(), minutes{20}, Ticks{0}), "activityDateTime"}));
    EXPECT_EQ(next_window(risk(), {}, {}, noon()),
              (WindowPlan{Pass::hot, before(noon(), hours{2}, Ticks{0}), "lastUpdatedDateTime"}));
}

TEST(NextWindow, ReadsTheWholeFirstRunFromTheNewestToTheOldest) {
    SweepState state;
    std::vector<Pass> passes;
    std::vector<Span> backfilled;
    while (const auto plan = next_window(audits(), state, {}, noon())) {
        complete(state, *plan, noon());
        if (plan->pass == Pass::backfill) {
            EXPECT_LE(plan->span.length(), hours{6});
            backfilled.push_back(plan->span);
        } else {
            passes.push_back(plan->pass);
        }
        ASSERT_LT(backfilled.size(), 1000U);
    }
    EXPECT_EQ(passes, (std::vector<Pass>{Pass::hot, Pass::warm, Pass::cold, Pass::deep}));
    EXPECT_TRUE(std::ranges::is_sorted(backfilled, std::ranges::greater{}, &Span::from));
    EXPECT_EQ(state.complete, (std::vector<Span>{before(noon(), hours{24 * 30}, Ticks{0})}));
}

TEST(NextWindow, IsNothingWhileNothingIsDue) {
    const SweepState state = settled(audits(), noon());
    EXPECT_FALSE(next_window(audits(), state, {}, noon()));
    EXPECT_EQ(next_due(audits(), state, {}, noon()), noon() + seconds{60});
    EXPECT_FALSE(next_window(audits(), state, {}, noon() + seconds{60} - Ticks{1}));
    EXPECT_EQ(next_window(audits(), state, {}, noon() + seconds{60})->pass, Pass::hot);
}

TEST(NextWindow, FollowsThePollInterval) {
    const SweepState state = settled(audits(), noon());
    SweepSettings settings;
    settings.poll_interval = seconds{5};
    EXPECT_EQ(next_due(audits(), state, settings, noon()), noon() + seconds{5});
    settings.poll_interval = hours{1};
    const auto plan = next_window(audits(), state, settings, noon() + hours{1});
    EXPECT_EQ(plan->span.length(), hours{2})
        << "an hour between polls needs more than twenty minutes of overlap";
}

TEST(NextWindow, SweepsWarmColdAndDeepInTheirTime) {
    struct Case {
        Pass pass;
        Ticks after, from, to;
    };
    for (const Case& c : {Case{Pass::warm, minutes{15}, minutes{135}, minutes{20}},
                          Case{Pass::cold, hours{6}, hours{26}, hours{2}},
                          Case{Pass::deep, hours{24}, hours{72}, hours{24}}}) {
        const Instant now = noon() + c.after;
        SweepState state = settled(audits(), now);
        if (c.pass == Pass::warm) state.last_warm = noon();
        if (c.pass == Pass::cold) state.last_cold = noon();
        if (c.pass == Pass::deep) state.last_deep = noon();
        EXPECT_EQ(next_window(audits(), state, {}, now),
                  (WindowPlan{c.pass, before(now, c.from, c.to), "activityDateTime"}));
        EXPECT_EQ(next_due(audits(), state, {}, now), now);
        EXPECT_NE(next_window(audits(), state, {}, now - Ticks{1}),
                  (WindowPlan{c.pass, before(now, c.from, c.to), "activityDateTime"}));
    }
}

TEST(NextWindow, SweepsFourDaysOfRiskByDetection) {
    SweepState state = settled(risk(), noon());
    state.last_deep = noon() - hours{24};
    EXPECT_EQ(next_window(risk(), state, {}, noon()),
              (WindowPlan{Pass::deep, before(noon(), hours{96}, Ticks{0}), "detectedDateTime"}));
}

TEST(NextWindow, NeedsNoWarmSweepOfRisk) {
    SweepState state = settled(risk(), noon());
    state.last_warm.reset();
    EXPECT_FALSE(next_window(risk(), state, {}, noon())) << "its hot window is as long as the warm one";
}

TEST(NextWindow, PutsTheHotWindowBeforeAllOthers) {
    SweepState state;
    state.complete = {{noon() - hours{9}, noon() - hours{8}}};
    EXPECT_EQ(next_window(audits(), state, {}, noon())->pass, Pass::hot);
    state.last_hot = noon() - seconds{60};
    EXPECT_EQ(next_window(audits(), state, {}, noon())->pass, Pass::hot);
    state.last_hot = noon() - seconds{59};
    EXPECT_EQ(next_window(audits(), state, {}, noon())->pass, Pass::warm);
}

TEST(NextWindow, LetsTheOthersHaveATurnWhereAHotWindowTakesLongerThanThePollInterval) {
    SweepState state;
    Instant now = noon();
    std::vector<Pass> order;
    for (int i = 0; i < 10; ++i) {
        const auto plan = next_window(audits(), state, {}, now);
        ASSERT_TRUE(plan);
        order.push_back(plan->pass);
        complete(state, *plan, now);
        now += seconds{66};
    }
    const std::vector<Pass> expected{Pass::hot,  Pass::warm, Pass::hot,      Pass::cold, Pass::hot,
                                     Pass::deep, Pass::hot,  Pass::backfill, Pass::hot,  Pass::backfill};
    EXPECT_EQ(order, expected);
}

TEST(NextWindow, BackfillsALongOutageNewestFirst) {
    SweepState state = settled(audits(), noon());
    const Instant back = noon() + hours{10};
    for (auto* last : {&state.last_hot, &state.last_warm, &state.last_cold, &state.last_deep})
        *last = back;
    const WindowPlan expected{
        Pass::backfill, {back - minutes{20} - hours{6}, back - minutes{20}}, "activityDateTime"};
    EXPECT_EQ(next_window(audits(), state, {}, back), expected);
    complete(state, expected, back);
    EXPECT_EQ(next_window(audits(), state, {}, back)->span, (Span{noon(), back - minutes{20} - hours{6}}));
}

TEST(NextWindow, BackfillsAnOutageThatIsLongerThanTheFirstRunsSetting) {
    SweepSettings settings;
    settings.backfill = hours{1};
    SweepState state;
    state.complete = {{noon() - hours{1}, noon()}};
    const Instant back = noon() + hours{24 * 10};
    Ticks filled{0};
    while (const auto plan = next_window(audits(), state, settings, back)) {
        if (plan->pass == Pass::backfill) filled += plan->span.length();
        complete(state, *plan, back);
    }
    EXPECT_EQ(state.complete, (std::vector<Span>{{noon() - hours{1}, back}}));
    EXPECT_GT(filled, hours{24 * 6});
}

TEST(NextWindow, NeverAsksForMoreThanGraphKeepsOrTheFirstRunWants) {
    SweepSettings settings;
    settings.backfill = hours{24 * 365};
    for (const Ticks backfill : {Ticks{hours{24 * 365}}, Ticks{hours{24}}, Ticks{hours{1}}, Ticks{0}}) {
        settings.backfill = backfill;
        SweepState state;
        while (const auto plan = next_window(audits(), state, settings, noon())) {
            if (plan->pass != Pass::hot) {
                EXPECT_GE(plan->span.from, noon() - std::min(backfill, audits().retention));
            }
            complete(state, *plan, noon());
        }
    }
}

TEST(NextDue, WaitsUntilASweepHasSomethingToReadAfterAShortFirstRun) {
    SweepSettings settings;
    settings.backfill = Ticks{0};
    SweepState state;
    complete(state, *next_window(audits(), state, settings, noon()), noon());
    const Instant due = next_due(audits(), state, settings, noon());
    EXPECT_GT(due, noon());
    EXPECT_LE(due, noon() + seconds{60});
}

TEST(NextDue, IsNowWheneverThereIsAWindowAndNeverInThePast) {
    std::mt19937 random{7};
    for (int i = 0; i < 2000; ++i) {
        const auto ago = [&] {
            return noon() - seconds{std::uniform_int_distribution<int>{-7200, 400'000}(random)};
        };
        SweepState state = settled(audits(), noon());
        state.last_hot = ago();
        state.last_warm = ago();
        state.last_cold = ago();
        state.last_deep = ago();
        const Instant due = next_due(audits(), state, {}, noon());
        EXPECT_GE(due, noon());
        EXPECT_EQ(due == noon(), next_window(audits(), state, {}, noon()).has_value());
        EXPECT_TRUE(next_window(audits(), state, {}, due)) << "waking up at the due time must find work";
    }
}

TEST(NextWindow, ReadsASnapshotWholeAtEachTurnAndNothingElse) {
    const Feed& alerts = feed_of(FeedId::pim_alerts);
    SweepState state;
    const SweepSettings settings;
    const auto first = next_window(alerts, state, settings, noon());
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, (WindowPlan{Pass::hot, before(noon(), alerts.retention, Ticks{0}), ""}));
    complete(state, *first, noon());
    EXPECT_TRUE(gaps_in(state.complete, first->span).empty()) << "one reading shows all of it";
    EXPECT_FALSE(next_window(alerts, state, settings, noon() + minutes{14}));
    EXPECT_EQ(next_due(alerts, state, settings, noon() + minutes{1}), noon() + minutes{15});
    const auto second = next_window(alerts, state, settings, noon() + hours{50});
    ASSERT_TRUE(second) << "after an outage";
    EXPECT_EQ(second->pass, Pass::hot);
    complete(state, *second, noon() + hours{50});
    EXPECT_FALSE(next_window(alerts, state, settings, noon() + hours{50}));
}

TEST(HotInterval, FollowsThePollButReadsASnapshotNoMoreThanFourTimesAnHour) {
    EXPECT_EQ(hot_interval(audits(), seconds{5}), seconds{5});
    EXPECT_EQ(hot_interval(feed_of(FeedId::pim_alerts), seconds{5}), minutes{15});
    EXPECT_EQ(hot_interval(feed_of(FeedId::pim_alerts), hours{1}), hours{1});
}

// So many rows, of which `late` in a thousand were as late as that and seen first by `pass`.
LatenessByPass measured(int rows, int late, Ticks lateness, Pass pass) {
    LatenessByPass by;
    for (int i = 0; i < rows; ++i) {
        const bool is_late = i % 1000 < late;
        by[is_late ? pass : Pass::hot].add(is_late ? lateness : Ticks{seconds{50}});
    }
    return by;
}

TEST(ReachOf, IsWhatTheTableSaysUntilEnoughRowsWereMeasured) {
    SweepState state;
    EXPECT_EQ(reach_of(audits(), state, {}).hot, audits().hot_overlap);
    state.lateness = measured(999, 500, hours{3}, Pass::cold);
    EXPECT_EQ(reach_of(audits(), state, {}).hot, audits().hot_overlap);
    EXPECT_EQ(reach_of(audits(), state, {}).warm, minutes{135});
}

TEST(ReachOf, GrowsWhereRowsAreFoundLateByALaterPassUpToACap) {
    SweepState state;
    state.lateness = measured(2000, 20, minutes{30}, Pass::warm);
    EXPECT_EQ(reach_of(audits(), state, {}).hot, minutes{31}) << "99 % within half an hour, and a poll";
    state.lateness = measured(2000, 20, hours{3}, Pass::cold);
    EXPECT_EQ(reach_of(audits(), state, {}).hot, minutes{60}) << "three times the table";
    EXPECT_EQ(reach_of(audits(), state, {}).warm, hours{3} + minutes{15});
    state.lateness = measured(2000, 20, hours{40}, Pass::deep);
    EXPECT_EQ(reach_of(audits(), state, {}).warm, 3 * minutes{135});
}

TEST(ReachOf, ShrinksOnlyWhereLaterPassesFindNothing) {
    SweepState state;
    state.lateness = measured(20000, 0, Ticks{0}, Pass::hot);
    EXPECT_EQ(reach_of(audits(), state, {}).hot, minutes{10}) << "half of the table";
    EXPECT_EQ(reach_of(audits(), state, {}).warm, Ticks{minutes{135}} / 2);
    EXPECT_EQ(reach_of(risk(), state, {}).hot, risk().hot_overlap) << "no warm sweep stands behind it";
    state.lateness[Pass::warm].rows.at(20) = 100;
    EXPECT_EQ(reach_of(audits(), state, {}).hot, audits().hot_overlap);
}

TEST(ReachOf, IsNeverShorterThanTwoPolls) {
    SweepState state;
    state.lateness = measured(20000, 0, Ticks{0}, Pass::hot);
    EXPECT_EQ(reach_of(audits(), state, {hours{1}, hours{24}}).hot, hours{2});
}

TEST(NextWindow, FollowsTheReachAndLeavesNoHoleBetweenTwoPasses) {
    for (const int late : {0, 20}) {
        for (const Feed* feed : {&audits(), &risk()}) {
            SweepState state = settled(*feed, noon());
            state.lateness = measured(20000, late, hours{30}, Pass::deep);
            const Instant now = noon();
            state.last_hot = now - minutes{1};
            state.last_warm = now - minutes{15};
            state.last_cold = now - hours{6};
            state.last_deep = now - hours{24};
            const SweepSettings settings;
            const Reach reach = reach_of(*feed, state, settings);
            const auto hot = next_window(*feed, state, settings, now);
            ASSERT_TRUE(hot);
            EXPECT_EQ(hot->span, before(now, reach.hot, Ticks{0}));
            complete(state, *hot, now);
            Instant begins = hot->span.from;
            while (const auto next = next_window(*feed, state, settings, now)) {
                complete(state, *next, now);
                if (next->time_property != feed->window_time) continue;
                EXPECT_GE(next->span.to, begins) << feed->name << ", " << name_of(next->pass);
                begins = next->span.from;
            }
            const bool deep_goes_by_it = feed->deep_time == feed->window_time;
            EXPECT_LE(begins, now - (deep_goes_by_it ? hours{72} : hours{26}));
            EXPECT_EQ(state.last_deep, now) << "the judge stays";
        }
    }
}

TEST(LookedAt, IsWhatTheLedgerHoldsAndWhatCameSinceThePoll) {
    SweepState state;
    EXPECT_TRUE(looked_at(audits(), state, {}, noon()).empty()) << "the first run";
    state.complete = {before(noon(), hours{9}, hours{8}), before(noon(), hours{3}, minutes{1})};
    const auto steady = looked_at(audits(), state, {}, noon());
    ASSERT_EQ(steady.size(), 2U);
    EXPECT_EQ(steady[0], state.complete[0]);
    EXPECT_EQ(steady[1].from, noon() - hours{3});
    EXPECT_GT(steady[1].to, noon() + hours{1});
    EXPECT_EQ(looked_at(audits(), state, {}, noon() + hours{1}), state.complete) << "after a pause";
    EXPECT_TRUE(looked_at(feed_of(FeedId::pim_alerts), state, {}, noon()).empty());
}

TEST(AllowedLateness, IsWhatTheWarmWindowFindsForCertainAndFollowsHowLateRowsCome) {
    EXPECT_EQ(allowed_lateness(audits(), {}, {}), hours{2});
    EXPECT_EQ(allowed_lateness(risk(), {}, {}), hours{2});
    EXPECT_EQ(allowed_lateness(feed_of(FeedId::pim_alerts), {}, {}), minutes{15});
    SweepState state;
    for (int row = 0; row < 2000; ++row)
        state.lateness[Pass::cold].add(hours{5});
    EXPECT_EQ(allowed_lateness(audits(), state, {}), hours{5});
}

TEST(HasRead, AsksForAWindowThatReachesTheSpanAndWasOpenedSince) {
    const Instant t = noon();
    const Span moment{t, t};
    const Instant since = t + minutes{15};
    SweepState state = settled(audits(), t);
    const auto read = [&](Instant now) { return has_read(audits(), state, {}, moment, since, now); };
    EXPECT_FALSE(read(since)) << "nothing was read since";
    state.last_hot = since + minutes{1};
    EXPECT_TRUE(read(since + minutes{2}));
    state.last_hot = since + minutes{30};  // reaches 20 minutes back
    EXPECT_FALSE(read(since + minutes{31}));
    state.last_warm = since;
    EXPECT_FALSE(read(since + minutes{31})) << "ended 20 minutes before that";
    state.last_warm = since + minutes{15};
    EXPECT_TRUE(read(since + minutes{31}));
}

TEST(HasRead, WaitsForWhatIsOwedAndNotForWhatIsNot) {
    const Instant now = noon();
    const Span old{now - hours{24 * 29}, now - hours{24 * 29} + minutes{20}};
    SweepState state = settled(audits(), now);
    const auto read = [&](const SweepSettings& settings) {
        return has_read(audits(), state, settings, old, old.to + hours{3}, now);
    };
    EXPECT_TRUE(read({}));
    state.complete = {{old.from + minutes{1}, now}};
    EXPECT_FALSE(read({})) << "the first minute comes with the next backfill window";
    EXPECT_TRUE(read({.backfill = hours{24}})) << "more is not asked for";
    EXPECT_FALSE(has_read(audits(), {}, {}, old, old.to, now)) << "nothing was ever read";
    EXPECT_TRUE(has_read(feed_of(FeedId::posture), {}, {}, old, old.to, now)) << "is not read in windows";
}

TEST(NextWindow, SurvivesAClockThatWasSetBack) {
    SweepState state = settled(audits(), noon() + hours{24});
    EXPECT_EQ(next_window(audits(), state, {}, noon())->pass, Pass::hot);
}

TEST(Spans, AreKeptSortedAndMerged) {
    const auto at = [](int minute) { return noon() + minutes{minute}; };
    std::vector<Span> spans;
    spans = with_span(spans, {at(10), at(20)});
    spans = with_span(spans, {at(40), at(50)});
    spans = with_span(spans, {at(0), at(5)});
    spans = with_span(spans, {at(30), at(30)});
    EXPECT_EQ(spans, (std::vector<Span>{{at(0), at(5)}, {at(10), at(20)}, {at(40), at(50)}}));
    EXPECT_EQ(with_span(spans, {at(5), at(10)}), (std::vector<Span>{{at(0), at(20)}, {at(40), at(50)}}));
    EXPECT_EQ(with_span(spans, {at(15), at(45)}), (std::vector<Span>{{at(0), at(5)}, {at(10), at(50)}}));
    EXPECT_EQ(with_span(spans, {at(-1), at(99)}), (std::vector<Span>{{at(-1), at(99)}}));
    EXPECT_EQ(gaps_in(spans, {at(2), at(60)}),
              (std::vector<Span>{{at(5), at(10)}, {at(20), at(40)}, {at(50), at(60)}}));
    EXPECT_EQ(gaps_in(spans, {at(41), at(49)}), std::vector<Span>{});
    EXPECT_EQ(gaps_in({}, {at(1), at(2)}), (std::vector<Span>{{at(1), at(2)}}));
    EXPECT_EQ(gaps_in(spans, {at(9), at(1)}), std::vector<Span>{});
}

TEST(BackfillSpan, IsHalvedDownToAMinuteAndGrownUpToADay) {
    EXPECT_EQ(narrower(hours{6}), hours{3});
    EXPECT_EQ(narrower(seconds{90}), minutes{1});
    EXPECT_EQ(wider(hours{6}), hours{9});
    EXPECT_EQ(wider(hours{20}), hours{24});
    EXPECT_EQ(wider(Ticks::max()), hours{24});
}

}  // namespace
}  // namespace entrawatch
