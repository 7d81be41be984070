#include <gtest/gtest.h>

#include "core/feed/feed.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

const Instant opened = at("2026-11-22T10:00:00Z");
const Instant closed = at("2026-11-22T10:01:00Z");
constexpr FeedId audits = FeedId::directory_audits;

Span span(std::string_view from, std::string_view to) {
    return {at(from), at(to)};
}

std::int64_t complete(Store& store, FeedId feed, Pass pass, Span read, std::string_view property,
                      Instant when = opened) {
    const std::int64_t id = must(store.open_window(feed, {pass, read, property}, when));
    must(store.complete_window(id, closed));
    return id;
}

std::int64_t complete(Store& store, Pass pass, Span read, Instant when = opened) {
    return complete(store, audits, pass, read, feed_of(audits).window_time, when);
}

TEST(StoreWindows, AddUpWhatTheirPagesBrought) {
    TempStore store;
    const std::int64_t id = must(store->open_window(
        audits, {Pass::warm, span("2026-11-22T08:00:00Z", "2026-11-22T10:00:00Z"), "activityDateTime"},
        opened));
    must(store->add_progress(id, {1, 999, 10, 1, 2, std::chrono::seconds{90}}));
    must(store->add_progress(id, {1, 5, 5, 0, 0, std::chrono::seconds{30}}));
    must(store->complete_window(id, closed));

    const std::vector<WindowRow> rows =
        must(store->windows(audits, span("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"), 10));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].id, id);
    EXPECT_EQ(rows[0].plan.pass, Pass::warm);
    EXPECT_EQ(rows[0].plan.span, span("2026-11-22T08:00:00Z", "2026-11-22T10:00:00Z"));
    EXPECT_EQ(rows[0].time_property, "activityDateTime");
    EXPECT_EQ(rows[0].state, "complete");
    EXPECT_EQ(rows[0].completed_at, closed);
    EXPECT_EQ(rows[0].progress.pages, 2);
    EXPECT_EQ(rows[0].progress.rows, 1004);
    EXPECT_EQ(rows[0].progress.fresh, 15);
    EXPECT_EQ(rows[0].progress.revised, 1);
    EXPECT_EQ(rows[0].progress.rejected, 2);
    EXPECT_EQ(rows[0].progress.worst_lateness, std::chrono::seconds{90});
}

TEST(StoreWindows, EndOnce) {
    TempStore store;
    const std::int64_t id = complete(*store, Pass::hot, span("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z"));
    EXPECT_EQ(store->complete_window(id, closed).error().code, ErrorCode::not_found);
    EXPECT_EQ(store->abandon_window(id, "late", closed).error().code, ErrorCode::not_found);
    EXPECT_EQ(store->add_progress(id, {}).error().code, ErrorCode::not_found);
    EXPECT_EQ(store->add_progress(77, {}).error().code, ErrorCode::not_found);
}

TEST(StoreWindows, CoverTheirSpanOnlyWhenComplete) {
    TempStore store;
    const std::int64_t id = must(store->open_window(
        audits,
        {Pass::hot, span("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z"), feed_of(audits).window_time},
        opened));
    EXPECT_TRUE(must(store->sweep_state(audits)).complete.empty());
    must(store->abandon_window(id, "dead skip token", closed));
    EXPECT_TRUE(must(store->sweep_state(audits)).complete.empty());
    EXPECT_FALSE(must(store->sweep_state(audits)).last_hot);
    EXPECT_EQ(plain_value(store.file(), "SELECT state || ': ' || reason FROM feed_windows"),
              "abandoned: dead skip token");
}

TEST(StoreWindows, JoinSpansThatTouchOrOverlap) {
    TempStore store;
    complete(*store, Pass::hot, span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"));
    complete(*store, Pass::hot, span("2026-11-22T05:00:00Z", "2026-11-22T06:00:00Z"));
    complete(*store, Pass::hot, span("2026-11-22T06:00:00Z", "2026-11-22T07:00:00Z"));
    EXPECT_EQ(must(store->sweep_state(audits)).complete,
              (std::vector<Span>{span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"),
                                 span("2026-11-22T05:00:00Z", "2026-11-22T07:00:00Z")}));
    complete(*store, Pass::backfill, span("2026-11-22T01:30:00Z", "2026-11-22T05:30:00Z"));
    EXPECT_EQ(must(store->sweep_state(audits)).complete,
              (std::vector<Span>{span("2026-11-22T01:00:00Z", "2026-11-22T07:00:00Z")}));
    complete(*store, Pass::cold, span("2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z"));
    EXPECT_EQ(plain_sql(store.file(), "SELECT feed, covered_from, covered_to FROM coverage"),
              (std::vector<std::string>{"directory_audits|2026-11-22T01:00:00Z|2026-11-22T07:00:00Z"}));
}

TEST(StoreWindows, KeepHowLateRowsCameByThePassThatSawThemFirst) {
    TempStore store;
    const auto seen = [&](FeedId feed, Pass pass, Ticks lateness, Instant when) {
        const std::int64_t id = must(store->open_window(
            feed, {pass, span("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z"), "x"}, when));
        Lateness of_page;
        of_page.add(lateness);
        of_page.add(std::chrono::seconds{20});
        must(store->add_lateness(id, of_page, when));
    };
    const Instant monday = at("2026-11-02T10:00:00Z");
    const Instant sunday = at("2026-11-22T10:00:00Z");
    seen(audits, Pass::hot, std::chrono::seconds{20}, monday);
    seen(audits, Pass::hot, std::chrono::minutes{3}, sunday);
    seen(audits, Pass::hot, std::chrono::seconds{25}, sunday);
    seen(audits, Pass::cold, std::chrono::hours{3}, sunday);
    seen(FeedId::risk_detections, Pass::deep, std::chrono::hours{50}, sunday);

    const LatenessByPass all = must(store->lateness(audits, monday));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(Pass::hot).total(), 6);
    EXPECT_EQ(all.at(Pass::hot).rows.at(1), 4);
    EXPECT_EQ(all.at(Pass::hot).worst, Ticks{std::chrono::minutes{3}});
    EXPECT_EQ(all.at(Pass::cold).worst, Ticks{std::chrono::hours{3}});
    EXPECT_EQ(must(store->lateness(audits, sunday)).at(Pass::hot).total(), 4);

    EXPECT_EQ(must(store->sweep_state(audits)).lateness.at(Pass::hot).total(), 4) << "of the last week";
    EXPECT_TRUE(must(store->sweep_state(FeedId::risky_users)).lateness.empty());

    seen(audits, Pass::hot, std::chrono::seconds{20}, sunday + std::chrono::hours{24 * 401});
    EXPECT_EQ(must(store->lateness(audits, monday)).at(Pass::hot).total(), 2) << "what is old is forgotten";
    EXPECT_EQ(must(store->lateness(FeedId::risk_detections, monday)).at(Pass::deep).total(), 2);
}

TEST(StoreWindows, DoNotMixFeedsOrEmptySpans) {
    TempStore store;
    complete(*store, Pass::hot, span("2026-11-22T01:00:00Z", "2026-11-22T01:00:00Z"));
    EXPECT_TRUE(must(store->sweep_state(audits)).complete.empty());
    complete(*store, Pass::hot, span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"));
    EXPECT_TRUE(must(store->sweep_state(FeedId::sign_ins_interactive)).complete.empty());
}

TEST(StoreWindows, OverAnotherTimePropertySayNothingOfTheTimeLine) {
    TempStore store;
    const Feed& risk = feed_of(FeedId::risk_detections);
    ASSERT_NE(risk.window_time, risk.deep_time);
    complete(*store, risk.id, Pass::deep, span("2026-11-01T00:00:00Z", "2026-11-22T00:00:00Z"),
             risk.deep_time);
    EXPECT_TRUE(must(store->sweep_state(risk.id)).complete.empty());
    EXPECT_EQ(must(store->sweep_state(risk.id)).last_deep, opened);
    complete(*store, risk.id, Pass::hot, span("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"),
             risk.window_time);
    EXPECT_EQ(must(store->sweep_state(risk.id)).complete.size(), 1U);
}

TEST(StoreWindows, TellWhenEachPassWasLastOpened) {
    TempStore store;
    const Span any = span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z");
    complete(*store, Pass::hot, any, at("2026-11-22T10:00:00Z"));
    complete(*store, Pass::hot, any, at("2026-11-22T09:00:00Z"));  // one that took longer than its successor
    complete(*store, Pass::warm, any, at("2026-11-22T08:00:00Z"));
    complete(*store, Pass::cold, any, at("2026-11-22T07:00:00Z"));
    complete(*store, Pass::deep, any, at("2026-11-22T06:00:00Z"));
    store.reopen();
    const SweepState state = must(store->sweep_state(audits));
    EXPECT_EQ(state.last_hot, at("2026-11-22T10:00:00Z"));
    EXPECT_EQ(state.last_warm, at("2026-11-22T08:00:00Z"));
    EXPECT_EQ(state.last_cold, at("2026-11-22T07:00:00Z"));
    EXPECT_EQ(state.last_deep, at("2026-11-22T06:00:00Z"));
}

TEST(StoreWindows, OfAnEarlierProcessAreAbandonedAtTheNextStart) {
    TempStore store;
    must(store->open_window(
        audits, {Pass::hot, span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"), "activityDateTime"},
        opened));
    complete(*store, Pass::hot, span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"));
    must(store->abandon_open_windows("the process ended", closed));
    EXPECT_EQ(plain_sql(store.file(), "SELECT state, reason FROM feed_windows ORDER BY state"),
              (std::vector<std::string>{"abandoned|the process ended", "complete|"}));
}

TEST(StoreWindows, AreListedNewestFirstWithinASpanAndALimit) {
    TempStore store;
    const Span any = span("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z");
    for (const std::string_view when :
         {"2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z"})
        complete(*store, Pass::hot, any, at(when));
    complete(*store, FeedId::risk_detections, Pass::hot, any, "lastUpdatedDateTime",
             at("2026-11-22T09:30:00Z"));
    const auto listed = [&](std::optional<FeedId> feed, Span in, int limit) {
        std::vector<std::string> times;
        for (const WindowRow& row : must(store->windows(feed, in, limit)))
            times.push_back(to_iso(row.opened_at).substr(11, 5));
        return times;
    };
    EXPECT_EQ(listed(std::nullopt, span("2026-11-22T08:00:00Z", "2026-11-22T10:00:00Z"), 10),
              (std::vector<std::string>{"09:30", "09:00", "08:00"}));
    EXPECT_EQ(listed(audits, span("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"), 2),
              (std::vector<std::string>{"10:00", "09:00"}));
}

TEST(StoreFeeds, RememberHowTheyFareAcrossARestart) {
    TempStore store;
    EXPECT_EQ(must(store->feed_state(audits)).state, "starting");
    must(store->set_feed_state(audits, {"parked", "licence", opened, closed, std::nullopt}));
    must(store->set_backfill_span(audits, std::chrono::hours{3}));
    store.reopen();
    const FeedState state = must(store->feed_state(audits));
    EXPECT_EQ(state.state, "parked");
    EXPECT_EQ(state.reason, "licence");
    EXPECT_EQ(state.since, opened);
    EXPECT_EQ(state.next_probe_at, closed);
    EXPECT_FALSE(state.last_answer_at);
    EXPECT_EQ(must(store->sweep_state(audits)).backfill_span, Ticks{std::chrono::hours{3}});
    EXPECT_EQ(must(store->sweep_state(FeedId::risk_detections)).backfill_span, SweepState{}.backfill_span);
    must(store->set_feed_state(audits, {"running", "", opened, std::nullopt, closed}));
    EXPECT_EQ(must(store->sweep_state(audits)).backfill_span, Ticks{std::chrono::hours{3}});
}

TEST(StoreFeeds, KeepTheNewestDirectoryReading) {
    TempStore store;
    EXPECT_FALSE(must(store->load_directory()));
    must(store->save_directory("{\"a\":1}", opened));
    must(store->save_directory("{\"a\":2}", closed));
    store.reopen();
    EXPECT_EQ(must(store->load_directory()), "{\"a\":2}");
}

}  // namespace
}  // namespace entrawatch::test
