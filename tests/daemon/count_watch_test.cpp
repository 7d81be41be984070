#include "daemon/count_watch.hpp"

#include <gmock/gmock.h>

#include "alerts/storm.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class CountWatch : public ::testing::Test {
  protected:
    // Told when it was opened at ten, and counted to seven since.
    void repeat(const std::string& id, std::string state = "open") {
        AlertRow alert = sample_alert(id, "key of " + id);
        alert.told_count = 1;
        alert.told_at = ten;
        alert.count = 7;
        alert.state = std::move(state);
        must(store->insert_alert(alert));
    }
    std::map<std::string, int> tell(Instant now) {
        return must(tell_overdue_counts(*store, {"soc", "pager"}, now));
    }
    TempStore store;
};

TEST_F(CountWatch, TellsWhatIsLeftAfterFifteenMinutes) {
    repeat("alrt_1");
    promise(*store, "alrt_1", {"soc"}, ten);
    EXPECT_THAT(tell(ten + told_interval - Ticks{1}), IsEmpty());
    EXPECT_THAT(tell(ten + told_interval), ElementsAre(Pair("soc", 1)))
        << "the pager never heard of the alert";
    EXPECT_THAT(tell(ten + told_interval), IsEmpty()) << "once";
    EXPECT_EQ(must(store->alert("alrt_1")).value().told_count, 7);
    EXPECT_THAT(plain_sql(store.file(), "SELECT type, destination, state FROM deliveries ORDER BY delivery"),
                ElementsAre("alert.opened|soc|due", "alert.updated|soc|due"));
}

TEST_F(CountWatch, IsSilentAboutWhatIsResolvedOrWasNeverTold) {
    repeat("alrt_1", "resolved");
    promise(*store, "alrt_1", {"soc"}, ten);
    repeat("alrt_2");
    EXPECT_THAT(tell(ten + told_interval), IsEmpty());
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM deliveries"), "1");
}

}  // namespace
}  // namespace entrawatch::test
