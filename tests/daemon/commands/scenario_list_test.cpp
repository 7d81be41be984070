#include "daemon/commands/scenario_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using State = FeedSight::State;

Rule watching(std::string name, std::string scenario, std::vector<FeedId> feeds) {
    Rule rule;
    rule.name = std::move(name);
    rule.scenario = std::move(scenario);
    rule.feeds = std::move(feeds);
    return rule;
}

// One scenario, PR-1 unless told otherwise, with the rules and feeds of the test.
class ScenarioList : public ::testing::Test {
  protected:
    ScenarioLine line(const std::vector<Rule>& rules, const std::vector<FeedSight>& feeds,
                      bool emergency_accounts = true) {
        return scenario_lines({catalogue, rules, feeds, emergency_accounts}).front();
    }
    std::vector<Scenario> catalogue{{"PR-1", "Roles", "a role", "", "", false}};
    const Rule by_audits = watching("a", "PR-1", {FeedId::directory_audits});
    const Rule by_both = watching("b", "PR-1", {FeedId::directory_audits, FeedId::sign_ins_interactive});
};

TEST_F(ScenarioList, CoversWhatARuleSees) {
    const auto found =
        line({by_audits, watching("other", "PR-2", {})}, {{FeedId::directory_audits, State::seen, ""}});
    EXPECT_EQ(found.state, ScenarioState::covered);
    EXPECT_THAT(found.rules, ElementsAre("a"));
    EXPECT_THAT(found.reasons, IsEmpty());
}

TEST_F(ScenarioList, IsBlindWhenNoFeedOfItsRulesAnswersAndSaysWhy) {
    const auto found = line({by_audits}, {{FeedId::directory_audits, State::dark, "permission: missing"}});
    EXPECT_EQ(found.state, ScenarioState::blind);
    EXPECT_THAT(found.reasons, ElementsAre("directory_audits: permission: missing"));
}

TEST_F(ScenarioList, IsBlindInPartWhenSomethingIsStillSeen) {
    const std::vector<FeedSight> feeds{{FeedId::directory_audits, State::seen, ""},
                                       {FeedId::sign_ins_interactive, State::dark, "licence"}};
    EXPECT_EQ(line({by_both}, feeds).state, ScenarioState::blind_in_part);
    const Rule by_sign_ins = watching("c", "PR-1", {FeedId::sign_ins_interactive});
    EXPECT_EQ(line({by_audits, by_sign_ins}, feeds).state, ScenarioState::blind_in_part);
    EXPECT_EQ(line({by_sign_ins}, feeds).state, ScenarioState::blind);
}

TEST_F(ScenarioList, IsBlindInPartWhereAPartOfItsFeedIsMissing) {
    FeedSight posture{FeedId::posture, State::seen, "", {{"PR-1", "policies: refused"}, {"PR-2", "x: y"}}};
    const Rule by_posture = watching("d", "PR-1", {FeedId::posture});
    EXPECT_EQ(line({by_posture}, {posture}).state, ScenarioState::blind_in_part);
    EXPECT_THAT(line({by_posture}, {posture}).reasons, ElementsAre("posture: policies: refused"));
    posture.unseen = {{"PR-2", "x: y"}};
    EXPECT_EQ(line({by_posture}, {posture}).state, ScenarioState::covered);
}

TEST_F(ScenarioList, IsBlindWhereAFeedIsDisabled) {
    const auto found = line({by_audits}, {});
    EXPECT_EQ(found.state, ScenarioState::blind);
    EXPECT_THAT(found.reasons, ElementsAre("directory_audits: it is disabled in the settings"));
}

TEST_F(ScenarioList, IsLateWhenItsFeedWasNotReadLately) {
    const auto found = line({by_audits}, {{FeedId::directory_audits, State::late, "2 h ago"}});
    EXPECT_EQ(found.state, ScenarioState::late);
    EXPECT_THAT(found.reasons, ElementsAre("directory_audits: 2 h ago"));
}

TEST_F(ScenarioList, IsNotWatchedWithoutARuleAndSaysWhetherThatIsMeant) {
    EXPECT_EQ(line({}, {}).state, ScenarioState::not_watched);
    EXPECT_THAT(line({}, {}).reasons, ElementsAre("no rule in force tells of it"));
    catalogue.front().unseen = "Graph has none of it";
    EXPECT_THAT(line({}, {}).reasons, ElementsAre("Graph has none of it"));
}

TEST_F(ScenarioList, IsToldByTheRulesOfTheScenarioThatItIsTheSameAs) {
    catalogue.front().id = "ST-22";
    EXPECT_EQ(line({by_audits}, {}).state, ScenarioState::not_watched);
    catalogue.front().same_as = "PR-1";
    const auto found = line({by_audits}, {{FeedId::directory_audits, State::seen, ""}});
    EXPECT_EQ(found.state, ScenarioState::covered);
    EXPECT_THAT(found.rules, ElementsAre("a"));
}

TEST_F(ScenarioList, AddsWhatTheRulesDoNotSee) {
    catalogue.front().unseen_in_part = "half of it";
    const auto found = line({by_audits}, {{FeedId::directory_audits, State::seen, ""}});
    EXPECT_EQ(found.state, ScenarioState::covered);
    EXPECT_THAT(found.reasons, ElementsAre("half of it"));
}

TEST_F(ScenarioList, IsBlindToEmergencyAccountsThatNobodyNamed) {
    catalogue.front().id = "EA-1";
    const Rule rule = watching("a", "EA-1", {FeedId::directory_audits});
    const std::vector<FeedSight> feeds{{FeedId::directory_audits, State::seen, ""}};
    EXPECT_EQ(line({rule}, feeds).state, ScenarioState::covered);
    EXPECT_EQ(line({rule}, feeds, false).state, ScenarioState::blind);
}

TEST_F(ScenarioList, TakesTheDaemonsWordForWhatItTellsItself) {
    catalogue.front().by_daemon = true;
    EXPECT_EQ(line({}, {}).state, ScenarioState::covered);
}

}  // namespace
}  // namespace entrawatch
