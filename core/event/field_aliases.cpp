#include "core/event/field_aliases.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/event/field_catalogue.hpp"

namespace entrawatch {
namespace {

constexpr unsigned audit = bit_of(RecordKind::directory_audit);
constexpr unsigned of_sign_in = bit_of(RecordKind::sign_in);
constexpr unsigned risk =
    bit_of(RecordKind::risk_detection) | bit_of(RecordKind::service_principal_risk_detection);
constexpr unsigned any = all_record_kinds;

constexpr std::array aliases{
    // The same text, read without walking the record.
    FieldAlias{"activityDisplayName", audit, "activity", ""},
    FieldAlias{"riskEventType", risk, "activity", ""},
    // Azure Monitor's envelope.
    FieldAlias{"operationName", audit, "activity", ""},
    FieldAlias{"callerIpAddress", any, "actor.ip", ""},
    FieldAlias{"resultType", of_sign_in, "status.errorCode", ""},
    FieldAlias{"resultDescription", of_sign_in, "status.failureReason", ""},
    FieldAlias{"resultDescription", audit, "resultReason", ""},
    FieldAlias{"identity", of_sign_in, "userDisplayName", ""},
    FieldAlias{"properties.message", audit, "activity",
               "no Entra record carries `properties.message`; it is read as `activity`, which is what such "
               "rules mean"},
    // Log Analytics columns.
    FieldAlias{"TimeGenerated", any, "time", ""},
    FieldAlias{"AADOperationType", audit, "operationType", ""},
    FieldAlias{"ConditionalAccessPolicies", of_sign_in, "appliedConditionalAccessPolicies", ""},
    FieldAlias{"LocationDetails", of_sign_in, "location", ""},
    FieldAlias{"LocationDetails.city", of_sign_in, "location.city", ""},
    FieldAlias{"LocationDetails.state", of_sign_in, "location.state", ""},
    FieldAlias{"LocationDetails.countryOrRegion", of_sign_in, "location.countryOrRegion", ""},
    FieldAlias{"ProcessingTimeInMs", of_sign_in, "processingTimeInMilliseconds", ""},
    FieldAlias{"ResourceIdentity", of_sign_in, "resourceId", ""},
    FieldAlias{"ResultSignature", audit, "result", ""},
    // Headings of the portal.
    FieldAlias{"ActivityType", audit, "activity", ""},
    FieldAlias{"Activity Type", audit, "activity", ""},
    FieldAlias{"Status", audit, "outcome.words",
               "an audit record has no `Status`; it is read as `result` and `resultReason`"},
    FieldAlias{"Target", audit, "targetResources", ""},
    FieldAlias{"Targets", audit, "targetResources", ""},
    FieldAlias{"ClientApp", of_sign_in, "clientAppUsed", ""},
    FieldAlias{"Application", of_sign_in, "appDisplayName", ""},
    FieldAlias{"Username", of_sign_in, "userPrincipalName", ""},
    FieldAlias{"User", of_sign_in, "userPrincipalName", ""},
    FieldAlias{"IP Address", of_sign_in, "ipAddress", ""},
    FieldAlias{"Resource", of_sign_in, "resourceDisplayName", ""},
    FieldAlias{"Country", of_sign_in, "location.countryOrRegion", ""},
    // A modified property written as if it were a field.
    FieldAlias{"ConsentContext.IsAdminConsent", audit, "changes.ConsentContext.IsAdminConsent.new",
               "`ConsentContext.IsAdminConsent` is a modified property; its new value is read"},
    FieldAlias{"ConsentContext.IsAppOnly", audit, "changes.ConsentContext.IsAppOnly.new",
               "`ConsentContext.IsAppOnly` is a modified property; its new value is read"},
    FieldAlias{"ConsentAction.Permissions", audit, "changes.ConsentAction.Permissions.new",
               "`ConsentAction.Permissions` is a modified property; its new value is read"},
};

}  // namespace

std::span<const FieldAlias> field_aliases() {
    return aliases;
}

const FieldAlias* find_alias(std::string_view name, unsigned kinds) {
    for (const FieldAlias& alias : aliases) {
        if ((alias.kinds & kinds) != 0 && equal_ignoring_ascii_case(alias.name, name)) return &alias;
    }
    return nullptr;
}

}  // namespace entrawatch
