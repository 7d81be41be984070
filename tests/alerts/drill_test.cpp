#include "alerts/drill.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alerts/payload/story.hpp"
#include "tests/alerts/alert_story.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view drilled = "0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e01";

DrillRow sample_drill() {
    DrillRow drill;
    drill.id = "drill_1";
    drill.account = drilled;
    drill.account_name = "breakglass1";
    drill.author = "ada";
    drill.reason = "quarterly";
    drill.created_at = drill.starts_at = at("2026-11-22T10:00:00Z");
    drill.ends_at = at("2026-11-22T12:00:00Z");
    return drill;
}

Event signed_in(std::string_view time) {
    Event event;
    event.feed = FeedId::sign_ins_interactive;
    event.time = at(time);
    event.actor.id = "0B1F6C1E-52A7-4B0A-9D53-3F1F1C1A0E01";
    return event;
}

TEST(Drill, IsOfWhatTheAccountDoesOrHasDoneToItWithinTheWindow) {
    const std::vector<DrillRow> drills{sample_drill()};
    EXPECT_EQ(drill_of(drills, signed_in("2026-11-22T10:00:00Z")), drills.data());
    EXPECT_EQ(drill_of(drills, signed_in("2026-11-22T11:59:59Z")), drills.data());
    EXPECT_EQ(drill_of(drills, signed_in("2026-11-22T12:00:00Z")), nullptr);
    EXPECT_EQ(drill_of(drills, signed_in("2026-11-22T09:59:59Z")), nullptr);
    Event event = signed_in("2026-11-22T11:00:00Z");
    event.actor.id = "somebody";
    EXPECT_EQ(drill_of(drills, event), nullptr);
    event.targets = {{"user", std::string{drilled}, "breakglass1"}};
    EXPECT_EQ(drill_of(drills, event), drills.data());
    event.feed = FeedId::posture;
    EXPECT_EQ(drill_of(drills, event), nullptr) << "a state is no act";
}

TEST(Drill, EndsWhenItIsCancelled) {
    std::vector<DrillRow> drills{sample_drill()};
    drills[0].cancelled_at = at("2026-11-22T11:00:00Z");
    EXPECT_NE(drill_of(drills, signed_in("2026-11-22T10:59:00Z")), nullptr);
    EXPECT_EQ(drill_of(drills, signed_in("2026-11-22T11:00:00Z")), nullptr);
}

TEST(Drill, HasPassedOnceAnAlertCameAndFailedWhenNoneDidInTime) {
    const auto condition = [](std::string_view now, std::size_t alerts = 0) {
        return condition_of(sample_drill(), alerts, at(now));
    };
    EXPECT_EQ(condition("2026-11-22T09:00:00Z"), "to come");
    EXPECT_EQ(condition("2026-11-22T11:00:00Z"), "on");
    EXPECT_EQ(condition("2026-11-22T11:00:00Z", 1), "passed");
    EXPECT_EQ(condition("2026-11-22T13:59:59Z"), "waiting for late rows");
    EXPECT_EQ(condition("2026-11-22T14:00:00Z"), "failed");
    EXPECT_EQ(condition("2026-11-22T15:00:00Z", 2), "passed");
    DrillRow cancelled = sample_drill();
    cancelled.cancelled_at = at("2026-11-22T10:30:00Z");
    EXPECT_EQ(condition_of(cancelled, 0, at("2026-11-23T00:00:00Z")), "cancelled");
}

TEST(Drill, IsRefusedWithTheRemedy) {
    const auto objection = [](auto change) {
        DrillRow drill = sample_drill();
        change(drill);
        const auto fine = check_drill(drill, at("2026-11-22T10:00:00Z"));
        return fine ? std::string{} : fine.error().what;
    };
    EXPECT_EQ(objection([](DrillRow&) {}), "");
    EXPECT_THAT(objection([](DrillRow& d) { d.author.clear(); }), HasSubstr("an author"));
    EXPECT_THAT(objection([](DrillRow& d) { d.starts_at = at("2026-11-22T09:00:00Z"); }),
                HasSubstr("announced before it begins"));
    EXPECT_THAT(objection([](DrillRow& d) { d.ends_at = at("2026-11-23T10:00:01Z"); }),
                HasSubstr("at most 1 d"));
    EXPECT_THAT(objection([](DrillRow& d) { d.ends_at = d.starts_at; }), HasSubstr("not after its start"));
    EXPECT_THAT(objection([](DrillRow& d) {
                    d.starts_at = at("2028-11-22T10:00:00Z");
                    d.ends_at = at("2028-11-22T11:00:00Z");
                }),
                HasSubstr("within a year"));
}

TEST(Drill, MarksItsAlertsForMachinesAndForPeople) {
    AlertStory story;
    AlertInput input = story.input();
    input.drill_id = "drill_1";
    input.key = dedup_key(story.tenant, story.finding.lead, false, "drill_1");
    EXPECT_EQ(input.key, "drill|drill_1|" + dedup_key(story.tenant, story.finding.lead))
        << "practice never swallows the real thing";
    const AlertRow alert = open_alert(input);
    EXPECT_EQ(alert.severity, Severity::critical) << "full severity";
    EXPECT_THAT(alert.summary, StartsWith("DRILL: "));
    const OrderedJson data = parse_object(alert.data);
    EXPECT_EQ(data["drill"], true);
    EXPECT_EQ(data["drill_id"], "drill_1");
    const OrderedJson usual = parse_object(open_alert(story.input()).data);
    EXPECT_EQ(usual["drill"], false);
    EXPECT_FALSE(usual.contains("drill_id"));
}

TEST(Drill, ThatFailedAndOneThatIsOverdueAreAlertsOfOurOwn) {
    const TenantName tenant{"contoso", "11111111-2222-3333-4444-555555555555"};
    const AlertRow failed = drill_failed(sample_drill(), tenant, at("2026-11-22T14:00:00Z"), "alrt_1");
    EXPECT_EQ(failed.severity, Severity::high);
    EXPECT_TRUE(failed.unsilenceable);
    EXPECT_THAT(failed.summary, HasSubstr("nothing was seen of the emergency account breakglass1 from "
                                          "2026-11-22T10:00:00Z to 2026-11-22T12:00:00Z, announced by ada"));
    const AlertRow overdue = drill_overdue({std::string{drilled}, ""}, at("2026-08-01T00:00:00Z"), tenant,
                                           at("2026-11-22T14:00:00Z"), "alrt_2");
    EXPECT_EQ(overdue.severity, Severity::informational);
    EXPECT_THAT(overdue.summary,
                HasSubstr(std::string{drilled} + " was neither tried nor used since 2026-08-01T00:00:00Z"));
    EXPECT_NE(failed.dedup_key, overdue.dedup_key);
}

}  // namespace
}  // namespace entrawatch
