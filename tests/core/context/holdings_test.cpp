#include "core/context/holdings.hpp"

#include <gtest/gtest.h>

#include "tests/core/context/privileges.hpp"

namespace entrawatch {
namespace {

using test::add;
using test::add_group;
using test::give;
using test::person;
using test::tier_0_role;

std::vector<std::string> words_of(const Privileges& privileges) {
    std::vector<std::string> words;
    for (const Holding& holding : holdings_of(privileges))
        words.push_back(way_in_words(holding, privileges.principals, "Global Administrator"));
    return words;
}

TEST(Holdings, SayWhoHoldsARoleAndWhoMayActivateIt) {
    Privileges privileges;
    add(privileges, person("ada"));
    give(privileges, "ada", tier_0_role);
    give(privileges, "bob", tier_0_role, true);
    EXPECT_EQ(words_of(privileges),
              (std::vector<std::string>{"ada@contoso.example holds Global Administrator",
                                        "bob is eligible for Global Administrator"}))
        << "an id stands for what has no name";
}

TEST(Holdings, FollowGroupsInsideGroupsAndNameTheWay) {
    Privileges privileges;
    add(privileges, person("ada"));
    add(privileges, person("olga"));
    add_group(privileges, "tier0", {{"inner"}, {"olga"}});
    add_group(privileges, "inner", {{"ada"}, {}});
    give(privileges, "tier0", tier_0_role);
    EXPECT_EQ(words_of(privileges),
              (std::vector<std::string>{
                  "group tier0 holds Global Administrator",
                  "group inner is a member of group tier0, which holds Global Administrator",
                  "ada@contoso.example is a member of group inner, in group tier0, which holds Global "
                  "Administrator",
                  "olga@contoso.example owns group tier0, which holds Global Administrator"}));
}

TEST(Holdings, EndWhereGroupsHoldEachOther) {
    Privileges privileges;
    add_group(privileges, "a", {{"b"}, {}});
    add_group(privileges, "b", {{"a", "ada"}, {}});
    give(privileges, "a", tier_0_role);
    const auto holdings = holdings_of(privileges);
    EXPECT_EQ(holdings.size(), 4U) << "a, b in a, a in b, ada in b";
    EXPECT_EQ(holdings.back().principal_id, "ada");
}

TEST(Holdings, StopAtTheDeepestNestingTheyFollow) {
    Privileges privileges;
    for (std::size_t i = 0; i < 2 * max_nesting; ++i)
        add_group(privileges, "g" + std::to_string(i), {{"g" + std::to_string(i + 1)}, {}});
    give(privileges, "g0", tier_0_role);
    const auto holdings = holdings_of(privileges);
    EXPECT_EQ(holdings.size(), max_nesting + 1);
    EXPECT_EQ(holdings.back().groups.size(), max_nesting);
}

TEST(Holdings, AreBoundedInNumber) {
    Privileges privileges;
    GroupPeople crowd;
    for (std::size_t i = 0; i < 60'000; ++i)
        crowd.members.push_back("m" + std::to_string(i));
    add_group(privileges, "crowd", crowd);
    give(privileges, "crowd", tier_0_role);
    give(privileges, "crowd", test::reader_role);
    EXPECT_EQ(holdings_of(privileges).size(), max_holdings);
}

TEST(Holdings, TellADirectoryWhoIsPrivileged) {
    DirectoryReading reading = test::sound_reading();
    add(*reading.privileges, person("ada"));
    add(*reading.privileges, person("harmless"));
    add_group(*reading.privileges, "tier0", {{"ada"}, {"olga"}});
    give(*reading.privileges, "tier0", tier_0_role, true);
    give(*reading.privileges, "harmless", test::harmless_role);
    reading.roles = {{std::string{test::harmless_role}, "Directory Readers", ""}};
    const Directory directory = test::directory_of(reading);
    EXPECT_EQ(directory.is_privileged("ADA"), Known::yes) << "may activate it, through a group";
    EXPECT_EQ(directory.is_privileged("olga"), Known::yes) << "an owner can make herself a member";
    EXPECT_EQ(directory.is_privileged("tier0"), Known::yes);
    EXPECT_EQ(directory.is_privileged("harmless"), Known::no);
    EXPECT_EQ(directory.is_privileged("somebody"), Known::no);
    EXPECT_EQ(directory.is_privileged(""), Known::unresolved);
    reading.privileges->eligible_known = false;
    EXPECT_EQ(test::directory_of(reading).is_privileged("somebody"), Known::unresolved)
        << "who is eligible could not be read";
    EXPECT_EQ(test::directory_of({}).is_privileged("ada"), Known::unresolved);
}

TEST(Holdings, KnowWhoMayBecomeAMemberOrAnOwner) {
    Privileges privileges;
    add(privileges, person("ada"));
    add_group(privileges, "tier0", {{}, {}, {"inner", "bob"}, {"olga"}});
    add_group(privileges, "inner", {{"ada"}, {}});
    give(privileges, "tier0", tier_0_role);
    EXPECT_EQ(words_of(privileges),
              (std::vector<std::string>{
                  "group tier0 holds Global Administrator",
                  "group inner is an eligible member of group tier0, which holds Global Administrator",
                  "ada@contoso.example is a member of group inner, an eligible member of group tier0, which "
                  "holds Global Administrator",
                  "bob is an eligible member of group tier0, which holds Global Administrator",
                  "olga is an eligible owner of group tier0, which holds Global Administrator"}));
    for (const Holding& holding : holdings_of(privileges))
        EXPECT_EQ(holding.eligible, holding.principal_id != "tier0") << holding.principal_id;
}

TEST(Holdings, TellAnOpenWayBesideAnEligibleOne) {
    Privileges privileges;
    add_group(privileges, "tier0", {{"outer", "inner"}, {}});
    add_group(privileges, "outer", {{}, {}, {"inner"}, {}});
    add_group(privileges, "inner", {{"ada"}, {}});
    give(privileges, "tier0", tier_0_role);
    const auto holdings = holdings_of(privileges);
    EXPECT_TRUE(std::ranges::any_of(
        holdings, [](const Holding& holding) { return holding.principal_id == "ada" && !holding.eligible; }));
}

}  // namespace
}  // namespace entrawatch
