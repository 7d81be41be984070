#include "core/feed/feed.hpp"

#include <gtest/gtest.h>

#include <set>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

Span day() {
    return {*parse_iso("2026-11-20T00:00:00Z"), *parse_iso("2026-11-21T00:00:00.1234567Z")};
}

TEST(Feeds, AreThoseOfTheContractWithNumbersThatNeverChange) {
    std::vector<std::pair<int, std::string>> found;
    for (const Feed& feed : all_feeds())
        found.emplace_back(static_cast<int>(feed.id), feed.name);
    const std::vector<std::pair<int, std::string>> expected{{1, "directory_audits"},
                                                            {2, "sign_ins_interactive"},
                                                            {3, "sign_ins_non_interactive"},
                                                            {4, "sign_ins_service_principal"},
                                                            {5, "sign_ins_managed_identity"},
                                                            {8, "provisioning"},
                                                            {6, "risk_detections"},
                                                            {7, "service_principal_risk_detections"},
                                                            {9, "risky_users"},
                                                            {10, "risky_service_principals"},
                                                            {11, "security_alerts"},
                                                            {12, "pim_alerts"},
                                                            {13, "posture"}};
    EXPECT_EQ(found, expected);
}

TEST(Feeds, AreFoundByNameAndByStoredNumber) {
    for (const Feed& feed : all_feeds()) {
        EXPECT_EQ(find_feed(feed.name), &feed);
        EXPECT_EQ(feed_id_of(static_cast<int>(feed.id)), feed.id);
        EXPECT_EQ(&feed_of(feed.id), &feed);
    }
    EXPECT_EQ(find_feed("sign_ins"), nullptr);
    EXPECT_EQ(find_feed(""), nullptr);
    EXPECT_FALSE(feed_id_of(0));
    EXPECT_FALSE(feed_id_of(14));
    EXPECT_FALSE(feed_id_of(-1));
}

TEST(Feeds, NameTheirPermissionAndLicence) {
    for (const Feed& feed : all_feeds()) {
        EXPECT_FALSE(feed.permission.empty()) << feed.name;
        EXPECT_FALSE(feed.licence.empty()) << feed.name;
    }
    EXPECT_NE(find_feed("sign_ins_interactive")->permission.find("Directory.Read.All"),
              std::string_view::npos);
}

TEST(Feeds, AskBetaForSignInsBecauseOnlyBetaKnowsTheOtherThreeKinds) {
    std::set<std::string_view> lambdas;
    for (const Feed& feed : all_feeds()) {
        if (feed.kind != RecordKind::sign_in) continue;
        EXPECT_EQ(feed.path, "/beta/auditLogs/signIns");
        EXPECT_TRUE(feed.extra_filter.starts_with("signInEventTypes/any(t: t eq '")) << feed.name;
        lambdas.insert(feed.extra_filter);
    }
    EXPECT_EQ(lambdas.size(), 4U);
}

TEST(Feeds, WaitLongerThanTheGatewayOfTheReports) {
    for (const Feed& feed : all_feeds()) {
        if (feed.budget != BudgetGroup::reports) continue;
        EXPECT_GT(feed.patience, seconds{120}) << feed.name;
    }
}

TEST(Feeds, NeverAskRiskForMoreThanFiveHundredAPage) {
    EXPECT_EQ(find_feed("risk_detections")->page_size, 500);
    EXPECT_EQ(find_feed("service_principal_risk_detections")->page_size, 500);
    EXPECT_EQ(find_feed("directory_audits")->page_size, 1000);
}

TEST(Feeds, PollRiskByItsLastUpdateAndSweepItByDetection) {
    for (const char* name : {"risk_detections", "service_principal_risk_detections"}) {
        const Feed& feed = *find_feed(name);
        EXPECT_EQ(feed.window_time, "lastUpdatedDateTime");
        EXPECT_EQ(feed.deep_time, "detectedDateTime");
        EXPECT_EQ(feed.hot_overlap, hours{2});
        EXPECT_EQ(feed.budget, BudgetGroup::identity_protection);
        EXPECT_TRUE(feed.changes_later);
    }
}

TEST(Feeds, ReviseWhatSaysHowThingsStand) {
    for (const Feed& feed : polled_feeds()) {
        const bool happened = feed.kind == RecordKind::directory_audit || feed.kind == RecordKind::sign_in ||
                              feed.kind == RecordKind::provisioning;
        EXPECT_EQ(feed.says_how_things_stand, !happened) << feed.name;
        EXPECT_TRUE(feed.changes_later || !feed.says_how_things_stand) << feed.name;
    }
}

TEST(FirstPageTarget, EncodesTheWholeFilterOfAudits) {
    EXPECT_EQ(
        first_page_target(*find_feed("directory_audits"), "activityDateTime", day()),
        "/v1.0/auditLogs/directoryAudits?$filter=activityDateTime%20ge%202026-11-20T00%3A00%3A00Z%20and%20"
        "activityDateTime%20le%202026-11-21T00%3A00%3A00.1234567Z&$top=1000&$orderby=activityDateTime");
}

TEST(FirstPageTarget, NeverAsksAuditsForCreatedDateTime) {
    const Feed& feed = *find_feed("directory_audits");
    for (const std::string_view property : {feed.event_time, feed.window_time, feed.deep_time})
        EXPECT_EQ(property, "activityDateTime");
}

TEST(FirstPageTarget, AddsTheLambdaOfTheSignInKind) {
    const std::string target =
        first_page_target(*find_feed("sign_ins_managed_identity"), "createdDateTime", day());
    EXPECT_NE(
        target.find("%20and%20signInEventTypes%2Fany%28t%3A%20t%20eq%20%27managedIdentity%27%29&$top=1000"),
        std::string::npos)
        << target;
    EXPECT_NE(target.find("&$orderby=createdDateTime"), std::string::npos);
}

TEST(FirstPageTarget, LeavesOutTheSortingThatRiskGetsWrong) {
    const std::string target = first_page_target(*find_feed("risk_detections"), "lastUpdatedDateTime", day());
    EXPECT_EQ(target,
              "/v1.0/identityProtection/"
              "riskDetections?$filter=lastUpdatedDateTime%20ge%202026-11-20T00%3A00%3A00Z%20and%20"
              "lastUpdatedDateTime%20le%202026-11-21T00%3A00%3A00.1234567Z&$top=500");
}

TEST(FirstPageTarget, AsksProvisioningPastTheBordersBecauseItTakesStrictComparisonsOnly) {
    EXPECT_EQ(first_page_target(*find_feed("provisioning"), "activityDateTime", day()),
              "/v1.0/auditLogs/provisioning?$filter=activityDateTime%20gt%202026-11-19T23%3A59%3A59.9999999Z"
              "%20and%20activityDateTime%20lt%202026-11-21T00%3A00%3A00.1234568Z");
}

TEST(FirstPageTarget, AsksPimAlertsByTheirScopeAndByNoTime) {
    const Feed& feed = *find_feed("pim_alerts");
    EXPECT_EQ(first_page_target(feed, feed.window_time, day()),
              "/beta/identityGovernance/roleManagementAlerts/alerts?$filter=scopeId%20eq%20%27%2F%27%20and%20"
              "scopeType%20eq%20%27DirectoryRole%27");
}

TEST(Feeds, AreSnapshotsWhereNoTimeCanBeAskedFor) {
    for (const Feed& feed : all_feeds())
        EXPECT_EQ(is_snapshot(feed), feed.id == FeedId::pim_alerts) << feed.name;
}

TEST(Feeds, LackInANationalCloudWhatMicrosoftDoesNotOfferThere) {
    std::set<std::string_view> lacking;
    for (const Feed& feed : all_feeds()) {
        for (const Cloud cloud : {Cloud::global, Cloud::us_gov, Cloud::us_dod, Cloud::custom})
            EXPECT_EQ(missing_in(feed, cloud), "") << feed.name;
        if (!missing_in(feed, Cloud::china).empty()) lacking.insert(feed.name);
    }
    EXPECT_EQ(lacking, (std::set<std::string_view>{"provisioning", "risk_detections",
                                                   "service_principal_risk_detections", "risky_users",
                                                   "risky_service_principals", "security_alerts"}));
    EXPECT_EQ(missing_in(*find_feed("risky_users"), Cloud::china), "the cloud china does not have it");
}

TEST(Feeds, ArePolledUnlessTheyAreDerived) {
    for (const Feed& feed : polled_feeds())
        EXPECT_FALSE(feed.path.empty()) << feed.name;
    EXPECT_EQ(polled_feeds().size() + 1, all_feeds().size());
    EXPECT_TRUE(feed_of(FeedId::posture).path.empty());
}

TEST(FirstPageTarget, HoldsNoCharacterThatGraphRefuses) {
    for (const Feed& feed : polled_feeds()) {
        for (const std::string_view property : {feed.window_time, feed.deep_time}) {
            const std::string target = first_page_target(feed, property, day());
            EXPECT_EQ(target.find_first_of(" '\"+()"), std::string::npos) << target;
            EXPECT_EQ(target.find("%22"), std::string::npos) << "a quoted time gives an empty answer";
        }
    }
}

}  // namespace
}  // namespace entrawatch
