#include "daemon/ingest.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "config/shipped.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/sigma_reader.hpp"
#include "tests/support/failed_sign_in.hpp"
#include "tests/support/records.hpp"
#include "tests/support/sample_mutes.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

using test::must;

constexpr const char* account = "0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e01";

// A failed or successful sign-in of the emergency account.
std::string sign_in(const std::string& id, const std::string& time, int error_code,
                    const std::string& extra = "") {
    return R"({"id":")" + id + R"(","createdDateTime":")" + time + R"(","userId":")" + account +
           R"(","userPrincipalName":"breakglass1@contoso.onmicrosoft.com","ipAddress":"203.0.113.7","signInEventTypes":["interactiveUser"],)" +
           R"("status":{"errorCode":)" + std::to_string(error_code) + "}" + extra + "}";
}

// A store, the shipped rules and one destination; what a tenant's lane has.
class Lane {
  public:
    Lane() : scratch_(make_rule_scratch()) {
        const auto rules = read_rules_in(test::source_dir() / "config" / "rules", {}, true);
        EXPECT_TRUE(rules.problems.empty());
        context_.tenant = {"contoso", "8f1d2b6a-43c7-4e0f-9a5d-7b2e61c40f11", {}};
        context_.rules = std::make_shared<const RuleSet>(rules.rules);
        context_.directory =
            std::make_shared<const Directory>(std::vector<EmergencyAccount>{{account, "breakglass1"}},
                                              std::vector<RoleInfo>{}, DirectoryReading{});
        context_.routes = {{"soc", Severity::low, {}}, {"pager", Severity::critical, {}}};
        context_.entropy = [n = 0]() mutable { return std::string(9, 'x') + static_cast<char>('a' + n++); };
    }

    Result<IngestReport> try_take(const std::vector<std::string>& records, Instant now = noon) {
        std::string body = R"({"value":[)";
        for (const auto& record : records)
            body += (body.back() == '[' ? "" : ",") + record;
        const Page page = must(split_page(body + "]}"));
        IngestInput input;
        input.feed = &feed_of(feed_);
        input.page = &page;
        input.window = window_;
        input.completes_window = window_.has_value();
        input.looked_at = looked_at_;
        input.now = now;
        return ingest(*store_, context_, input, *scratch_);
    }
    IngestReport take(const std::vector<std::string>& records, Instant now = noon) {
        return must(try_take(records, now));
    }

    Store& store() { return *store_; }
    void keep_only_scenarios() { context_.scenario_only = {FeedId::sign_ins_interactive}; }
    void judge_with(std::vector<Rule> rules, std::vector<RuleFilter> filters = {}) {
        context_.rules = std::make_shared<const RuleSet>(std::move(rules), std::move(filters));
    }
    void read_feed(FeedId feed) { feed_ = feed; }
    void in_window(std::int64_t window) { window_ = window; }
    void look_at(std::vector<Span> spans) { looked_at_ = std::move(spans); }
    void fail_dice() {
        context_.entropy = []() -> std::string { throw std::runtime_error("stopped here"); };
    }
    std::vector<AlertRow> alerts() { return must(store_->alerts({})); }
    std::vector<AlertRow> suppressed() { return must(store_->alerts({.suppressed = true})); }

  private:
    test::TempStore store_;
    IngestContext context_;
    RuleScratchPtr scratch_;
    FeedId feed_ = FeedId::sign_ins_interactive;
    std::optional<std::int64_t> window_;
    std::vector<Span> looked_at_;
};

TEST(Ingest, StoresOpensAndEnqueuesInOneGo) {
    Lane lane;
    const auto report = lane.take({sign_in("s1", "2026-11-22T11:59:00Z", 0)});
    EXPECT_EQ(report.progress.fresh, 1);
    ASSERT_EQ(report.opened.size(), 1U);
    EXPECT_EQ(report.opened.front().scenario, "EA-1");
    EXPECT_EQ(report.opened.front().severity, Severity::critical);
    EXPECT_EQ(report.deliveries, (std::map<std::string, int>{{"soc", 1}, {"pager", 1}}));
    EXPECT_EQ(must(lane.store().deliveries_of(lane.alerts().front().id)).size(), 2U);
}

// Three people who fail from one address within ten minutes.
std::vector<Rule> spray_rules() {
    SigmaFile file = read_sigma(std::string{test::failed_sign_in} + R"(title: Spray
correlation:
  type: value_count
  rules: [failed]
  group-by: [ipAddress]
  timespan: 10m
  condition: {field: userId, gte: 3}
level: high
)",
                                "spray.yml", "mine/spray", {});
    EXPECT_TRUE(file.problems.empty());
    EXPECT_TRUE(resolve_correlations(file.rules).empty());
    return std::move(file.rules);
}

std::string failure_of(int user, const std::string& time) {
    std::string record = sign_in("f" + std::to_string(user), time, 50126);
    record.replace(record.find(account), 8, "0000000" + std::to_string(user));
    return record;
}

TEST(Ingest, TellsOfACorrelationWhenItsLastEventComesAndListsAllOfThem) {
    Lane lane;
    lane.judge_with(spray_rules());
    EXPECT_TRUE(lane.take({failure_of(1, "2026-11-22T11:50:00Z")}).opened.empty());
    // The second and the third in the other order, in another page.
    const auto report =
        lane.take({failure_of(3, "2026-11-22T11:59:00Z"), failure_of(2, "2026-11-22T11:55:00Z")});
    ASSERT_EQ(report.opened.size(), 1U);
    const AlertRow alert = lane.alerts().at(0);
    EXPECT_EQ(alert.rule_name, "mine/spray#2");
    EXPECT_EQ(alert.count, 3);
    EXPECT_EQ(alert.first_event_at, at("2026-11-22T11:50:00Z"));
    EXPECT_EQ(alert.last_event_at, at("2026-11-22T11:59:00Z"));
    EXPECT_EQ(must(lane.store().events_of(alert.id, 10)).size(), 3U);
    const auto data = nlohmann::json::parse(alert.data);
    ASSERT_EQ(data["events"].size(), 3U);
    EXPECT_EQ(data["events"][0]["id"], "f1");
    EXPECT_EQ(data["count"], 3);
}

// Excepts what comes from one address, or what else is said, until the end of November.
std::vector<RuleFilter> scanner_filter(std::span<const Rule> rules, const std::string& about,
                                       const std::string& selection = "{ipAddress: 198.51.100.9}") {
    SigmaFile file = read_sigma(
        "title: The scanner\nlogsource: {product: azure, service: signinlogs}\n"
        "filter: {rules: [" +
            about + "], selection: " + selection +
            ", condition: not selection}\n"
            "entrawatch: {owner: ops, reason: nightly scan, expires: 2026-11-30}\n",
        "scanner.yml", "mine/scanner", {});
    EXPECT_TRUE(file.problems.empty());
    EXPECT_TRUE(resolve_filters(file.filters, rules).empty());
    return std::move(file.filters);
}

std::string scanned(std::string record) {
    const std::string_view usual = "203.0.113.7";
    return record.replace(record.find(usual), usual.size(), "198.51.100.9");
}

std::vector<Rule> any_failure_rule() {
    return read_sigma(std::string{test::failed_sign_in}, "failed.yml", "mine/failed", {}).rules;
}

TEST(Ingest, KeepsWhatAFilterSuppressesCountsItAndTellsNobody) {
    Lane lane;
    auto rules = any_failure_rule();
    lane.judge_with(rules, scanner_filter(rules, "mine/failed"));
    auto report = lane.take({scanned(failure_of(1, "2026-11-22T11:50:00Z"))});
    EXPECT_EQ(report.progress.fresh, 1);
    EXPECT_TRUE(report.opened.empty());
    EXPECT_TRUE(report.deliveries.empty());
    EXPECT_EQ(report.suppressed, (std::map<std::string, int>{{"mine/scanner", 1}}));
    EXPECT_TRUE(lane.alerts().empty());
    ASSERT_EQ(lane.suppressed().size(), 1U);
    const AlertRow hidden = lane.suppressed()[0];
    EXPECT_EQ(hidden.rule_name, "mine/failed");
    EXPECT_EQ(filter_named_in(hidden), "mine/scanner");
    EXPECT_EQ(hidden.suppressed_by, must(lane.store().alert(hidden.id))->suppressed_by);
    const auto why = nlohmann::json::parse(hidden.data)["suppressed"];
    EXPECT_EQ(why["owner"], "ops");
    EXPECT_EQ(why["reason"], "nightly scan");
    EXPECT_EQ(why["last_day"], "2026-11-30");
    EXPECT_EQ(must(lane.store().events_of(hidden.id, 10)).size(), 1U);
    EXPECT_TRUE(must(lane.store().deliveries_of(hidden.id)).empty());
}

TEST(Ingest, NeverLetsASuppressedFindingSwallowTheRealOne) {
    Lane lane;
    auto rules = any_failure_rule();
    lane.judge_with(rules, scanner_filter(rules, "mine/failed"));
    lane.take({scanned(failure_of(1, "2026-11-22T11:50:00Z"))});
    // The same user, from elsewhere, within the window of the suppressed one.
    const auto report = lane.take({[] {
        std::string record = failure_of(1, "2026-11-22T11:51:00Z");
        return record.replace(record.find("\"f1\""), 4, "\"f9\"");
    }()});
    EXPECT_EQ(report.opened.size(), 1U);
    EXPECT_TRUE(report.suppressed.empty());
    EXPECT_EQ(lane.suppressed().at(0).count, 1);
}

TEST(Ingest, CountsTheRepeatsOfASuppressedFinding) {
    Lane lane;
    auto rules = any_failure_rule();
    lane.judge_with(rules, scanner_filter(rules, "mine/failed"));
    for (int i = 0; i < 10; ++i) {
        std::string record = scanned(failure_of(1, "2026-11-22T11:5" + std::to_string(i) + ":00Z"));
        lane.take({record.replace(record.find("\"f1\""), 4, "\"g" + std::to_string(i) + "\"")});
    }
    ASSERT_EQ(lane.suppressed().size(), 1U);
    EXPECT_EQ(lane.suppressed()[0].count, 10);
    EXPECT_TRUE(must(lane.store().deliveries_of(lane.suppressed()[0].id)).empty());
}

TEST(Ingest, TellsAgainOnceTheFilterIsOver) {
    Lane lane;
    auto rules = any_failure_rule();
    lane.judge_with(rules, scanner_filter(rules, "mine/failed"));
    EXPECT_TRUE(lane.take({scanned(failure_of(1, "2026-11-30T23:00:00Z"))}, at("2026-11-30T23:59:59Z"))
                    .opened.empty());
    EXPECT_EQ(
        lane.take({scanned(failure_of(2, "2026-11-30T23:30:00Z"))}, at("2026-12-01T00:00:00Z")).opened.size(),
        1U)
        << "the day on which it is read counts, not the day of the event";
}

TEST(Ingest, CorrelatesExceptedEventsAmongThemselvesOnly) {
    Lane lane;
    auto rules = spray_rules();
    lane.judge_with(rules, scanner_filter(rules, "mine/spray#2",
                                          "{userId|startswith: ['00000003', '00000004', '00000005']}"));
    // All from one address: two who are watched and two who are excepted are no spray of three.
    lane.take({failure_of(1, "2026-11-22T11:50:00Z"), failure_of(2, "2026-11-22T11:51:00Z"),
               failure_of(3, "2026-11-22T11:52:00Z"), failure_of(4, "2026-11-22T11:53:00Z")});
    EXPECT_TRUE(lane.alerts().empty());
    EXPECT_TRUE(lane.suppressed().empty());
    lane.take({failure_of(5, "2026-11-22T11:54:00Z")});
    EXPECT_TRUE(lane.alerts().empty());
    ASSERT_EQ(lane.suppressed().size(), 1U);
    EXPECT_EQ(lane.suppressed()[0].count, 3);
    EXPECT_EQ(lane.take({failure_of(6, "2026-11-22T11:55:00Z")}).opened.size(), 1U);
}

MuteRow mute_of(const std::string& id, const std::string& rule, const std::string& destination = {}) {
    MuteRow mute = test::sample_mute(id, rule);
    mute.severity_at_most = Severity::critical;
    mute.destination = destination;
    return mute;
}

TEST(Ingest, KeepsAMutedNotificationAsARowThatNamesTheMute) {
    Lane lane;
    lane.judge_with(spray_rules());
    must(lane.store().insert_mute(mute_of("mute_soc", "mine/spray#2", "soc")));
    const auto report =
        lane.take({failure_of(1, "2026-11-22T11:50:00Z"), failure_of(2, "2026-11-22T11:51:00Z"),
                   failure_of(3, "2026-11-22T11:52:00Z")},
                  noon - std::chrono::minutes{1});
    ASSERT_EQ(report.opened.size(), 1U) << "the alert is there all the same";
    EXPECT_TRUE(report.deliveries.empty()) << "nobody has anything to send";
    const auto rows = must(lane.store().deliveries_of(lane.alerts().at(0).id));
    ASSERT_EQ(rows.size(), 1U) << "high does not go to the pager";
    EXPECT_EQ(rows[0].state, "muted");
    EXPECT_EQ(rows[0].muted_by, "mute_soc");
}

TEST(Ingest, TellsOfAnEmergencyAccountWhateverIsMuted) {
    Lane lane;
    must(lane.store().insert_mute(mute_of("mute_all", "")));
    const auto report = lane.take({sign_in("s1", "2026-11-22T11:59:00Z", 0)}, noon - std::chrono::minutes{1});
    EXPECT_EQ(report.deliveries, (std::map<std::string, int>{{"soc", 1}, {"pager", 1}}));
    EXPECT_TRUE(lane.alerts().at(0).unsilenceable);
}

TEST(Ingest, TellsAgainOnceTheMuteIsOver) {
    Lane lane;
    lane.judge_with(spray_rules());
    must(lane.store().insert_mute(mute_of("mute_soc", "mine/spray#2")));
    EXPECT_EQ(lane.take({failure_of(1, "2026-11-22T11:50:00Z"), failure_of(2, "2026-11-22T11:51:00Z"),
                         failure_of(3, "2026-11-22T11:52:00Z")},
                        noon)
                  .deliveries,
              (std::map<std::string, int>{{"soc", 1}}));
}

TEST(Ingest, CountsAFurtherEventOfATellingCorrelationAndIsSilentAboutReplays) {
    Lane lane;
    lane.judge_with(spray_rules());
    const std::vector<std::string> three{failure_of(1, "2026-11-22T11:50:00Z"),
                                         failure_of(2, "2026-11-22T11:51:00Z"),
                                         failure_of(3, "2026-11-22T11:52:00Z")};
    EXPECT_EQ(lane.take(three).opened.size(), 1U);
    EXPECT_TRUE(lane.take(three).opened.empty());
    EXPECT_TRUE(lane.take({failure_of(4, "2026-11-22T11:53:00Z")}).opened.empty());
    ASSERT_EQ(lane.alerts().size(), 1U);
    EXPECT_EQ(lane.alerts()[0].count, 4);
}

TEST(Ingest, IsSilentAboutACorrelationThatIsNotWithinItsTimeSpan) {
    Lane lane;
    lane.judge_with(spray_rules());
    lane.take({failure_of(1, "2026-11-22T11:30:00Z"), failure_of(2, "2026-11-22T11:38:00Z"),
               failure_of(3, "2026-11-22T11:46:00Z")});
    EXPECT_TRUE(lane.alerts().empty());
}

TEST(Ingest, IsSilentAboutARecordThatComesAgain) {
    Lane lane;
    const std::string record = sign_in("s1", "2026-11-22T11:59:00Z", 0);
    lane.take({record});
    const auto report = lane.take({record, record});
    EXPECT_EQ(report.progress.rows, 2);
    EXPECT_EQ(report.progress.fresh, 0);
    EXPECT_TRUE(report.opened.empty());
    EXPECT_TRUE(report.raised.empty());
    EXPECT_EQ(lane.alerts().front().count, 1);
}

TEST(Ingest, KeepsOfAScenarioOnlyFeedWhatARuleTellsOf) {
    Lane lane;
    lane.keep_only_scenarios();
    std::string stranger = sign_in("s2", "2026-11-22T11:58:00Z", 0);
    stranger.replace(stranger.find(account), 1, "9");
    const auto report = lane.take({sign_in("s1", "2026-11-22T11:59:00Z", 0), stranger});
    EXPECT_EQ(report.progress.rows, 2);
    EXPECT_EQ(report.progress.fresh, 1);
    EXPECT_EQ(report.left_out, 1);
    EXPECT_EQ(must(lane.store().counts()).events, 1);
}

TEST(Ingest, KeepsALaterRevisionOfWhatItKeptEvenWhenNoRuleTellsOfItAnyMore) {
    Lane lane;
    lane.keep_only_scenarios();
    lane.take({sign_in("s1", "2026-11-22T11:59:00Z", 0)});
    std::string corrected = sign_in("s1", "2026-11-22T11:59:00Z", 0, R"(,"riskState":"none")");
    corrected.replace(corrected.find(account), 1, "9");
    const auto report = lane.take({corrected});
    EXPECT_EQ(report.progress.revised, 1);
    EXPECT_EQ(report.left_out, 0);
}

TEST(Ingest, TellsTheCountOfARepeatAtTwoTenAHundred) {
    Lane lane;
    lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 0)});
    std::vector<std::int64_t> told_at;
    for (int count = 2; count <= 120; ++count) {
        const auto report = lane.take({sign_in("s" + std::to_string(count), "2026-11-22T11:55:00Z", 0)});
        EXPECT_TRUE(report.opened.empty());
        EXPECT_TRUE(report.raised.empty());
        ASSERT_EQ(lane.alerts().front().count, count);
        if (report.deliveries.empty()) continue;
        EXPECT_EQ(report.deliveries, (std::map<std::string, int>{{"soc", 1}, {"pager", 1}}));
        told_at.push_back(count);
    }
    EXPECT_EQ(told_at, (std::vector<std::int64_t>{2, 10, 100}));
    ASSERT_EQ(lane.alerts().size(), 1U) << "no event is lost: the count says how many there were";
    const auto last = must(lane.store().deliveries_of(lane.alerts().front().id)).back();
    EXPECT_EQ(last.type, "alert.updated");
    const auto data = nlohmann::json::parse(last.body)["data"];
    EXPECT_EQ(data["count"], 100);
    EXPECT_EQ(data["update"], "count");
}

TEST(Ingest, TakesTheRowsOfOneActForOneAct) {
    Lane lane;
    const std::string act = R"(,"correlationId":"00000000-0000-4000-8000-0000000000ac")";
    lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 0, act)});
    EXPECT_TRUE(lane.take({sign_in("s2", "2026-11-22T11:50:01Z", 0, act)}).deliveries.empty());
    EXPECT_EQ(lane.alerts().front().count, 2);
    EXPECT_EQ(lane.alerts().front().told_count, 2);
}

TEST(Ingest, CountsPimsRemindersOfAStandingRoleAndTellsOfTheFirstOnly) {
    Lane lane;
    lane.read_feed(FeedId::directory_audits);
    const Instant now = at("2026-11-21T12:00:00Z");
    EXPECT_EQ(lane.take({records::pim_echo(0).json()}, now).opened.size(), 1U);
    for (int n = 1; n < 5; ++n)
        EXPECT_TRUE(lane.take({records::pim_echo(n).json()}, now).deliveries.empty()) << n;
    ASSERT_EQ(lane.alerts().size(), 1U);
    EXPECT_EQ(lane.alerts().front().count, 5);
    EXPECT_EQ(lane.alerts().front().told_count, 5) << "nor is the count told later";
}

TEST(Ingest, TakesPimsReminderOfADirectAssignmentForNoRepeat) {
    Lane lane;
    lane.read_feed(FeedId::directory_audits);
    const Instant now = at("2026-11-21T12:00:00Z");
    EXPECT_EQ(lane.take({records::role_added().json()}, now).opened.size(), 1U);
    EXPECT_TRUE(lane.take({records::pim_echo(0).json()}, now).deliveries.empty());
    ASSERT_EQ(lane.alerts().size(), 1U);
    EXPECT_EQ(lane.alerts().front().count, 2);
}

TEST(Ingest, CountsSilentlyWhatNobodyWasToldOf) {
    Lane lane;
    lane.judge_with(spray_rules());
    must(lane.store().insert_mute(mute_of("mute_soc", "mine/spray#2")));
    const Instant now = noon - std::chrono::minutes{1};
    for (int user = 1; user <= 9; ++user)
        lane.take({failure_of(user, "2026-11-22T11:50:0" + std::to_string(user) + "Z")}, now);
    EXPECT_EQ(must(lane.store().deliveries_of(lane.alerts().at(0).id)).size(), 1U);
}

TEST(Ingest, TellsARevisionOnlyWhenItIsSeverer) {
    Lane lane;
    lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 50126)});
    const auto same = lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 50126, R"(,"riskState":"none")")});
    EXPECT_EQ(same.progress.revised, 1);
    EXPECT_TRUE(same.opened.empty());
    EXPECT_TRUE(same.raised.empty());
    EXPECT_EQ(lane.alerts().front().count, 1);
}

// How things stand with a user, as Identity Protection lists it.
std::string risky(const std::string& state, const std::string& updated) {
    return R"({"id":"28b270c8-ba72-4d80-b15c-7523518e1682","riskState":")" + state +
           R"(","riskLevel":"medium","riskDetail":"none","userPrincipalName":"bruno@larkspur.example",)"
           R"("riskLastUpdatedDateTime":")" +
           updated + R"("})";
}

TEST(Ingest, TellsOfAStateAgainWhenItHadEndedAndNotWhenItWasOnlyRevised) {
    Lane lane;
    lane.read_feed(FeedId::risky_users);
    EXPECT_EQ(lane.take({risky("atRisk", "2026-08-01T10:00:00Z")}).opened.size(), 1U);
    EXPECT_TRUE(lane.take({risky("atRisk", "2026-10-01T10:00:00Z")}).opened.empty()) << "it never ended";
    EXPECT_TRUE(lane.take({risky("remediated", "2026-10-02T10:00:00Z")}).opened.empty());
    EXPECT_EQ(lane.take({risky("atRisk", "2026-11-22T10:00:00Z")}).opened.size(), 1U);
    EXPECT_EQ(lane.alerts().size(), 2U);
    EXPECT_TRUE(lane.take({risky("confirmedSafe", "2026-11-22T10:05:00Z")}).opened.empty());
    EXPECT_TRUE(lane.take({risky("atRisk", "2026-11-22T10:10:00Z")}).opened.empty()) << "within its window";
    EXPECT_EQ(lane.alerts().size(), 2U);
    EXPECT_EQ(lane.alerts().at(0).count, 2);
}

TEST(Ingest, TellsOfAnAlertOfPimEachTimeItIsRaised) {
    Lane lane;
    lane.read_feed(FeedId::pim_alerts);
    const auto scanned = [](bool active, const std::string& time) {
        return R"({"id":"DirectoryRole_t_RolesAssignedOutsidePimAlert","alertDefinitionId":)"
               R"("DirectoryRole_t_RolesAssignedOutsidePimAlert","scopeId":"/","scopeType":"DirectoryRole",)"
               R"("incidentCount":1,"isActive":)" +
               std::string{active ? "true" : "false"} +
               R"(,"lastModifiedDateTime":"0001-01-01T08:00:00Z","lastScannedDateTime":")" + time + R"("})";
    };
    EXPECT_TRUE(lane.take({scanned(false, "2026-11-20T00:00:00Z")}).opened.empty());
    const auto raised = lane.take({scanned(true, "2026-11-20T06:00:00Z")});
    ASSERT_EQ(raised.opened.size(), 1U);
    EXPECT_EQ(raised.opened.front().scenario, "PR-10");
    EXPECT_EQ(raised.opened.front().severity, Severity::high);
    for (const char* time : {"2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z", "2026-11-22T00:00:00Z"})
        EXPECT_TRUE(lane.take({scanned(true, time)}).opened.empty()) << "each scan revises the row";
    EXPECT_TRUE(lane.take({scanned(false, "2026-11-22T06:00:00Z")}).opened.empty());
    EXPECT_EQ(lane.take({scanned(true, "2026-11-22T10:00:00Z")}).opened.size(), 1U);
}

TEST(Ingest, RaisesAnAlertWhoseEventComesBackSeverer) {
    SigmaFile file = read_sigma(R"(title: A failed sign-in
id: 3f0e6a1d-0000-4000-8000-00000000000b
logsource: {product: azure, service: signinlogs}
detection:
  selection: {status.errorCode: 50126}
  condition: selection
level: low
entrawatch:
  severity:
    - {when: {riskState: atRisk}, level: high, because: the user is at risk}
)",
                                "failed.yml", "mine/failed", {});
    ASSERT_TRUE(file.problems.empty());
    Lane lane;
    lane.judge_with(std::move(file.rules));
    EXPECT_EQ(lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 50126)}).opened.size(), 1U);
    const auto report = lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 50126, R"(,"riskState":"atRisk")")});
    EXPECT_TRUE(report.opened.empty());
    ASSERT_EQ(report.raised.size(), 1U);
    EXPECT_EQ(report.raised.front().severity, Severity::high);
    EXPECT_EQ(lane.alerts().front().count, 1);
}

TEST(Ingest, DoesNotTellOfAnOldEventAgainWhenItComesBackChanged) {
    Lane lane;
    lane.take({sign_in("s1", "2026-11-22T08:00:00Z", 0)});
    lane.take({sign_in("s2", "2026-11-22T11:00:00Z", 0)});
    ASSERT_EQ(lane.alerts().size(), 2U);
    // The newest alert of the key is the other one, hours away in event time.
    const auto report = lane.take({sign_in("s1", "2026-11-22T08:00:00Z", 0, R"(,"riskState":"none")")});
    EXPECT_TRUE(report.opened.empty());
    EXPECT_TRUE(report.raised.empty());
    EXPECT_EQ(lane.alerts().size(), 2U);
}

TEST(Ingest, KeepsWhatItCannotReadAndSaysWhy) {
    Lane lane;
    const auto report = lane.take(
        {R"({"createdDateTime":"2026-11-22T11:00:00Z"})", sign_in("s1", "2026-11-22T11:59:00Z", 0), "17"});
    EXPECT_EQ(report.progress.rejected, 2);
    EXPECT_EQ(report.progress.fresh, 1);
    ASSERT_EQ(report.rejections.size(), 2U);
    EXPECT_EQ(report.rejections[0].record, 0U);
    EXPECT_NE(report.rejections[0].reason.find("`id`"), std::string::npos) << report.rejections[0].reason;
    EXPECT_EQ(report.rejections[1].record, 2U);
    EXPECT_EQ(must(lane.store().counts()).rejections, 2);
}

TEST(Ingest, KeepsARecordWithoutATimeOnceAndTellsOfIt) {
    Lane lane;
    const std::string untimed = sign_in("s1", "yesterday", 0);
    EXPECT_EQ(lane.take({untimed}).opened.size(), 1U);
    const auto again = lane.take({untimed}, noon + Ticks{std::chrono::hours{48}});
    EXPECT_EQ(again.progress.fresh, 0);
    EXPECT_EQ(lane.alerts().size(), 1U);
}

TEST(Ingest, CompletesTheWindowWithTheLastPage) {
    Lane lane;
    const WindowPlan plan{Pass::hot, {noon - Ticks{std::chrono::minutes{20}}, noon}, "createdDateTime"};
    lane.in_window(must(lane.store().open_window(FeedId::sign_ins_interactive, plan, noon)));
    lane.take({sign_in("s1", "2026-11-22T11:59:00Z", 0)});
    const auto windows = must(lane.store().windows(std::nullopt, {noon - Ticks{1}, noon + Ticks{1}}, 10));
    ASSERT_EQ(windows.size(), 1U);
    EXPECT_EQ(windows.front().state, "complete");
    EXPECT_EQ(windows.front().progress.fresh, 1);
    EXPECT_EQ(must(lane.store().sweep_state(FeedId::sign_ins_interactive)).complete,
              std::vector<Span>{plan.span});
}

TEST(Ingest, MeasuresHowLateARowCameOnlyWhereSomebodyHadLooked) {
    Lane lane;
    const FeedId feed = FeedId::sign_ins_interactive;
    const WindowPlan plan{Pass::warm, {noon - Ticks{std::chrono::hours{2}}, noon}, "createdDateTime"};
    lane.in_window(must(lane.store().open_window(feed, plan, noon)));
    lane.look_at({{noon - Ticks{std::chrono::hours{1}}, noon}});
    const auto report =
        lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 0), sign_in("s2", "2026-11-22T10:30:00Z", 0)});
    EXPECT_EQ(report.progress.fresh, 2);
    EXPECT_EQ(report.lateness.total(), 1);
    EXPECT_EQ(report.lateness.worst, Ticks{std::chrono::minutes{10}});
    EXPECT_EQ(must(lane.store().lateness(feed, noon)).at(Pass::warm).total(), 1);
    lane.in_window(must(lane.store().open_window(feed, plan, noon)));
    EXPECT_EQ(lane.take({sign_in("s1", "2026-11-22T11:50:00Z", 0)}).lateness.total(), 0) << "seen before";
}

TEST(Ingest, MeasuresRiskByItsUpdateBecauseItsWindowsGoByThat) {
    Lane lane;
    lane.read_feed(FeedId::risk_detections);
    const WindowPlan plan{Pass::hot, {noon - Ticks{std::chrono::hours{2}}, noon}, "lastUpdatedDateTime"};
    lane.in_window(must(lane.store().open_window(FeedId::risk_detections, plan, noon)));
    lane.look_at({{noon - Ticks{std::chrono::hours{1}}, noon}});
    const auto report = lane.take(
        {R"({"id":"r1","riskEventType":"generic","activityDateTime":"2026-11-20T10:00:00Z","lastUpdatedDateTime":"2026-11-22T11:58:00Z"})"});
    EXPECT_EQ(report.lateness.total(), 1);
    EXPECT_EQ(report.lateness.worst, Ticks{std::chrono::minutes{2}});
}

TEST(Ingest, LeavesNothingBehindWhenItDoesNotEnd) {
    Lane lane;
    lane.fail_dice();  // after the event was put, before the alert is in
    EXPECT_THROW(static_cast<void>(lane.try_take({sign_in("s1", "2026-11-22T11:59:00Z", 0)})),
                 std::runtime_error);
    EXPECT_EQ(must(lane.store().counts()).events, 0);
    EXPECT_TRUE(lane.alerts().empty());
}

}  // namespace
}  // namespace entrawatch
