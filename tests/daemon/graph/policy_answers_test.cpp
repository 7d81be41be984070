#include "daemon/graph/policy_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<AccessPolicy> policy(const std::string& text) {
    JsonReader reader;
    return policy_in(*reader.parse(text));
}

// A policy for all users that blocks, with these conditions besides.
std::vector<std::string> narrowed_by(const std::string& conditions) {
    return policy(R"({"id":"P","state":"enabled","conditions":{)" + conditions +
                  R"(},"grantControls":{"operator":"OR","builtInControls":["block"]}})")
        .value()
        .only_when;
}

TEST(PolicyAnswers, TakeWhatIsInForceAndDemandsSomething) {
    const std::string grant = R"("grantControls":{"operator":"AND","builtInControls":["mfa"],)"
                              R"("authenticationStrength":{"id":"s"},"termsOfUse":["t"],)"
                              R"("customAuthenticationFactors":["f"]})";
    const auto found = policy(R"({"id":"P1","displayName":"All","state":"enabled",)" + grant + "}");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, "p1");
    EXPECT_EQ(found->name, "All");
    EXPECT_FALSE(found->one_is_enough);
    EXPECT_THAT(found->controls,
                ElementsAre("mfa", "authenticationStrength", "termsOfUse", "customAuthenticationFactor"));
    EXPECT_FALSE(policy(R"({"id":"P","state":"disabled",)" + grant + "}"));
    EXPECT_FALSE(policy(R"({"id":"P","state":"enabledForReportingButNotEnforced",)" + grant + "}"));
    EXPECT_FALSE(policy(R"({"id":"P","state":"enabled","grantControls":null,"sessionControls":{}})"));
    EXPECT_FALSE(policy(R"({"state":"enabled",)" + grant + "}")) << "it has no id";
}

TEST(PolicyAnswers, ReadWhomItIsFor) {
    const auto found = policy(
        R"({"id":"P","state":"enabled","grantControls":{"builtInControls":["block"]},"conditions":{"users":{)"
        R"("includeUsers":["All","ABC"],"includeGroups":["G"],"includeRoles":["R"],"excludeUsers":["X"],)"
        R"("excludeGroups":["Y"],"excludeRoles":["Z"],"includeGuestsOrExternalUsers":{"a":1},)"
        R"("excludeGuestsOrExternalUsers":{"a":1}}}})");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->include, (PolicyPeople{{"all", "abc", "guestsorexternalusers"}, {"g"}, {"r"}}));
    EXPECT_EQ(found->exclude, (PolicyPeople{{"x"}, {"y"}, {"z"}}));
}

TEST(PolicyAnswers, TellWhatNarrowsIt) {
    EXPECT_THAT(narrowed_by(R"("clientAppTypes":["exchangeActiveSync","other"])"),
                ElementsAre("the client applications exchangeActiveSync, other"));
    EXPECT_THAT(narrowed_by(R"("applications":{"includeApplications":["a","b"]})"),
                ElementsAre("the applications a, b"));
    EXPECT_THAT(
        narrowed_by(R"("applications":{"includeApplications":[],"includeUserActions":["urn:user:x"]})"),
        ElementsAre("the user actions urn:user:x"));
    EXPECT_THAT(narrowed_by(R"("locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]})"),
                ElementsAre("the locations other than AllTrusted"));
    EXPECT_THAT(narrowed_by(R"("platforms":{"includePlatforms":["android"],"excludePlatforms":["iOS"]})"),
                ElementsAre("the platforms android but not iOS"));
    EXPECT_THAT(narrowed_by(R"("signInRiskLevels":["high"],"userRiskLevels":["high","medium"])"),
                ElementsAre("sign-ins of the risk high", "users of the risk high, medium"));
    EXPECT_THAT(narrowed_by(R"("devices":{"deviceFilter":{"mode":"include","rule":"device.x -eq 1"}})"),
                ElementsAre("devices by a filter (include: device.x -eq 1)"));
    EXPECT_THAT(narrowed_by(R"("authenticationFlows":{"transferMethods":"deviceCodeFlow"})"),
                ElementsAre("the authentication flows deviceCodeFlow"));
    EXPECT_THAT(narrowed_by(R"("applications":{"includeApplications":["1","2","3","4","5","6","7"]})"),
                ElementsAre("the applications 1, 2, 3, 4, 5, and 2 more"));
}

TEST(PolicyAnswers, TakeWhatAnAdministratorNeedsForEverything) {
    EXPECT_THAT(narrowed_by(R"("clientAppTypes":["all"],"applications":{"includeApplications":["All"]})"),
                IsEmpty());
    EXPECT_THAT(narrowed_by(R"("clientAppTypes":["browser"],)"
                            R"("applications":{"includeApplications":["x","MicrosoftAdminPortals"]})"),
                IsEmpty());
    EXPECT_THAT(narrowed_by(R"("locations":{"includeLocations":["All"],"excludeLocations":[]},)"
                            R"("platforms":null,"devices":null,"signInRiskLevels":[])"),
                IsEmpty());
}

TEST(PolicyAnswers, SurviveWhatIsNoPolicy) {
    for (const char* text :
         {"[]", "7", "null", "{}", R"({"state":7})", R"({"id":"P","state":"enabled","grantControls":7})",
          R"({"id":"P","state":"enabled","grantControls":{"builtInControls":{"block":1}}})"})
        EXPECT_FALSE(policy(text)) << text;
    const auto odd = policy(
        R"({"id":"P","state":"enabled","grantControls":{"builtInControls":["block",7,null]},)"
        R"("conditions":{"users":[],"applications":7,"locations":[1],"devices":{"deviceFilter":"x"}}})");
    ASSERT_TRUE(odd);
    EXPECT_THAT(odd->controls, ElementsAre("block"));
    EXPECT_EQ(odd->include, PolicyPeople{});
    EXPECT_THAT(odd->only_when, IsEmpty());
}

std::optional<NamedLocation> location(const std::string& text) {
    JsonReader reader;
    return location_in(*reader.parse(text));
}

TEST(PolicyAnswers, ReadNamedLocationsOfBothKinds) {
    const auto addresses = location(
        R"({"@odata.type":"#microsoft.graph.ipNamedLocation","id":"L1","displayName":"Office","isTrusted":true,)"
        R"("ipRanges":[{"cidrAddress":"203.0.113.0/24"},{"cidrAddress":"10.0.0.0/8"}]})");
    ASSERT_TRUE(addresses);
    EXPECT_EQ(*addresses, (NamedLocation{"l1", "Office", true, {"10.0.0.0/8", "203.0.113.0/24"}, {}, false}));
    const auto countries =
        location(R"({"id":"L2","countriesAndRegions":["NO","GB"],"includeUnknownCountriesAndRegions":true})");
    ASSERT_TRUE(countries);
    EXPECT_EQ(*countries, (NamedLocation{"l2", "", false, {}, {"GB", "NO"}, true}));
    EXPECT_FALSE(location(R"({"displayName":"no id"})"));
    const auto odd = location(R"({"id":"L","isTrusted":"yes","ipRanges":[7,{"cidrAddress":1},[]],)"
                              R"("countriesAndRegions":"NO"})");
    ASSERT_TRUE(odd);
    EXPECT_EQ(*odd, (NamedLocation{"l", "", false, {}, {}, false}));
}

}  // namespace
}  // namespace entrawatch::graph
