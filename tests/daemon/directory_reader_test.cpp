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
    ASSERT_EQ(reading.gaps.size(), 1U);
    EXPECT_EQ(reading.gaps.front().part, "Conditional Access policies");
    EXPECT_THAT(reading.gaps.front().problem, HasSubstr("Policy.Read.All"));
    EXPECT_EQ(reading.policies, before.policies);
    EXPECT_EQ(reading_from_json(to_json(reading))->gaps, reading.gaps) << "other processes are told";
}

TEST_F(DirectoryReads, LeavePoliciesAloneWhereNobodyIsToBeLookedAfter) {
    runtime().settings.emergency_accounts.clear();
    const DirectoryReading reading = read();
    EXPECT_FALSE(reading.policies);
    EXPECT_THAT(reading.gaps, IsEmpty());
    for (const std::string& target : asked)
        EXPECT_THAT(target, ::testing::Not(HasSubstr("conditionalAccess")));
}

}  // namespace
}  // namespace entrawatch::test
