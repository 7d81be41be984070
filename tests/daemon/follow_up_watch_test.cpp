#include "daemon/follow_up_watch.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "alerts/follow_up.hpp"
#include "alerts/handling.hpp"
#include "daemon/due_rows.hpp"
#include "daemon/enqueue.hpp"
#include "daemon/store_lane.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const std::vector<EscalationChain> soc_to_boss{
    {{"soc", "duty", "boss"}, Severity::high, minutes{5}, minutes{15}, {}}};

void open_alert_at(Store& store, const std::string& id, Instant opened, Severity severity = Severity::high) {
    AlertRow alert = sample_alert(id, "key of " + id);
    alert.opened_at = opened;
    alert.severity = severity;
    must(store.insert_alert(alert));
    std::map<std::string, int> due;
    must(enqueue(store, {"alert.opened", &alert, {"soc"}, opened}, due));
}

class FollowUpWatch : public ::testing::Test {
  protected:
    void settle(std::string_view destination, const std::string& state, Instant now) {
        for (const DeliveryRow& row : must(store->lease_due(destination, now, now, 10))) {
            AttemptRow attempt;
            attempt.delivery = row.id;
            attempt.started_at = attempt.ended_at = now;
            attempt.verdict = state == "delivered" ? "delivered" : "transient";
            must(store->settle(attempt, {row.id, state, now, true}));
        }
    }
    std::map<std::string, int> look(Instant now) { return must(escalate(*store, soc_to_boss, now)); }
    void handle(const std::string& id, Handling handling, Instant now) {
        const AlertRow alert =
            must(handled(must(store->alert(id)).value(), {handling, "alice", "mine", now}));
        must(store->update_alert(alert));
        std::map<std::string, int> due;
        must(enqueue(*store,
                     {notification_type(handling), &alert,
                      concerned(must(store->deliveries_of(id)), {"soc", "duty", "boss"}), now},
                     due));
    }
    std::vector<std::string> due_at(std::string_view destination, Instant now) {
        DueQuestion question;
        question.destination = destination;
        question.now = now;
        question.lease_length = minutes{1};
        question.limit = 4;
        std::vector<std::string> types;
        for (const DeliveryRow& row :
             must(transact(*store, [&](Store& s) { return due_rows(s, question); })).rows) {
            types.push_back(row.type);
            last_body = row.body;
        }
        return types;
    }
    std::vector<std::string> sql(const std::string& query) { return plain_sql(store.file(), query); }
    const std::string steps =
        "SELECT step, from_destination, to_destination, reason, waited_seconds FROM follow_ups ORDER BY at";
    std::string last_body;
    TempStore store;
};

TEST_F(FollowUpWatch, TellsTheNextOfTheChainOnceAndSaysWhy) {
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "delivered", ten);
    EXPECT_THAT(look(ten + minutes{15} - Ticks{1}), IsEmpty());
    EXPECT_THAT(look(ten + minutes{15}), ElementsAre(Pair("duty", 1)));
    EXPECT_THAT(look(ten + minutes{15}), IsEmpty()) << "once";
    EXPECT_THAT(sql(steps), ElementsAre("1|soc|duty|unacknowledged|900.0"));
    const auto body = nlohmann::json::parse(
        sql("SELECT body FROM deliveries WHERE destination = 'duty' AND type = 'alert.opened'").at(0));
    EXPECT_EQ(body["data"]["follow_up"]["text"], "nobody acknowledged for 15 min; escalated from soc");
    EXPECT_EQ(must(store->alert("alrt_1")).value().summary, "Somebody did something")
        << "the alert itself stays as it is";
}

TEST_F(FollowUpWatch, GoesToTheEndOfTheChainOverARestart) {
    open_alert_at(*store, "alrt_1", ten);
    EXPECT_THAT(look(ten + minutes{5}), ElementsAre(Pair("duty", 1)));
    store.reopen();
    EXPECT_THAT(look(ten + minutes{5}), IsEmpty());
    settle("duty", "delivered", ten + minutes{5});
    EXPECT_THAT(look(ten + minutes{20}), ElementsAre(Pair("boss", 1)));
    EXPECT_THAT(look(ten + hours{3}), IsEmpty());
    EXPECT_THAT(sql(steps), ElementsAre("1|soc|duty|undelivered|300.0", "2|duty|boss|unacknowledged|900.0"));
}

TEST_F(FollowUpWatch, StopsWhenSomebodyAcknowledges) {
    open_alert_at(*store, "alrt_1", ten);
    handle("alrt_1", Handling::acknowledge, ten + minutes{4});
    EXPECT_THAT(look(ten + hours{1}), IsEmpty());
}

TEST_F(FollowUpWatch, WaitsWhileAMuteHoldsBackWhatItWouldTell) {
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "delivered", ten);
    MuteRow mute = sample_mute();
    mute.destination = "duty";
    must(store->insert_mute(mute));
    EXPECT_THAT(look(ten + minutes{15}), IsEmpty());
    EXPECT_THAT(sql("SELECT count(*) FROM deliveries"), ElementsAre("1"));
    EXPECT_THAT(look(noon), ElementsAre(Pair("duty", 1))) << "the mute has ended";
}

TEST_F(FollowUpWatch, LeavesAloneWhatAMuteHidFromTheFirst) {
    must(store->insert_mute(sample_mute()));
    open_alert_at(*store, "alrt_1", ten);
    EXPECT_THAT(look(noon + hours{1}), IsEmpty()) << "the report of the mute tells of it";
}

TEST_F(FollowUpWatch, LeavesAloneWhatIsMilderOrOlderThanAWeek) {
    open_alert_at(*store, "alrt_1", ten, Severity::medium);
    open_alert_at(*store, "alrt_2", ten - followed_up_for, Severity::high);
    EXPECT_THAT(look(ten + minutes{15}), IsEmpty());
}

TEST_F(FollowUpWatch, IsNotSentWhenItWasAnsweredWhileItWaited) {
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "delivered", ten);
    look(ten + minutes{15});
    handle("alrt_1", Handling::acknowledge, ten + minutes{15});
    EXPECT_THAT(due_at("duty", ten + minutes{15}), IsEmpty()) << "the step is told in the word that follows";
    EXPECT_THAT(due_at("duty", ten + minutes{15}), ElementsAre("alert.acknowledged"));
    EXPECT_THAT(sql("SELECT type, state FROM deliveries WHERE destination = 'duty' ORDER BY sequence"),
                ElementsAre("alert.opened|superseded", "alert.acknowledged|leased"));
    EXPECT_THAT(last_body, HasSubstr("escalated from soc")) << "why duty is told of it at all";
}

TEST_F(FollowUpWatch, IsSentWhenNobodyHasAnswered) {
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "delivered", ten);
    look(ten + minutes{15});
    EXPECT_THAT(due_at("duty", ten + minutes{15}), ElementsAre("alert.opened"));
}

TEST_F(FollowUpWatch, RemindsThoseWhoHeardOfItUntilSomebodyAcknowledges) {
    const ReminderPolicy policy{minutes{30}, 2, Severity::high};
    const auto reminded = [&](Instant now) {
        return must(remind(*store, policy, {"soc", "duty", "boss"}, now));
    };
    open_alert_at(*store, "alrt_1", ten);
    open_alert_at(*store, "alrt_2", ten);
    settle("soc", "delivered", ten);
    EXPECT_THAT(reminded(ten + minutes{29}), IsEmpty());
    EXPECT_THAT(reminded(ten + minutes{30}), ElementsAre(Pair("soc", 2)));
    EXPECT_THAT(reminded(ten + minutes{30}), IsEmpty()) << "once";
    handle("alrt_2", Handling::acknowledge, ten + minutes{31});
    store.reopen();
    EXPECT_THAT(reminded(ten + minutes{60}), ElementsAre(Pair("soc", 1)));
    EXPECT_THAT(reminded(ten + hours{5}), IsEmpty()) << "not for ever";
    EXPECT_THAT(sql("SELECT alert_id, step FROM follow_ups ORDER BY at, 1"),
                ElementsAre("alrt_1|1", "alrt_2|1", "alrt_1|2"));
}

TEST_F(FollowUpWatch, RemindsNobodyFromWhomAMuteKeepsIt) {
    const ReminderPolicy policy{minutes{30}, 2, Severity::high};
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "delivered", ten);
    must(store->insert_mute(sample_mute()));
    EXPECT_THAT(must(remind(*store, policy, {"soc"}, ten + minutes{30})), IsEmpty());
    EXPECT_THAT(sql("SELECT count(*) FROM deliveries"), ElementsAre("1"));
    EXPECT_THAT(must(remind(*store, policy, {"soc"}, noon)), ElementsAre(Pair("soc", 1)));
}

TEST_F(FollowUpWatch, BecomesOneMessageWithWhatWaitsWhereTheDestinationIsDown) {
    const ReminderPolicy policy{minutes{30}, 2, Severity::high};
    open_alert_at(*store, "alrt_1", ten);
    settle("soc", "due", ten);
    for (const auto later : {minutes{30}, minutes{60}})
        must(remind(*store, policy, {"soc"}, ten + later));
    EXPECT_THAT(due_at("soc", ten + hours{2}), ElementsAre("alert.updated"));
    EXPECT_THAT(sql("SELECT type, state FROM deliveries ORDER BY sequence"),
                ElementsAre("alert.opened|superseded", "alert.updated|superseded", "alert.updated|leased"));
}

// Wherever the process dies, the step is taken once: after the restart all of it is there or nothing.
TEST(FollowUpWatchFaults, TakeNoStepTwiceAndLoseNoneWhereverTheProcessDies) {
    FaultyVfs disk;
    bool finished = false;
    int died = 0;
    for (int stop = 1; !finished && stop < 500; ++stop) {
        TempStore store;
        open_alert_at(*store, "alrt_1", ten);
        disk.stop_at(stop);
        const auto first = escalate(*store, soc_to_boss, ten + minutes{5});
        finished = disk.steps() < stop;
        died += first ? 0 : 1;
        disk.heal();
        store.reopen();
        must(escalate(*store, soc_to_boss, ten + minutes{5}));
        EXPECT_THAT(plain_sql(store.file(),
                              "SELECT (SELECT count(*) FROM follow_ups) || ' ' || "
                              "(SELECT count(*) FROM deliveries WHERE destination = 'duty')"),
                    ElementsAre("1 1"))
            << "stopped at " << stop;
    }
    EXPECT_TRUE(finished);
    EXPECT_GT(died, 3);
}

}  // namespace
}  // namespace entrawatch::test
