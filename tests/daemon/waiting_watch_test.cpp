#include "daemon/waiting_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/correlation.hpp"
#include "core/rules/sigma_reader.hpp"
#include "core/rules/waiting.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

using test::must;
using ::testing::HasSubstr;

constexpr std::string_view waiting_rules = R"(title: One factor was enough
id: 3f0e6a1d-0000-4000-8000-0000000000a1
logsource: {product: azure, service: signinlogs}
detection: {s: {authenticationRequirement: one}, condition: s}
level: high
entrawatch:
  scenario: PR-15
  feeds: [sign_ins_interactive]
  subject: [userId]
  hold: 15m
  summary: "{userId} signed in with one factor"
---
title: A role is written
name: written
logsource: {product: azure, service: auditlogs}
detection: {s: {activityDisplayName: Add member to role}, condition: s}
---
title: A role is asked for
name: asked
logsource: {product: azure, service: auditlogs}
detection: {s: {activityDisplayName: Request role}, condition: s}
---
title: Nobody asked for the role
id: 3f0e6a1d-0000-4000-8000-0000000000a2
correlation: {type: temporal, rules: [written, asked], group-by: [category], timespan: 10m}
level: high
entrawatch:
  scenario: ST-23
  absent: asked
  summary: "nobody asked for {category}"
)";

std::string time_of(int minutes) {
    return to_iso(noon + std::chrono::minutes{minutes});
}
std::string one_factor(const std::string& id, const std::string& requirement, const std::string& more = "") {
    return R"({"id":")" + id + R"(","createdDateTime":")" + time_of(0) +
           R"(","userId":"u1","status":{"errorCode":0},)" + R"("authenticationRequirement":")" + requirement +
           "\"" + more + "}";
}
std::string audit_of(const std::string& id, const std::string& activity, int minutes) {
    return R"({"id":")" + id + R"(","activityDateTime":")" + time_of(minutes) +
           R"(","category":"R1","activityDisplayName":")" + activity + R"("})";
}

// A tenant's lane with two rules that wait, and feeds that are read as far as a test says.
class WaitingLane {
  public:
    WaitingLane() {
        SigmaOptions options;
        options.require_examples = false;
        SigmaFile file = read_sigma(waiting_rules, "waiting.yml", "mine/waiting", options);
        for (const Problem& problem : file.problems)
            ADD_FAILURE() << problem.text();
        EXPECT_TRUE(resolve_correlations(file.rules).empty());
        context_.tenant = {"contoso", "8f1d2b6a-43c7-4e0f-9a5d-7b2e61c40f11", {}};
        context_.rules = std::make_shared<const RuleSet>(std::move(file.rules));
        context_.directory = std::make_shared<const Directory>(std::vector<EmergencyAccount>{},
                                                               std::vector<RoleInfo>{}, DirectoryReading{});
        context_.routes = {{"soc", Severity::low, {}}};
        context_.entropy = [n = 0]() mutable { return std::string(9, 'x') + static_cast<char>('a' + n++); };
        question_.feeds = {FeedId::directory_audits, FeedId::sign_ins_interactive};
    }

    IngestReport take(FeedId feed, const std::vector<std::string>& records, int minutes) {
        std::string body = R"({"value":[)";
        for (const auto& record : records)
            body += (body.back() == '[' ? "" : ",") + record;
        const Page page = must(split_page(body + "]}"));
        IngestInput input;
        input.feed = &feed_of(feed);
        input.page = &page;
        input.now = noon + std::chrono::minutes{minutes};
        return must(ingest(*store_, context_, input, *scratch_));
    }
    // A hot and a warm window of the feed, opened then and read to their end.
    void read_feed(FeedId feed, int minutes) {
        const Instant now = noon + std::chrono::minutes{minutes};
        for (const Pass pass : {Pass::hot, Pass::warm}) {
            const WindowPlan plan{pass, {now - std::chrono::hours{24 * 30}, now}, feed_of(feed).window_time};
            must(store_->complete_window(must(store_->open_window(feed, plan, now)), now));
        }
    }
    IngestReport look(int minutes) {
        question_.now = noon + std::chrono::minutes{minutes};
        return must(conclude_waiting(*store_, context_, question_, *scratch_));
    }
    void restart() { store_.reopen(); }
    // The one finding that waits, as if of so many events.
    void repeat_waiting(std::int64_t times) {
        test::plain_sql(store_.file(),
                        "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n LIMIT " +
                            std::to_string(times) +
                            ") INSERT INTO waiting_finding SELECT rule, i, due_at, look_at, overdue_at "
                            "FROM waiting_finding, n");
    }
    void spoil_record(const std::string& event) {
        test::plain_sql(store_.file(), "UPDATE event_raw SET octets = zeroblob(9) WHERE event = " + event);
    }
    WaitingQuestion& question() { return question_; }
    IngestContext& context() { return context_; }
    std::vector<AlertRow> alerts() { return must(store_->alerts({})); }
    Store& store() { return *store_; }

  private:
    test::TempStore store_;
    IngestContext context_;
    RuleScratchPtr scratch_ = make_rule_scratch();
    WaitingQuestion question_;
};

constexpr FeedId sign_ins = FeedId::sign_ins_interactive;
constexpr FeedId audits_feed = FeedId::directory_audits;

TEST(WaitingWatch, TellsAHeldFindingWhenItsTimeHasComeAndNothingMoreCame) {
    WaitingLane lane;
    EXPECT_TRUE(lane.take(sign_ins, {one_factor("s1", "one")}, 4).opened.empty());
    EXPECT_TRUE(lane.look(14).opened.empty()) << "it is held for 15 minutes";
    lane.read_feed(sign_ins, 16);
    lane.restart();
    const auto report = lane.look(17);
    ASSERT_EQ(report.opened.size(), 1U);
    EXPECT_EQ(report.opened[0].summary, "u1 signed in with one factor");
    EXPECT_EQ(report.deliveries, (std::map<std::string, int>{{"soc", 1}}));
    EXPECT_TRUE(lane.look(18).opened.empty());
    EXPECT_EQ(lane.alerts().at(0).count, 1);
}

TEST(WaitingWatch, WithdrawsAHeldFindingThatARevisionDoesNotBearOut) {
    WaitingLane lane;
    lane.take(sign_ins, {one_factor("s1", "one")}, 4);
    lane.take(sign_ins, {one_factor("s1", "two")}, 9);
    lane.read_feed(sign_ins, 16);
    EXPECT_TRUE(lane.look(17).opened.empty());
    EXPECT_TRUE(must(lane.store().waiting_due(Instant::max(), 10)).empty());
    // The next revision says so again: a new wait, and told.
    lane.take(sign_ins, {one_factor("s1", "one", R"(,"more":1)")}, 20);
    EXPECT_TRUE(lane.look(21).opened.empty());
    lane.read_feed(sign_ins, 24);
    EXPECT_EQ(lane.look(26).opened.size(), 1U);
}

TEST(WaitingWatch, TellsAHeldFindingOnceWhateverIsReadAgainOrRevised) {
    WaitingLane lane;
    for (int time = 1; time <= 3; ++time)
        lane.take(sign_ins, {one_factor("s1", "one"), one_factor("s1", "one", R"(,"more":1)")}, time);
    lane.read_feed(sign_ins, 16);
    EXPECT_EQ(lane.look(17).opened.size(), 1U);
    lane.take(sign_ins, {one_factor("s1", "one", R"(,"more":2)")}, 18);
    lane.read_feed(sign_ins, 30);
    const auto again = lane.look(31);
    EXPECT_TRUE(again.opened.empty());
    EXPECT_TRUE(again.raised.empty());
    ASSERT_EQ(lane.alerts().size(), 1U);
    EXPECT_EQ(lane.alerts()[0].count, 1);
}

TEST(WaitingWatch, WaitsForTheRowToBeReadAgainAndTellsUnconfirmedWhenItIsNot) {
    WaitingLane lane;
    lane.take(sign_ins, {one_factor("s1", "one")}, 4);
    lane.read_feed(sign_ins, 14);
    EXPECT_TRUE(lane.look(16).opened.empty()) << "it was not read again since it was due";
    EXPECT_TRUE(lane.look(74).opened.empty());
    const auto report = lane.look(76);
    ASSERT_EQ(report.opened.size(), 1U);
    EXPECT_THAT(report.opened[0].summary,
                HasSubstr("unconfirmed (the feed sign_ins_interactive was not read in time"));
}

TEST(WaitingWatch, TellsAnAbsenceOnlyAfterLateRowsHadTheirTime) {
    WaitingLane lane;
    EXPECT_TRUE(lane.take(audits_feed, {audit_of("w", "Add member to role", 0)}, 3).opened.empty());
    lane.read_feed(audits_feed, 129);
    EXPECT_TRUE(lane.look(129).opened.empty());
    lane.read_feed(audits_feed, 131);
    lane.restart();
    const auto report = lane.look(132);
    ASSERT_EQ(report.opened.size(), 1U);
    EXPECT_EQ(report.opened[0].summary, "nobody asked for R1");
    // Read again, revised, asked again: nothing more.
    lane.take(audits_feed, {audit_of("w", "Add member to role", 0)}, 140);
    lane.read_feed(audits_feed, 400);
    EXPECT_TRUE(lane.look(401).opened.empty());
    EXPECT_EQ(lane.alerts().size(), 1U);
}

TEST(WaitingWatch, IsSilentAboutACompanionThatComesFirstLaterOrLate) {
    for (const auto& [asked_at, comes_at] : std::vector<std::pair<int, int>>{{-1, 2}, {10, 12}, {-10, 125}}) {
        WaitingLane lane;
        if (comes_at < 3) lane.take(audits_feed, {audit_of("a", "Request role", asked_at)}, comes_at);
        lane.take(audits_feed, {audit_of("w", "Add member to role", 0)}, 3);
        if (comes_at > 3) lane.take(audits_feed, {audit_of("a", "Request role", asked_at)}, comes_at);
        lane.read_feed(audits_feed, 131);
        EXPECT_TRUE(lane.look(132).opened.empty()) << asked_at;
        EXPECT_TRUE(must(lane.store().waiting_due(Instant::max(), 10)).empty());
    }
}

TEST(WaitingWatch, TellsAnAbsenceWhoseFeedIsNotReadAnyMore) {
    WaitingLane lane;
    lane.take(audits_feed, {audit_of("w", "Add member to role", 0)}, 3);
    EXPECT_TRUE(lane.look(489).opened.empty());
    EXPECT_THAT(lane.look(491).opened.at(0).summary, HasSubstr("unconfirmed (the feed directory_audits"));
    WaitingLane without_feed;
    without_feed.question().feeds.clear();
    without_feed.take(audits_feed, {audit_of("w", "Add member to role", 0)}, 3);
    EXPECT_EQ(without_feed.look(131).opened.at(0).summary, "nobody asked for R1");
}

TEST(WaitingWatch, DecidesAtTheEndOfAnImportWhatIsDueAndLeavesTheRest) {
    WaitingLane lane;
    lane.question().all_came = true;
    lane.take(audits_feed,
              {audit_of("w", "Add member to role", -1000), audit_of("w2", "Add member to role", 0)}, 1);
    EXPECT_EQ(lane.look(1).opened.size(), 1U);
    EXPECT_EQ(must(lane.store().waiting_due(Instant::max(), 10)).size(), 1U);
}

TEST(WaitingWatch, ForgetsAFindingWhoseRuleIsNotInForceAnyMore) {
    WaitingLane lane;
    lane.take(sign_ins, {one_factor("s1", "one")}, 4);
    lane.context().rules = std::make_shared<const RuleSet>(std::vector<Rule>{});
    lane.read_feed(sign_ins, 16);
    EXPECT_TRUE(lane.look(17).opened.empty());
    EXPECT_TRUE(must(lane.store().waiting_due(Instant::max(), 10)).empty());
}

TEST(WaitingWatch, LetsNoUnreadableRecordKeepTheOthersWaiting) {
    WaitingLane lane;
    lane.take(sign_ins, {one_factor("s1", "one"), one_factor("s2", "one")}, 4);
    lane.spoil_record("1");
    lane.read_feed(sign_ins, 16);
    const auto report = lane.look(17);
    EXPECT_EQ(report.opened.size(), 1U);
    ASSERT_EQ(report.rejections.size(), 1U);
    EXPECT_EQ(must(lane.store().waiting_due(Instant::max(), 10)).size(), 1U) << "it is tried again";
    EXPECT_TRUE(lane.look(18).rejections.empty());
}

TEST(WaitingWatch, TellsAtOnceAndSaysSoWhenTooManyWait) {
    WaitingLane lane;
    EXPECT_TRUE(lane.take(sign_ins, {one_factor("s1", "one")}, 4).opened.empty());
    lane.repeat_waiting(most_waiting);
    const auto report = lane.take(sign_ins, {one_factor("s2", "one")}, 4);
    ASSERT_EQ(report.opened.size(), 1U);
    EXPECT_THAT(report.opened[0].summary,
                HasSubstr("unconfirmed (10000 findings of the rule are waiting already)"));
}

}  // namespace
}  // namespace entrawatch
