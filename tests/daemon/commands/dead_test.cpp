// `alerts dead list|show|redeliver|purge`.
#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DeadLetters : public AlertsCommands {
  protected:
    int dead(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"alerts", "dead", command, "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    nlohmann::json dead_json(const std::string& command, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(dead(command, more), exit_ok) << err;
        return nlohmann::json::parse(out);
    }
    // Two alerts, one letter each, given up.
    void give_up_two() {
        open_two();
        Store daemon = store();
        const Instant now = clock.now().wall;
        for (const DeliveryRow& row : must(daemon.lease_due("soc", now, now + std::chrono::minutes{1}, 9))) {
            AttemptRow attempt;
            attempt.delivery = row.id;
            attempt.started_at = attempt.ended_at = now;
            attempt.http_status = 404;
            attempt.verdict = "misconfigured";
            attempt.detail = "no such hook";
            must(daemon.settle(attempt, {row.id, "dead", now, true}));
        }
    }
    std::string letter(std::size_t number = 0) { return dead_json("list")[number]["webhook_id"]; }
    std::string state_of(const std::string& id) {
        return sql("SELECT state || ' ' || attempts FROM deliveries WHERE webhook_id = '" + id + "'");
    }
};

TEST_F(DeadLetters, ListSaysToWhomOfWhatAndWhy) {
    give_up_two();
    const auto rows = dead_json("list");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["destination"], "soc");
    EXPECT_EQ(rows[0]["severity"], "high");
    EXPECT_EQ(rows[0]["attempts"], 1);
    EXPECT_EQ(rows[0]["last_answer"], "misconfigured (404): no such hook");
    EXPECT_EQ(dead_json("list", {"--limit", "1"}).size(), 1U);
    EXPECT_THAT(dead_json("list", {"--destination", "pager"}), IsEmpty());
    EXPECT_EQ(dead_json("list", {"--since", "2026-11-22T10:03:00Z"}).size(), 1U);
    ASSERT_EQ(dead("list"), exit_ok);
    EXPECT_THAT(out, HasSubstr("LAST ANSWER"));
}

TEST_F(DeadLetters, ListSaysWhenThereIsNone) {
    open_two();
    ASSERT_EQ(dead("list"), exit_ok);
    EXPECT_EQ(err, "there is no dead letter\n");
}

TEST_F(DeadLetters, ShowTellsEveryAttemptAndWhatWasToBeTold) {
    give_up_two();
    const std::string id = letter();
    ASSERT_EQ(dead("show", {id.substr(0, id.size() - 2)}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("misconfigured, HTTP 404"));
    EXPECT_THAT(out, HasSubstr("it was to tell: {\"type\":\"alert.opened\""));
    const auto shown = dead_json("show", {id});
    EXPECT_EQ(shown[0]["webhook_id"], id);
    EXPECT_EQ(shown[0]["body"]["type"], "alert.opened");
    EXPECT_EQ(shown[0]["attempts"][0]["http_status"], 404);
    EXPECT_EQ(dead("show", {"msg_none"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no dead letter has an id"));
    EXPECT_EQ(dead("show", {"msg_"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("several dead letters begin with"));
}

TEST_F(DeadLetters, RedeliverKeepsTheIdAndStartsAnew) {
    give_up_two();
    const std::string id = letter();
    ASSERT_EQ(dead("redeliver", {id}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("1 dead letter is due again"));
    EXPECT_EQ(state_of(id), "due 0");
    EXPECT_EQ(dead_json("list").size(), 1U);
    EXPECT_EQ(sql("SELECT actor || '|' || action || '|' || object FROM audit_trail"),
              "auditor|alerts dead redeliver|" + id);
    EXPECT_EQ(dead("redeliver", {id}), exit_problems) << "it is none any more";
}

TEST_F(DeadLetters, RedeliverTakesFiltersOrAllOfThem) {
    give_up_two();
    EXPECT_EQ(dead("redeliver"), exit_usage);
    EXPECT_THAT(err, HasSubstr("say which dead letters"));
    EXPECT_EQ(dead("redeliver", {"--all", letter()}), exit_usage);
    EXPECT_EQ(dead("redeliver", {"--since", "soon"}), exit_usage);
    ASSERT_EQ(dead("redeliver", {"--since", "2026-11-22T10:03:00Z"}), exit_ok);
    EXPECT_EQ(dead_json("list").size(), 1U);
    ASSERT_EQ(dead("redeliver", {"--destination", "soc", "--reason", "the hook is back"}), exit_ok);
    EXPECT_THAT(dead_json("list"), IsEmpty());
    EXPECT_THAT(sql("SELECT detail FROM audit_trail ORDER BY seq DESC LIMIT 1"),
                HasSubstr(": the hook is back"));
}

TEST_F(DeadLetters, PurgeNeedsAReasonAndKeepsTheRow) {
    give_up_two();
    const std::string id = letter();
    EXPECT_EQ(dead("purge", {id}), exit_usage);
    EXPECT_EQ(dead("purge", {id, "--reason", " "}), exit_usage);
    ASSERT_EQ(dead("purge", {id, "--reason", "known by phone"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("1 dead letter is purged"));
    EXPECT_EQ(state_of(id), "purged 1");
    EXPECT_EQ(sql("SELECT count(*) FROM delivery_attempts WHERE webhook_id = '" + id + "'"), "1");
    EXPECT_THAT(sql("SELECT detail FROM audit_trail"), HasSubstr(": known by phone"));
    ASSERT_EQ(dead("purge", {"--all", "--reason", "x"}), exit_ok);
    EXPECT_THAT(dead_json("list"), IsEmpty());
}

TEST_F(DeadLetters, AnUnknownIdIsSaidAndTheOthersAreDecided) {
    give_up_two();
    const std::string id = letter();
    EXPECT_EQ(dead("purge", {"msg_none", id, "--reason", "x"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("'msg_none'"));
    EXPECT_EQ(state_of(id), "purged 1");
}

}  // namespace
}  // namespace entrawatch::test
