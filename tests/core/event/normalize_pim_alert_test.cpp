#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

std::string pim_alert_record(const std::string& kind, const std::string& rest) {
    return R"({"id":"DirectoryRole_t1_)" + kind + R"(","alertDefinitionId":"DirectoryRole_t1_)" + kind +
           R"(","scopeId":"/","scopeType":"DirectoryRole")" + rest + "}";
}

TEST(NormalizePimAlert, TellsHowThingsStandAtTheLastScan) {
    const Event event = event_of(
        FeedId::pim_alerts,
        pim_alert_record("RolesAssignedOutsidePimAlert",
                         R"(,"incidentCount":2,"isActive":true,"lastModifiedDateTime":"2026-11-20T08:00:00Z",
        "lastScannedDateTime":"2026-11-22T10:00:00Z")"));
    EXPECT_EQ(event.id, "DirectoryRole_t1_RolesAssignedOutsidePimAlert");
    EXPECT_EQ(event.activity, "PIM alert active");
    EXPECT_EQ(event.service, "PIM");
    EXPECT_EQ(event.time, ten);
    EXPECT_EQ(event.updated, ten);
    EXPECT_EQ(event.actor.kind, ActorKind::system);
    ASSERT_EQ(event.targets.size(), 1U);
    EXPECT_EQ(event.targets[0].kind, "alert");
    EXPECT_EQ(event.targets[0].id, "DirectoryRole_t1_RolesAssignedOutsidePimAlert");
    EXPECT_EQ(event.targets[0].name, "Roles are being assigned outside of Privileged Identity Management");
    EXPECT_TRUE(has_entity(event, "target", event.targets[0].name));
}

TEST(NormalizePimAlert, TakesTheZeroDateForNever) {
    const std::string never = R"(,"isActive":false,"lastModifiedDateTime":"0001-01-01T08:00:00Z")";
    const Event event = event_of(
        FeedId::pim_alerts,
        pim_alert_record("StaleSignInAlert", never + R"(,"lastScannedDateTime":"2026-11-22T10:00:00Z")"));
    EXPECT_EQ(event.activity, "PIM alert inactive");
    EXPECT_EQ(event.time, ten);
    JsonReader reader;
    const std::string neither =
        pim_alert_record("StaleSignInAlert", never + R"(,"lastScannedDateTime":"0001-01-01T08:00:00Z")");
    EXPECT_FALSE(normalize(feed_of(FeedId::pim_alerts), *reader.parse(neither)));
    // The pipeline gives the time it was read.
    JsonReader again;
    const auto kept = normalize(feed_of(FeedId::pim_alerts), *again.parse(neither), ten);
    ASSERT_TRUE(kept);
    EXPECT_FALSE(kept->time_known);
    EXPECT_FALSE(kept->updated);
}

TEST(NormalizePimAlert, NamesAnUnknownKindAsItIsAndSaysNothingOfWhatIsNotSaid) {
    const Event event =
        event_of(FeedId::pim_alerts,
                 R"({"id":"DirectoryRole_t1_NewKindAlert","lastScannedDateTime":"2026-11-22T10:00:00Z"})");
    EXPECT_EQ(event.activity, "PIM alert");
    EXPECT_EQ(event.targets[0].name, "NewKindAlert");
    EXPECT_EQ(event.targets[0].id, "DirectoryRole_t1_NewKindAlert");
    EXPECT_EQ(event_of(FeedId::pim_alerts,
                       R"({"id":"x","isActive":"yes","lastScannedDateTime":"2026-11-22T10:00:00Z"})")
                  .targets[0]
                  .name,
              "x");
}

}  // namespace
}  // namespace entrawatch
