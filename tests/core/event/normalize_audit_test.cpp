#include <gtest/gtest.h>

#include "tests/core/event/event_of.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> kinds(const Event& event) {
    std::vector<std::string> found;
    for (const Target& target : event.targets)
        found.push_back(target.kind);
    return found;
}

TEST(NormalizeAudit, ReadsADirectRoleAssignment) {
    const Event event = event_of(records::role_added());
    EXPECT_EQ(event.feed, FeedId::directory_audits);
    EXPECT_EQ(to_iso(event.time), "2026-11-20T10:11:12.1234567Z");
    EXPECT_EQ(event.activity, "Add member to role");
    EXPECT_EQ(event.category, "RoleManagement");
    EXPECT_EQ(event.service, "Core Directory");
    EXPECT_EQ(event.operation, "Assign");
    EXPECT_EQ(event.outcome, Outcome::success);
    EXPECT_EQ(event.actor.kind, ActorKind::user);
    EXPECT_EQ(event.actor.id, records::alice_id);
    EXPECT_EQ(event.actor.name, records::alice_name);
    EXPECT_EQ(event.actor.ip, "203.0.113.7");
    EXPECT_EQ(kinds(event), (std::vector<std::string>{"user", "role"}));
    EXPECT_EQ(event.targets[0].id, records::bob_id);
    EXPECT_EQ(event.targets[0].name, records::bob_name);
    ASSERT_TRUE(event.role);
    EXPECT_EQ(event.role->template_id, records::global_administrator);
    EXPECT_EQ(event.role->name, "Global Administrator");
    EXPECT_EQ(event.correlation_id, "00000000-0000-4000-8000-00000000c0de");
    EXPECT_EQ(find_change(event.changes, "Role.DisplayName")->new_value, "Global Administrator");
    EXPECT_TRUE(has_entity(event, "actor", records::alice_name));
    EXPECT_TRUE(has_entity(event, "target", records::bob_id));
    EXPECT_TRUE(has_entity(event, "role", records::global_administrator));
    EXPECT_TRUE(has_entity(event, "ip", "203.0.113.7"));
}

TEST(NormalizeAudit, ReadsTheRoleOfARemovalFromTheOldSide) {
    const Event event = event_of(records::role_removed());
    ASSERT_TRUE(event.role);
    EXPECT_EQ(event.role->template_id, records::global_administrator);
    EXPECT_EQ(event.role->name, "Global Administrator");
    EXPECT_FALSE(find_change(event.changes, "Role.TemplateId")->has_new);
}

TEST(NormalizeAudit, KnowsTheRoleByItsIdWhateverItsNameAndCase) {
    records::RoleChange change;
    change.role_name = "Globaler Administrator";
    change.template_id = "62E90394-69F5-4237-9190-012177145E10";
    EXPECT_EQ(event_of(records::role_added(change)).role->template_id, records::global_administrator);
}

TEST(NormalizeAudit, PutsThePrincipalOfAPimRowFirstAndKeepsTheOthersOrder) {
    const Event event = event_of(records::pim_echo());
    EXPECT_EQ(kinds(event), (std::vector<std::string>{"user", "role", "request", "directory", "other"}));
    EXPECT_EQ(event.targets[0].id, records::bob_id);
    ASSERT_TRUE(event.role);
    EXPECT_EQ(event.role->template_id, records::global_administrator);
    EXPECT_EQ(event.role->name, "Global Administrator");
}

TEST(NormalizeAudit, PutsAPrincipalThatIsListedAfterItsRoleFirst) {
    records::Audit audit = records::role_added();
    std::ranges::reverse(audit.targets);
    EXPECT_EQ(kinds(event_of(audit)), (std::vector<std::string>{"user", "role"}));
}

TEST(NormalizeAudit, FindsThePimRoleInTheTargetsPropertiesWithoutDetails) {
    records::Audit audit = records::pim_echo();
    audit.details.clear();
    EXPECT_EQ(event_of(audit).role->template_id, records::global_administrator);
}

TEST(NormalizeAudit, DoesNotTakePimWordsOfOtherServicesForARole) {
    records::Audit audit;
    audit.details = {records::detail("TemplateId", records::global_administrator)};
    EXPECT_FALSE(event_of(audit).role);
}

TEST(NormalizeAudit, ReadsTheAddressOfAPimRowFromItsDetails) {
    records::RoleChange change;
    change.initiator = records::user_initiator(records::alice_id, records::alice_name, "");
    EXPECT_EQ(event_of(records::pim_echo(0, change)).actor.ip, "198.51.100.9");
    change.initiator = records::alice_initiator();
    EXPECT_EQ(event_of(records::pim_echo(0, change)).actor.ip, "203.0.113.7")
        << "the initiator's own address goes first";
}

TEST(NormalizeAudit, KnowsPimsReminderFromWhatHappens) {
    EXPECT_TRUE(event_of(records::pim_echo(0)).echo);
    EXPECT_FALSE(event_of(records::role_added()).echo);
    EXPECT_FALSE(event_of(records::pim_activation_completed()).echo);
    records::Audit elsewhere = records::pim_echo(0);
    elsewhere.service = "Core Directory";
    EXPECT_FALSE(event_of(elsewhere).echo);
}

TEST(NormalizeAudit, TakesThePlatformForTheSystem) {
    const Event event = event_of(records::pim_activation_completed());
    EXPECT_EQ(event.actor.kind, ActorKind::system);
    EXPECT_EQ(event.actor.name, "Azure AD PIM");
    EXPECT_EQ(event.reason, "patching the mail gateway");
}

TEST(NormalizeAudit, DoesNotTakeAPersonWithThePlatformsNameForTheSystem) {
    records::Audit audit = records::pim_activation_completed();
    audit.initiator =
        R"({"user":{"id":"u","displayName":"Azure AD PIM","userPrincipalName":"mallory@example.com","ipAddress":null}})";
    EXPECT_EQ(event_of(audit).actor.kind, ActorKind::user);
    audit.initiator = records::pim_platform_initiator();
    audit.service = "Core Directory";
    EXPECT_EQ(event_of(audit).actor.kind, ActorKind::user);
}

TEST(NormalizeAudit, KnowsAnAppByItsServicePrincipal) {
    records::RoleChange change;
    change.initiator = records::app_initiator(records::ms_pim_id, "MS-PIM");
    const Event event = event_of(records::role_added(change));
    EXPECT_EQ(event.actor.kind, ActorKind::app);
    EXPECT_EQ(event.actor.id, records::ms_pim_id);
    EXPECT_EQ(event.actor.name, "MS-PIM");
    EXPECT_EQ(event.actor.app_id, "");
}

TEST(NormalizeAudit, HasAnActorWhateverTheInitiator) {
    for (const char* initiator : {"null", "{}", R"({"user":null,"app":null})", R"({"user":{},"app":{}})",
                                  R"({"user":{"id":null,"roles":[]}})", "7", "[]"}) {
        records::Audit audit;
        audit.initiator = initiator;
        EXPECT_EQ(event_of(audit).actor.kind, ActorKind::unknown) << initiator;
    }
    records::Audit audit;
    audit.initiator = R"({"user":{"id":null},"app":{"displayName":"Example Migrator"}})";
    EXPECT_EQ(event_of(audit).actor.kind, ActorKind::app);
    EXPECT_EQ(event_of(audit).actor.name, "Example Migrator");
}

TEST(NormalizeAudit, KeepsTheActivityUnfolded) {
    const Event event = event_of(records::keys_changed({}, {{"k1"}}));
    EXPECT_EQ(event.activity, "Update application \xE2\x80\x93 Certificates and secrets management ");
}

TEST(NormalizeAudit, FindsTheAddedKeyTheClientAndTheUserAgent) {
    const Event event = event_of(
        records::principal_keys_added({{"k1"}, {"k2"}}, {{"k2"}, {.id = "k3", .name = "x, y"}, {"k1"}}));
    const Change* keys = find_change(event.changes, "KeyDescription");
    ASSERT_NE(keys, nullptr);
    EXPECT_EQ(difference(keys->new_leaves, keys->old_leaves, "KeyIdentifier"),
              std::vector<std::string>{"k3"});
    EXPECT_EQ(event.actor.user_agent, "Mozilla/5.0 (X11; Linux x86_64)");
    EXPECT_EQ(event.targets[0].kind, "serviceprincipal");
    EXPECT_TRUE(has_entity(event, "app", "00000000-0000-4000-8000-00000000a991"));
}

TEST(NormalizeAudit, KeepsTheOrderOfAPermissionGrantAndNamesTheClient) {
    const Event event = event_of(records::app_role_granted("Directory.ReadWrite.All"));
    EXPECT_EQ(event.targets[0].name, "Microsoft Graph");
    EXPECT_EQ(event.targets[1].name, "Deployer");
    EXPECT_TRUE(has_entity(event, "app", records::deploy_app_id));
}

TEST(NormalizeAudit, ReadsBothRowsOfAPolicyChangeAlike) {
    for (const records::Audit& audit : {records::policy_changed(), records::policy_changed_directory_row()}) {
        const Event event = event_of(audit);
        EXPECT_EQ(event.targets[0].kind, "policy");
        EXPECT_EQ(event.targets[0].name, "Require MFA");
        const Change& change = event.changes.front();
        EXPECT_EQ(difference(change.old_leaves, change.new_leaves, "grantControls"),
                  (std::vector<std::string>{"OR", "MFA"}));
    }
}

TEST(NormalizeAudit, MapsTargetTypesOldAndNew) {
    struct Case {
        const char* type;
        const char* kind;
    };
    for (const Case& c : {Case{"User", "user"}, Case{"Service Principal", "serviceprincipal"},
                          Case{"ServicePrincipal", "serviceprincipal"}, Case{"App", "application"},
                          Case{"Application", "application"}, Case{"N/A", "other"}, Case{"", "other"},
                          Case{"Widget Thing", "widgetthing"}}) {
        records::Audit audit;
        audit.targets = {records::target(c.type, "1", "n")};
        EXPECT_EQ(event_of(audit).targets[0].kind, c.kind);
    }
    records::Audit audit;
    audit.targets = {R"({"id":"1","Type":"Group"})", "{}", "null"};
    EXPECT_EQ(kinds(event_of(audit)), (std::vector<std::string>{"group", "other", "other"}));
}

TEST(NormalizeAudit, ReadsResultsAsWordsAndNumbers) {
    const std::vector<std::pair<std::string, Outcome>> cases{
        {"success", Outcome::success}, {"Failure", Outcome::failure},
        {"timeout", Outcome::timeout}, {"0", Outcome::success},
        {"1", Outcome::failure},       {"unknownFutureValue", Outcome::unknown},
        {"", Outcome::unknown}};
    for (const auto& [result, outcome] : cases) {
        records::Audit audit;
        audit.result = result;
        EXPECT_EQ(event_of(audit).outcome, outcome) << result;
    }
}

TEST(NormalizeAudit, NamesTheGroupThatWasJoined) {
    records::Audit audit;
    audit.activity = "Add member to group";
    audit.targets = {
        records::target("User", records::bob_id, records::bob_name,
                        {records::property("Group.ObjectID", "null", records::encoded_text("g1"))}),
        records::target("Group", "g1", "")};
    const Event event = event_of(audit);
    EXPECT_EQ(event.targets[0].kind, "user");
    EXPECT_TRUE(has_entity(event, "group", "g1"));
}

TEST(NormalizeAudit, RejectsMoreTargetsThanTheLimitInsteadOfCutting) {
    records::Audit audit;
    audit.targets.assign(max_targets, "{}");
    EXPECT_EQ(event_of(audit).targets.size(), max_targets);
    audit.targets.emplace_back("{}");
    JsonReader reader;
    const Result<Event> event = normalize(feed_of(FeedId::directory_audits), *reader.parse(audit.json()));
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, ErrorCode::too_large);
}

TEST(NormalizeAudit, RejectsMoreChangesThanTheLimitInsteadOfCutting) {
    records::Audit audit;
    audit.targets = {records::target("User", "1", "n", std::vector<std::string>(max_changes + 1, "{}"))};
    JsonReader reader;
    EXPECT_FALSE(normalize(feed_of(FeedId::directory_audits), *reader.parse(audit.json())));
}

TEST(NormalizeAudit, KeepsPropertyValuesOfOtherTypes) {
    records::Audit audit;
    audit.targets = {
        R"({"id":"1","modifiedProperties":[{"displayName":"A","oldValue":{"x":1},"newValue":7},{"newValue":true},null]})"};
    const Event event = event_of(audit);
    EXPECT_EQ(event.changes[0].old_leaves.get(), (std::vector<Leaf>{{"x", "1"}}));
    EXPECT_EQ(event.changes[0].new_value, "7");
    EXPECT_EQ(event.changes[1].new_value, "true");
}

}  // namespace
}  // namespace entrawatch
