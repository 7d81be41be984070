// Events in Microsoft Sentinel's ASIM: the schema Authentication for sign-ins, AuditEvent for the rest.
//
// As Microsoft's own parsers map these logs (Azure-Sentinel: Parsers/ASimAuthentication, ASimAuditEvent), so
// that rows from here and from there answer the same question. Aliases are rows of their own. The record
// stands in AdditionalFields.
#include <algorithm>
#include <array>

#include "alerts/export/event_facts.hpp"

namespace entrawatch {
namespace {
namespace asim_event_fields {

using Facts = const EventFacts&;

constexpr std::string_view product = "Microsoft Entra ID";

struct Reason {
    std::string_view error_code;
    std::string_view words;
};
constexpr std::array reasons{
    Reason{"50005", "Logon violates policy"},
    Reason{"50011", "Logon violates policy"},
    Reason{"50020", "Logon violates policy"},
    Reason{"50034", "No such user or password"},
    Reason{"50053", "User locked"},
    Reason{"50055", "Password expired"},
    Reason{"50056", "Incorrect password"},
    Reason{"50057", "User disabled"},
    Reason{"50058", "Logon violates policy"},
    Reason{"50059", "No such user or password"},
    Reason{"50064", "No such user or password"},
    Reason{"50072", "Logon violates policy"},
    Reason{"50074", "Logon violates policy"},
    Reason{"50076", "Logon violates policy"},
    Reason{"50079", "Logon violates policy"},
    Reason{"50105", "Logon violates policy"},
    Reason{"50126", "No such user or password"},
    Reason{"50132", "Password expired"},
    Reason{"50133", "Password expired"},
    Reason{"50144", "Password expired"},
    Reason{"50173", "Password expired"},
    Reason{"51004", "No such user or password"},
    Reason{"53003", "Logon violates policy"},
    Reason{"70008", "Password expired"},
    Reason{"80012", "Logon violates policy"},
    Reason{"500011", "No such user or password"},
    Reason{"700016", "No such user or password"},
};

// A sign-in that asked for more has not succeeded: Microsoft's parsers say Failure of every error code.
std::string_view result(Facts f) {
    switch (f.event.outcome) {
        case Outcome::success:
            return "Success";
        case Outcome::failure:
        case Outcome::interrupted:
            return "Failure";
        case Outcome::timeout:
        case Outcome::unknown:
            break;
    }
    return "NA";
}

std::string_view severity(Facts f) {
    if (f.act.kind == ActKind::finding) {
        if (f.event.risk_level == "high") return "High";
        if (f.event.risk_level == "medium") return "Medium";
        return f.event.risk_level == "low" ? "Low" : "Informational";
    }
    return result(f) == "Failure" ? "Low" : "Informational";
}

OrderedJson reason_words(Facts f) {
    if (result(f) != "Failure") return {};
    const auto found = std::ranges::find(reasons, f.sign_in.error_code, &Reason::error_code);
    return found == reasons.end() ? "Other" : found->words;
}

OrderedJson original_reason(Facts f) {
    return f.event.reason.empty() ? f.sign_in.error_code : f.event.reason;
}

OrderedJson sign_in_kind(Facts f) {
    switch (f.row.feed) {
        case FeedId::sign_ins_interactive:
            return "Interactive";
        case FeedId::sign_ins_service_principal:
        case FeedId::sign_ins_managed_identity:
            return "Service";
        default:
            return {};
    }
}

// Only what the record says: one factor may be any.
OrderedJson method(Facts f) {
    if (f.row.feed == FeedId::sign_ins_managed_identity) return "Managed Identity";
    if (f.row.feed == FeedId::sign_ins_service_principal) return "Service Principal";
    return f.sign_in.requirement == "multiFactorAuthentication" ? OrderedJson("Multi factor authentication")
                                                                : OrderedJson();
}

OrderedJson id_type(Facts f) {
    return f.event.actor.id.empty() ? OrderedJson() : OrderedJson("AADID");
}
OrderedJson name_type(Facts f) {
    if (f.event.actor.name.empty()) return {};
    return f.event.actor.name.find('@') == std::string::npos ? "Simple" : "UPN";
}
OrderedJson actor_type(Facts f) {
    if (f.by_app()) return "Application";
    if (f.event.actor.kind == ActorKind::system) return "System";
    if (f.sign_in.user_type == "guest" || f.sign_in.user_type == "Guest") return "Guest";
    return f.sign_in.user_type == "member" || f.sign_in.user_type == "Member" ? OrderedJson("Regular")
                                                                              : OrderedJson();
}

std::string_view audit_type(Facts f) {
    switch (f.act.verb) {
        case ActVerb::create:
        case ActVerb::add_factor:
            return "Create";
        case ActVerb::read:
            return "Read";
        case ActVerb::update:
        case ActVerb::change_password:
        case ActVerb::reset_password:
        case ActVerb::assign:
            return "Set";
        case ActVerb::remove:
        case ActVerb::remove_factor:
        case ActVerb::revoke:
            return "Delete";
        case ActVerb::enable:
        case ActVerb::unlock:
            return "Enable";
        case ActVerb::disable:
            return "Disable";
        case ActVerb::unknown:
            break;
    }
    return "Other";
}

// The schema requires one: without a target it is the service.
OrderedJson object_name(Facts f) {
    const Target* target = f.target();
    if (target != nullptr && !target->name.empty()) return target->name;
    if (target != nullptr && !target->id.empty()) return target->id;
    return f.event.service.empty() ? product : f.event.service;
}

OrderedJson object_type(Facts f) {
    const std::string_view kind = f.target() == nullptr ? std::string_view{} : f.target()->kind;
    if (kind == "user" || kind == "group" || kind == "device") return "Directory Service Object";
    if (kind == "application" || kind == "serviceprincipal" || kind == "app") return "Cloud Resource";
    if (kind == "policy") return "Policy Rule";
    return kind == "role" ? "Configuration Atom" : "Other";
}

// Of several changes the record says which; one alone is the value.
OrderedJson changed(Facts f, std::string Change::*side) {
    return f.event.changes.size() == 1 ? OrderedJson(f.event.changes.front().*side) : OrderedJson();
}

constexpr std::array common{
    SchemaField{"TimeGenerated", [](Facts f) -> OrderedJson { return to_iso(f.event.time); }},
    SchemaField{"EventVendor", [](Facts) -> OrderedJson { return "Microsoft"; }},
    SchemaField{"EventProduct", [](Facts) -> OrderedJson { return product; }},
    SchemaField{"EventCount", [](Facts) -> OrderedJson { return 1; }},
    SchemaField{"EventStartTime", [](Facts f) -> OrderedJson { return to_iso(f.event.time); }},
    SchemaField{"EventEndTime", [](Facts f) -> OrderedJson { return to_iso(f.event.time); }},
    SchemaField{"EventResult", [](Facts f) -> OrderedJson { return result(f); }},
    SchemaField{"EventOriginalResultDetails", original_reason},
    SchemaField{"EventSeverity", [](Facts f) -> OrderedJson { return severity(f); }},
    SchemaField{"EventOriginalUid", [](Facts f) -> OrderedJson { return f.row.id; }},
    SchemaField{"EventMessage", [](Facts f) -> OrderedJson { return f.event.activity; }},
    SchemaField{"Dvc", [](Facts) -> OrderedJson { return product; }},
    SchemaField{"SrcIpAddr", [](Facts f) -> OrderedJson { return f.event.actor.ip; }},
    SchemaField{"IpAddr", [](Facts f) -> OrderedJson { return f.event.actor.ip; }},
    SchemaField{"Src", [](Facts f) -> OrderedJson { return f.event.actor.ip; }},
    SchemaField{"HttpUserAgent", [](Facts f) -> OrderedJson { return f.event.actor.user_agent; }},
};

constexpr std::array authentication{
    SchemaField{"EventSchema", [](Facts) -> OrderedJson { return "Authentication"; }},
    SchemaField{"EventSchemaVersion", [](Facts) -> OrderedJson { return "0.1.4"; }},
    SchemaField{"EventType", [](Facts) -> OrderedJson { return "Logon"; }},
    SchemaField{"EventSubType", sign_in_kind},
    SchemaField{"EventResultDetails", reason_words},
    SchemaField{"LogonMethod", method},
    SchemaField{"LogonProtocol", [](Facts f) -> OrderedJson { return f.sign_in.protocol; }},
    SchemaField{"TargetUserId", [](Facts f) -> OrderedJson { return f.event.actor.id; }},
    SchemaField{"TargetUserIdType", id_type},
    SchemaField{"TargetUsername", [](Facts f) -> OrderedJson { return f.event.actor.name; }},
    SchemaField{"TargetUsernameType", name_type},
    SchemaField{"TargetUserType", actor_type},
    SchemaField{"TargetUserScopeId", [](Facts f) -> OrderedJson { return f.tenant.tenant_id; }},
    SchemaField{"TargetSessionId", [](Facts f) -> OrderedJson { return f.sign_in.session_id; }},
    SchemaField{"User", [](Facts f) -> OrderedJson { return f.actor_name(); }},
    SchemaField{"TargetAppId", [](Facts f) -> OrderedJson { return f.sign_in.app_id; }},
    SchemaField{"TargetAppName", [](Facts f) -> OrderedJson { return f.sign_in.app_name; }},
    SchemaField{"TargetAppType",
                [](Facts f) -> OrderedJson {
                    return f.sign_in.app_id.empty() ? OrderedJson() : OrderedJson("SaaS application");
                }},
    SchemaField{"Application", [](Facts f) -> OrderedJson { return f.sign_in.app_name; }},
    SchemaField{"LogonTarget", [](Facts f) -> OrderedJson { return f.sign_in.app_name; }},
    SchemaField{"Dst", [](Facts f) -> OrderedJson { return f.sign_in.app_name; }},
    SchemaField{"ActingOriginalAppType", [](Facts f) -> OrderedJson { return f.event.client; }},
    SchemaField{"SrcDvcId", [](Facts f) -> OrderedJson { return f.sign_in.device_id; }},
    SchemaField{"SrcDvcIdType",
                [](Facts f) -> OrderedJson {
                    return f.sign_in.device_id.empty() ? OrderedJson() : OrderedJson("Other");
                }},
    SchemaField{"SrcHostname", [](Facts f) -> OrderedJson { return f.sign_in.device_name; }},
    SchemaField{"SrcDvcOs", [](Facts f) -> OrderedJson { return f.sign_in.device_system; }},
    SchemaField{"SrcGeoCity", [](Facts f) -> OrderedJson { return f.sign_in.city; }},
    SchemaField{"SrcGeoRegion", [](Facts f) -> OrderedJson { return f.sign_in.region; }},
    SchemaField{"SrcGeoCountry", [](Facts f) -> OrderedJson { return f.sign_in.country; }},
};

constexpr std::array audit_event{
    SchemaField{"EventSchema", [](Facts) -> OrderedJson { return "AuditEvent"; }},
    SchemaField{"EventSchemaVersion", [](Facts) -> OrderedJson { return "0.1.2"; }},
    SchemaField{"EventType", [](Facts f) -> OrderedJson { return audit_type(f); }},
    SchemaField{"EventOriginalType", [](Facts f) -> OrderedJson { return f.event.operation; }},
    SchemaField{
        "Operation",
        [](Facts f) -> OrderedJson { return f.event.activity.empty() ? "unknown" : f.event.activity; }},
    SchemaField{"Object", object_name},
    SchemaField{"ObjectId",
                [](Facts f) -> OrderedJson {
                    return f.target() == nullptr ? OrderedJson() : OrderedJson(f.target()->id);
                }},
    SchemaField{"ObjectType", object_type},
    SchemaField{"OriginalObjectType",
                [](Facts f) -> OrderedJson {
                    return f.target() == nullptr ? OrderedJson() : OrderedJson(f.target()->kind);
                }},
    SchemaField{"OldValue", [](Facts f) -> OrderedJson { return changed(f, &Change::old_value); }},
    SchemaField{"NewValue", [](Facts f) -> OrderedJson { return changed(f, &Change::new_value); }},
    SchemaField{"Value", [](Facts f) -> OrderedJson { return changed(f, &Change::new_value); }},
    SchemaField{"ActorUserId", [](Facts f) -> OrderedJson { return f.event.actor.id; }},
    SchemaField{"ActorUserIdType", id_type},
    SchemaField{"ActorUsername", [](Facts f) -> OrderedJson { return f.event.actor.name; }},
    SchemaField{"ActorUsernameType", name_type},
    SchemaField{"ActorUserType", actor_type},
    SchemaField{"ActorScopeId", [](Facts f) -> OrderedJson { return f.tenant.tenant_id; }},
    SchemaField{"User", [](Facts f) -> OrderedJson { return f.event.actor.name; }},
    SchemaField{"TargetAppName",
                [](Facts f) -> OrderedJson { return f.event.service.empty() ? product : f.event.service; }},
    SchemaField{"TargetAppType", [](Facts) -> OrderedJson { return "SaaS application"; }},
    SchemaField{"Application",
                [](Facts f) -> OrderedJson { return f.event.service.empty() ? product : f.event.service; }},
    SchemaField{"Dst",
                [](Facts f) -> OrderedJson { return f.event.service.empty() ? product : f.event.service; }},
};

constexpr std::array additional{
    SchemaField{"AdditionalFields.Feed", [](Facts f) -> OrderedJson { return feed_of(f.row.feed).name; }},
    SchemaField{"AdditionalFields.Category", [](Facts f) -> OrderedJson { return f.event.category; }},
    SchemaField{"AdditionalFields.CorrelationId",
                [](Facts f) -> OrderedJson { return f.event.correlation_id; }},
    SchemaField{"AdditionalFields.Revision", [](Facts f) -> OrderedJson { return f.row.revision; }},
    SchemaField{"AdditionalFields.Record", [](Facts f) -> OrderedJson { return f.row.raw; }},
};

}  // namespace asim_event_fields
}  // namespace

OrderedJson asim_event(const EventFacts& facts) {
    using namespace asim_event_fields;
    OrderedJson object = OrderedJson::object();
    put_fields(object, common, facts);
    const bool is_sign_in = facts.act.kind == ActKind::sign_in;
    put_fields(object, is_sign_in ? std::span<const SchemaField>{authentication} : audit_event, facts);
    put_fields(object, additional, facts);
    return object;
}

}  // namespace entrawatch
