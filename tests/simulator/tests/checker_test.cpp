// The checker finds each fault that it is there to find.
#include "tests/simulator/campaign/checker.hpp"

#include <gtest/gtest.h>

#include "core/event/normalize.hpp"
#include "tests/simulator/tests/ask.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using test::must;

class CheckerTest : public testing::Test {
  protected:
    CheckerTest()
        : estate_(
              must(Estate::make({"/nonexistent", folder_.path() / "estate", folder_.path() / "state", ""}))),
          plot_(*must(estate_->add("contoso", 1))),
          now_(estate_->now()) {
        std::filesystem::create_directory(folder_.path() / "state");
        store_.emplace(must(Store::open({.file = estate_->database_of(plot_), .tenant = "contoso"}, now_)));
        must(plot_.tenant.add(FeedId::directory_audits, row_, now_ - minutes{20}));
    }
    void store(const Document& row, Instant received) {
        const std::string raw = row.dump();
        JsonReader reader;
        const Event event = must(normalize(feed_of(FeedId::directory_audits), must(reader.parse(raw))));
        must(store_->put_event(event, raw, received));
    }
    void complete_window(Instant opened, Instant completed) {
        const WindowPlan plan{Pass::hot, {now_ - minutes{40}, now_}, "activityDateTime"};
        const auto window = must(store_->open_window(FeedId::directory_audits, plan, opened));
        must(store_->complete_window(window, completed));
    }
    Score score() { return judge(*estate_, plot_, false); }

    test::TempFolder folder_;
    std::unique_ptr<Estate> estate_;
    Plot& plot_;
    Instant now_;
    std::optional<Store> store_;
    const Document row_ = audit_at(estate_->now() - minutes{30}, "row");
};

TEST_F(CheckerTest, IsContentWithWhatTheLedgerSays) {
    store(row_, now_ - minutes{10});
    complete_window(now_ - minutes{11}, now_ - minutes{9});
    const Score found = score();
    EXPECT_TRUE(found.clean()) << found.first_fault;
    EXPECT_EQ(found.events_stored, 1);
    EXPECT_EQ(found.windows, 1);
}

TEST_F(CheckerTest, FindsWhatIsMissingOutdatedOrUnheardOf) {
    EXPECT_EQ(score().missing, 1);
    store(audit_at(now_ - minutes{30}, "row", "Delete user"), now_ - minutes{10});
    EXPECT_EQ(score().outdated, 1);
    store(audit_at(now_ - minutes{30}, "other"), now_ - minutes{10});
    EXPECT_EQ(score().unheard_of, 1);
    EXPECT_FALSE(score().clean());
}

TEST_F(CheckerTest, FindsAWindowThatWasCalledCompleteTooEarly) {
    store(row_, now_ - minutes{5});
    complete_window(now_ - minutes{11}, now_ - minutes{9});
    EXPECT_EQ(score().windows_wrong, 1);
    EXPECT_NE(score().first_fault.find("called complete"), std::string::npos);
}

TEST_F(CheckerTest, OwesNoWindowWhatWasShownAfterItBegan) {
    store(row_, now_ - minutes{5});
    complete_window(now_ - minutes{25}, now_ - minutes{24});
    EXPECT_EQ(score().windows_wrong, 0);
}

TEST_F(CheckerTest, MissesAnAlertThatNobodyWasToldOf) {
    store(row_, now_ - minutes{10});
    plot_.acts.push_back(
        {"somebody did it", {{FeedId::directory_audits, "row", now_ - minutes{20}}}, ExpectedAlert{{"X-1"}}});
    EXPECT_EQ(score().alerts_missing, 1);
}

}  // namespace
}  // namespace entrawatch::simulator
