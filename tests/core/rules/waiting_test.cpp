#include "core/rules/waiting.hpp"

#include <gmock/gmock.h>

#include "tests/core/rules/rule_support.hpp"
#include "tests/support/failed_sign_in.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using test::failed_sign_in;
using test::read_rule;
using test::text_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view successful_sign_in = R"(title: A sign-in
name: done
logsource: {product: azure, service: signinlogs}
detection:
  selection: {status.errorCode: 0}
  condition: selection
---
)";

// A failure that no success of the same user stands beside within ten minutes.
std::string lonely_failure(std::string_view type, std::string_view order, std::string_view ours) {
    return std::string{failed_sign_in} + std::string{successful_sign_in} +
           "title: Failed and gave up\nid: 3f0e6a1d-0000-4000-8000-00000000000b\ncorrelation:\n  type: " +
           std::string{type} + "\n  rules: [" + std::string{order} +
           "]\n  group-by: [userId]\n  timespan: 10m\nlevel: high\nentrawatch:\n  scenario: ST-23\n  " +
           std::string{ours} + "\n";
}

SigmaFile read_lonely(std::string_view type, std::string_view order, std::string_view ours = "absent: done") {
    SigmaFile file = read_rule(lonely_failure(type, order, ours));
    for (Problem& problem : resolve_correlations(file.rules))
        file.problems.push_back(std::move(problem));
    return file;
}

Instant minutes_after_noon(int minutes) {
    return noon + std::chrono::minutes{minutes};
}

CorrelationHit done_at(int minutes, int step = 1) {
    return {step, "", minutes_after_noon(minutes), minutes_after_noon(minutes), 7};
}

bool company_at(const Rule& rule, int minutes, int step = 1) {
    return has_company(*rule.correlation, std::vector{done_at(minutes, step)}, noon);
}

Finding finding_of(const Rule& rule, int step) {
    Finding finding;
    finding.rule = &rule;
    finding.step = step;
    finding.summary = "ada failed";
    return finding;
}

TEST(Waiting, FindsCompanyBeforeAndAfterBothEndsIncluded) {
    const auto file = read_lonely("temporal", "failed, done");
    ASSERT_EQ(text_of(file.problems), "");
    const Rule& rule = file.rules.at(2);
    EXPECT_TRUE(is_absence(*rule.correlation));
    for (const int there : {-10, 0, 10})
        EXPECT_TRUE(company_at(rule, there)) << there;
    for (const int not_there : {-11, 11})
        EXPECT_FALSE(company_at(rule, not_there)) << not_there;
    EXPECT_FALSE(company_at(rule, 1, 0)) << "another failure is no company";
}

TEST(Waiting, FindsCompanyOnTheSideThatTheOrderOfRulesSays) {
    const auto after = read_lonely("temporal_ordered", "failed, done");
    EXPECT_FALSE(company_at(after.rules.at(2), -1));
    EXPECT_TRUE(company_at(after.rules.at(2), 10));
    EXPECT_EQ(company_span(*after.rules.at(2).correlation, noon), (Span{noon, minutes_after_noon(10)}));
    const auto before = read_lonely("temporal_ordered", "done, failed");
    EXPECT_TRUE(company_at(before.rules.at(2), -10, 0));
    EXPECT_FALSE(company_at(before.rules.at(2), 1, 0));
    EXPECT_EQ(company_span(*before.rules.at(2).correlation, noon), (Span{minutes_after_noon(-10), noon}));
}

TEST(Waiting, SeesHitsThatAreOneRowFromTheFirstToTheLast) {
    const auto file = read_lonely("temporal", "failed, done");
    const CorrelationHit spread{1, "", minutes_after_noon(-12), minutes_after_noon(-9), 7};
    EXPECT_TRUE(has_company(*file.rules.at(2).correlation, std::vector{spread}, noon));
}

// Sign-ins may come two hours late and be found for certain.
TEST(Waiting, GivesLateRowsTheirTimeAndRowsThatCameJustNowSomeMinutes) {
    const auto file = read_lonely("temporal", "failed, done");
    const Finding failed = finding_of(file.rules.at(2), 0);
    const auto live = waiting_times(failed, noon, minutes_after_noon(3));
    ASSERT_TRUE(live);
    EXPECT_EQ(live->due_at, minutes_after_noon(130));
    EXPECT_EQ(live->look_at, minutes_after_noon(130));
    EXPECT_EQ(live->overdue_at, minutes_after_noon(130 + 360));
    const auto days_later = waiting_times(failed, noon, minutes_after_noon(9000));
    EXPECT_EQ(days_later->due_at, minutes_after_noon(130));
    EXPECT_EQ(days_later->look_at, minutes_after_noon(9005));
    EXPECT_EQ(days_later->overdue_at, minutes_after_noon(9365));
    EXPECT_FALSE(is_of_absent_step(failed));
    EXPECT_TRUE(is_of_absent_step(finding_of(file.rules.at(2), 1)));
}

TEST(Waiting, HoldsAFindingForTheTimeThatItsRuleSays) {
    const auto read = [](std::string_view ours) {
        return read_rule(
            "title: t\nid: 3f0e6a1d-0000-4000-8000-00000000000c\nlevel: low\nlogsource: {product: azure, "
            "service: "
            "signinlogs}\ndetection: {s: {status.errorCode: 0}, condition: s}\nentrawatch:\n  scenario: "
            "X-1\n  " +
            std::string{ours} + "\n");
    };
    const auto held = read("hold: 15m");
    ASSERT_EQ(text_of(held.problems), "");
    const auto times = waiting_times(finding_of(held.rules.at(0), -1), noon, minutes_after_noon(4));
    ASSERT_TRUE(times);
    EXPECT_EQ(times->due_at, minutes_after_noon(15));
    EXPECT_EQ(times->look_at, minutes_after_noon(15));
    EXPECT_EQ(times->overdue_at, minutes_after_noon(75));
    const auto awaited = awaited_reading(held.rules.at(0), FeedId::sign_ins_interactive, noon);
    EXPECT_THAT(awaited.feeds, ElementsAre(FeedId::sign_ins_interactive));
    const auto told_at_once = read("window: 1h");
    EXPECT_FALSE(waiting_times(finding_of(told_at_once.rules.at(0), -1), noon, noon));
    EXPECT_THAT(text_of(read("hold: 25h").problems), HasSubstr("`hold` must be a duration up to 24h"));
    EXPECT_THAT(text_of(read("absent: other").problems), HasSubstr("`absent` names rules of a correlation"));
}

TEST(Waiting, IsOverWhenTheFeedsWereReadThatFarAndNotBefore) {
    const auto file = read_lonely("temporal", "failed, done");
    const AwaitedReading awaited = awaited_reading(file.rules.at(2), FeedId::sign_ins_interactive, noon);
    EXPECT_EQ(awaited.feeds.size(), 4U);
    const Feed& feed = feed_of(FeedId::sign_ins_interactive);
    SweepState state;
    state.complete = {{minutes_after_noon(-60), minutes_after_noon(140)}};
    state.last_hot = minutes_after_noon(140);
    state.last_warm = minutes_after_noon(129);
    const auto read = [&] {
        return is_read(awaited, feed, state, {}, minutes_after_noon(130), minutes_after_noon(140));
    };
    EXPECT_FALSE(read()) << "the warm window was before late rows had their time";
    state.last_warm = minutes_after_noon(131);
    EXPECT_TRUE(read());
    state.complete = {{minutes_after_noon(-60), minutes_after_noon(5)},
                      {minutes_after_noon(6), minutes_after_noon(140)}};
    EXPECT_FALSE(read()) << "a minute of the span was never read";
}

TEST(Waiting, SaysWhyItTellsWhatItCouldNotWaitFor) {
    const auto file = read_lonely("temporal", "failed, done");
    EXPECT_EQ(told_without_waiting(finding_of(file.rules.at(2), 0)).summary,
              "unconfirmed (10000 findings of the rule are waiting already): ada failed");
    EXPECT_EQ(told_unread(finding_of(file.rules.at(2), 0), "directory_audits").summary,
              "unconfirmed (the feed directory_audits was not read in time to know more): ada failed");
}

TEST(Waiting, RefusesRulesThatSayNotWhichOneIsTold) {
    const auto problems = [](std::string_view type, std::string_view ours) {
        return text_of(read_lonely(type, "failed, done", ours).problems);
    };
    EXPECT_THAT(problems("temporal", "absent: dune"), HasSubstr("did you mean `done`?"));
    EXPECT_THAT(problems("temporal", "absent: [done, failed]"),
                HasSubstr("names all `rules` of the correlation but the one that is told"));
    EXPECT_THAT(problems("temporal", "absent: []"), HasSubstr("but the one that is told"));
    EXPECT_THAT(problems("event_count\n  condition: {gte: 3}", "absent: done"),
                HasSubstr("of the type temporal or temporal_ordered"));
    EXPECT_THAT(problems("temporal", "hold: 15m"), HasSubstr("a correlation is about several"));
}

std::string example_sign_in(int minute, int error) {
    return "{\"id\": \"s" + std::to_string(minute) +
           "\", \"createdDateTime\": \"2026-11-22T12:" + std::to_string(minute) +
           ":00Z\", \"userId\": \"u1\", \"status\": {\"errorCode\": " + std::to_string(error) + "}}";
}

std::string outcome(bool fires, const std::vector<std::string>& records) {
    std::string ours = std::string{"absent: done\n  examples:\n    "} + (fires ? "fires" : "silent") +
                       ":\n      - name: an example\n        feed: sign_ins_interactive\n        records:\n";
    for (const std::string& record : records)
        ours += "          - " + record + "\n";
    const auto file = read_lonely("temporal", "failed, done", ours);
    EXPECT_EQ(text_of(file.problems), "");
    return text_of(run_examples(file.rules.at(2), {}));
}

TEST(Waiting, RehearsesAnAbsenceOverAllRecordsInWhateverOrder) {
    EXPECT_EQ(outcome(true, {example_sign_in(20, 50126)}), "");
    EXPECT_EQ(outcome(true, {example_sign_in(20, 50126), example_sign_in(31, 0)}), "");
    EXPECT_EQ(outcome(false, {example_sign_in(20, 50126), example_sign_in(30, 0)}), "");
    EXPECT_EQ(outcome(false, {example_sign_in(10, 0), example_sign_in(20, 50126)}), "");
    EXPECT_THAT(outcome(false, {example_sign_in(20, 50126)}), HasSubstr("fires (high) but must stay silent"));
}

TEST(Waiting, RehearsesAHoldByTheLastRevisionAndByNothingElse) {
    const auto held = [](std::string_view second) {
        const auto file = read_rule(
            "title: t\nid: 3f0e6a1d-0000-4000-8000-00000000000d\nlevel: low\nlogsource: {product: azure, "
            "service: signinlogs}\n"
            "detection: {s: {authenticationRequirement: one}, condition: s}\nentrawatch:\n  scenario: X-1\n  "
            "feeds: [sign_ins_interactive]\n  examples:\n    silent:\n      - name: completed\n        "
            "records:\n"
            "          - {id: r, createdDateTime: '2026-11-22T12:00:00Z', authenticationRequirement: one}\n"
            "          - " +
            std::string{second} + "\n  hold: 15m\n");
        EXPECT_EQ(text_of(file.problems), "");
        return text_of(run_examples(file.rules.at(0), {}));
    };
    EXPECT_EQ(held("{id: r, createdDateTime: '2026-11-22T12:00:00Z', authenticationRequirement: two}"), "");
    EXPECT_THAT(
        held("{id: r, createdDateTime: '2026-11-22T12:00:00Z', authenticationRequirement: one, more: 1}"),
        HasSubstr("must stay silent"));
    EXPECT_THAT(held("{id: q, createdDateTime: '2026-11-22T12:00:00Z', authenticationRequirement: two}"),
                HasSubstr("no revisions of one record"));
}

}  // namespace
}  // namespace entrawatch
