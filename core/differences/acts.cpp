#include "core/differences/acts.hpp"

#include <re2/re2.h>
#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array controls{
    ValueWords{"mfa", "MFA"},
    ValueWords{"block", "block access"},
    ValueWords{"compliantdevice", "compliant device"},
    ValueWords{"requirecompliantdevice", "compliant device"},
    ValueWords{"domainjoineddevice", "hybrid joined device"},
    ValueWords{"requiredomainjoineddevice", "hybrid joined device"},
    ValueWords{"approvedapplication", "approved client app"},
    ValueWords{"compliantapplication", "app protection policy"},
    ValueWords{"passwordchange", "password change"},
};
constexpr std::array users{
    ValueWords{"all", "all users"},
    ValueWords{"allusers", "all users"},
    ValueWords{"none", "nobody"},
    ValueWords{"guestsorexternalusers", "guests and external users"},
};
constexpr std::array apps{
    ValueWords{"all", "all apps"},
    ValueWords{"allapplications", "all apps"},
    ValueWords{"none", "no app"},
    ValueWords{"office365", "Office 365"},
    ValueWords{"microsoftadminportals", "Microsoft admin portals"},
};
constexpr std::array clients{
    ValueWords{"all", "all clients"},
    ValueWords{"browser", "browser"},
    ValueWords{"mobileappsanddesktopclients", "mobile apps and desktop clients"},
    ValueWords{"exchangeactivesync", "Exchange ActiveSync"},
    ValueWords{"other", "other clients (legacy)"},
};
constexpr std::array locations{
    ValueWords{"all", "any location"},
    ValueWords{"alltrusted", "all trusted locations"},
};
constexpr std::array platforms{ValueWords{"all", "any platform"}};
constexpr auto acts = std::to_array<Act>({
    {"grantcontrols.builtincontrols", "added requirement", "removed requirement", controls},
    {"controls.control", "added requirement", "removed requirement", controls},
    {"authenticationstrength.displayname", "added requirement: authentication strength",
     "removed requirement: authentication strength"},
    {"grantcontrols.termsofuse", "added requirement: terms of use", "removed requirement: terms of use"},
    {"grantcontrols.customauthenticationfactors", "added requirement: custom control",
     "removed requirement: custom control"},

    {"users.excludeusers", "excluded user", "no longer excluded user", users},
    {"users.excludegroups", "excluded group", "no longer excluded group"},
    {"users.excluderoles", "excluded role", "no longer excluded role"},
    {"excludeguestsorexternalusers.guestorexternalusertypes", "excluded guests", "no longer excluded guests"},
    {"users.exclude.users", "excluded user", "no longer excluded user", users},
    {"users.exclude.groups", "excluded group", "no longer excluded group"},
    {"users.exclude.roles", "excluded role", "no longer excluded role"},
    {"applications.excludeapplications", "excluded app", "no longer excluded app", apps},
    {"applications.exclude.applications", "excluded app", "no longer excluded app", apps},
    {"locations.excludelocations", "excluded location", "no longer excluded location", locations},
    {"platforms.excludeplatforms", "excluded platform", "no longer excluded platform", platforms},
    {"clientapplications.excludeserviceprincipals", "excluded service principal",
     "no longer excluded service principal"},

    {"users.includeusers", "included user", "no longer included user", users},
    {"users.includegroups", "included group", "no longer included group"},
    {"users.includeroles", "included role", "no longer included role"},
    {"includeguestsorexternalusers.guestorexternalusertypes", "included guests", "no longer included guests"},
    {"users.include.users", "included user", "no longer included user", users},
    {"users.include.groups", "included group", "no longer included group"},
    {"users.include.roles", "included role", "no longer included role"},
    {"applications.includeapplications", "included app", "no longer included app", apps},
    {"applications.include.applications", "included app", "no longer included app", apps},
    {"applications.includeuseractions", "included user action", "no longer included user action"},
    {"applications.includeauthenticationcontextclassreferences", "included authentication context",
     "no longer included authentication context"},
    {"locations.includelocations", "included location", "no longer included location", locations},
    {"platforms.includeplatforms", "included platform", "no longer included platform", platforms},
    {"clientapplications.includeserviceprincipals", "included service principal",
     "no longer included service principal"},
    {"conditions.clientapptypes", "covers client", "no longer covers client", clients},
    {"conditions.signinrisklevels", "covers sign-in risk", "no longer covers sign-in risk"},
    {"conditions.userrisklevels", "covers user risk", "no longer covers user risk"},
    {"conditions.serviceprincipalrisklevels", "covers risk of service principals",
     "no longer covers risk of service principals"},
    {"conditions.insiderrisklevels", "covers insider risk", "no longer covers insider risk"},

    {"invitationsallowedandblockeddomainspolicy.alloweddomains", "guests may now be invited from",
     "guests may no longer be invited from"},
    {"invitationsallowedandblockeddomainspolicy.blockeddomains", "guests are now blocked from",
     "guests are no longer blocked from"},

    {"delegatedpermissiongrant.scope", "granted scope", "removed scope"},
    {"approle.value", "granted application permission", "removed application permission"},
    {"grantedpermissions", "gained permission", "lost permission", {}, true},
    {"rolepermissions", "gained permission", "lost permission", {}, true},
    {"allowedresourceactions", "gained permission", "lost permission", {}, true},
    {"permissiongrantpoliciesassigned", "users may now consent under", "users may no longer consent under"},
    {"permissiongrantpolicyidsassignedtodefaultuserrole", "users may now consent under",
     "users may no longer consent under"},
});

constexpr std::array<std::string_view, 10> privileged_patterns{
    R"re(microsoft\.directory/(applications|servicePrincipals)[\w.]*/(allProperties|appRoleAssignedTo|authentication|credentials|owners|permissions)[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(applications|servicePrincipals)[\w.]*/synchronization\w+[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/users/(allProperties|authenticationMethods|password|strongAuthentication|userPrincipalName)[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(groupsAssignableToRoles|groups[\w.]*/(allProperties|dynamicMembershipRule|members|owners))[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(oAuth2PermissionGrants|permissionGrantPolicies|roleAssignments|roleDefinitions|scopedRoleMemberships)[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(authorizationPolicy|conditionalAccessPolicies|crossTenantAccessPolicy|namedLocations|policies|userCredentialPolicies)[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(domains|hybridAuthenticationPolicy|identityProviders|onPremisesSynchronization|passwordHashSync)[\w./]*/(create|delete|update|enable|disable|allTasks))re",
    R"re(microsoft\.directory/(bitlockerKeys/key|deviceLocalCredentials/password)/read)re",
    R"re(managePermissionGrantsFor)re",
    R"re(/invalidateAllRefreshTokens)re",
};

bool ends_in(std::string_view path, std::string_view end) {
    if (!path.ends_with(end)) return false;
    return path.size() == end.size() || path[path.size() - end.size() - 1] == '.';
}

}  // namespace

const Act* act_of(std::string_view lower_path) {
    const auto found =
        std::ranges::find_if(acts, [&](const Act& act) { return ends_in(lower_path, act.path); });
    return found == acts.end() ? nullptr : &*found;
}

std::size_t rank_of(const Act& act) {
    return static_cast<std::size_t>(&act - acts.data());
}

std::span<const std::string_view> privileged_action_patterns() {
    return privileged_patterns;
}

bool is_privileged_action(std::string_view action) {
    static const RE2 pattern{"(?i)" + joined(privileged_patterns, "|"), RE2::Quiet};
    return RE2::PartialMatch(re2::StringPiece{action.data(), action.size()}, pattern);
}

}  // namespace entrawatch
