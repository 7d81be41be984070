#include "core/differences/differences.hpp"

#include <gmock/gmock.h>

#include "core/base/text.hpp"
#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::row;
using test::told;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Differences, AreNoneWhereNothingWasChanged) {
    EXPECT_THAT(told(Event{}), IsEmpty());
    EXPECT_EQ(in_words(differences_of(Event{}, nullptr), 100), "");
}

TEST(Differences, NameWhatTheyAreOf) {
    const Differences differences = differences_of(row({{"AccountEnabled", "[false]", "[true]"}}), nullptr);
    ASSERT_EQ(differences.list.size(), 1U);
    const Difference& one = differences.list[0];
    EXPECT_EQ(one.property, "AccountEnabled");
    EXPECT_EQ(one.what, "account enabled");
    EXPECT_EQ(one.old_value, "no");
    EXPECT_EQ(one.new_value, "yes");
    EXPECT_EQ(one.text, "account enabled: no → yes");
}

TEST(Differences, ReadEveryOrderOfPropertiesAlike) {
    const test::Property state{"Settings", R"({"x":1})", R"({"x":2})"};
    const test::Property role{"Role.DisplayName", std::nullopt, R"("User Administrator")"};
    EXPECT_EQ(told(row({state, role})), told(row({role, state})));
}

TEST(Differences, SayNothingOfWhatIsNoChange) {
    EXPECT_THAT(told(row({{"Included Updated Properties", std::nullopt, R"("KeyDescription")"},
                          {"TargetId.ServicePrincipalNames", std::nullopt, R"("a;b")"},
                          {"RoleDefinitionOriginType", R"("")", R"("BuiltInRole")"},
                          {"AppRoleAssignment.CreatedDateTime", std::nullopt, R"("2026-01-01T00:00:00Z")"},
                          {"Same", R"("x")", R"("x")"}})),
                IsEmpty());
}

TEST(Differences, SayThatASecretWasWrittenOfWhichTheRecordShowsNothing) {
    EXPECT_THAT(
        told(row({{"Password", std::nullopt, std::nullopt}, {"Role.Id", std::nullopt, std::nullopt}})),
        ElementsAre("Password: named, without values"));
}

TEST(Differences, NeverShowASecret) {
    for (const auto& texts :
         {told("ClientSecret", R"("CANARY-1")", R"("CANARY-2")"), told("Password", R"("CANAR")", R"("Y")"),
          told("Password", R"("false")", R"("CANARY-1")"),
          told("Settings", R"([{"clientSecret":"CANARY-1"}])", R"([{"clientSecret":"CANARY-2"},{"a":1}])"),
          told("Settings", R"({"clientSecret":"CANARY-1)", R"({"clientSecret":"CANARY-2)")}) {
        EXPECT_THAT(joined(texts), Not(HasSubstr("CANAR")));
        EXPECT_THAT(joined(texts), HasSubstr("[redacted]"));
    }
    EXPECT_THAT(told("ForceChangePassword", R"("False")", R"("True")"),
                ElementsAre("ForceChangePassword: False → True"));
}

TEST(Differences, AreBoundedAndCountTheRest) {
    std::vector<test::Property> many;
    for (std::size_t i = 0; i < most_differences + 5; ++i)
        many.push_back({"P" + std::to_string(i), "[1]", "[2]"});
    const Differences differences = differences_of(row(many), nullptr);
    EXPECT_EQ(differences.list.size(), most_differences);
    EXPECT_EQ(differences.further, 5U);
    EXPECT_THAT(in_words(differences, 30), testing::StartsWith("P0: 1 → 2; P1: 1 → 2"));
    EXPECT_THAT(in_words(differences, 30), testing::EndsWith(" … and 33 further differences"));
}

TEST(Differences, CountTheValuesThatAreTooMany) {
    std::string users = "[";
    for (int i = 0; i < 25; ++i)
        users += (i == 0 ? "\"u" : ",\"u") + std::to_string(i) + "\"";
    const auto texts = told("ConditionalAccessPolicy", R"({"conditions":{"users":{"excludeUsers":[]}}})",
                            R"({"conditions":{"users":{"excludeUsers":)" + users + "]}}}");
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_THAT(texts[0], testing::StartsWith("excluded user: u0, u1, "));
    EXPECT_THAT(texts[0], testing::EndsWith(" and 15 more"));
}

TEST(Differences, AreOfBoundedLengthWhateverTheNamesAre) {
    const std::string name(5000, 'n');
    const std::string value(5000, 'v');
    const std::string sent = "{\"" + name + "\":[\"" + value + "1\",\"" + value + "2\"]}";
    const Differences differences = differences_of(row({{name, std::nullopt, sent}}), nullptr);
    ASSERT_EQ(differences.list.size(), 1U);
    EXPECT_LE(differences.list[0].what.size(), longest_what);
    EXPECT_LE(differences.list[0].new_value.size(), longest_side + 40);
    EXPECT_LE(differences.list[0].text.size(), longest_what + 2 * longest_side + 100);
}

TEST(Differences, SayThatAValueIsTooLargeToBeComparedInFull) {
    std::string large = R"({"a":[0)";
    for (int i = 0; i < 30'000; ++i)
        large += "," + std::to_string(i);
    const auto texts = told("Settings", R"({"a":[0]})", large + "]}");
    EXPECT_THAT(texts,
                testing::Contains("Settings: too large to be compared in full; the record has all of it"));
}

TEST(Differences, SurviveTextThatIsNoText) {
    const auto texts = told("\xff\xfe", "\xc3\x28", R"("\ud800")");
    for (const std::string& text : texts)
        EXPECT_TRUE(is_valid_utf8(text));
}

}  // namespace
}  // namespace entrawatch
