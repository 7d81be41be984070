#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

class CoverageCommand : public CommandWorld {
  protected:
    int coverage(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"coverage", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // A window of the ledger, read to its end.
    static void read(Store& store, FeedId feed, Span span, Pass pass = Pass::backfill,
                     const WindowProgress& progress = {}) {
        auto transaction = must(store.begin());
        const auto window = must(store.open_window(feed, {pass, span, feed_of(feed).window_time}, span.to));
        ASSERT_TRUE(store.add_progress(window, progress));
        ASSERT_TRUE(store.complete_window(window, span.to));
        ASSERT_TRUE(transaction.commit());
    }
    void read_all_feeds(Span span) {
        Store tenant = store();
        for (const Feed& feed : polled_feeds())
            read(tenant, feed.id, span);
    }
};

const Span november{at("2026-10-01T00:00:00Z"), at("2026-11-22T10:00:00Z")};

TEST_F(CoverageCommand, IsCompleteWhenEveryFeedWasReadWhole) {
    read_all_feeds(november);
    EXPECT_EQ(coverage(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("complete"));
    EXPECT_THAT(out, HasSubstr("directory_audits"));
}

TEST_F(CoverageCommand, AHoleIsShownAndTold) {
    Store tenant = store();
    for (const Feed& feed : polled_feeds()) {
        read(tenant, feed.id, {november.from, at("2026-11-21T00:00:00Z")});
        const bool whole = feed.id != FeedId::directory_audits;
        read(tenant, feed.id, {at(whole ? "2026-11-21T00:00:00Z" : "2026-11-21T06:00:00Z"), november.to});
    }
    EXPECT_EQ(coverage(), exit_problems);
    EXPECT_THAT(out, HasSubstr("1 hole"));
    EXPECT_THAT(out, HasSubstr("missing 2026-11-21T00:00:00.000Z to 2026-11-21T06:00:00.000Z (6 h"));
    EXPECT_THAT(out, HasSubstr("Graph still has all of it for"));
}

TEST_F(CoverageCommand, AStoppedDaemonIsAHole) {
    read_all_feeds(november);
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(coverage(), exit_problems);
    EXPECT_EQ(coverage({"--to", "2026-11-22T10:00:00Z"}), exit_ok) << "what was asked for is complete";
}

TEST_F(CoverageCommand, JsonTellsOfPassesAndLateness) {
    Store tenant = store();
    WindowProgress progress;
    progress.fresh = 5;
    progress.worst_lateness = std::chrono::minutes{7};
    read(tenant, FeedId::directory_audits, {at("2026-11-22T09:00:00Z"), at("2026-11-22T10:00:00Z")},
         Pass::hot, progress);
    EXPECT_EQ(coverage({"--format", "json"}), exit_problems);
    const auto rows = nlohmann::json::parse(out);
    ASSERT_EQ(rows.size(), polled_feeds().size());
    const auto& audits = rows[0];
    EXPECT_EQ(audits["feed"], "directory_audits");
    EXPECT_EQ(audits["detail"]["passes"]["hot"]["fresh"], 5);
    EXPECT_EQ(audits["detail"]["passes"]["hot"]["worst_lateness_seconds"], 420.0);
    EXPECT_FALSE(audits["detail"]["gaps"].empty());
}

TEST_F(CoverageCommand, AParkedFeedSaysWhy) {
    {
        Store tenant = store();
        auto transaction = must(tenant.begin());
        FeedState state;
        state.state = "parked";
        state.reason = "the tenant has no Entra ID P1";
        ASSERT_TRUE(tenant.set_feed_state(FeedId::sign_ins_interactive, state));
        ASSERT_TRUE(transaction.commit());
    }
    EXPECT_EQ(coverage(), exit_problems);
    EXPECT_THAT(out, HasSubstr("parked: the tenant has no Entra ID P1"));
}

TEST_F(CoverageCommand, AFeedThatIsSwitchedOffIsNotExpected) {
    write_file(config(), "state_directory: " + (folder() / "state").string() +
                             "\nlisten: off\ntenants:\n  - name: contoso\n    tenant_id: "
                             "11111111-2222-3333-4444-555555555550\n"
                             "    client_id: 66666666-7777-8888-9999-000000000000\n    credential: { "
                             "secret_file: good.secret }\n"
                             "    feeds: { risk_detections: { enabled: false } }\n"
                             "destinations:\n  - { name: soc, type: webhook, url_file: soc.url }\n");
    read_all_feeds(november);
    EXPECT_EQ(coverage({"--format", "json"}), exit_ok) << out << err;
    EXPECT_EQ(nlohmann::json::parse(out).size(), polled_feeds().size() - 1);
}

TEST_F(CoverageCommand, AFeedThatTheCloudDoesNotHaveIsNoHole) {
    write_file(config(), "state_directory: " + (folder() / "state").string() +
                             "\nlisten: off\ntenants:\n  - name: contoso\n    tenant_id: "
                             "11111111-2222-3333-4444-555555555550\n    cloud: china\n"
                             "    client_id: 66666666-7777-8888-9999-000000000000\n    credential: { "
                             "secret_file: good.secret }\n"
                             "destinations:\n  - { name: soc, type: webhook, url_file: soc.url }\n");
    {
        Store tenant = store();
        for (const Feed& feed : polled_feeds()) {
            if (missing_in(feed, Cloud::china).empty()) read(tenant, feed.id, november);
        }
    }
    EXPECT_EQ(coverage(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("not in this cloud"));
    EXPECT_THAT(out, HasSubstr("parked: the cloud china does not have it"));
}

TEST_F(CoverageCommand, AMissedReadingOfASnapshotIsMadeUpForByTheNext) {
    read_all_feeds(november);
    clock.advance(std::chrono::minutes{44});
    coverage({"--format", "json"});
    const auto rows = nlohmann::json::parse(out);
    for (const auto& row : rows) {
        if (row["feed"] != "pim_alerts") continue;
        EXPECT_TRUE(row["detail"]["gaps"].empty()) << "read every 15 minutes";
    }
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(coverage(), exit_problems);
    EXPECT_THAT(out, HasSubstr("the next reading shows how things stand then"));
}

TEST_F(CoverageCommand, SaysWhenNothingWasCollectedYet) {
    EXPECT_EQ(coverage(), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet"));
}

TEST_F(CoverageCommand, RefusesTimesThatAreNone) {
    EXPECT_EQ(coverage({"--from", "soon"}), exit_usage);
    EXPECT_EQ(coverage({"--from", "2026-11-22", "--to", "2026-11-20"}), exit_usage);
}

}  // namespace
}  // namespace entrawatch::test
