// EA-6: emergency accounts inside Conditional Access policies that keep them out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/context/posture.hpp"
#include "core/context/posture_facts.hpp"
#include "tests/core/context/privileges.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string glass_one{test::first_glass};
const std::string glass_two{test::second_glass};

AccessPolicy blocking(PolicyPeople include, PolicyPeople exclude = {}) {
    AccessPolicy policy;
    policy.id = "p1";
    policy.name = "Lock down";
    policy.include = std::move(include);
    policy.exclude = std::move(exclude);
    policy.controls = {"block"};
    policy.one_is_enough = true;
    return policy;
}

PolicyPeople for_users(std::vector<std::string> ids) {
    return {std::move(ids), {}, {}};
}
PolicyPeople for_groups(std::vector<std::string> ids) {
    return {{}, std::move(ids), {}};
}
PolicyPeople for_roles(std::vector<std::string> ids) {
    return {{}, {}, std::move(ids)};
}

// Both accounts exist; the first is in Admins, and through it in Staff.
DirectoryReading reading_with(AccessPolicy policy) {
    DirectoryReading reading = test::sound_reading();
    reading.policies = {std::move(policy)};
    reading.emergency_groups = {{glass_one, {{"admins", "Admins", {}}, {"staff", "Staff", {"Admins"}}}},
                                {glass_two, {}}};
    return reading;
}

std::vector<std::string> says(const DirectoryReading& reading) {
    std::vector<std::string> lines;
    for (const PostureFact& fact : policy_facts(test::directory_of(reading)))
        lines.push_back(fact.says);
    return lines;
}

TEST(PolicyFacts, NameThePolicyAndEachWayIntoIt) {
    const std::string blocked = "glass1 is blocked by the Conditional Access policy Lock down, which ";
    const std::string not_excluded = " and does not exclude it";
    EXPECT_THAT(says(reading_with(blocking(for_users({glass_one})))),
                ElementsAre(blocked + "names it" + not_excluded));
    EXPECT_THAT(says(reading_with(blocking(for_users({"all"})))),
                ElementsAre(blocked + "is for all users" + not_excluded,
                            "glass2 is blocked by the Conditional Access policy Lock down, which is for all "
                            "users and does not exclude it"));
    EXPECT_THAT(says(reading_with(blocking(for_groups({"admins"})))),
                ElementsAre(blocked + "is for the group Admins, in which it is" + not_excluded));
    EXPECT_THAT(
        says(reading_with(blocking(for_groups({"staff"})))),
        ElementsAre(blocked + "is for the group Staff, in which it is through Admins" + not_excluded));
    EXPECT_THAT(says(reading_with(blocking(for_roles({std::string{test::tier_0_role}})))).front(),
                blocked + "is for a role that it holds, Global Administrator" + not_excluded);
}

TEST(PolicyFacts, AreSilentAboutAnAccountThatIsExcludedInAnyWay) {
    EXPECT_THAT(says(reading_with(blocking(for_users({"all"}), for_users({glass_one, glass_two})))),
                IsEmpty());
    for (const PolicyPeople& exclude :
         {for_groups({"admins"}), for_groups({"staff"}), for_users({glass_one})}) {
        EXPECT_EQ(says(reading_with(blocking(for_users({"all"}), exclude))).size(), 1U)
            << "the second account is not excluded";
        EXPECT_THAT(says(reading_with(blocking(for_users({glass_one}), exclude))), IsEmpty());
    }
    EXPECT_THAT(says(reading_with(blocking(for_users({"all"}), for_roles({std::string{test::tier_0_role}})))),
                IsEmpty());
}

TEST(PolicyFacts, AreSilentAboutPoliciesForOthers) {
    EXPECT_THAT(says(reading_with(blocking(for_users({"somebody"})))), IsEmpty());
    EXPECT_THAT(says(reading_with(blocking(for_groups({"guests"})))), IsEmpty());
    EXPECT_THAT(says(reading_with(blocking(for_roles({std::string{test::reader_role}})))), IsEmpty());
    EXPECT_THAT(says(reading_with(blocking(for_users({"guestsorexternalusers"})))), IsEmpty());
}

TEST(PolicyFacts, GoByRolesThatAreActiveOverTheWholeTenant) {
    for (const auto& spoil : std::vector<std::function<void(RoleAssignment&)>>{
             [](RoleAssignment& a) { a.eligible = true; },
             [](RoleAssignment& a) { a.scope = "/administrativeUnits/1"; }}) {
        DirectoryReading reading = reading_with(blocking(for_roles({std::string{test::tier_0_role}})));
        for (RoleAssignment& assignment : reading.privileges->assignments)
            spoil(assignment);
        EXPECT_THAT(says(reading), IsEmpty());
    }
}

TEST(PolicyFacts, AskWhatAnEmergencyAccountCannotGive) {
    const auto demanding = [](std::vector<std::string> controls, bool one_is_enough) {
        AccessPolicy policy = blocking(for_users({glass_one}));
        policy.controls = std::move(controls);
        policy.one_is_enough = one_is_enough;
        return says(reading_with(policy));
    };
    EXPECT_THAT(demanding({"mfa"}, true), IsEmpty());
    EXPECT_THAT(demanding({"authenticationStrength", "termsOfUse", "passwordChange"}, false), IsEmpty());
    EXPECT_THAT(demanding({"mfa", "compliantDevice"}, true), IsEmpty()) << "mfa will do";
    EXPECT_THAT(
        demanding({"mfa", "compliantDevice"}, false),
        ElementsAre("glass1 is held up by the Conditional Access policy Lock down, which names it and "
                    "does not exclude it; it asks for compliantDevice"));
    EXPECT_EQ(demanding({"compliantDevice", "domainJoinedDevice"}, true).size(), 1U);
    EXPECT_EQ(demanding({"aControlOfTomorrow"}, true).size(), 1U) << "what we do not know cannot be given";
    EXPECT_EQ(demanding({"mfa", "Block"}, true).size(), 1U) << "to block is no alternative";
}

TEST(PolicyFacts, SayWhatNarrowsAPolicy) {
    AccessPolicy policy = blocking(for_users({glass_one}));
    policy.only_when = {"the client applications other", "the platforms linux"};
    const auto facts = policy_facts(test::directory_of(reading_with(policy)));
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_TRUE(
        facts.front().says.ends_with("; only for the client applications other, the platforms linux"));
    EXPECT_THAT(facts.front().details,
                ::testing::Contains(std::pair{std::string{"Applies"}, std::string{"in part"}}));
}

TEST(PolicyFacts, AccuseNobodyByWhatWasNotRead) {
    DirectoryReading reading = reading_with(blocking(for_users({"all"}), for_groups({"x"})));
    EXPECT_EQ(says(reading).size(), 2U);
    reading.emergency_groups.reset();
    EXPECT_THAT(says(reading), IsEmpty()) << "the group may be the account's";
    reading = reading_with(blocking(for_users({"all"}), for_roles({"x"})));
    reading.privileges.reset();
    EXPECT_THAT(says(reading), IsEmpty()) << "the role may be the account's";
    reading = reading_with(blocking(for_users({"all"})));
    reading.policies.reset();
    EXPECT_THAT(says(reading), IsEmpty());
}

TEST(PolicyFacts, LastOverARefusalAndARestartAndEndWithThePolicy) {
    DirectoryReading reading = reading_with(blocking(for_users({glass_one})));
    const Posture opened = judge_posture(test::directory_of(reading), {}, noon);
    ASSERT_EQ(opened.records.size(), 1U);
    EXPECT_NE(opened.records.front().find("Emergency account kept out by policy"), std::string::npos);
    reading.open = opened.open;
    reading.gaps = {{"Conditional Access policies", "refused"}};
    const DirectoryReading kept = *reading_from_json(to_json(reading));
    EXPECT_EQ(kept.policies, reading.policies);
    EXPECT_EQ(kept.emergency_groups, reading.emergency_groups);
    EXPECT_EQ(kept.gaps, reading.gaps);
    DirectoryReading refused = kept;
    refused.policies.reset();
    EXPECT_THAT(judge_posture(test::directory_of(refused), kept, noon).records, IsEmpty());
    DirectoryReading mended = kept;
    mended.policies->clear();
    const Posture closed = judge_posture(test::directory_of(mended), kept, noon);
    ASSERT_EQ(closed.records.size(), 1U);
    EXPECT_NE(closed.records.front().find(R"("value":"closed")"), std::string::npos);
}

}  // namespace
}  // namespace entrawatch
