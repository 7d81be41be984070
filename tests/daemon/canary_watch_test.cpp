#include "daemon/canary_watch.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/rules/sigma_reader.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/shipped_data.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class CanaryWatch : public ::testing::Test {
  protected:
    CanaryWatch() {
        auto context = std::make_shared<IngestContext>();
        context->tenant = {"contoso", "11111111-2222-3333-4444-555555555555", {}};
        static const auto rules = std::make_shared<const RuleSet>(shipped().rules);
        context->rules = rules;
        context->routes = {{"soc", Severity::critical, {}}, {"boss", Severity::high, {}, true}};
        context->entropy = [this] { return std::string(9, 'x') + static_cast<char>(++dice_); };
        question.policy = {hours{24 * 7}, minutes{15}};
        question.roles = shipped_roles();
        question.context = context;
    }
    CanaryAnswer look(Instant now) {
        question.now = now;
        return must(look_after_canary(*store, question));
    }
    std::vector<std::string> sql(const std::string& query) { return plain_sql(store.file(), query); }

    TempStore store;
    CanaryQuestion question;
    char dice_ = 'a';
};

TEST_F(CanaryWatch, SendsATestTheWholeWayToEverybodyOnceAWeek) {
    const CanaryAnswer sent = look(ten);
    EXPECT_THAT(sent.due, ElementsAre(Pair("boss", 1), Pair("soc", 1)));
    EXPECT_THAT(sql("SELECT count(*) FROM events"), ElementsAre("1")) << "from the record on";
    const auto body =
        nlohmann::json::parse(sql("SELECT body FROM deliveries WHERE destination = 'boss'").at(0));
    EXPECT_EQ(body["data"]["test"], true);
    EXPECT_TRUE(body["data"]["dedup_key"].get<std::string>().starts_with("canary|"));
    EXPECT_THAT(look(ten + hours{1}).due, IsEmpty());
    store.reopen();
    EXPECT_THAT(look(ten + hours{24 * 7} - Ticks{1}).due, IsEmpty()) << "nor after a restart";
    EXPECT_EQ(look(ten + hours{24 * 7}).due.size(), 2U);
    EXPECT_THAT(sql("SELECT count(*) FROM alerts WHERE test = 1"), ElementsAre("2"));
}

TEST_F(CanaryWatch, SaysWhatCameOfTheLastOne) {
    look(ten);
    for (const DeliveryRow& row : must(store->lease_due("boss", ten, ten, 1))) {
        AttemptRow attempt;
        attempt.delivery = row.id;
        attempt.started_at = attempt.ended_at = ten;
        attempt.verdict = "delivered";
        must(store->settle(attempt, {row.id, "delivered", ten, true}));
    }
    const auto outcomes = look(ten + minutes{15}).status.value().outcomes;
    std::map<std::string, CanaryFate> fates;
    for (const CanaryOutcome& outcome : outcomes)
        fates[outcome.destination] = outcome.fate;
    EXPECT_THAT(fates, ElementsAre(Pair("boss", CanaryFate::arrived), Pair("soc", CanaryFate::late)));
}

TEST_F(CanaryWatch, SaysWhyNoneCanBeSent) {
    auto context = std::make_shared<IngestContext>(*question.context);
    context->rules = std::make_shared<const RuleSet>(std::vector<Rule>{});
    question.context = context;
    question.now = ten;
    const auto answer = look_after_canary(*store, question);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().what.find("no rule in force"), std::string::npos);
}

TEST_F(CanaryWatch, IsSilentWhereNobodyIsTold) {
    auto context = std::make_shared<IngestContext>(*question.context);
    context->routes.clear();
    question.context = context;
    EXPECT_FALSE(look(ten).status);
    EXPECT_THAT(sql("SELECT count(*) FROM alerts"), ElementsAre("0"));
}

}  // namespace
}  // namespace entrawatch::test
