#include <gmock/gmock.h>

#include "core/base/text.hpp"
#include "tests/support/records.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Ticks hour = std::chrono::hours{1};

Instant minute(int minutes) {
    return noon + std::chrono::minutes{minutes};
}

class StoreCorrelation : public ::testing::Test {
  protected:
    // A hit of an event of its own; whether it is news.
    bool add(std::string_view group, Instant when, std::string value, Ticks grain = Ticks{0}, int step = 0) {
        Event event;
        event.feed = FeedId::directory_audits;
        event.id = "event " + std::to_string(++events_);
        event.time = when;
        const auto put =
            must(store_->put_event(event, "{}" + std::string(static_cast<std::size_t>(events_), ' '), noon));
        return must(store_->add_correlation_hit({"rule", group, hour, grain},
                                                {step, std::move(value), when, when, put.event}, noon));
    }
    std::vector<std::string> values(std::string_view group, Instant when, std::int64_t most = 100) {
        std::vector<std::string> found;
        for (const CorrelationHit& hit :
             must(store_->correlation_hits({"rule", group, hour, Ticks{0}}, when, most)))
            found.push_back(hit.value);
        return found;
    }

    TempStore store_;
    int events_ = 0;
};

TEST_F(StoreCorrelation, GivesTheGroupsHitsOfTheTimeSpanOnBothSides) {
    add("a", minute(-61), "too early");
    add("a", minute(-60), "first");
    add("a", minute(0), "now");
    add("a", minute(60), "last");
    add("a", minute(61), "too late");
    add("b", minute(0), "another group");
    EXPECT_THAT(values("a", noon), ElementsAre("now", "first", "last"));
}

TEST_F(StoreCorrelation, GivesTheNearestHitsWhenThereAreMany) {
    for (int i = -5; i <= 5; ++i)
        add("a", minute(i), std::to_string(i));
    EXPECT_THAT(values("a", noon, 2), ElementsAre("0", "-1", "1", "2"));
}

TEST_F(StoreCorrelation, SeesHitsOfOneValueThatAreCloseAsOne) {
    EXPECT_TRUE(add("a", minute(0), "v", std::chrono::minutes{10}));
    EXPECT_FALSE(add("a", minute(1), "v", std::chrono::minutes{10}));
    EXPECT_TRUE(add("a", minute(1), "w", std::chrono::minutes{10}));
    EXPECT_TRUE(add("a", minute(1), "v", std::chrono::minutes{10}, 1));
    EXPECT_TRUE(add("a", minute(11), "v", std::chrono::minutes{10}));
    const auto hits = must(store_->correlation_hits({"rule", "a", hour, Ticks{0}}, noon, 1));
    EXPECT_EQ(hits.at(0).first_at, minute(0));
}

TEST_F(StoreCorrelation, KeepsTheEarliestAndTheLatestTimeOfWhatIsOne) {
    add("a", minute(5), "v", std::chrono::minutes{10});
    add("a", minute(2), "v", std::chrono::minutes{10});
    const auto hits = must(store_->correlation_hits({"rule", "a", hour, Ticks{0}}, minute(9), 10));
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].first_at, minute(2));
    EXPECT_EQ(hits[0].last_at, minute(5));
}

TEST_F(StoreCorrelation, RemembersAcrossARestart) {
    add("a", noon, "v");
    store_.reopen();
    EXPECT_THAT(values("a", noon), ElementsAre("v"));
}

TEST_F(StoreCorrelation, TakesBackWhatWasNotCommitted) {
    {
        auto transaction = must(store_->begin());
        add("a", noon, "v");
    }
    EXPECT_THAT(values("a", noon), IsEmpty());
}

TEST_F(StoreCorrelation, ForgetsWhenTheTimeSpanAndTheLatenessOfFeedsHavePassed) {
    add("a", noon, "v");
    must(store_->forget_correlation_hits(noon + std::chrono::hours{24 * 7} + hour));
    EXPECT_THAT(values("a", noon), ElementsAre("v"));
    must(store_->forget_correlation_hits(noon + std::chrono::hours{24 * 7} + hour + Ticks{1}));
    EXPECT_THAT(values("a", noon), IsEmpty());
}

TEST_F(StoreCorrelation, TellsApartLongValuesThatBeginAlike) {
    const std::string long_value(500, 'x');
    EXPECT_TRUE(add("a", noon, long_value + "1", std::chrono::minutes{10}));
    EXPECT_TRUE(add("a", noon, long_value + "2", std::chrono::minutes{10}));
    EXPECT_FALSE(add("a", noon, long_value + "2", std::chrono::minutes{10}));
}

}  // namespace
}  // namespace entrawatch::test
