// The demo's judge: what is missing, surplus, unsigned, too mild or of the wrong scenario is a fault; what is
// as told is none.
#include "tests/simulator/demo/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Act loud_act() {
    return {"somebody signs in",
            {{FeedId::sign_ins_interactive, "row-1", noon()}},
            ExpectedAlert{{"EA-1", "EA-5"}, Severity::high}};
}
Act silent_act() {
    return {"a role is activated", {{FeedId::directory_audits, "row-2", noon()}}, std::nullopt};
}

Notification opened(const std::string& row) {
    Notification notification;
    notification.at = noon() + seconds{4};
    notification.verified = true;
    notification.type = "alert.opened";
    notification.webhook_id = "msg_1";
    notification.scenario = "EA-1";
    notification.severity = Severity::critical;
    notification.event_ids = {row};
    return notification;
}

class JudgeTest : public testing::Test {
  protected:
    JudgeTest() {
        judge_.expect(loud_act());
        judge_.expect(silent_act());
    }
    Judge judge_;
};

TEST_F(JudgeTest, IsContentWhenTheAlertOfTheStoryCame) {
    EXPECT_FALSE(judge_.complete());
    const auto matched = judge_.take(opened("row-1"));
    EXPECT_EQ(matched.act->sentence, "somebody signs in");
    EXPECT_EQ(matched.latency, Ticks{seconds{4}});
    EXPECT_TRUE(judge_.complete());
    EXPECT_THAT(judge_.faults(), IsEmpty());
    EXPECT_THAT(judge_.latencies(), ElementsAre(Ticks{seconds{4}}));
    EXPECT_THAT(judge_.silent(), ElementsAre("a role is activated"));
}

TEST_F(JudgeTest, MissesAnAlertThatDidNotCome) {
    EXPECT_THAT(judge_.faults(), ElementsAre("no alert came although somebody signs in"));
}

TEST_F(JudgeTest, FaultsAnAlertWhereSilenceWasDue) {
    judge_.take(opened("row-1"));
    judge_.take(opened("row-2"));
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("there should be silence when a role is activated")));
    EXPECT_THAT(judge_.silent(), IsEmpty());
}

TEST_F(JudgeTest, FaultsAnAlertThatBelongsToNothing) {
    judge_.take(opened("row-1"));
    EXPECT_EQ(judge_.take(opened("row-9")).act, nullptr);
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("belongs to nothing in the story")));
}

TEST_F(JudgeTest, FaultsABadSignature) {
    Notification notification = opened("row-1");
    notification.verified = false;
    notification.why_not = "no key matches";
    judge_.take(notification);
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("no key matches")));
}

TEST_F(JudgeTest, FaultsAWrongScenarioAndATooMildSeverity) {
    Notification notification = opened("row-1");
    notification.scenario = "TW-1";
    notification.severity = Severity::medium;
    judge_.take(notification);
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("scenario TW-1 where EA-1"),
                                             HasSubstr("only medium where at least high")));
}

TEST_F(JudgeTest, FaultsASecondAlertButNotARepeatedDelivery) {
    judge_.take(opened("row-1"));
    judge_.take(opened("row-1"));
    EXPECT_THAT(judge_.faults(), IsEmpty());
    Notification second = opened("row-1");
    second.webhook_id = "msg_2";
    judge_.take(second);
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("a second alert for one act")));
}

TEST_F(JudgeTest, TakesUpdatesOfAnAlertAsTheyCome) {
    judge_.take(opened("row-1"));
    Notification update = opened("row-1");
    update.type = "alert.updated";
    update.webhook_id = "msg_2";
    judge_.take(update);
    EXPECT_THAT(judge_.faults(), IsEmpty());
}

TEST_F(JudgeTest, FaultsAnUpdateThatTellsOfASilentAct) {
    judge_.take(opened("row-1"));
    Notification update = opened("row-1");
    update.type = "alert.updated";
    update.event_ids.push_back("row-2");
    judge_.take(update);
    EXPECT_THAT(judge_.faults(), ElementsAre(HasSubstr("there should be silence when a role is activated")));
    EXPECT_THAT(judge_.silent(), IsEmpty());
}

TEST_F(JudgeTest, KeepsBodiesThatCouldNotBeReadAsFaults) {
    judge_.take(opened("row-1"));
    judge_.reject("a webhook body is not JSON");
    EXPECT_THAT(judge_.faults(), ElementsAre("a webhook body is not JSON"));
}

Received with_body(const std::string& body) {
    Received received;
    received.at = noon();
    received.verified = true;
    received.headers.set("webhook-id", "msg_7");
    received.body = body;
    return received;
}

TEST(Notification, IsReadFromTheContractsBody) {
    const auto read =
        read_notification(with_body(R"({"type":"alert.opened","timestamp":"2026-11-20T12:00:00.000Z","data":{
        "alert_id":"alrt_1","rule":{"name":"emergency/sign-in","scenario":"EA-1"},"severity":"critical","summary":"s","count":2,
        "actor":{"kind":"user","id":"u","name":"breakglass1","ip":"203.0.113.7"},"target":{"kind":"application","id":"a"},
        "differences":[{"what":"P","old":"x","new":"y","text":"P: x → y"},7],"events":[{"feed":"directory_audits","id":"row-1"}]}})"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->type, "alert.opened");
    EXPECT_EQ(read->webhook_id, "msg_7");
    EXPECT_EQ(read->severity, Severity::critical);
    EXPECT_EQ(read->actor, "breakglass1 (user) from 203.0.113.7");
    EXPECT_EQ(read->target, "a (application)");
    EXPECT_THAT(read->differences, ElementsAre("P: x → y"));
    EXPECT_THAT(read->event_ids, ElementsAre("row-1"));
    EXPECT_EQ(read->count, 2);
}

TEST(Notification, IsRefusedWhenItIsNotWhatWasPromised) {
    for (const char* body :
         {"", "nonsense", "[]", "{}", R"({"type":"alert.opened"})", R"({"type":"x","data":[]})"}) {
        EXPECT_FALSE(read_notification(with_body(body))) << body;
    }
}

TEST(Notification, SurvivesWrongTypesInside) {
    const auto read = read_notification(with_body(
        R"({"type":"x","data":{"rule":[],"actor":"a","differences":{},"events":[1,{"id":5}],"count":"many","severity":"loud"}})"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->actor, "");
    EXPECT_THAT(read->event_ids, ElementsAre("5"));
    EXPECT_EQ(read->severity, Severity::informational);
}

}  // namespace
}  // namespace entrawatch::simulator
