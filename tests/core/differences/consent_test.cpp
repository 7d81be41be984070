#include <gmock/gmock.h>

#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::told;
using testing::ElementsAre;

std::string grant(const std::string& type, const std::string& principal, const std::string& scope) {
    return "[Id: Hk, ClientId: 44faae9a-cb8d-4f7a-be34-fe16b8130fef, PrincipalId: " + principal +
           ", ResourceId: 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40, ConsentType: " + type + ", Scope:  " + scope +
           ", CreatedDateTime: , LastModifiedDateTime ]";
}

TEST(ConsentDifferences, SayWhichScopesWereGrantedAndToWhom) {
    EXPECT_THAT(told("ConsentAction.Permissions", std::nullopt,
                     "\"[] => [" + grant("AllPrincipals", "", "User.Read Mail.ReadWrite") + "]; \""),
                ElementsAre("granted scope on 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40 for everybody: User.Read, "
                            "Mail.ReadWrite"));
}

TEST(ConsentDifferences, TellAddedScopesOnly) {
    const std::string user = "28b270c8-ba72-4d80-b15c-7523518e1682";
    Event event = test::row({{"ConsentAction.Permissions", std::nullopt,
                              "\"[" + grant("Principal", user, "User.Read") + "] => [" +
                                  grant("Principal", user, "User.Read Files.Read.All") + "]; \""}},
                            "Consent to application");
    event.actor.id = user;
    event.actor.name = "bruno@larkspur.example";
    EXPECT_THAT(told(event), ElementsAre("granted scope on 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40 for "
                                         "bruno@larkspur.example (28b270c8-ba72-4d80-b15c-7523518e1682): "
                                         "Files.Read.All"));
}

TEST(ConsentDifferences, TellSeveralGrantsAndWhatIsTakenBack) {
    EXPECT_THAT(
        told("ConsentAction.Permissions", std::nullopt,
             "\"[" + grant("AllPrincipals", "", "Mail.Send") + "] => [" + grant("Principal", "u1", "openid") +
                 ", " + grant("Principal", "u2", "profile") + "]; \""),
        ElementsAre("granted scope on 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40 for u1: openid",
                    "granted scope on 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40 for u2: profile",
                    "removed scope on 3f5f9d86-40e8-4a3b-9b3f-8d8a9c1d2f40 for everybody: Mail.Send"));
}

TEST(ConsentDifferences, ShowATextOfAnotherFormAsItIs) {
    EXPECT_THAT(told("ConsentAction.Permissions", std::nullopt, R"("all of them")"),
                ElementsAre("ConsentAction.Permissions: set to all of them"));
}

TEST(ConsentDifferences, TellTheScopesThatACumulativeGrantGained) {
    EXPECT_THAT(
        told(test::row({{"DelegatedPermissionGrant.Scope", R"("User.Read")", R"("User.Read Mail.ReadWrite")"},
                        {"DelegatedPermissionGrant.ConsentType", std::nullopt, R"("AllPrincipals")"}},
                       "Add delegated permission grant")),
        ElementsAre("granted scope: Mail.ReadWrite", "granted for: set to everybody"));
}

TEST(ConsentDifferences, TellAnApplicationPermissionFirst) {
    EXPECT_THAT(told(test::row(
                    {{"AppRole.Id", std::nullopt, R"("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8")"},
                     {"AppRole.Value", std::nullopt, R"("RoleManagement.ReadWrite.Directory")"},
                     {"AppRoleAssignment.CreatedDateTime", std::nullopt, R"("2026-02-08T21:49:53.6813076Z")"},
                     {"ServicePrincipal.DisplayName", std::nullopt, R"("Payroll export")"},
                     {"TargetId.ServicePrincipalNames", std::nullopt, R"("https://graph.microsoft.com")"}},
                    "Add app role assignment to service principal")),
                ElementsAre("granted application permission: RoleManagement.ReadWrite.Directory",
                            "application: set to Payroll export",
                            "AppRole.Id: set to 9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"));
}

}  // namespace
}  // namespace entrawatch
