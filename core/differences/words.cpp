#include "core/differences/words.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array states{
    ValueWords{"enabled", "on"},
    ValueWords{"disabled", "off"},
    ValueWords{"true", "on"},
    ValueWords{"false", "off"},
    ValueWords{"0", "on (0)"},
    ValueWords{"1", "off (1)"},
    ValueWords{"reporting", "report-only"},
    ValueWords{"enabledforreportingbutnotenforced", "report-only"},
};
constexpr std::array access{
    ValueWords{"allowed", "allowed"},
    ValueWords{"blocked", "blocked"},
    ValueWords{"1", "allowed (1)"},
    ValueWords{"2", "blocked (2)"},
};
constexpr std::array answers{ValueWords{"true", "yes"}, ValueWords{"false", "no"}};
constexpr std::array operators{ValueWords{"and", "all of them"}, ValueWords{"or", "any of them"}};
constexpr std::array consent_types{ValueWords{"allprincipals", "everybody"},
                                   ValueWords{"principal", "one user"}};
constexpr std::array guest_roles{
    ValueWords{"a0b1b346-4d3e-4e8b-98f8-753987be4970", "the rights of members"},
    ValueWords{"10dae51f-b6af-4016-8d66-8c2a99b929b3", "limited rights"},
    ValueWords{"2af84b1e-32c8-42b7-82bc-daa82404023b", "rights over themselves only"},
};
constexpr std::array inviters{
    ValueWords{"none", "nobody"},
    ValueWords{"adminsandguestinviters", "administrators and guest inviters"},
    ValueWords{"adminsguestinvitersandallmembers", "all members"},
    ValueWords{"everyone", "everybody, guests too"},
};

struct SegmentWords {
    std::string_view segment;
    std::string_view words;
    std::span<const ValueWords> values = {};
};

constexpr auto segments = std::to_array<SegmentWords>({
    // Containers.
    {"conditionalaccesspolicy", ""},
    {"policydetail", ""},
    {"b2bmanagementpolicy", ""},
    {"authenticationmethodspolicy", ""},
    {"authorizationpolicy", ""},
    {"crosstenantaccesspolicy", ""},
    {"identityprovider", ""},
    {"namedlocation", ""},
    {"conditions", ""},
    {"grantcontrols", ""},
    {"defaultuserrolepermissions", ""},

    {"state", "state", states},
    {"displayname", "name"},
    {"description", "description"},
    {"isenabled", "enabled"},
    {"operator", "requirements demanded", operators},

    {"sessioncontrols", "session"},
    {"signinfrequency", "sign-in frequency"},
    {"frequencyinterval", "interval"},
    {"persistentbrowser", "persistent browser"},
    {"cloudappsecurity", "Defender for Cloud Apps"},
    {"applicationenforcedrestrictions", "app-enforced restrictions"},
    {"disableresiliencedefaults", "resilience defaults disabled"},
    {"devices", "devices"},
    {"devicefilter", "filter"},
    {"mode", "mode"},
    {"rule", "rule"},
    {"value", "value"},
    {"type", "type"},

    {"authenticationmethodconfigurations", "authentication method"},
    {"includetargets", "included target"},
    {"excludetargets", "excluded target"},
    {"isattestationenforced", "attestation enforced"},
    {"isselfserviceregistrationallowed", "self-service registration"},
    {"isusableonce", "usable once only"},
    {"isusableforsignin", "usable for sign-in"},
    {"isregistrationrequired", "registration required"},
    {"registrationenforcement", "registration campaign"},
    {"authenticationmethodsregistrationcampaign", ""},
    {"systemcredentialpreferences", "preferred by the system"},
    {"reportsuspiciousactivitysettings", "reports of suspicious activity"},
    {"policymigrationstate", "migration"},

    {"b2bcollaborationinbound", "B2B collaboration inbound"},
    {"b2bcollaborationoutbound", "B2B collaboration outbound"},
    {"b2bdirectconnectinbound", "B2B direct connect inbound"},
    {"b2bdirectconnectoutbound", "B2B direct connect outbound"},
    {"tenantrestrictions", "tenant restrictions"},
    {"usersandgroups", "users and groups"},
    {"applications", "applications"},
    {"accesstype", "access", access},
    {"targets", "target"},
    {"inboundtrust", "trust in the other tenant"},
    {"ismfaaccepted", "its MFA counts"},
    {"iscompliantdeviceaccepted", "its compliant devices count"},
    {"ishybridazureadjoineddeviceaccepted", "its hybrid joined devices count"},
    {"automaticuserconsentsettings", "invitations redeemed automatically"},
    {"inboundallowed", "inbound"},
    {"outboundallowed", "outbound"},
    {"usersyncinbound", "users synced in"},
    {"issyncallowed", "allowed"},
    {"isserviceprovider", "service provider"},
    {"isinmultitenantorganization", "in the multi-tenant organization"},

    {"allowuserconsentforriskyapps", "users may consent to risky apps"},
    {"allowinvitesfrom", "who may invite guests", inviters},
    {"guestuserroleid", "guests have", guest_roles},
    {"allowedtocreateapps", "users may register applications"},
    {"allowedtocreatesecuritygroups", "users may create security groups"},
    {"allowedtocreatetenants", "users may create tenants"},
    {"allowedtoreadotherusers", "users may read other users"},
    {"allowedtoreadbitlockerkeysforowneddevice", "users may read BitLocker keys of their devices"},
    {"allowedtosignupemailbasedsubscriptions", "sign-up by e-mail"},
    {"allowemailverifieduserstojoinorganization", "anybody with a verified address may join"},
    {"allowedtousesspr", "administrators may reset their own password"},
    {"blockmsolpowershell", "MSOnline PowerShell blocked"},

    {"securitydefaultsenabled", "security defaults", states},
    {"issecuritydefaultsenabled", "security defaults", states},

    {"identityprovidertype", "kind"},
    {"clientid", "client id"},
    {"clientsecret", "client secret"},
    {"issueruri", "issuer"},
    {"metadataexchangeuri", "metadata address"},
    {"metadataaddress", "metadata address"},
    {"passivesigninuri", "sign-in address"},
    {"signouturi", "sign-out address"},
    {"signingcertificate", "signing certificate"},
    {"nextsigningcertificate", "next signing certificate"},
    {"federatedidpmfabehavior", "MFA at the identity provider"},
    {"preferredauthenticationprotocol", "protocol"},
    {"livetype", "authentication of the domain"},

    {"istrusted", "trusted location"},
    {"ipranges", "address range"},
    {"countriesandregions", "country"},

    {"delegatedpermissiongrant.consenttype", "granted for", consent_types},
    {"serviceprincipal.objectid", "application id"},
    {"serviceprincipal.displayname", "application"},
    {"consentcontext.isadminconsent", "consent of an administrator"},
    {"consentcontext.isapponly", "without a signed-in user"},
    {"consentcontext.onbehalfofall", "on behalf of everybody"},
    {"consentaction.reason", "reason"},
    {"role.displayname", "role"},
    {"role.templateid", "role id"},
    {"group.displayname", "group"},
    {"group.objectid", "group id"},
    {"assignablescopes", "can be assigned in"},
    {"federatedidentitycredentials", "federated credential"},
    {"name", "name"},
    {"issuer", "issuer"},
    {"subject", "subject"},
    {"audiences", "audience"},
    {"accountenabled", "account enabled"},
    {"membershiprule", "membership rule"},
});

// When something was written is no part of what was changed.
constexpr std::array<std::string_view, 7> bookkeeping{
    "createddatetime",
    "modifieddatetime",
    "lastmodifieddatetime",
    "deleteddatetime",
    "@odata.context",
    "approleassignment.createddatetime",
    "approleassignment.lastmodifieddatetime",
};
// Properties that say which object the row is about, or repeat the names of the others.
constexpr std::array<std::string_view, 5> descriptions{
    "included updated properties",
    "targetid.serviceprincipalnames",
    "roledefinitionoriginid",
    "roledefinitionorigintype",
    "templateid",
};

constexpr std::array well_known{
    ValueWords{"00000002-0000-0000-c000-000000000000", "Azure Active Directory Graph"},
    ValueWords{"00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online"},
    ValueWords{"00000003-0000-0000-c000-000000000000", "Microsoft Graph"},
    ValueWords{"00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online"},
    ValueWords{"797f4846-ba00-4fd7-ba43-dac1f8f63013", "Azure Resource Manager"},
    ValueWords{"00000000-0000-0000-0000-000000000002", "Multifactor authentication"},
    ValueWords{"00000000-0000-0000-0000-000000000003", "Passwordless MFA"},
    ValueWords{"00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA"},
};

constexpr std::array<std::string_view, 6> types_of_guests{
    "internal guests",          "B2B collaboration guests", "B2B collaboration members",
    "B2B direct connect users", "other external users",     "service providers"};

const SegmentWords* segment_of(std::string_view lower_segment) {
    const auto found = std::ranges::find(segments, lower_segment, &SegmentWords::segment);
    return found == segments.end() ? nullptr : &*found;
}

}  // namespace

std::optional<std::string_view> segment_words(std::string_view lower_segment) {
    const SegmentWords* found = segment_of(lower_segment);
    return found == nullptr ? std::nullopt : std::optional{found->words};
}

std::span<const ValueWords> values_of(std::string_view lower_segment) {
    const SegmentWords* found = segment_of(lower_segment);
    if (found == nullptr) return {};
    return found->values.empty() ? std::span<const ValueWords>{answers} : found->values;
}

std::string_view in_table(std::span<const ValueWords> table, std::string_view value) {
    const auto found = std::ranges::find_if(
        table, [&](const ValueWords& row) { return equal_ignoring_ascii_case(row.value, value); });
    return found == table.end() ? value : found->words;
}

bool is_bookkeeping(std::string_view lower_segment) {
    return std::ranges::find(bookkeeping, lower_segment) != bookkeeping.end();
}

bool describes_the_target(std::string_view lower_property) {
    return std::ranges::find(descriptions, lower_property) != descriptions.end();
}

std::string_view name_of_well_known(std::string_view lower_id) {
    const auto found = std::ranges::find(well_known, lower_id, &ValueWords::value);
    return found == well_known.end() ? std::string_view{} : found->words;
}

std::span<const std::string_view> guest_types() {
    return types_of_guests;
}

}  // namespace entrawatch
