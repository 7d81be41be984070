// Events in OCSF 1.4: Authentication (3002), Account Change (3001), User Access Management (3005), API
// Activity (6003), and Detection Finding (2004) for what Microsoft or the posture feed found.
//
// `common` stands in every object, then the table of its class (ocsf_class.hpp says which it is). Times are
// milliseconds since 1970. Names stay as Entra sent them.
#include <array>
#include <vector>

#include "alerts/export/event_facts.hpp"
#include "alerts/export/ocsf_class.hpp"
#include "alerts/payload/schema_parts.hpp"

namespace entrawatch {
namespace {
namespace ocsf_event_fields {

using Facts = const EventFacts&;

// Somebody whom the record does not name is still somebody: the schema wants a name.
OrderedJson user(const std::string& id, const std::string& name, int type, std::string_view type_name) {
    OrderedJson user = OrderedJson::object();
    put_text(user, "uid", id);
    put_text(user, "name", name);
    if (user.empty()) user["name"] = "unknown";
    user["type_id"] = type;
    user["type"] = type_name;
    return user;
}

OrderedJson actor_user(Facts f) {
    const Actor& actor = f.event.actor;
    switch (actor.kind) {
        case ActorKind::user:
            return user(actor.id, actor.name, 1, "User");
        case ActorKind::app:
            return user(actor.id, actor.name, 99, "Application");
        case ActorKind::system:
            return user(actor.id, actor.name, 3, "System");
        case ActorKind::unknown:
            break;
    }
    return user(actor.id, actor.name, 0, "Unknown");
}

OrderedJson subject_user(Facts f) {
    const Target& subject = *f.act.subject;
    const bool is_user = subject.kind == "user";
    return user(subject.id, subject.name, is_user ? 1 : 99, is_user ? "User" : subject.kind);
}

OrderedJson actor_app_name(Facts f) {
    return f.by_app() ? OrderedJson(f.event.actor.name) : OrderedJson();
}
OrderedJson actor_app_uid(Facts f) {
    return f.by_app() ? OrderedJson(f.event.actor.app_id) : OrderedJson();
}

// Graph has no address of an application that acted: the endpoint is then the service.
OrderedJson source_service(Facts f) {
    if (!f.event.actor.ip.empty()) return {};
    if (!f.event.actor.name.empty() && f.event.actor.kind != ActorKind::user) return f.event.actor.name;
    return f.event.service.empty() ? "Microsoft Entra ID" : f.event.service;
}

OrderedJson service_name(Facts f) {
    if (!f.sign_in.app_name.empty()) return f.sign_in.app_name;
    const Target* resource = f.target();
    if (resource != nullptr && !resource->name.empty()) return resource->name;
    return "Microsoft Entra ID";
}

OrderedJson resource(const Target& target) {
    OrderedJson resource;
    put_text(resource, "uid", target.id);
    put_text(resource, "name", target.name);
    put_text(resource, "type", target.kind);
    return resource;
}

OrderedJson resources(Facts f) {
    OrderedJson list = OrderedJson::array();
    for (const Target& target : f.event.targets)
        list.push_back(resource(target));
    return list;
}

// The role, where the privilege is one.
OrderedJson role_resource(Facts f) {
    return f.event.role ? resource({"role", f.event.role->template_id, f.event.role->name}) : OrderedJson();
}

OrderedJson observables(Facts f) {
    OrderedJson list = OrderedJson::array();
    const std::string_view who = f.act.kind == ActKind::sign_in ? "user" : "actor.user";
    if (f.act.kind != ActKind::finding) {
        add_observable(list, "src_endpoint.ip", Observable::ip_address, f.event.actor.ip);
        add_observable(list, std::string{who} + ".name", Observable::user_name, f.event.actor.name);
        add_observable(list, std::string{who} + ".uid", Observable::user_id, f.event.actor.id);
    }
    return list;
}

OrderedJson protocol_id(Facts f) {
    if (f.sign_in.protocol.empty() || f.sign_in.protocol == "none") return {};
    if (f.sign_in.protocol == "oAuth2") return 6;
    return f.sign_in.protocol == "saml20" ? 5 : ocsf_other;
}
OrderedJson protocol_name(Facts f) {
    if (f.sign_in.protocol == "oAuth2") return "OAUTH 2.0";
    if (f.sign_in.protocol == "saml20") return "SAML";
    return protocol_id(f).is_null() ? OrderedJson() : OrderedJson(f.sign_in.protocol);
}

OrderedJson evidences(Facts f) {
    OrderedJson evidence = {{"actor", {{"user", actor_user(f)}}}};
    if (!f.event.actor.ip.empty()) evidence["src_endpoint"]["ip"] = f.event.actor.ip;
    return OrderedJson::array({std::move(evidence)});
}

constexpr std::array common{
    SchemaField{"activity_id", [](Facts f) -> OrderedJson { return ocsf_activity(f).id; }},
    SchemaField{"activity_name", [](Facts f) -> OrderedJson { return ocsf_activity(f).name; }},
    SchemaField{"category_uid", [](Facts f) -> OrderedJson { return ocsf_class(f.act.kind).category; }},
    SchemaField{"category_name", [](Facts f) -> OrderedJson { return ocsf_class(f.act.kind).category_name; }},
    SchemaField{"class_uid", [](Facts f) -> OrderedJson { return ocsf_class(f.act.kind).uid; }},
    SchemaField{"class_name", [](Facts f) -> OrderedJson { return ocsf_class(f.act.kind).name; }},
    SchemaField{
        "type_uid",
        [](Facts f) -> OrderedJson { return ocsf_class(f.act.kind).uid * 100 + ocsf_activity(f).id; }},
    SchemaField{"time", [](Facts f) -> OrderedJson { return ocsf_time(f.event.time); }},
    SchemaField{"severity_id", [](Facts f) -> OrderedJson { return ocsf_severity(f).id; }},
    SchemaField{"severity", [](Facts f) -> OrderedJson { return ocsf_severity(f).name; }},
    SchemaField{"message", [](Facts f) -> OrderedJson { return f.event.activity; }},
    SchemaField{"status_code", [](Facts f) -> OrderedJson { return f.sign_in.error_code; }},
    SchemaField{"status_detail", [](Facts f) -> OrderedJson { return f.event.reason; }},
    SchemaField{"metadata.version", [](Facts) -> OrderedJson { return ocsf_version; }},
    SchemaField{"metadata.product.name", [](Facts) -> OrderedJson { return "Microsoft Entra ID"; }},
    SchemaField{"metadata.product.vendor_name", [](Facts) -> OrderedJson { return "Microsoft"; }},
    SchemaField{"metadata.uid", [](Facts f) -> OrderedJson { return f.row.id; }},
    SchemaField{"metadata.event_code", [](Facts f) -> OrderedJson { return f.event.activity; }},
    SchemaField{"metadata.log_name", [](Facts f) -> OrderedJson { return feed_of(f.row.feed).name; }},
    SchemaField{"metadata.log_provider", [](Facts f) -> OrderedJson { return f.event.service; }},
    SchemaField{"metadata.correlation_uid", [](Facts f) -> OrderedJson { return f.event.correlation_id; }},
    SchemaField{"metadata.logged_time", [](Facts f) -> OrderedJson { return ocsf_time(f.row.received_at); }},
    SchemaField{"metadata.modified_time",
                [](Facts f) -> OrderedJson {
                    return f.event.updated ? OrderedJson(ocsf_time(*f.event.updated)) : OrderedJson();
                }},
    SchemaField{"metadata.original_time", [](Facts f) -> OrderedJson { return to_iso(f.event.time); }},
    SchemaField{"metadata.tenant_uid", [](Facts f) -> OrderedJson { return f.tenant.tenant_id; }},
    SchemaField{"observables", observables},
    SchemaField{"unmapped.tenant", [](Facts f) -> OrderedJson { return f.tenant.name; }},
    SchemaField{"unmapped.revision", [](Facts f) -> OrderedJson { return f.row.revision; }},
    SchemaField{"raw_data", [](Facts f) -> OrderedJson { return f.row.raw; }},
};

// Findings have states of their own in `status_id`.
constexpr std::array outcome{
    SchemaField{"status_id", [](Facts f) -> OrderedJson { return ocsf_status(f).id; }},
    SchemaField{"status", [](Facts f) -> OrderedJson { return ocsf_status(f).name; }},
};

constexpr std::array source{
    SchemaField{"src_endpoint.ip", [](Facts f) -> OrderedJson { return f.event.actor.ip; }},
    SchemaField{"http_request.user_agent", [](Facts f) -> OrderedJson { return f.event.actor.user_agent; }},
};

constexpr std::array actor{
    SchemaField{"actor.user", actor_user},
    SchemaField{"actor.app_name", actor_app_name},
    SchemaField{"actor.app_uid", actor_app_uid},
};

constexpr std::array authentication{
    SchemaField{"user", actor_user},
    SchemaField{"service.uid", [](Facts f) -> OrderedJson { return f.sign_in.app_id; }},
    SchemaField{"service.name", service_name},
    SchemaField{"src_endpoint.uid", [](Facts f) -> OrderedJson { return f.sign_in.device_id; }},
    SchemaField{"src_endpoint.name", [](Facts f) -> OrderedJson { return f.sign_in.device_name; }},
    SchemaField{"src_endpoint.location.city", [](Facts f) -> OrderedJson { return f.sign_in.city; }},
    SchemaField{"src_endpoint.location.region", [](Facts f) -> OrderedJson { return f.sign_in.region; }},
    SchemaField{"src_endpoint.location.country", [](Facts f) -> OrderedJson { return f.sign_in.country; }},
    SchemaField{"is_mfa",
                [](Facts f) -> OrderedJson {
                    if (f.sign_in.requirement.empty()) return {};
                    return f.sign_in.requirement == "multiFactorAuthentication";
                }},
    SchemaField{"is_remote", [](Facts) -> OrderedJson { return true; }},
    SchemaField{"auth_protocol_id", protocol_id},
    SchemaField{"auth_protocol", protocol_name},
    SchemaField{"session.uid", [](Facts f) -> OrderedJson { return f.sign_in.session_id; }},
};

constexpr std::array account_change{
    SchemaField{"user", subject_user},
};

constexpr std::array user_access{
    SchemaField{"user", subject_user},
    SchemaField{"privileges", [](Facts f) -> OrderedJson { return OrderedJson::array({f.act.privilege}); }},
    SchemaField{"resource", role_resource},
};

constexpr std::array api_activity{
    SchemaField{
        "api.operation",
        [](Facts f) -> OrderedJson { return f.event.activity.empty() ? "unknown" : f.event.activity; }},
    SchemaField{"api.service.name", [](Facts f) -> OrderedJson { return f.event.service; }},
    SchemaField{"src_endpoint.svc_name", source_service},
    SchemaField{"resources", resources},
};

constexpr std::array detection_finding{
    SchemaField{"finding_info.uid", [](Facts f) -> OrderedJson { return f.row.id; }},
    SchemaField{
        "finding_info.title",
        [](Facts f) -> OrderedJson { return f.event.activity.empty() ? "unknown" : f.event.activity; }},
    SchemaField{"finding_info.desc", [](Facts f) -> OrderedJson { return f.event.reason; }},
    SchemaField{"finding_info.types",
                [](Facts f) -> OrderedJson {
                    return f.event.category.empty() ? OrderedJson() : OrderedJson::array({f.event.category});
                }},
    SchemaField{"finding_info.created_time", [](Facts f) -> OrderedJson { return ocsf_time(f.event.time); }},
    SchemaField{"evidences", evidences},
    SchemaField{"resources", resources},
    SchemaField{"unmapped.risk_state", [](Facts f) -> OrderedJson { return f.event.risk_state; }},
};

using Tables = std::vector<std::span<const SchemaField>>;

Tables tables_of(ActKind kind) {
    switch (kind) {
        case ActKind::sign_in:
            return {common, outcome, source, authentication};
        case ActKind::account:
            return {common, outcome, source, actor, account_change};
        case ActKind::access:
            return {common, outcome, source, actor, user_access};
        case ActKind::finding:
            return {common, detection_finding};
        case ActKind::other:
            break;
    }
    return {common, outcome, source, actor, api_activity};
}

}  // namespace ocsf_event_fields
}  // namespace

OrderedJson ocsf_event(const EventFacts& facts) {
    OrderedJson object = OrderedJson::object();
    for (const std::span<const SchemaField> table : ocsf_event_fields::tables_of(facts.act.kind))
        put_fields(object, table, facts);
    return object;
}

}  // namespace entrawatch
