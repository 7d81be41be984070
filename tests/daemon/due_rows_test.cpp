#include "daemon/due_rows.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>

#include "alerts/storm.hpp"
#include "daemon/enqueue.hpp"
#include "daemon/store_lane.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DueRows : public ::testing::Test {
  protected:
    DueRows() {
        must(store->insert_alert(sample_alert("alrt_1")));
        auto context = std::make_shared<IngestContext>();
        context->tenant = {"contoso", "11111111-2222-3333-4444-555555555555", {}};
        context->routes = {{"soc", Severity::low, {}}, {"chat", Severity::low, {}}};
        context->entropy = [this] { return std::string(8, 'x') + std::to_string(10 + entropy++); };
        question.destination = "soc";
        question.now = ten;
        question.lease_length = std::chrono::minutes{1};
        question.limit = 4;
        question.context = context;
    }
    DueAnswer ask() {
        return must(transact(*store, [&](Store& s) { return due_rows(s, question); }));
    }
    std::vector<std::string> due() {
        std::vector<std::string> ids;
        for (const DeliveryRow& row : ask().rows)
            ids.push_back(row.webhook_id);
        return ids;
    }
    // Tells `type` of the alert, which is made when there is none, to soc.
    void tell(const std::string& id, std::string_view type, Severity severity = Severity::high) {
        AlertRow fresh = sample_alert(id, "key of " + id);
        fresh.severity = severity;
        if (!must(store->alert(id))) must(store->insert_alert(fresh));
        std::map<std::string, int> enqueued;
        must(enqueue(*store, {type, &fresh, {"soc"}, question.now}, enqueued));
    }
    void settle(const DeliveryRow& row, const std::string& state) {
        AttemptRow attempt;
        attempt.delivery = row.id;
        attempt.started_at = attempt.ended_at = question.now;
        attempt.verdict = state == "delivered" ? "delivered" : "transient";
        must(store->settle(attempt, {row.id, state, question.now, true}));
    }
    std::vector<std::string> sql(const std::string& query) { return plain_sql(store.file(), query); }

    TempStore store;
    DueQuestion question;
    int entropy = 0;
};

TEST_F(DueRows, AreWhatIsDueWhenNothingIsMuted) {
    promise(*store, "alrt_1", {"soc", "pager"}, ten);
    EXPECT_THAT(due(), ElementsAre("msg_1_soc"));
    EXPECT_THAT(due(), IsEmpty()) << "leased";
}

TEST_F(DueRows, LeaveOutWhatAMuteThatCameLaterHolds) {
    promise(*store, "alrt_1", {"soc", "pager"}, ten);
    MuteRow mute = sample_mute();
    mute.destination = "soc";
    must(store->insert_mute(mute));
    EXPECT_THAT(due(), IsEmpty());
    question.destination = "pager";
    EXPECT_THAT(due(), ElementsAre("msg_1_pager"));
    const auto rows = must(store->deliveries_of("alrt_1"));
    EXPECT_EQ(rows[0].state, "muted");
    EXPECT_EQ(rows[0].muted_by, "mute_1");
}

TEST_F(DueRows, GoOutWhenTheMuteHasEndedMeanwhile) {
    promise(*store, "alrt_1", {"soc"}, ten);
    must(store->insert_mute(sample_mute()));
    question.now = at("2026-11-22T12:00:00Z");
    EXPECT_THAT(due(), ElementsAre("msg_1_soc"));
}

TEST_F(DueRows, GoOutWhenTheAlertIsSevererThanTheMuteAllows) {
    promise(*store, "alrt_1", {"soc"}, ten);
    MuteRow mute = sample_mute();
    mute.severity_at_most = Severity::medium;
    must(store->insert_mute(mute));
    EXPECT_THAT(due(), ElementsAre("msg_1_soc"));
}

TEST_F(DueRows, TellOfAnAlertThatWasResolvedWhileTheDestinationWasDownInOneMessage) {
    tell("alrt_1", "alert.opened");
    const auto first = ask().rows;
    ASSERT_EQ(first.size(), 1U);
    settle(first[0], "due");
    tell("alrt_1", "alert.acknowledged");
    tell("alrt_1", "alert.resolved");
    const auto rows = ask().rows;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].type, "alert.resolved");
    EXPECT_THAT(rows[0].merged, ElementsAre("alert.opened", "alert.acknowledged"));
    EXPECT_THAT(sql("SELECT type, state, told_in IS NOT NULL FROM deliveries ORDER BY sequence"),
                ElementsAre("alert.opened|superseded|1", "alert.acknowledged|superseded|1",
                            "alert.resolved|leased|0"));
    settle(rows[0], "due");
    const auto again = ask().rows;
    ASSERT_EQ(again.size(), 1U);
    EXPECT_THAT(again[0].merged, ElementsAre("alert.opened", "alert.acknowledged")) << "on every attempt";
}

TEST_F(DueRows, RememberWhatAMessageToldOfWhenItIsItselfSuperseded) {
    tell("alrt_1", "alert.opened");
    settle(ask().rows.at(0), "due");
    tell("alrt_1", "alert.acknowledged");
    settle(ask().rows.at(0), "due");
    tell("alrt_1", "alert.resolved");
    EXPECT_THAT(ask().rows.at(0).merged, ElementsAre("alert.opened", "alert.acknowledged"));
}

TEST_F(DueRows, SendPagerDutyTheTriggerBeforeTheEnd) {
    question.type = DestinationType::pagerduty;
    tell("alrt_1", "alert.opened");
    settle(ask().rows.at(0), "due");
    tell("alrt_1", "alert.resolved");
    const auto rows = ask().rows;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].type, "alert.opened");
    settle(rows[0], "delivered");
    EXPECT_EQ(ask().rows.at(0).type, "alert.resolved");
}

TEST_F(DueRows, BecomeOneDigestWhenTheDestinationTakesNoMore) {
    for (int i = 0; i < 20; ++i)
        tell("alrt_s" + std::to_string(i), "alert.opened", Severity::medium);
    question.allowed = 2;
    const DueAnswer answer = ask();
    EXPECT_TRUE(answer.folded);
    EXPECT_EQ(answer.due, (std::map<std::string, int>{{"soc", 2}, {"chat", 1}}))
        << "everybody hears of the storm, this destination gets the digest";
    ASSERT_EQ(answer.rows.size(), 1U) << "the digest waits for the word of the storm";
    EXPECT_EQ(answer.rows[0].type, "alert.opened");
    settle(answer.rows[0], "delivered");
    question.last_digest = ten;
    const auto digest = ask().rows;
    ASSERT_EQ(digest.size(), 1U);
    EXPECT_EQ(digest[0].type, "digest");
    const auto data = nlohmann::json::parse(digest[0].body)["data"];
    EXPECT_EQ(data["digest"]["notifications"], 20);
    EXPECT_EQ(data["digest"]["alerts"], 20);
    EXPECT_THAT(sql("SELECT count(*) FROM deliveries WHERE state = 'digested' AND told_in = '" +
                    digest[0].webhook_id + "'"),
                ElementsAre("20"));
}

TEST_F(DueRows, NeverPutTheFirstWordOfACriticalAlertIntoADigest) {
    for (int i = 0; i < 20; ++i)
        tell("alrt_s" + std::to_string(i), "alert.opened", Severity::medium);
    tell("alrt_c", "alert.opened", Severity::critical);
    question.allowed = 0;
    const DueAnswer answer = ask();
    EXPECT_FALSE(answer.folded);
    ASSERT_EQ(answer.rows.size(), 1U) << "it waits for no budget";
    EXPECT_EQ(answer.rows[0].alert_id, "alrt_c");
    EXPECT_THAT(ask().rows, IsEmpty()) << "the others wait";
}

TEST_F(DueRows, GiveAMuteWhatItHoldsBeforeADigestIsMade) {
    must(store->insert_mute(sample_mute()));
    question.now = ten - std::chrono::minutes{1};
    for (int i = 0; i < 20; ++i)
        tell("alrt_s" + std::to_string(i), "alert.opened", Severity::medium);
    question.now = ten;
    question.allowed = 2;
    EXPECT_THAT(ask().rows, IsEmpty());
    EXPECT_THAT(sql("SELECT DISTINCT state FROM deliveries"), ElementsAre("muted"));
    EXPECT_THAT(sql("SELECT count(*) FROM alerts WHERE rule_name = 'entrawatch/storm'"), ElementsAre("0"));
}

// Whatever comes in whatever order, with answers that fail now and then: what was told one by one and what
// the digests counted is all that was promised, each once.
TEST_F(DueRows, AreAllToldOfByThemselvesOrInACountWhateverHappens) {
    std::mt19937 dice{11};
    question.type = DestinationType::slack;
    const Budget budget = budget_of(question.type);
    for (int round = 0; round < 3; ++round) {
        SentTimes sent;
        std::int64_t promised = 0;
        std::int64_t told = 0;
        std::int64_t counted = 0;
        const std::string prefix = "alrt_r" + std::to_string(round) + "_";
        const auto done = [&] {
            return sql("SELECT count(*) FROM deliveries WHERE destination = 'soc' AND state IN ('due', "
                       "'leased')")[0] == "0";
        };
        for (int step = 0; step < 120 || !done(); ++step) {
            ASSERT_LT(step, 3000) << "it must come to an end";
            question.now += std::chrono::milliseconds{dice() % 1500};
            for (auto i = dice() % 6; step < 60 && i > 0; --i) {
                const auto severity = static_cast<Severity>(dice() % 5);
                const std::string id = prefix + std::to_string(100 + dice() % 40);
                tell(id, must(store->alert(id)) ? "alert.updated" : "alert.opened", severity);
                ++promised;
            }
            question.allowed = allowance(budget, sent, question.now);
            const DueAnswer answer = ask();
            if (answer.folded) question.last_digest = question.now;
            for (const DeliveryRow& row : answer.rows) {
                note_sent(sent, budget, question.now);
                const bool taken = dice() % 5 != 0;
                settle(row, taken ? "delivered" : "due");
                if (!taken) continue;
                const bool own = must(store->alert(row.alert_id)).value().rule_name == "entrawatch/storm";
                if (row.type == "digest") {
                    counted += nlohmann::json::parse(row.body)["data"]["digest"]["notifications"]
                                   .get<std::int64_t>();
                } else if (!own) {
                    told += 1 + std::stoll(sql("SELECT count(*) FROM deliveries WHERE state = 'superseded' "
                                               "AND told_in = '" +
                                               row.webhook_id + "'")[0]);
                }
            }
        }
        EXPECT_EQ(told + counted, promised);
        EXPECT_GT(counted, 0) << "the test must meet a storm";
        EXPECT_GT(told, 0);
    }
}

}  // namespace
}  // namespace entrawatch::test
