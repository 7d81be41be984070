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
    DirectoryReading reading;
    reading.roles = {{std::string{records::global_administrator}, "Chef", ""}};
    const Event renamed = enriched(records::role_added(), known_accounts(reading));
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
    DirectoryReading reading;
    reading.ms_pim_id = records::ms_pim_id;
    const Directory read = known_accounts(reading);
    EXPECT_EQ(enriched(records::role_added(change), read).context.actor_is_ms_pim, Known::yes);
    EXPECT_EQ(enriched(records::role_added(change)).context.actor_is_ms_pim, Known::unresolved);
    change.initiator = records::app_initiator(records::deploy_app_id, "MS-PIM");
    EXPECT_EQ(enriched(records::role_added(change), read).context.actor_is_ms_pim, Known::no);
}

TEST(Enrich, SaysWhoIsPrivilegedAndMasteredWhere) {
    DirectoryReading reading;
    reading.privileges.emplace();
    reading.privileges->eligible_known = reading.privileges->group_eligible_known = true;
    const std::string bob{records::bob_id};
    reading.privileges->assignments = {{bob, std::string{records::global_administrator}, "/", false, false}};
    reading.privileges->principals = {{bob, {bob, "user", "bob", Known::yes, Known::yes, Known::no}}};
    const Directory read = known_accounts(reading);
    records::RoleChange change;
    const Event to_bob = enriched(records::role_added(change), read);
    EXPECT_EQ(to_bob.context.target_is_privileged, Known::yes);
    EXPECT_EQ(to_bob.context.target_is_synced, Known::yes);
    EXPECT_EQ(to_bob.context.target_is_external, Known::no);
    EXPECT_EQ(to_bob.context.actor_is_privileged, Known::no) << "alice is in no reading of who holds roles";
    EXPECT_EQ(to_bob.context.actor_is_synced, Known::unresolved) << "and where she is from was not asked";
    EXPECT_EQ(to_bob.context.group_is_privileged, Known::unresolved) << "no group is named";
    records::SignIn sign_in;
    sign_in.principal_id = records::bob_id;
    const Event by_bob = enriched(FeedId::sign_ins_interactive, sign_in.json(), read);
    EXPECT_EQ(by_bob.context.actor_is_privileged, Known::yes);
    EXPECT_EQ(by_bob.context.actor_is_synced, Known::yes);
    EXPECT_EQ(enriched(records::role_added(change)).context.target_is_privileged, Known::unresolved);
}

TEST(Enrich, TakesOnePrivilegedTargetForEnoughAndOneUnknownForDoubt) {
    DirectoryReading reading;
    reading.privileges.emplace();
    reading.privileges->eligible_known = reading.privileges->group_eligible_known = true;
    reading.privileges->assignments = {{"g1", std::string{records::global_administrator}, "/", false, false}};
    reading.privileges->principals = {
        {"g1", {"g1", "group", "Tier 0", Known::unresolved, Known::no, Known::no}}};
    const Directory read = known_accounts(reading);
    Event event;
    event.targets = {{"user", "u1", "somebody"}, {"group", "G1", "Tier 0"}};
    enrich(event, read);
    EXPECT_EQ(event.context.target_is_privileged, Known::yes);
    EXPECT_EQ(event.context.group_is_privileged, Known::yes);
    EXPECT_EQ(event.context.target_is_synced, Known::unresolved) << "of the user it is not known";
    event.targets = {{"group", "g1", "Tier 0"}, {"policy", "p", ""}};
    enrich(event, read);
    EXPECT_EQ(event.context.target_is_synced, Known::no) << "policies are mastered nowhere";
    event.targets = {{"group", "g2", "Cycling"}};
    enrich(event, read);
    EXPECT_EQ(event.context.group_is_privileged, Known::no);
}

TEST(Enrich, ReplacesWhatAnEarlierReadingSaid) {
    Event event;
    event.context.role_tier = "critical";
    event.context.target_is_emergency = Known::yes;
    enrich(event, known_accounts());
    EXPECT_EQ(event.context.role_tier, "");
    EXPECT_EQ(event.context.target_is_emergency, Known::no);
}

TEST(Enrich, CallsNobodyOrdinaryWhoMayBeEligibleForAGroup) {
    DirectoryReading reading;
    reading.privileges.emplace();
    reading.privileges->eligible_known = true;
    const Event event = enriched(records::role_added({}), known_accounts(reading));
    EXPECT_EQ(event.context.target_is_privileged, Known::unresolved);
}

TEST(Enrich, SaysFromWhichNamedLocation) {
    DirectoryReading reading;
    reading.locations = {{"l1", "Head office", true, {"192.0.2.0/24"}, {}, false},
                         {"l2", "Home", false, {}, {"GB"}, false}};
    const Directory read = known_accounts(reading);
    Event event;
    event.actor.ip = "192.0.2.9";
    enrich(event, read);
    EXPECT_EQ(event.context.actor_at_trusted_location, Known::yes);
    EXPECT_EQ(event.context.actor_named_location, "Head office");
    event.actor.ip = "203.0.113.9";
    event.location = "London, England, GB";
    enrich(event, read);
    EXPECT_EQ(event.context.actor_at_trusted_location, Known::no);
    EXPECT_EQ(event.context.actor_named_location, "Home");
    enrich(event, known_accounts());
    EXPECT_EQ(event.context.actor_at_trusted_location, Known::unresolved);
    EXPECT_EQ(event.context.actor_named_location, "");
}

TEST(Enrich, TakesWhatWasLookedUpWhereTheReadingIsSilent) {
    const std::string bob{records::bob_id};
    const Instant read_at = *parse_iso("2026-11-22T10:00:00Z");
    const Instant earlier = read_at - std::chrono::minutes{30};
    DirectoryReading reading;
    reading.read_at = read_at;
    auto looked_up = std::make_shared<LookedUpPrincipals>();
    looked_up->emplace(bob, LookedUp{{bob, "user", "bob", Known::yes, Known::yes, Known::no}, earlier});
    const Directory known = known_accounts(reading).with(looked_up);
    const Event event = enriched(records::role_added({}), known);
    EXPECT_EQ(event.context.target_is_synced, Known::yes);
    EXPECT_EQ(event.context.target_is_external, Known::no);
    EXPECT_EQ(event.context.target_is_privileged, Known::unresolved) << "nobody read who holds roles";
    EXPECT_EQ(event.context.directory_read_at, earlier) << "as old as the oldest of what was used";
    Event of_others;
    enrich(of_others, known);
    EXPECT_EQ(of_others.context.directory_read_at, read_at);
    enrich(of_others, known_accounts());
    EXPECT_EQ(of_others.context.directory_read_at, std::nullopt) << "nothing was read";
}

TEST(Enrich, CountsTheAgeOfAPartFromItsLastSuccess) {
    const Instant read_at = *parse_iso("2026-11-22T10:00:00Z");
    DirectoryReading reading;
    reading.read_at = read_at;
    reading.parts_read_at = {{"who holds which role", read_at - std::chrono::hours{9}},
                             {"domains", read_at - std::chrono::hours{20}}};
    EXPECT_EQ(known_accounts(reading).read_at(), read_at - std::chrono::hours{9})
        << "no fact about an event rests on domains";
}

}  // namespace
}  // namespace entrawatch
