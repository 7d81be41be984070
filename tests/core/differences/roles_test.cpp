// Custom roles, roles that are given and taken, and PIM's settings of roles.
#include <gmock/gmock.h>

#include "core/differences/acts.hpp"
#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::told;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CustomRoleDifferences, TellPrivilegedPermissionsFirst) {
    EXPECT_THAT(
        told("GrantedPermissions", R"(["microsoft.directory/applications/standard/read"])",
             R"(["microsoft.directory/users/standard/read","microsoft.directory/applications/standard/read",)"
             R"("microsoft.directory/applications.myOrganization/credentials/update"])"),
        ElementsAre("gained privileged permission: "
                    "microsoft.directory/applications.myOrganization/credentials/update",
                    "gained permission: microsoft.directory/users/standard/read"));
}

TEST(CustomRoleDifferences, ReadPermissionsBelowARoleDefinition) {
    EXPECT_THAT(
        told("RolePermissions",
             R"("[{\"allowedResourceActions\":[\"microsoft.directory/domains/federation/update\"]}]")",
             R"("[]")"),
        ElementsAre("lost privileged permission: microsoft.directory/domains/federation/update"));
}

TEST(CustomRoleDifferences, KnowPrivilegedActionsFromOthers) {
    EXPECT_TRUE(is_privileged_action("microsoft.directory/authorizationPolicy/allProperties/allTasks"));
    EXPECT_TRUE(is_privileged_action("Microsoft.Directory/servicePrincipals/credentials/UPDATE"));
    EXPECT_FALSE(is_privileged_action("microsoft.directory/users/standard/read"));
    EXPECT_FALSE(is_privileged_action(""));
}

TEST(RoleDifferences, TellTheRoleThatWasTakenFromTheOldSide) {
    EXPECT_THAT(
        told(test::row({{"Role.DisplayName", R"("User Administrator")", std::nullopt},
                        {"Role.TemplateId", R"("fe930be7-5e62-47db-91af-98c3a49a38b1")", std::nullopt}},
                       "Remove member from role")),
        ElementsAre("role: was User Administrator", "role id: was fe930be7-5e62-47db-91af-98c3a49a38b1"));
}

Event settings_row(std::string reason) {
    Event event = test::row({}, "Update role setting in PIM");
    event.service = "PIM";
    event.reason = std::move(reason);
    return event;
}

TEST(RoleSettingDifferences, TellWhatWasLoosenedFirst) {
    EXPECT_THAT(
        told(settings_row("Setting changes in this session: Maximum activation duration updated to 02:00:00. "
                          "Approval enabled with approvers Ann, Bob. MFA on activation requirement disabled. "
                          "Permanent eligible assignment allowed.")),
        ElementsAre("loosened: MFA on activation requirement disabled",
                    "loosened: Permanent eligible assignment allowed",
                    "changed: Maximum activation duration updated to 02:00:00",
                    "tightened: Approval enabled with approvers Ann, Bob"));
}

TEST(RoleSettingDifferences, KeepATextOfAnotherForm) {
    EXPECT_THAT(told(settings_row("something else entirely")),
                ElementsAre("changed: something else entirely"));
    EXPECT_THAT(told(settings_row("")), IsEmpty());
}

TEST(RoleSettingDifferences, ReadTheReasonOfNoOtherActivity) {
    Event event = settings_row("MFA on activation requirement disabled.");
    event.activity = "Add member to role in PIM completed (permanent)";
    EXPECT_THAT(told(event), IsEmpty());
}

}  // namespace
}  // namespace entrawatch
