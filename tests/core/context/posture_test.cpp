#include "core/context/posture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/page.hpp"
#include "tests/core/context/privileges.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using test::add;
using test::add_group;
using test::give;
using test::person;
using test::sound_reading;
using test::tier_0_role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A tenant whose directory is read again and again.
class PostureTest : public ::testing::Test {
  protected:
    // The events that come of the reading, as the rules see them.
    std::vector<Event> read(DirectoryReading reading, Instant now = noon) {
        reading.open = before_.open;
        const Directory directory = test::directory_of(reading);
        Posture posture = judge_posture(directory, before_, now);
        before_ = std::move(reading);
        before_.open = std::move(posture.open);
        // Between two readings the store keeps it.
        before_ = *reading_from_json(to_json(before_));
        page_ = *split_page(posture_page(posture.records));
        std::vector<Event> events;
        for (const std::string_view record : page_.records) {
            Result<Event> event = normalize(feed_of(FeedId::posture), *reader_.parse(record));
            EXPECT_TRUE(event) << record;
            if (!event) continue;
            enrich(*event, directory);
            events.push_back(std::move(*event));
        }
        return events;
    }
    std::vector<std::string> told(DirectoryReading reading, Instant now = noon) {
        std::vector<std::string> lines;
        for (const Event& event : read(std::move(reading), now))
            lines.push_back(event.activity + ": " + event.reason);
        return lines;
    }
    [[nodiscard]] std::string raw(std::size_t record) const { return std::string{page_.records.at(record)}; }

    static DirectoryReading with_synced_admin() {
        DirectoryReading reading = sound_reading();
        add(*reading.privileges, person("ada", Known::yes));
        give(*reading.privileges, "ada", tier_0_role);
        return reading;
    }

    DirectoryReading before_;
    JsonReader reader_;
    Page page_;
};

TEST_F(PostureTest, IsSilentAboutATenantAsItShouldBe) {
    EXPECT_THAT(told(sound_reading()), IsEmpty());
}

TEST_F(PostureTest, SaysNothingOfWhatWasNotRead) {
    EXPECT_THAT(told({}), IsEmpty());
}

TEST_F(PostureTest, TellsOfASyncedAccountWithAPrivilegedRole) {
    const auto events = read(with_synced_admin());
    ASSERT_EQ(events.size(), 1U);
    const Event& event = events.front();
    EXPECT_EQ(event.activity, "Privileged role held from on-premises");
    EXPECT_EQ(event.reason, "ada@contoso.example holds Global Administrator");
    EXPECT_EQ(event.time, noon);
    EXPECT_EQ(event.actor.kind, ActorKind::unknown) << "a state has no actor";
    ASSERT_FALSE(event.targets.empty());
    EXPECT_EQ(event.targets.front().id, "ada");
    EXPECT_EQ(event.targets.front().kind, "user");
    ASSERT_TRUE(event.role);
    EXPECT_EQ(event.role->template_id, tier_0_role);
    EXPECT_EQ(event.context.role_tier, "critical");
    EXPECT_EQ(event.context.target_is_synced, Known::yes);
    EXPECT_EQ(event.context.target_is_privileged, Known::yes);
}

TEST_F(PostureTest, TellsOfItOnceForAsLongAsItLasts) {
    EXPECT_EQ(told(with_synced_admin()).size(), 1U);
    EXPECT_THAT(told(with_synced_admin(), noon + hours{1}), IsEmpty());
}

TEST_F(PostureTest, RevisesTheRecordWhenItEndsAndBeginsAnotherWhenItComesBack) {
    const auto opened = read(with_synced_admin());
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_NE(raw(0).find(R"("value":"open")"), std::string::npos);
    const auto closed = read(sound_reading(), noon + hours{1});
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed.front().id, opened.front().id);
    EXPECT_EQ(closed.front().time, opened.front().time);
    EXPECT_NE(raw(0).find(R"("value":"closed")"), std::string::npos);
    EXPECT_EQ(raw(0).find(R"("value":"open")"), std::string::npos);
    EXPECT_NE(raw(0).find("2026-11-22T13:00:00Z"), std::string::npos) << raw(0);
    const auto again = read(with_synced_admin(), noon + hours{2});
    ASSERT_EQ(again.size(), 1U);
    EXPECT_NE(again.front().id, opened.front().id);
}

TEST_F(PostureTest, ClosesNothingBecauseAPartCouldNotBeRead) {
    EXPECT_EQ(told(with_synced_admin()).size(), 1U);
    DirectoryReading refused = with_synced_admin();
    refused.privileges.reset();
    EXPECT_THAT(told(refused, noon + hours{1}), IsEmpty());
    EXPECT_THAT(told(with_synced_admin(), noon + hours{2}), IsEmpty()) << "it was open all the time";
}

TEST_F(PostureTest, NamesTheWayThroughGroupsAndOwnership) {
    DirectoryReading reading = sound_reading();
    add(*reading.privileges, person("ada", Known::yes));
    add(*reading.privileges, person("olga", Known::yes));
    add_group(*reading.privileges, "tier0", {{"inner"}, {"olga"}});
    add_group(*reading.privileges, "inner", {{"ada"}, {}});
    give(*reading.privileges, "tier0", tier_0_role, true);
    EXPECT_THAT(
        told(reading),
        UnorderedElementsAre("Privileged role held from on-premises: ada@contoso.example is a member of "
                             "group inner, in group tier0, which is eligible for Global Administrator",
                             "Privileged role held from on-premises: olga@contoso.example owns group "
                             "tier0, which is eligible for Global Administrator; an owner can make "
                             "anybody a member"));
}

TEST_F(PostureTest, TellsOfGuestsAndForeignApplicationsAndOfSyncedGroups) {
    DirectoryReading reading = sound_reading();
    add(*reading.privileges, person("guest", Known::no, Known::yes));
    add(*reading.privileges, {"app", "serviceprincipal", "Partner", Known::yes, Known::no, Known::yes});
    add(*reading.privileges, {"group", "group", "From AD", Known::unresolved, Known::yes, Known::no});
    for (const char* id : {"guest", "app", "group"})
        give(*reading.privileges, id, test::reader_role);
    EXPECT_THAT(
        told(reading),
        UnorderedElementsAre("Privileged role held by guest: guest@contoso.example holds Security Reader",
                             "Privileged role held by foreign application: Partner holds Security Reader",
                             "Privileged role held from on-premises: From AD holds Security Reader"));
}

TEST_F(PostureTest, CountsInOneFactWhatIsTooMuchToList) {
    DirectoryReading reading = sound_reading();
    GroupPeople crowd;
    for (std::size_t i = 0; i < 5'003; ++i) {
        const std::string id = "p" + std::to_string(i);
        add(*reading.privileges, person(id, Known::yes));
        crowd.members.push_back(id);
    }
    add_group(*reading.privileges, "crowd", crowd);
    give(*reading.privileges, "crowd", tier_0_role);
    const auto events = read(reading);
    ASSERT_EQ(events.size(), 5'001U);
    EXPECT_NE(events.back().reason.find("more than 5000 accounts"), std::string::npos);
}

TEST_F(PostureTest, LeavesRolesOfTheLowTierAloneAndTakesUnknownOnesForPrivileged) {
    DirectoryReading reading = sound_reading();
    reading.roles = {{std::string{test::harmless_role}, "Directory Readers", ""}};
    add(*reading.privileges, person("ada", Known::yes));
    give(*reading.privileges, "ada", test::harmless_role);
    EXPECT_THAT(told(reading), IsEmpty());
    give(*reading.privileges, "ada", "00000000-0000-4000-8000-00000000c057");
    EXPECT_EQ(told(reading).size(), 1U);
}

TEST_F(PostureTest, LooksAfterTheEmergencyAccounts) {
    DirectoryReading reading = sound_reading();
    Principal& first = reading.emergency->at(std::string{test::first_glass});
    first.enabled = Known::no;
    first.synced = Known::yes;
    first.name = "glass1@contoso.example";
    EXPECT_THAT(
        told(reading),
        UnorderedElementsAre(
            "Emergency account disabled: glass1 is disabled: nobody can sign in with it",
            "Emergency account synced: glass1 is synced from on-premises: whoever holds the on-premises "
            "directory holds it",
            "Emergency account in a custom domain: glass1 is not of the initial domain (*.onmicrosoft.com): "
            "a "
            "federated or lost domain locks it out",
            "Too few emergency accounts: only 1 of the emergency accounts in the settings can be used; "
            "Microsoft asks for two"));
}

TEST_F(PostureTest, MissesAnEmergencyAccountThatIsGone) {
    DirectoryReading reading = sound_reading();
    reading.emergency->erase(std::string{test::second_glass});
    EXPECT_THAT(told(reading), UnorderedElementsAre(
                                   "Emergency account missing: the directory has no account with the object "
                                   "id " +
                                       std::string{test::second_glass},
                                   "Too few emergency accounts: only 1 of the emergency accounts in the "
                                   "settings can be used; Microsoft asks for two"));
}

TEST_F(PostureTest, WantsEmergencyAccountsToBeGlobalAdministratorsForGood) {
    const std::vector<std::string> lost{
        "Emergency account without permanent Global Administrator: glass2 does not hold Global Administrator "
        "permanently"};
    for (const auto& spoil : std::vector<std::function<void(RoleAssignment&)>>{
             [](RoleAssignment& a) { a.eligible = true; }, [](RoleAssignment& a) { a.temporary = true; },
             [](RoleAssignment& a) { a.scope = "/administrativeUnits/1"; },
             [](RoleAssignment& a) { a.role_id = test::reader_role; }}) {
        before_ = {};
        DirectoryReading reading = sound_reading();
        spoil(reading.privileges->assignments.at(1));
        EXPECT_EQ(told(reading), lost);
    }
}

TEST_F(PostureTest, TellsOfSynchronisationThatIsLateAndAgainWhenItIsDead) {
    DirectoryReading reading = sound_reading();
    reading.sync = SyncState{"tenant", "Contoso", true, noon - hours{3}};
    EXPECT_THAT(told(reading), IsEmpty()) << "three hours are not more than three hours";
    EXPECT_THAT(
        told(reading, noon + std::chrono::minutes{1}),
        ElementsAre("Directory synchronisation overdue: the last synchronisation with on-premises ended "
                    "at 2026-11-22T09:00:00Z, more than 3 h before"));
    EXPECT_EQ(told(reading, noon + hours{22}).size(), 1U);
    reading.sync->last_sync = noon + hours{23};
    EXPECT_EQ(told(reading, noon + hours{23}).size(), 2U) << "both are closed";
    reading.sync = SyncState{"tenant", "Contoso", false, noon - hours{999}};
    EXPECT_THAT(told(reading, noon + hours{24}), IsEmpty()) << "a tenant that synchronises nothing";
}

TEST_F(PostureTest, ComparesDomainsWithTheReadingBefore) {
    DirectoryReading reading = sound_reading();
    reading.domains = {{"contoso.example", "Managed", true, {}}, {"old.example", "Managed", true, {}}};
    EXPECT_THAT(told(reading), IsEmpty()) << "the first reading has nothing to compare with";
    reading.domains = {{"contoso.example", "Federated", true, {}}, {"new.example", "Managed", false, {}}};
    EXPECT_THAT(told(reading, noon + hours{1}),
                UnorderedElementsAre(
                    "Domain authentication changed: contoso.example was Managed and is Federated now",
                    "Domain added: the domain new.example was added (Managed, not verified)",
                    "Domain removed: the domain old.example was removed"));
    EXPECT_THAT(told(reading, noon + hours{2}), IsEmpty());
    reading.domains->at(1).verified = true;
    EXPECT_THAT(told(reading, noon + hours{3}), ElementsAre("Domain verified: new.example was verified"));
}

TEST_F(PostureTest, ShowsWhatChangedInAFederation) {
    DirectoryReading reading = sound_reading();
    reading.domains = {
        {"contoso.example", "Federated", true, {{{"issuerUri", "a"}, {"signingCertificate", "1"}}}}};
    EXPECT_THAT(told(reading), IsEmpty());
    reading.domains->front().federation = {
        {"issuerUri", "a"}, {"signingCertificate", "2"}, {"signOutUri", "x"}};
    const auto events = read(reading, noon + hours{1});
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().activity, "Federation settings changed");
    ASSERT_EQ(events.front().changes.size(), 2U);
    EXPECT_EQ(events.front().changes.front().property, "signingCertificate");
    reading.domains->front().federation.reset();
    EXPECT_THAT(told(reading, noon + hours{2}), IsEmpty()) << "refused is not changed";
}

TEST_F(PostureTest, WatchesItsOwnApplication) {
    DirectoryReading reading = sound_reading();
    reading.own.emplace();
    reading.own->service_principal_id = "me";
    reading.own->credentials = {{"k1", "daemon", "secret", noon + hours{24 * 90}}};
    reading.own->permission_ids = {"read-audits"};
    EXPECT_THAT(told(reading), IsEmpty());
    reading.own->credentials.push_back({"k2", "", "certificate", std::nullopt});
    reading.own->owners = {"mallory"};
    reading.own->permission_ids = {"write-all"};
    EXPECT_THAT(
        told(reading, noon + hours{1}),
        ElementsAre("Entrawatch credential added: Entrawatch's application has a new certificate k2",
                    "Entrawatch owner added: mallory is an owner of Entrawatch's application now, and "
                    "can give it credentials",
                    "Entrawatch permission added: Entrawatch's application was granted the application "
                    "role write-all",
                    "Entrawatch permission removed: Entrawatch's application lost the application role "
                    "read-audits: what it was for is not seen any more"));
    reading.own->enabled = false;
    reading.own->credentials.pop_back();
    EXPECT_THAT(
        told(reading, noon + hours{24 * 70}),
        UnorderedElementsAre("Entrawatch disabled: the service principal of Entrawatch is disabled: it "
                             "will not get another token",
                             "Entrawatch credential ends soon: the secret daemon of Entrawatch ends at "
                             "2027-02-20T12:00:00Z",
                             "Entrawatch credential removed: the certificate k2 of Entrawatch's "
                             "application is gone"));
}

TEST_F(PostureTest, TellsOfTheEndOfItsOwnCredentialThreeTimes) {
    const auto end = noon + hours{24 * 100};
    DirectoryReading reading = sound_reading();
    reading.own.emplace();
    reading.own->service_principal_id = "me";
    reading.own->credentials = {{"k1", "daemon", "certificate", end}};
    std::vector<std::string> told_at;
    for (int days = 99; days >= -2; --days) {
        const std::size_t records = read(reading, end - hours{24 * days}).size();
        for (std::size_t i = 0; i < records; ++i) {
            if (raw(i).find(R"("value":"open")") != std::string::npos)
                told_at.push_back(std::to_string(days));
        }
    }
    EXPECT_THAT(told_at, ElementsAre("60", "30", "7"));
}

TEST_F(PostureTest, GivesTheSameFactTheSameIdHoweverOftenItIsJudged) {
    const Directory directory = test::directory_of(with_synced_admin());
    const Posture once = judge_posture(directory, {}, noon);
    EXPECT_EQ(once.records, judge_posture(directory, {}, noon).records);
    EXPECT_NE(once.records, judge_posture(directory, {}, noon + hours{1}).records);
}

TEST_F(PostureTest, SurvivesNamesThatAreNoNames) {
    DirectoryReading reading = sound_reading();
    Principal odd = person("ada", Known::yes);
    odd.name = "\"}],\"id\":\"x\xff\n";
    add(*reading.privileges, odd);
    give(*reading.privileges, "ada", tier_0_role);
    EXPECT_EQ(read(reading).size(), 1U);
    EXPECT_EQ(read(sound_reading(), noon + hours{1}).size(), 1U);
}

}  // namespace
}  // namespace entrawatch
