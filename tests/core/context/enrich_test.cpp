#include "core/context/enrich.hpp"

#include <gtest/gtest.h>

#include "core/event/normalize.hpp"
#include "tests/support/records.hpp"

namespace entrawatch {
namespace {

Directory known_accounts(DirectoryReading reading = {}) {
    return Directory{{{std::string{records::bob_id}, "Emergency one"}},
                     {{std::string{records::global_administrator}, "Global Administrator", "critical"}},
                     std::move(reading)};
}

Event enriched(FeedId feed, const std::string& record, const Directory& known = known_accounts()) {
    JsonReader reader;
    Result<Event> event = normalize(feed_of(feed), *reader.parse(record));
    EXPECT_TRUE(event);
    if (!event) return {};
    enrich(*event, known);
    return *event;
}
Event enriched(const records::Audit& audit, const Directory& known = known_accounts()) {
    return enriched(FeedId::directory_audits, audit.json(), known);
}

TEST(Enrich, FindsAnEmergencyAccountAmongTheTargets) {
    const Event event = enriched(records::pim_echo());
    EXPECT_EQ(event.context.target_is_emergency, Known::yes);
    EXPECT_EQ(event.context.actor_is_emergency, Known::no);
    EXPECT_EQ(event.context.emergency_name, "Emergency one");
}

TEST(Enrich, FindsAnEmergencyAccountThatActs) {
    records::RoleChange change;
    change.initiator = records::user_initiator(records::bob_id, records::bob_name);
    change.principal_id = records::alice_id;
    const Event event = enriched(records::role_added(change));
    EXPECT_EQ(event.context.actor_is_emergency, Known::yes);
    EXPECT_EQ(event.context.target_is_emergency, Known::no);
}

TEST(Enrich, FindsAnEmergencyAccountThatSignsIn) {
    records::SignIn sign_in;
    sign_in.principal_id = records::bob_id;
    EXPECT_EQ(enriched(FeedId::sign_ins_interactive, sign_in.json()).context.actor_is_emergency, Known::yes);
    sign_in.principal_id = records::alice_id;
    const Event event = enriched(FeedId::sign_ins_interactive, sign_in.json());
    EXPECT_EQ(event.context.actor_is_emergency, Known::no);
    EXPECT_EQ(event.context.emergency_name, "");
}

TEST(Enrich, DoesNotTakeAnAppWithTheAccountsNameForIt) {
    records::RoleChange change;
    change.initiator = records::app_initiator("", "Emergency one");
    change.principal_id = records::alice_id;
    EXPECT_EQ(enriched(records::role_added(change)).context.actor_is_emergency, Known::no);
}

TEST(Enrich, NamesTierAndPresentNameOfTheRole) {
    EXPECT_EQ(enriched(records::role_added()).context.role_tier, "critical");
    const Event renamed =
        enriched(records::role_added(),
                 known_accounts({{}, {{std::string{records::global_administrator}, "Chef", ""}}, {}}));
    EXPECT_EQ(renamed.context.role_name, "Chef");
    EXPECT_EQ(renamed.context.role_tier, "critical");
}

TEST(Enrich, LeavesTheTierOpenWhereTheRoleIsNotKnown) {
    records::RoleChange change;
    change.template_id = "00000000-0000-4000-8000-00000000cccc";
    change.role_name = "Global Administrator";
    const Event event = enriched(records::role_added(change));
    EXPECT_EQ(event.context.role_tier, "") << "a name decides nothing";
    EXPECT_EQ(event.context.role_name, "Global Administrator");
}

TEST(Enrich, SaysWhetherMsPimActedAndWhenItCannot) {
    records::RoleChange change;
    change.initiator = records::app_initiator(records::ms_pim_id, "MS-PIM");
    const Directory read = known_accounts({std::string{records::ms_pim_id}, {}, {}});
    EXPECT_EQ(enriched(records::role_added(change), read).context.actor_is_ms_pim, Known::yes);
    EXPECT_EQ(enriched(records::role_added(change)).context.actor_is_ms_pim, Known::unresolved);
    change.initiator = records::app_initiator(records::deploy_app_id, "MS-PIM");
    EXPECT_EQ(enriched(records::role_added(change), read).context.actor_is_ms_pim, Known::no);
}

TEST(Enrich, ReplacesWhatAnEarlierReadingSaid) {
    Event event;
    event.context.role_tier = "critical";
    event.context.target_is_emergency = Known::yes;
    enrich(event, known_accounts());
    EXPECT_EQ(event.context.role_tier, "");
    EXPECT_EQ(event.context.target_is_emergency, Known::no);
}

}  // namespace
}  // namespace entrawatch
