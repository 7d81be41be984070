#include "daemon/due_rows.hpp"

#include <gmock/gmock.h>

#include "daemon/store_lane.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instant ten = at("2026-11-22T10:00:00Z");

class DueRows : public ::testing::Test {
  protected:
    DueRows() { must(store->insert_alert(sample_alert("alrt_1"))); }
    std::vector<std::string> due(Instant now = ten, const std::string& destination = "soc") {
        std::vector<std::string> ids;
        auto rows = must(transact(*store, [&](Store& s) {
            return due_rows(s, {destination, now, now + std::chrono::minutes{1}, 4});
        }));
        for (const DeliveryRow& row : rows)
            ids.push_back(row.webhook_id);
        return ids;
    }
    TempStore store;
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
    EXPECT_THAT(due(ten, "pager"), ElementsAre("msg_1_pager"));
    const auto rows = must(store->deliveries_of("alrt_1"));
    EXPECT_EQ(rows[0].state, "muted");
    EXPECT_EQ(rows[0].muted_by, "mute_1");
}

TEST_F(DueRows, GoOutWhenTheMuteHasEndedMeanwhile) {
    promise(*store, "alrt_1", {"soc"}, ten);
    must(store->insert_mute(sample_mute()));
    EXPECT_THAT(due(at("2026-11-22T12:00:00Z")), ElementsAre("msg_1_soc"));
}

TEST_F(DueRows, GoOutWhenTheAlertIsSevererThanTheMuteAllows) {
    promise(*store, "alrt_1", {"soc"}, ten);
    MuteRow mute = sample_mute();
    mute.severity_at_most = Severity::medium;
    must(store->insert_mute(mute));
    EXPECT_THAT(due(), ElementsAre("msg_1_soc"));
}

}  // namespace
}  // namespace entrawatch::test
