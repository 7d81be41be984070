#include "daemon/graph/directory_answers.hpp"

#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

constexpr std::string_view ours = "11111111-2222-3333-4444-555555555555";

// Keeps the parser for as long as the Json is looked at.
class Record {
  public:
    explicit Record(std::string_view text) : json_(*reader_.parse(text)) {}
    operator Json() const { return json_; }  // NOLINT(*-explicit-*): it stands for its Json

  private:
    JsonReader reader_;
    Json json_;
};

Principal user(std::string_view text) {
    const Record record{text};
    return principal_in(record, PrincipalKind::user, ours).value();
}

TEST(DirectoryAnswers, TellSyncedFromCloudAndFromNotAsked) {
    EXPECT_EQ(user(R"({"id":"A","onPremisesSyncEnabled":true})").synced, Known::yes);
    EXPECT_EQ(user(R"({"id":"A","onPremisesSyncEnabled":null})").synced, Known::no);
    EXPECT_EQ(user(R"({"id":"A","onPremisesSyncEnabled":false})").synced, Known::no);
    EXPECT_EQ(user(R"({"id":"A"})").synced, Known::unresolved);
    EXPECT_EQ(user(R"({"id":"A","onPremisesSyncEnabled":"perhaps"})").synced, Known::unresolved);
}

TEST(DirectoryAnswers, KnowAGuestByItsTypeOrByItsName) {
    EXPECT_EQ(user(R"({"id":"a","userType":"Guest"})").external, Known::yes);
    EXPECT_EQ(user(R"({"id":"a","userType":"Member"})").external, Known::no);
    EXPECT_EQ(user(R"({"id":"a","userType":"Member","userPrincipalName":"x_y#EXT#@z"})").external,
              Known::yes);
    EXPECT_EQ(user(R"({"id":"a"})").external, Known::unresolved);
}

TEST(DirectoryAnswers, CallAnApplicationForeignUnlessItIsOursOrMicrosofts) {
    const auto external = [](const std::string& owner) {
        const Record record{R"({"id":"a","appOwnerOrganizationId":)" + owner + "}"};
        return principal_in(record, PrincipalKind::service_principal, ours)->external;
    };
    EXPECT_EQ(external("\"11111111-2222-3333-4444-555555555555\""), Known::no);
    EXPECT_EQ(external("\"F8CDEF31-a31e-4b4a-93e4-5f571e91255a\""), Known::no);
    EXPECT_EQ(external("\"99999999-2222-3333-4444-555555555555\""), Known::yes);
    EXPECT_EQ(external("null"), Known::unresolved);
}

TEST(DirectoryAnswers, NamePeopleByTheirUserPrincipalName) {
    const Principal found = user(
        R"({"id":"ABC","displayName":"Ada","userPrincipalName":"ada@x.example","accountEnabled":false})");
    EXPECT_EQ(found.id, "abc");
    EXPECT_EQ(found.name, "ada@x.example");
    EXPECT_EQ(found.enabled, Known::no);
    EXPECT_EQ(user(R"({"id":"a","displayName":"Ada"})").name, "Ada");
}

TEST(DirectoryAnswers, RefuseWhatHasNoId) {
    for (const char* text : {"{}", "[]", "null", R"({"id":7})", R"({"id":""})"}) {
        const Record record{text};
        EXPECT_FALSE(principal_in(record, PrincipalKind::user, ours)) << text;
        EXPECT_FALSE(assignment_in(record, false)) << text;
        EXPECT_FALSE(role_in(record)) << text;
        EXPECT_FALSE(domain_in(record)) << text;
    }
}

TEST(DirectoryAnswers, ReadAssignments) {
    const Record record{R"({"principalId":"P","roleDefinitionId":"R","directoryScopeId":"/"})"};
    const auto assignment = assignment_in(record, true);
    ASSERT_TRUE(assignment);
    EXPECT_EQ(assignment->principal_id, "p");
    EXPECT_EQ(assignment->role_id, "r");
    EXPECT_EQ(assignment->scope, "/");
    EXPECT_TRUE(assignment->eligible);
}

TEST(DirectoryAnswers, CallAnInstanceTemporaryWhenItWasActivatedOrEnds) {
    const auto temporary = [](const std::string& more) {
        const Record record{R"({"principalId":"P","roleDefinitionId":"R",)" + more + "}"};
        return instance_in(record)->temporary;
    };
    EXPECT_TRUE(temporary(R"("assignmentType":"Activated","endDateTime":null)"));
    EXPECT_TRUE(temporary(R"("assignmentType":"Assigned","endDateTime":"2026-12-01T00:00:00Z")"));
    EXPECT_FALSE(temporary(R"("assignmentType":"Assigned","endDateTime":null)"));
    const Record nobody{"{}"};
    EXPECT_FALSE(instance_in(nobody));
}

TEST(DirectoryAnswers, CallAnAssignmentTemporaryOnlyWhereNothingOfItLasts) {
    const RoleAssignment base{"p", "r", "/", false, false};
    const auto marked = [&](std::vector<RoleAssignment> instances) {
        std::vector<RoleAssignment> assignments{base};
        mark_temporary(assignments, instances);
        return assignments.front().temporary;
    };
    const RoleAssignment lasting = base;
    RoleAssignment activated = base;
    activated.temporary = true;
    RoleAssignment elsewhere = activated;
    elsewhere.scope = "/administrativeUnits/1";
    EXPECT_TRUE(marked({activated}));
    EXPECT_FALSE(marked({activated, lasting})) << "who holds it for good loses nothing by an activation";
    EXPECT_FALSE(marked({elsewhere})) << "another scope";
    EXPECT_FALSE(marked({})) << "PIM does not know of it";
    std::vector<RoleAssignment> eligible{{"p", "r", "/", true, false}};
    mark_temporary(eligible, {activated});
    EXPECT_FALSE(eligible.front().temporary);
}

TEST(DirectoryAnswers, GiveARoleOfTheTenantsOwnATier) {
    EXPECT_EQ(role_in(Record{R"({"templateId":"R1","displayName":"Mine","isBuiltIn":false})"})->tier, "high");
    EXPECT_EQ(role_in(Record{R"({"id":"R1","displayName":"Theirs","isBuiltIn":true})"})->tier, "");
}

TEST(DirectoryAnswers, ShowCertificatesByTheirDigestOnly) {
    const auto settings = federation_in(Record{
        R"({"issuerUri":"http://adfs","signingCertificate":"MIIC","nextSigningCertificate":null,"id":"1"})"});
    EXPECT_EQ(settings.at("issuerUri"), "http://adfs");
    EXPECT_EQ(settings.at("signingCertificate").substr(0, 7), "sha256:");
    EXPECT_EQ(settings.at("signingCertificate").size(), 7U + 64U);
    EXPECT_EQ(settings.size(), 2U);
}

TEST(DirectoryAnswers, ReadCredentialsOfBothKinds) {
    const auto credentials = credentials_in(Record{
        R"({"passwordCredentials":[{"keyId":"K1","displayName":"d","endDateTime":"2026-12-01T00:00:00Z"},{}],
                   "keyCredentials":[{"keyId":"k2"}]})"});
    ASSERT_EQ(credentials.size(), 2U);
    EXPECT_EQ(credentials[0].key_id, "k1");
    EXPECT_EQ(credentials[0].kind, "secret");
    EXPECT_TRUE(credentials[0].end);
    EXPECT_EQ(credentials[1].kind, "certificate");
    EXPECT_TRUE(credentials_in(Record{"{}"}).empty());
}

TEST(DirectoryAnswers, ReadTheStateOfSynchronisation) {
    const SyncState sync = sync_state_in(Record{
        R"({"id":"T","displayName":"Contoso","onPremisesSyncEnabled":true,"onPremisesLastSyncDateTime":"2026-11-22T10:00:00Z"})"});
    EXPECT_TRUE(sync.enabled);
    EXPECT_TRUE(sync.last_sync);
    EXPECT_FALSE(sync_state_in(Record{R"({"id":"T","onPremisesSyncEnabled":null})"}).enabled);
}

}  // namespace
}  // namespace entrawatch::graph
