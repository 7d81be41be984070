#include "daemon/watch_verdicts.hpp"

#include <gmock/gmock.h>

#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

// A tenant with one feed and one destination, watched since ten.
class WatchVerdicts : public ::testing::Test {
  protected:
    WatchVerdict verdict(const std::string& subject, Instant now) {
        for (const WatchVerdict& candidate : watch_verdicts({&status, ten, now, minutes{1}})) {
            if (candidate.subject == subject) return candidate;
        }
        ADD_FAILURE() << "no verdict about " << subject;
        return {};
    }
    WatchState feed_state(Instant now) { return verdict("feed directory_audits", now).state; }
    FeedStatus& audits() { return status.feeds[FeedId::directory_audits]; }

    TenantStatus status;
};

TEST_F(WatchVerdicts, TellWhereTheLastCanaryIsLateAndWhyNoneCouldBeSent) {
    status.canary = CanaryStatus{"alrt_1", ten, {{"soc", CanaryFate::late}, {"duty", CanaryFate::arrived}}};
    EXPECT_EQ(verdict("canary to soc", noon).state, WatchState::degraded);
    EXPECT_EQ(verdict("canary to duty", noon).state, WatchState::well);
    EXPECT_EQ(verdict("canary", noon).state, WatchState::well);
    status.canary_problem = "no rule in force";
    EXPECT_THAT(verdict("canary", noon).says, HasSubstr("no rule in force"));
}

TEST_F(WatchVerdicts, GiveAFeedTimeToAnswerForTheFirstTime) {
    audits();
    EXPECT_EQ(feed_state(ten + minutes{15}), WatchState::unknown);
    EXPECT_EQ(feed_state(ten + minutes{16}), WatchState::degraded);
}

TEST_F(WatchVerdicts, TellOfADiskThatFillsBeforeItIsFull) {
    EXPECT_EQ(verdict("disk of the store", noon).state, WatchState::well);
    status.disk_free = 900'000'000;
    status.disk_room = DiskRoom::low;
    const WatchVerdict low = verdict("disk of the store", noon);
    EXPECT_EQ(low.state, WatchState::degraded);
    EXPECT_EQ(low.severity, Severity::high);
    EXPECT_THAT(low.says, HasSubstr("900 MB left; nothing is deleted"));
    status.disk_room = DiskRoom::full;
    EXPECT_EQ(verdict("disk of the store", noon).severity, Severity::critical);
    EXPECT_THAT(verdict("disk of the store", noon).says, HasSubstr("No further window is read"));
}

TEST_F(WatchVerdicts, TellThatTheStoreCannotBeKeptToItsSize) {
    EXPECT_EQ(verdict("size of the store", noon).state, WatchState::well);
    status.oversize = "it holds 70 MB";
    EXPECT_THAT(verdict("size of the store", noon).says, HasSubstr("70 MB"));
}

TEST_F(WatchVerdicts, CallAFeedThatAnswersWell) {
    audits().condition = FeedCondition::running;
    audits().last_answer_at = ten + minutes{5};
    EXPECT_EQ(feed_state(ten + minutes{35}), WatchState::well);
    EXPECT_EQ(feed_state(ten + minutes{36}), WatchState::degraded) << "running, it says, and silent";
}

TEST_F(WatchVerdicts, ForgiveAShortFailureAndTellALongOne) {
    audits().condition = FeedCondition::failing;
    audits().last_answer_at = noon;
    audits().reason = "Graph answered 503";
    EXPECT_EQ(feed_state(noon + minutes{15}), WatchState::unknown) << "what was told stays as it is";
    const WatchVerdict long_one = verdict("feed directory_audits", noon + hours{2});
    EXPECT_EQ(long_one.state, WatchState::degraded);
    EXPECT_EQ(long_one.severity, Severity::high);
    EXPECT_THAT(long_one.says, HasSubstr("not answered it for 2 h"));
    EXPECT_THAT(long_one.says, HasSubstr("Graph answered 503"));
}

TEST_F(WatchVerdicts, TellAMissingLicenceLowAndWithTheRemedy) {
    audits().condition = FeedCondition::parked;
    audits().reason = "licence: the tenant has no Entra ID P2";
    const WatchVerdict unlicensed = verdict("feed directory_audits", noon);
    EXPECT_EQ(unlicensed.severity, Severity::low);
    EXPECT_THAT(unlicensed.says, HasSubstr("disable the feed"));
    audits().reason = "permission: AuditLog.Read.All is not granted";
    EXPECT_EQ(verdict("feed directory_audits", noon).severity, Severity::high);
}

TEST_F(WatchVerdicts, LeaveThePostureFeedTheTimeBetweenTwoReadings) {
    FeedStatus& posture = status.feeds[FeedId::posture];
    posture.condition = FeedCondition::running;
    posture.last_answer_at = ten;
    EXPECT_EQ(verdict("feed posture", ten + hours{1}).state, WatchState::well);
    EXPECT_EQ(verdict("feed posture", ten + minutes{61}).state, WatchState::degraded);
}

TEST_F(WatchVerdicts, LeaveASnapshotTheTimeOfSomeReadings) {
    FeedStatus& alerts = status.feeds[FeedId::pim_alerts];
    alerts.condition = FeedCondition::running;
    alerts.last_answer_at = ten;
    EXPECT_EQ(verdict("feed pim_alerts", ten + hours{1}).state, WatchState::well);
    EXPECT_EQ(verdict("feed pim_alerts", ten + minutes{61}).state, WatchState::degraded);
}

TEST_F(WatchVerdicts, SayNothingOfAFeedThatTheCloudDoesNotHave) {
    FeedStatus& risky = status.feeds[FeedId::risky_users];
    risky.condition = FeedCondition::parked;
    risky.reason = "cloud: the cloud china does not have it";
    for (const WatchVerdict& verdict : watch_verdicts({&status, ten, noon, minutes{1}}))
        EXPECT_NE(verdict.subject, "feed risky_users");
}

TEST_F(WatchVerdicts, TellOfPartsOfTheDirectory) {
    EXPECT_EQ(verdict("directory", noon).state, WatchState::unknown);
    status.directory_read = true;
    EXPECT_EQ(verdict("directory", noon).state, WatchState::well);
    status.directory_gaps = {"domains: refused"};
    EXPECT_EQ(verdict("directory", noon).state, WatchState::degraded);
    EXPECT_THAT(verdict("directory", noon).says, HasSubstr("domains: refused"));
}

TEST_F(WatchVerdicts, TellOfADestinationThatTakesNothing) {
    DestinationStatus& soc = status.destinations["soc"];
    EXPECT_EQ(verdict("destination soc", noon).state, WatchState::unknown);
    soc.circuit_open = true;
    soc.last_problem = "HTTP 503";
    const WatchVerdict broken = verdict("destination soc", noon);
    EXPECT_EQ(broken.state, WatchState::degraded);
    EXPECT_EQ(broken.destination, "soc");
    EXPECT_THAT(broken.says, HasSubstr("HTTP 503"));
    soc.circuit_open = false;
    EXPECT_EQ(verdict("destination soc", noon).state, WatchState::unknown);
    soc.delivered = 1;
    EXPECT_EQ(verdict("destination soc", noon).state, WatchState::well);
}

}  // namespace
}  // namespace entrawatch
