#include "daemon/options.hpp"

#include <gtest/gtest.h>

#include "daemon/version.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch {
namespace {

template <class Options>
Options parsed(const std::vector<std::string>& arguments) {
    const auto command = parse_options(arguments);
    if (!command) {
        ADD_FAILURE() << command.error().text();
        return {};
    }
    if (!std::holds_alternative<Options>(*command)) {
        ADD_FAILURE() << "another command than expected: " << command->index();
        return {};
    }
    return std::get<Options>(*command);
}

std::string refusal(const std::vector<std::string>& arguments) {
    const auto command = parse_options(arguments);
    return command ? "accepted" : command.error().text();
}

std::string page(const std::vector<std::string>& arguments) {
    return parsed<TextOptions>(arguments).text;
}

TEST(Options, RunTakesItsSettingsFile) {
    EXPECT_EQ(parsed<RunOptions>({"run", "--config", "a.yaml"}).config, "a.yaml");
    EXPECT_EQ(parsed<RunOptions>({"run", "--config=a.yaml"}).config, "a.yaml");
}

TEST(Options, CheckIsOnlineUnlessToldOtherwise) {
    EXPECT_FALSE(parsed<CheckOptions>({"check", "--config", "a"}).offline);
    EXPECT_TRUE(parsed<CheckOptions>({"check", "--config", "a", "--offline"}).offline);
}

TEST(Options, ImportTakesSeveralPathsAndStandardInput) {
    const auto options = parsed<ImportOptions>(
        {"import", "--config", "a", "--tenant", "contoso", "--feed", "risk_detections", "x.json", "-"});
    EXPECT_EQ(options.tenant, "contoso");
    EXPECT_EQ(options.feed, FeedId::risk_detections);
    EXPECT_FALSE(options.deliver);
    EXPECT_EQ(options.paths, (std::vector<std::string>{"x.json", "-"}));
}

TEST(Options, AWordThatNamesACommandIsAPathAfterImport) {
    EXPECT_EQ(parsed<ImportOptions>({"import", "--config", "a", "run", "--deliver"}).paths,
              std::vector<std::string>{"run"});
}

TEST(Options, ImportLeavesTheFeedToTheRecordsByDefault) {
    EXPECT_FALSE(parsed<ImportOptions>({"import", "--config", "a", "x"}).feed.has_value());
}

TEST(Options, QueryTakesEveryFilter) {
    const auto options = parsed<QueryOptions>({"query",
                                               "--config",
                                               "a",
                                               "--tenant",
                                               "t",
                                               "--from",
                                               "-2h",
                                               "--to",
                                               "now",
                                               "--feed",
                                               "directory_audits",
                                               "--feed",
                                               "sign_ins_interactive",
                                               "--actor",
                                               "alice",
                                               "--target",
                                               "bob",
                                               "--entity",
                                               "carol",
                                               "--activity",
                                               "Add *",
                                               "--ip",
                                               "192.0.2.0/24",
                                               "--correlation-id",
                                               "c",
                                               "--outcome",
                                               "failure",
                                               "--text",
                                               "secret",
                                               "--id",
                                               "i",
                                               "--limit",
                                               "5",
                                               "--oldest-first",
                                               "--raw",
                                               "--format",
                                               "csv"});
    EXPECT_EQ(options.from, "-2h");
    EXPECT_EQ(options.to, "now");
    EXPECT_EQ(options.filter.feeds,
              (std::vector<FeedId>{FeedId::directory_audits, FeedId::sign_ins_interactive}));
    EXPECT_EQ(options.filter.actor, "alice");
    EXPECT_EQ(options.filter.target, "bob");
    EXPECT_EQ(options.filter.entity, "carol");
    EXPECT_EQ(options.filter.activity, "Add *");
    EXPECT_EQ(options.filter.ip, "192.0.2.0/24");
    EXPECT_EQ(options.filter.correlation_id, "c");
    EXPECT_EQ(options.filter.outcome, "failure");
    EXPECT_EQ(options.filter.text, "secret");
    EXPECT_EQ(options.filter.id, "i");
    EXPECT_EQ(options.filter.limit, 5);
    EXPECT_TRUE(options.filter.oldest_first);
    EXPECT_TRUE(options.filter.with_raw);
    EXPECT_EQ(options.format, Format::csv);
}

TEST(Options, QueryWithoutFiltersAsksForEverythingNewestFirst) {
    const auto options = parsed<QueryOptions>({"query", "--config", "a"});
    EXPECT_TRUE(options.filter.feeds.empty());
    EXPECT_EQ(options.filter.limit, 0);
    EXPECT_FALSE(options.filter.oldest_first);
    EXPECT_FALSE(options.filter.with_raw);
    EXPECT_EQ(options.format, Format::table);
}

TEST(Options, AlertsListTakesItsFilters) {
    const auto options =
        parsed<AlertsListOptions>({"alerts", "list", "--config", "a", "--since", "-1d", "--severity", "high",
                                   "--rule", "r", "--state", "open", "--limit", "7", "--format", "jsonl"});
    EXPECT_EQ(options.since, "-1d");
    EXPECT_EQ(options.minimum, Severity::high);
    EXPECT_EQ(options.rule, "r");
    EXPECT_EQ(options.state, "open");
    EXPECT_EQ(options.limit, 7);
    EXPECT_EQ(options.format, Format::jsonl);
}

TEST(Options, AlertsShowExplainAndRedeliverTakeSeveralIds) {
    const std::vector<std::string> ids{"alrt_1", "alrt_2"};
    EXPECT_EQ(parsed<AlertsShowOptions>({"alerts", "show", "--config", "a", "alrt_1", "alrt_2"}).ids, ids);
    EXPECT_EQ(parsed<AlertsExplainOptions>({"alerts", "explain", "--config", "a", "alrt_1", "alrt_2"}).ids,
              ids);
    const auto again = parsed<AlertsRedeliverOptions>(
        {"alerts", "redeliver", "alrt_1", "alrt_2", "--config", "a", "--destination", "soc"});
    EXPECT_EQ(again.ids, ids);
    EXPECT_EQ(again.destination, "soc");
}

TEST(Options, AlertsTestWaitsFifteenSecondsUnlessToldOtherwise) {
    EXPECT_EQ(parsed<AlertsTestOptions>({"alerts", "test", "--config", "a"}).wait, std::chrono::seconds{15});
    const auto options = parsed<AlertsTestOptions>(
        {"alerts", "test", "--config", "a", "--destination", "soc", "--rule", "r", "--wait", "0"});
    EXPECT_EQ(options.wait, std::chrono::seconds{0});
    EXPECT_EQ(options.destination, "soc");
    EXPECT_EQ(options.rule, "r");
}

TEST(Options, RulesCommandsWorkWithoutSettings) {
    EXPECT_TRUE(parsed<RulesListOptions>({"rules", "list"}).config.empty());
    EXPECT_EQ(parsed<RulesShowOptions>({"rules", "show", "pim/x"}).rule, "pim/x");
    EXPECT_EQ(parsed<RulesCheckOptions>({"rules", "check", "a.yml", "b"}).paths,
              (std::vector<std::string>{"a.yml", "b"}));
    EXPECT_TRUE(parsed<RulesTestOptions>({"rules", "test"}).selection.empty());
    EXPECT_EQ(parsed<RulesListOptions>({"rules", "list", "--config", "c"}).config, "c");
}

TEST(Options, CoverageAndStatusTakeTheirOptions) {
    const auto coverage = parsed<CoverageOptions>(
        {"coverage", "--config", "a", "--from", "-7d", "--to", "-1d", "--format", "json"});
    EXPECT_EQ(coverage.from, "-7d");
    EXPECT_EQ(coverage.to, "-1d");
    EXPECT_EQ(coverage.format, Format::json);
    EXPECT_EQ(parsed<StatusOptions>({"status", "--config", "a"}).format, Format::table);
}

TEST(Options, AnUnknownCommandIsAnsweredWithTheNearest) {
    EXPECT_EQ(refusal({"quer"}), "unknown command 'quer'; did you mean query?");
    EXPECT_EQ(refusal({"alerts", "shw", "--config", "a"}),
              "unknown command 'alerts shw'; did you mean alerts show?");
    EXPECT_EQ(refusal({"frobnicate"}), "unknown command 'frobnicate'; `entrawatch help` lists the commands");
}

TEST(Options, AnUnknownOptionIsAnsweredWithTheNearestOfItsCommand) {
    EXPECT_EQ(refusal({"query", "--confg", "a"}), "unknown option --confg of query; did you mean --config?");
    EXPECT_EQ(refusal({"query", "--config", "a", "--atcor=x"}),
              "unknown option --atcor of query; did you mean --actor?");
    EXPECT_EQ(refusal({"rules", "test", "--zzzzzz"}),
              "unknown option --zzzzzz of rules test; `entrawatch help rules test` lists them");
}

TEST(Options, AMissingCommandSettingsFileOrIdIsNamed) {
    EXPECT_EQ(refusal({}), "a command is missing; `entrawatch help` lists them");
    EXPECT_EQ(refusal({"alerts"}), "alerts: a command is missing; `entrawatch help alerts` lists them");
    EXPECT_EQ(refusal({"query"}), "query: --config FILE is missing; it names the settings file");
    EXPECT_EQ(refusal({"alerts", "show", "--config", "a"}),
              "alerts show: ALERT_ID is required; see `entrawatch help alerts show`");
}

TEST(Options, ValuesAreChecked) {
    EXPECT_NE(refusal({"query", "--config", "a", "--format", "xml"}).find("--format: xml not in"),
              std::string::npos);
    EXPECT_NE(refusal({"query", "--config", "a", "--limit", "-3"}).find("--limit"), std::string::npos);
    EXPECT_NE(refusal({"query", "--config", "a", "--limit", "three"}).find("--limit"), std::string::npos);
    EXPECT_NE(refusal({"alerts", "list", "--config", "a", "--severity", "urgent"}).find("--severity"),
              std::string::npos);
    EXPECT_NE(refusal({"alerts", "test", "--config", "a", "--wait", "-1"}).find("--wait"), std::string::npos);
    EXPECT_NE(refusal({"alerts", "show", "--config", "a", "--format", "csv", "x"}).find("--format"),
              std::string::npos);
    EXPECT_EQ(refusal({"status", "--config", "a", "extra"}), "status takes no further argument 'extra'");
}

TEST(Options, AnUnknownFeedIsAnsweredWithTheNearest) {
    EXPECT_EQ(refusal({"import", "--config", "a", "--feed", "directory_audit", "x"}),
              "import: --feed: no feed is called 'directory_audit'; did you mean directory_audits?");
    EXPECT_NE(refusal({"query", "--config", "a", "--feed", "zzzz"}).find("the feeds are directory_audits"),
              std::string::npos);
}

TEST(Options, WhatWasTypedIsSafeToPrint) {
    EXPECT_EQ(refusal({"\x1b[31m"}).find('\x1b'), std::string::npos);
    EXPECT_EQ(refusal({"query", "--config", "a", "--feed", "\x1b[31m"}).find('\x1b'), std::string::npos);
}

TEST(Options, HelpShowsTheOverviewOrThePageOfACommand) {
    EXPECT_NE(page({"help"}).find("coverage"), std::string::npos);
    EXPECT_NE(page({"help", "query"}).find("--correlation-id"), std::string::npos);
    EXPECT_NE(page({"help", "alerts", "test"}).find("--wait"), std::string::npos);
    EXPECT_EQ(page({"--help"}), page({"help"}));
    EXPECT_EQ(page({"query", "--help"}), page({"help", "query"}));
    EXPECT_EQ(page({"alerts", "test", "--help"}), page({"help", "alerts", "test"}));
    EXPECT_EQ(refusal({"help", "quer"}), "help: there is no command 'quer'; did you mean query?");
}

TEST(Options, TheVersionIsThatOfTheSourceTree) {
    EXPECT_EQ(page({"--version"}), "entrawatch " + std::string{program_version} + "\n");
    const std::string cmake = test::read_text(test::source_dir() / "CMakeLists.txt");
    EXPECT_NE(cmake.find("project(entrawatch VERSION " + std::string{program_version} + " "),
              std::string::npos);
}

}  // namespace
}  // namespace entrawatch
