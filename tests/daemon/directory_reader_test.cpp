// What a reading of a simulated tenant's directory comes to.
#include "daemon/directory_reader.hpp"

#include <gmock/gmock.h>

#include "core/context/posture.hpp"
#include "tests/daemon/directory_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view inner = "aaaaaaaa-0000-4000-8000-000000000001";
constexpr std::string_view outer = "aaaaaaaa-0000-4000-8000-000000000002";

class DirectoryReads : public DirectoryWorld {
  protected:
    DirectoryReading read(DirectoryReading before = {}) {
        DirectoryReader reader{runtime()};
        run(io(), reader.read_state(before));
        return before;
    }
    // What is wrong, in words.
    std::vector<std::string> found(const DirectoryReading& reading) {
        std::vector<std::string> says;
        JsonReader json;
        const Directory directory{runtime().settings.emergency_accounts, {}, reading};
        for (const std::string& record : judge_posture(directory, {}, noon).records)
            says.emplace_back(text_of(*json.parse(record), "resultReason"));
        return says;
    }
    simulator::Document& policy() { return tenant.directory().policies.front(); }
    const simulator::Cast& who = simulator::cast();
};

TEST_F(DirectoryReads, FindNothingWrongInATenantAsItShouldBe) {
    const DirectoryReading reading = read();
    EXPECT_THAT(reading.gaps, IsEmpty());
    ASSERT_TRUE(reading.policies);
    EXPECT_EQ(reading.policies->size(), 1U);
    EXPECT_THAT(found(reading), IsEmpty());
}

TEST_F(DirectoryReads, FollowTheGroupsOfAnEmergencyAccountIntoAPolicy) {
    add_group(std::string{inner}, "Operators", {who.emergency.id});
    add_group(std::string{outer}, "Staff", {std::string{inner}});
    tenant.directory().members[std::string{inner}].emplace_back(outer);  // a circle
    policy()["conditions"]["users"]["includeUsers"] = simulator::Document::array({"None"});
    policy()["conditions"]["users"]["excludeUsers"] = simulator::Document::array();
    policy()["conditions"]["users"]["includeGroups"] = simulator::Document::array({outer});
    EXPECT_THAT(found(read()),
                ElementsAre("glass1 is blocked by the Conditional Access policy Block legacy authentication, "
                            "which is for the group Staff, in which it is through Operators and does not "
                            "exclude it; only for the client applications exchangeActiveSync, other"));
    policy()["conditions"]["users"]["excludeGroups"] = simulator::Document::array({inner});
    EXPECT_THAT(found(read()), IsEmpty());
    policy()["conditions"]["users"]["excludeGroups"] = simulator::Document::array();
    policy()["state"] = "enabledForReportingButNotEnforced";
    EXPECT_THAT(found(read()), IsEmpty());
}

TEST_F(DirectoryReads, SayWhenPoliciesMayNotBeReadAndKeepTheEarlierOnes) {
    const DirectoryReading before = read();
    tenant.options().granted.erase("Policy.Read.All");
    tenant.revoke_tokens();
    const DirectoryReading reading = read(before);
    ASSERT_EQ(reading.gaps.size(), 2U);
    EXPECT_EQ(reading.gaps.front().part, "named locations");
    EXPECT_EQ(reading.gaps.back().part, "Conditional Access policies");
    for (const DirectoryGap& gap : reading.gaps)
        EXPECT_THAT(gap.problem, HasSubstr("Policy.Read.All"));
    EXPECT_EQ(reading.policies, before.policies);
    EXPECT_EQ(reading.locations, before.locations);
    for (const char* old : {"named locations", "Conditional Access policies"})
        EXPECT_EQ(reading.parts_read_at.at(old), before.parts_read_at.at(old)) << "it is as old as it was";
    EXPECT_GT(reading.parts_read_at.at("domains"), before.parts_read_at.at("domains"));
    EXPECT_EQ(reading_from_json(to_json(reading))->gaps, reading.gaps) << "other processes are told";
}

TEST_F(DirectoryReads, LeavePoliciesAloneWhereNobodyIsToBeLookedAfter) {
    runtime().settings.emergency_accounts.clear();
    const DirectoryReading reading = read();
    EXPECT_FALSE(reading.policies);
    EXPECT_THAT(reading.gaps, IsEmpty());
    for (const std::string& target : asked)
        EXPECT_THAT(target, ::testing::Not(HasSubstr("conditionalAccess/policies")));
}

TEST_F(DirectoryReads, KnowWhichAddressesAreTrusted) {
    const DirectoryReading reading = read();
    ASSERT_TRUE(reading.locations);
    ASSERT_EQ(reading.locations->size(), 2U);
    EXPECT_EQ(reading_from_json(to_json(reading))->locations, reading.locations);
    const Directory directory{{}, {}, reading};
    EXPECT_EQ(directory.whereabouts("192.0.2.7", "").trusted, Known::yes);
    EXPECT_EQ(directory.whereabouts("192.0.2.7", "").name, "Head office");
    EXPECT_EQ(directory.whereabouts("203.0.113.1", "gb").trusted, Known::no);
    EXPECT_EQ(directory.whereabouts("203.0.113.1", "GB").name, "Where we work");
}

TEST_F(DirectoryReads, TellWhoIsEligibleForAGroupThatHoldsARole) {
    runtime().settings.emergency_accounts.clear();
    const std::string& ada = who.intruder.id;  // synced
    tenant.directory().make_eligible_in_group(who.helpdesk.id, ada, "owner");
    const DirectoryReading before = read();
    EXPECT_THAT(before.gaps, IsEmpty());
    ASSERT_TRUE(before.privileges);
    EXPECT_THAT(before.privileges->groups.at(who.helpdesk.id).eligible_owners, ElementsAre(ada));
    const std::vector<std::string> told = found(before);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told.front(), HasSubstr(" is an eligible owner of " + who.helpdesk.name));
    tenant.options().granted.erase("PrivilegedEligibilitySchedule.Read.AzureADGroup");
    tenant.revoke_tokens();
    const DirectoryReading refused = read(before);
    ASSERT_EQ(refused.gaps.size(), 1U);
    EXPECT_EQ(refused.gaps.front().part, "who is eligible for groups that hold roles");
    EXPECT_THAT(refused.gaps.front().problem, HasSubstr("PrivilegedEligibilitySchedule.Read.AzureADGroup"));
    EXPECT_EQ(found(refused), told) << "what was known is known";
    const DirectoryReading blank = read();
    ASSERT_TRUE(blank.privileges) << "the rest of the part stands";
    const Directory directory{{}, {}, blank};
    EXPECT_EQ(directory.is_privileged(ada), Known::unresolved) << "he may be eligible for all we know";
}

}  // namespace
}  // namespace entrawatch::test
