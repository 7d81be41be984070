#include "alerts/mute.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "tests/alerts/alert_story.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;

AlertRow told_alert() {
    static const AlertStory story;
    return open_alert(story.input());
}

MuteRow mute_of(const std::function<void(MuteRow&)>& set) {
    MuteRow mute = test::sample_mute("mute_1", "");
    set(mute);
    return mute;
}

bool hides(const MuteRow& mute, const AlertRow& alert, Instant now = ten,
           std::string_view type = "alert.opened", std::string_view destination = "soc") {
    return muting({&mute, 1}, alert, type, destination, now) != nullptr;
}

TEST(Mute, HidesWhatEveryMatcherFits) {
    const AlertRow alert = told_alert();
    struct Row {
        const char* what;
        std::function<void(MuteRow&)> set;
        bool hidden;
    };
    const Row rows[] = {
        {"its rule", [](MuteRow& m) { m.rule = "pim/role-assigned-outside-pim"; }, true},
        {"its rule by id", [](MuteRow& m) { m.rule = "6A1D3F0E-0000-4000-8000-000000000001"; }, true},
        {"another rule", [](MuteRow& m) { m.rule = "pim/role"; }, false},
        {"its scenario", [](MuteRow& m) { m.scenario = "pr-1"; }, true},
        {"another scenario", [](MuteRow& m) { m.scenario = "PR-11"; }, false},
        {"as severe", [](MuteRow& m) { m.severity_at_most = Severity::critical; }, true},
        {"severer than that", [](MuteRow& m) { m.severity_at_most = Severity::high; }, false},
        {"its actor", [](MuteRow& m) { m.actor = "0A0A0A0A-0000-4000-8000-00000000000A"; }, true},
        {"an application by its name", [](MuteRow& m) { m.actor = "deploy-bot"; }, false},
        {"its target", [](MuteRow& m) { m.target = "0b0b0b0b-0000-4000-8000-00000000000b"; }, true},
        {"a user by principal name", [](MuteRow& m) { m.target = "Mallory@contoso.example"; }, true},
        {"another user", [](MuteRow& m) { m.target = "eve@contoso.example"; }, false},
        {"this destination", [](MuteRow& m) { m.destination = "soc"; }, true},
        {"another destination", [](MuteRow& m) { m.destination = "pager"; }, false},
        {"one fits and one does not",
         [](MuteRow& m) {
             m.scenario = "PR-1";
             m.destination = "pager";
         },
         false},
    };
    for (const Row& row : rows)
        EXPECT_EQ(hides(mute_of(row.set), alert), row.hidden) << row.what;
}

TEST(Mute, IsNotFooledByAnApplicationThatIsNamedLikeAUser) {
    AlertStory story;
    story.event.actor.name = "eve@contoso.example";  // an app: whoever made it chose the name
    const MuteRow mute = mute_of([](MuteRow& m) { m.actor = "eve@contoso.example"; });
    EXPECT_FALSE(hides(mute, open_alert(story.input())));
    story.event.actor.kind = ActorKind::user;
    EXPECT_TRUE(hides(mute, open_alert(story.input())));
}

TEST(Mute, HidesFromItsStartUntilTheSecondOfItsEnd) {
    MuteRow mute = mute_of([](MuteRow& m) { m.scenario = "PR-1"; });
    const AlertRow alert = told_alert();
    EXPECT_FALSE(hides(mute, alert, ten - Ticks{1}));
    EXPECT_TRUE(hides(mute, alert, ten));
    EXPECT_TRUE(hides(mute, alert, noon - Ticks{1}));
    EXPECT_FALSE(hides(mute, alert, noon));
    mute.removed_at = ten + std::chrono::minutes{1};
    EXPECT_FALSE(hides(mute, alert, ten + std::chrono::minutes{2}));
}

TEST(Mute, NeverHidesATestAWordOrWhatIsUnsilenceable) {
    const MuteRow mute = mute_of([](MuteRow& m) { m.severity_at_most = Severity::critical; });
    AlertRow alert = told_alert();
    EXPECT_TRUE(hides(mute, alert, ten, "alert.updated"));
    for (const char* type : {"alert.acknowledged", "alert.resolved", "digest", "watch.degraded"})
        EXPECT_FALSE(hides(mute, alert, ten, type)) << type;
    alert.test = true;
    EXPECT_FALSE(hides(mute, alert));
    alert.test = false;
    alert.unsilenceable = true;
    EXPECT_FALSE(hides(mute, alert));
}

TEST(Mute, HidesNothingThatOneUnsilenceableRuleTellsToo) {
    AlertStory story;
    Rule other = story.rule;
    other.unsilenceable = true;
    story.finding.others = {AlertStory::a_finding(other, Severity::low)};
    EXPECT_TRUE(open_alert(story.input()).unsilenceable);
    story.finding.others.clear();
    AlertRow alert = open_alert(story.input());
    EXPECT_FALSE(alert.unsilenceable);
    story.finding.lead.rule = &other;
    EXPECT_TRUE(counted_alert(alert, story.input(), false).unsilenceable);
}

TEST(Mute, IsNamedByTheFirstThatFits) {
    const std::vector<MuteRow> mutes{mute_of([](MuteRow& m) { m.rule = "another"; }), mute_of([](MuteRow& m) {
                                         m.id = "mute_2";
                                         m.scenario = "PR-1";
                                     })};
    const MuteRow* found = muting(mutes, told_alert(), "alert.opened", "soc", ten);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->id, "mute_2");
    EXPECT_EQ(matchers_of(*found), "scenario PR-1");
}

TEST(Mute, SurvivesDataThatCannotBeRead) {
    AlertRow alert = told_alert();
    alert.data = "nonsense";
    EXPECT_FALSE(hides(mute_of([](MuteRow& m) { m.actor = "x"; }), alert));
    EXPECT_TRUE(hides(mute_of([](MuteRow& m) { m.scenario = "PR-1"; }), alert));
}

std::string refusal(const std::function<void(MuteRow&)>& set) {
    const auto fine = check_mute(mute_of(set), ten);
    return fine ? "fine" : fine.error().what;
}

TEST(Mute, IsRefusedWithTheRemedy) {
    const auto pr1 = [](MuteRow& m) { m.scenario = "PR-1"; };
    EXPECT_EQ(refusal(pr1), "fine");
    EXPECT_THAT(refusal([](MuteRow&) {}), HasSubstr("a mute of everything is refused"));
    EXPECT_EQ(refusal([](MuteRow& m) { m.severity_at_most = Severity::low; }), "fine");
    const auto with = [&](const std::function<void(MuteRow&)>& more) {
        return refusal([&](MuteRow& m) {
            pr1(m);
            more(m);
        });
    };
    EXPECT_THAT(with([](MuteRow& m) { m.reason.clear(); }), HasSubstr("author and a reason"));
    EXPECT_THAT(with([](MuteRow& m) { m.author.clear(); }), HasSubstr("author and a reason"));
    EXPECT_THAT(with([](MuteRow& m) { m.starts_at = ten - std::chrono::hours{1}; }),
                HasSubstr("in the past"));
    EXPECT_EQ(with([](MuteRow& m) { m.starts_at = ten - std::chrono::minutes{1}; }), "fine");
    EXPECT_THAT(with([](MuteRow& m) { m.ends_at = m.starts_at; }), HasSubstr("not after its start"));
    EXPECT_EQ(with([](MuteRow& m) { m.ends_at = m.starts_at + longest_mute; }), "fine");
    EXPECT_THAT(with([](MuteRow& m) { m.ends_at = m.starts_at + longest_mute + Ticks{1}; }),
                HasSubstr("at most 30 d"));
    EXPECT_THAT(with([](MuteRow& m) { m.starts_at = ten + farthest_mute + Ticks{1}; }),
                HasSubstr("within a year"));
    EXPECT_THAT(with([](MuteRow& m) { m.actor = std::string(longest_matcher + 1, 'x'); }),
                HasSubstr("longer than"));
    EXPECT_THAT(with([](MuteRow& m) { m.actor = "\xff"; }), HasSubstr("UTF-8"));
}

TEST(Mute, SaysHowItStands) {
    MuteRow mute = test::sample_mute();
    EXPECT_EQ(condition_of(mute, ten - Ticks{1}), "to come");
    EXPECT_EQ(condition_of(mute, ten), "in force");
    EXPECT_EQ(condition_of(mute, noon), "ended");
    mute.removed_at = ten;
    EXPECT_EQ(condition_of(mute, noon), "removed");
    mute.severity_at_most = Severity::medium;
    mute.actor = "a";
    mute.target = "t";
    mute.destination = "d";
    EXPECT_EQ(matchers_of(mute),
              "rule pim/sample, severity at most medium, actor a, target t, destination d");
}

}  // namespace
}  // namespace entrawatch
