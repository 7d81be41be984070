#include "daemon/principal_lookup.hpp"

#include <gmock/gmock.h>

#include "tests/daemon/directory_world.hpp"

namespace entrawatch::test {
namespace {

class PrincipalLookups : public DirectoryWorld {
  protected:
    LookedUpPrincipals look_up(std::set<std::string> ids) {
        return *run(io(), lookup_.look_up(std::move(ids)));
    }
    const simulator::Cast& who = simulator::cast();

  private:
    PrincipalLookup lookup_{runtime()};
};

TEST_F(PrincipalLookups, SayWhoTheyAreWhateverTheirKind) {
    const std::string nobody = "99999999-0000-4000-8000-000000000009";
    const auto found = look_up({who.intruder.id, who.helpdesk.id, who.pipeline.id, nobody});
    ASSERT_EQ(found.size(), 3U);
    const Principal& person = found.at(who.intruder.id).principal;
    EXPECT_EQ(person.name, who.intruder.principal_name);
    EXPECT_EQ(person.synced, Known::yes);
    EXPECT_EQ(person.external, Known::no);
    EXPECT_EQ(found.at(who.helpdesk.id).principal.kind, "group");
    EXPECT_EQ(found.at(who.helpdesk.id).principal.name, who.helpdesk.name);
    EXPECT_EQ(found.at(who.pipeline.id).principal.kind, "serviceprincipal");
    EXPECT_EQ(asked.size(), 1U) << "one request for all";
    look_up({who.intruder.id, nobody});
    EXPECT_EQ(asked.size(), 1U) << "what was answered is remembered, that there is nobody too";
}

TEST_F(PrincipalLookups, LeaveThemUnknownWhereGraphRefusesAndAskNoMoreForAWhile) {
    tenant.options().granted.erase("Directory.Read.All");
    EXPECT_TRUE(look_up({who.intruder.id}).empty());
    const std::size_t once = asked.size();
    EXPECT_EQ(once, 1U);
    EXPECT_TRUE(look_up({who.intruder.id}).empty());
    EXPECT_EQ(asked.size(), once);
    tenant.options().granted.insert("Directory.Read.All");
    tenant.revoke_tokens();
    LookedUpPrincipals found;
    for (int looks = 0; looks < 100 && found.empty(); ++looks)
        found = look_up({who.intruder.id});
    EXPECT_EQ(found.size(), 1U) << "a minute later it is asked again";
}

}  // namespace
}  // namespace entrawatch::test
