#include "daemon/commands/feed_coverage.hpp"

#include <gtest/gtest.h>

#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

const Feed& audits() {
    return feed_of(FeedId::directory_audits);
}

WindowRow window(Pass pass, std::string state, std::int64_t fresh, Ticks lateness) {
    WindowRow row;
    row.plan.pass = pass;
    row.plan.span = {at("2026-11-22T00:00:00Z"), at("2026-11-22T01:00:00Z")};
    row.opened_at = at("2026-11-22T01:00:00Z");
    row.state = std::move(state);
    row.progress.fresh = fresh;
    row.progress.worst_lateness = lateness;
    return row;
}

TEST(FeedCoverage, ExpectsWhatTheBackfillAndTheLicenceReachUpToTheLastPolls) {
    TenantSettings tenant;
    const Instant now = at("2026-11-22T10:00:00Z");
    tenant.backfill = std::chrono::hours{24};
    EXPECT_EQ(expected_span(audits(), tenant, now).from,
              now - std::chrono::hours{24} + std::chrono::minutes{5});
    EXPECT_EQ(expected_span(audits(), tenant, now).to, now - std::chrono::minutes{5});
    tenant.backfill = std::chrono::hours{24 * 3650};
    tenant.poll_interval = std::chrono::minutes{10};
    EXPECT_EQ(expected_span(audits(), tenant, now).from, now - audits().retention + std::chrono::minutes{30});
    EXPECT_EQ(expected_span(audits(), tenant, now).to, now - std::chrono::minutes{30});
}

TEST(FeedCoverage, NamesEachHoleAndUntilWhenItCanBeFilled) {
    SweepState sweep;
    sweep.complete = {{at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z")},
                      {at("2026-11-21T06:00:00Z"), at("2026-11-22T00:00:00Z")}};
    const Span asked{at("2026-11-20T12:00:00Z"), at("2026-11-22T02:00:00Z")};
    const FeedCoverage coverage = judge_coverage(audits(), asked, {}, sweep, {});
    ASSERT_EQ(coverage.gaps.size(), 2U);
    EXPECT_EQ(coverage.gaps[0].span, (Span{at("2026-11-21T00:00:00Z"), at("2026-11-21T06:00:00Z")}));
    EXPECT_EQ(coverage.gaps[0].recoverable_until, at("2026-11-21T00:00:00Z") + audits().retention);
    EXPECT_EQ(coverage.gaps[1].span, (Span{at("2026-11-22T00:00:00Z"), at("2026-11-22T02:00:00Z")}));
    ASSERT_EQ(coverage.complete.size(), 2U);
    EXPECT_EQ(coverage.complete[0].from, asked.from) << "only what was asked for is shown";
}

TEST(FeedCoverage, AFeedThatWasReadWholeHasNoHole) {
    SweepState sweep;
    sweep.complete = {{at("2026-11-01T00:00:00Z"), at("2026-11-22T00:00:00Z")}};
    EXPECT_TRUE(
        judge_coverage(audits(), {at("2026-11-10T00:00:00Z"), at("2026-11-20T00:00:00Z")}, {}, sweep, {})
            .gaps.empty());
}

TEST(FeedCoverage, AFeedThatWasNeverReadIsOneHole) {
    const Span asked{at("2026-11-10T00:00:00Z"), at("2026-11-20T00:00:00Z")};
    const FeedCoverage coverage = judge_coverage(audits(), asked, {}, {}, {});
    ASSERT_EQ(coverage.gaps.size(), 1U);
    EXPECT_EQ(coverage.gaps[0].span, asked);
}

TEST(FeedCoverage, AddsUpWhatEachPassFoundAndHowLate) {
    const std::vector<WindowRow> windows{window(Pass::hot, "complete", 3, std::chrono::minutes{2}),
                                         window(Pass::hot, "complete", 4, std::chrono::minutes{5}),
                                         window(Pass::cold, "complete", 1, std::chrono::hours{7}),
                                         window(Pass::warm, "open", 0, {}),
                                         window(Pass::deep, "abandoned", 0, {})};
    const FeedCoverage coverage = judge_coverage(audits(), {}, {}, {}, windows);
    EXPECT_EQ(coverage.passes.at(Pass::hot).windows, 2);
    EXPECT_EQ(coverage.passes.at(Pass::hot).fresh, 7);
    EXPECT_EQ(coverage.passes.at(Pass::hot).worst_lateness, Ticks{std::chrono::minutes{5}});
    EXPECT_EQ(coverage.passes.at(Pass::cold).fresh, 1);
    EXPECT_EQ(coverage.open_windows, 1);
    EXPECT_EQ(coverage.abandoned.size(), 1U);
}

TEST(FeedCoverage, JsonTellsHowLateRowsCameAndHowFarWindowsReach) {
    FeedCoverage coverage;
    for (int i = 0; i < 99; ++i)
        coverage.lateness[Pass::hot].add(std::chrono::seconds{20});
    coverage.lateness[Pass::cold].add(std::chrono::hours{3});
    coverage.reach = {std::chrono::minutes{20}, std::chrono::minutes{135}};
    const OrderedJson json = to_json(coverage);
    EXPECT_EQ(json["lateness"]["rows"], 100);
    EXPECT_EQ(json["lateness"]["p50_seconds"], 22.5);
    EXPECT_EQ(json["lateness"]["p99_seconds"], 22.5);
    EXPECT_EQ(json["lateness"]["worst_seconds"], 10800.0);
    EXPECT_EQ(json["lateness"]["first_seen_by"]["hot"], 99);
    EXPECT_EQ(json["lateness"]["first_seen_by"]["cold"], 1);
    EXPECT_EQ(json["reach"]["hot_seconds"], 1200.0);
    EXPECT_EQ(json["reach"]["warm_seconds"], 8100.0);
}

TEST(FeedCoverage, JsonTellsAllOfIt) {
    FeedState state;
    state.state = "parked";
    state.reason = "licence";
    SweepState sweep;
    sweep.last_hot = at("2026-11-22T09:00:00Z");
    const Span asked{at("2026-11-21T00:00:00Z"), at("2026-11-22T00:00:00Z")};
    const OrderedJson json = to_json(judge_coverage(
        audits(), asked, state, sweep, {window(Pass::hot, "complete", 3, std::chrono::minutes{2})}));
    EXPECT_EQ(json["feed"], "directory_audits");
    EXPECT_EQ(json["state"], "parked");
    EXPECT_EQ(json["reason"], "licence");
    EXPECT_EQ(json["last_hot"], "2026-11-22T09:00:00Z");
    EXPECT_EQ(json["gaps"][0]["from"], "2026-11-21T00:00:00Z");
    EXPECT_TRUE(json["gaps"][0].contains("recoverable_until"));
    EXPECT_EQ(json["passes"]["hot"]["fresh"], 3);
    EXPECT_EQ(json["passes"]["hot"]["worst_lateness_seconds"], 120.0);
}

}  // namespace
}  // namespace entrawatch
