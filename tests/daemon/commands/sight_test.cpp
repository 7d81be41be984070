#include "daemon/commands/sight.hpp"

#include "daemon/commands/check_online.hpp"

#include <gtest/gtest.h>

namespace entrawatch {
namespace {

Rule reads(std::string name, std::string scenario, std::vector<FeedId> feeds) {
    Rule rule;
    rule.name = std::move(name);
    rule.scenario = std::move(scenario);
    rule.feeds = std::move(feeds);
    return rule;
}

FeedProbe probe(FeedId feed, bool answers) {
    FeedProbe result;
    result.feed = feed;
    result.answers = answers;
    return result;
}

TEST(MissingGrants, NamesEachPermissionThatTheTokenLacks) {
    Feed feed = feed_of(FeedId::directory_audits);
    feed.permission = "AuditLog.Read.All Directory.Read.All";
    EXPECT_EQ(missing_grants(feed, {"User.Read.All", "Directory.Read.All"}),
              std::vector<std::string>{"AuditLog.Read.All"});
    EXPECT_EQ(missing_grants(feed, {"x"}),
              (std::vector<std::string>{"AuditLog.Read.All", "Directory.Read.All"}));
    EXPECT_TRUE(missing_grants(feed, {"AuditLog.Read.All", "Directory.Read.All"}).empty());
}

TEST(MissingGrants, SaysNothingWhereTheRolesCannotBeRead) {
    EXPECT_TRUE(missing_grants(feed_of(FeedId::directory_audits), {}).empty());
}

TEST(MissingGrants, ComparesWholeWords) {
    Feed feed = feed_of(FeedId::directory_audits);
    feed.permission = "AuditLog.Read.All";
    EXPECT_EQ(missing_grants(feed, {"AuditLog.Read"}), std::vector<std::string>{"AuditLog.Read.All"});
}

TEST(TenantProbe, IsFineWhereOnlyTheCloudLacksAFeed) {
    TenantProbe tenant;
    tenant.feeds = {probe(FeedId::directory_audits, true), probe(FeedId::risky_users, false)};
    EXPECT_FALSE(tenant.fine());
    tenant.feeds.back().lacking = true;
    EXPECT_TRUE(tenant.fine()) << "nobody can mend that";
}

TEST(Sight, AScenarioIsSeenWhenEveryFeedOfItsRulesAnswers) {
    const auto sights =
        sight_of({reads("a", "PR-1", {FeedId::directory_audits})}, {probe(FeedId::directory_audits, true)});
    ASSERT_EQ(sights.size(), 1U);
    EXPECT_EQ(sights[0].scenario, "PR-1");
    EXPECT_EQ(sights[0].seeing, std::vector<std::string>{"a"});
    EXPECT_TRUE(sights[0].dark_feeds.empty());
}

TEST(Sight, ARuleIsBlindWithoutAnyFeedAndHalfBlindWithoutSome) {
    const auto sights =
        sight_of({reads("all", "EA-1", {FeedId::sign_ins_interactive}),
                  reads("some", "EA-1", {FeedId::sign_ins_interactive, FeedId::directory_audits})},
                 {probe(FeedId::directory_audits, true), probe(FeedId::sign_ins_interactive, false)});
    ASSERT_EQ(sights.size(), 1U);
    EXPECT_EQ(sights[0].blind, std::vector<std::string>{"all"});
    EXPECT_EQ(sights[0].half_blind, std::vector<std::string>{"some"});
    EXPECT_EQ(sights[0].dark_feeds, std::vector<std::string>{"sign_ins_interactive"}) << "named once";
}

TEST(Sight, AFeedThatWasNotAskedIsDark) {
    const auto sights = sight_of({reads("a", "RI-1", {FeedId::risk_detections})}, {});
    EXPECT_EQ(sights[0].blind, std::vector<std::string>{"a"});
}

TEST(Sight, ForeignRulesWithoutAScenarioAreLeftOut) {
    EXPECT_TRUE(sight_of({reads("a", "", {FeedId::risk_detections})}, {}).empty());
}

}  // namespace
}  // namespace entrawatch
