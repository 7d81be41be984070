#include <gmock/gmock.h>

#include "tests/support/records.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StoreWaiting : public ::testing::Test {
  protected:
    static Instant minute(int minutes) { return noon + std::chrono::minutes{minutes}; }
    std::int64_t event(const std::string& id) {
        Event one;
        one.feed = FeedId::directory_audits;
        one.id = id;
        one.time = noon;
        return must(store_->put_event(one, "{\"id\":\"" + id + "\"}", noon)).event;
    }
    bool put_off(std::int64_t event, int due, int look, std::int64_t most = 100) {
        WaitingRow row{.rule_id = "rule", .event = event};
        row.due_at = minute(due);
        row.look_at = minute(look);
        row.overdue_at = minute(look + 60);
        return must(store_->put_off(row, most));
    }
    std::vector<std::int64_t> due(int by, int limit = 100) {
        std::vector<std::int64_t> events;
        for (const WaitingRow& row : must(store_->waiting_due(minute(by), limit)))
            events.push_back(row.event);
        return events;
    }
    TempStore store_;
};

TEST_F(StoreWaiting, GivesWhatIsToBeLookedAtTheLongestWaitingFirst) {
    const auto a = event("a");
    const auto b = event("b");
    EXPECT_TRUE(put_off(a, 10, 12));
    EXPECT_TRUE(put_off(b, 11, 11));
    EXPECT_THAT(due(10), IsEmpty());
    EXPECT_THAT(due(12), ElementsAre(b, a));
    EXPECT_THAT(due(12, 1), ElementsAre(b));
    const auto row = must(store_->waiting_due(minute(12), 2)).at(1);
    EXPECT_EQ(row.rule_id, "rule");
    EXPECT_EQ(row.due_at, minute(10));
    EXPECT_EQ(row.overdue_at, minute(72));
    EXPECT_EQ(row.event_time, noon);
    EXPECT_EQ(row.feed, FeedId::directory_audits);
    EXPECT_EQ(row.revision, 1);
}

TEST_F(StoreWaiting, KeepsTheFirstTimeOfAFindingThatComesAgain) {
    const auto a = event("a");
    EXPECT_TRUE(put_off(a, 10, 10));
    EXPECT_TRUE(put_off(a, 90, 90));
    EXPECT_THAT(due(10), ElementsAre(a));
}

TEST_F(StoreWaiting, TakesNoMoreThanItsBoundOfOneRuleAndKnowsThoseThatWait) {
    const auto a = event("a");
    EXPECT_TRUE(put_off(a, 10, 10, 1));
    EXPECT_FALSE(put_off(event("b"), 10, 10, 1));
    EXPECT_TRUE(put_off(a, 10, 10, 1));
    EXPECT_THAT(due(10), ElementsAre(a));
}

TEST_F(StoreWaiting, LooksLaterOrNowAsItIsTold) {
    const auto a = event("a");
    put_off(a, 10, 20);
    const WaitingRow row{.rule_id = "rule", .event = a};
    must(store_->look_now(minute(9)));
    EXPECT_THAT(due(19), IsEmpty()) << "it is not due";
    must(store_->look_now(minute(10)));
    EXPECT_THAT(due(10), ElementsAre(a));
    must(store_->look_later(row, minute(11)));
    EXPECT_THAT(due(10), IsEmpty());
    EXPECT_THAT(due(11), ElementsAre(a));
}

TEST_F(StoreWaiting, RemembersAcrossARestartUntilItIsRemoved) {
    const auto a = event("a");
    put_off(a, 10, 10);
    store_.reopen();
    EXPECT_THAT(due(10), ElementsAre(a));
    must(store_->remove_waiting(WaitingRow{.rule_id = "rule", .event = a}));
    EXPECT_THAT(due(10), IsEmpty());
}

}  // namespace
}  // namespace entrawatch::test
