// OCSF 1.4, class Detection Finding (2004). What the schema has no place for stands in `unmapped`, so that
// nothing of the alert is lost.
//
// Times are milliseconds since 1970. Names stay as Entra sent them: this is for machines.
#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/schema_parts.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace ocsf_body {

constexpr int class_uid = 2004;

void put_time(OrderedJson& object, const char* key, const std::string& iso) {
    const auto time = parse_iso(iso);
    if (!time) return;
    object[key] = ocsf_time(*time);
}

// 1 create, 2 update, 3 close.
int activity_of(std::string_view type) {
    if (type == "alert.resolved" || type == "watch.recovered") return 3;
    return type == "alert.updated" || type == "alert.acknowledged" ? 2 : 1;
}

// 1 new, 2 in progress, 4 resolved.
int status_of(std::string_view type) {
    if (activity_of(type) == 3) return 4;
    return type == "alert.acknowledged" ? 2 : 1;
}

OrderedJson finding_info(const OrderedJson& data, const Notification& notification) {
    OrderedJson info;
    info["uid"] = safe_text(notification.alert_id);
    put_text(info, "title", text_at(data, {"rule", "title"}));
    put_text(info, "desc", text_at(data, {"summary"}));
    put_time(info, "created_time", text_at(data, {"detected_at"}));
    put_time(info, "first_seen_time", text_at(data, {"first_event_at"}));
    put_time(info, "last_seen_time", text_at(data, {"last_event_at"}));
    put_text(info, "src_url", text_at(data, {"links", "entra"}));
    OrderedJson analytic;
    put_text(analytic, "uid", text_at(data, {"rule", "id"}));
    put_text(analytic, "name", text_at(data, {"rule", "name"}));
    put_text(analytic, "category", text_at(data, {"rule", "scenario"}));
    analytic["type"] = "Rule";
    analytic["type_id"] = 1;
    info["analytic"] = std::move(analytic);
    for (const OrderedJson& technique : member(member(data, "rule"), "attack"))
        info["attacks"].push_back({{"technique", {{"uid", technique}}}});
    for (const OrderedJson& event : member(data, "events")) {
        OrderedJson related;
        related["uid"] = text_at(event, {"id"});
        put_text(related, "type", text_at(event, {"activity"}));
        info["related_events"].push_back(std::move(related));
    }
    return info;
}

OrderedJson actor_of(const OrderedJson& data) {
    OrderedJson actor;
    const bool app = text_at(data, {"actor", "kind"}) == "app";
    OrderedJson user;
    put_text(user, "uid", text_at(data, {"actor", "id"}));
    put_text(user, "name", text_at(data, {"actor", "name"}));
    if (app) {
        put_text(actor, "app_name", text_at(data, {"actor", "name"}));
        put_text(actor, "app_uid", text_at(data, {"actor", "app_id"}));
    }
    if (!user.empty()) actor["user"] = std::move(user);
    return actor;
}

// One for each event, all by the alert's actor.
OrderedJson evidences_of(const OrderedJson& data) {
    OrderedJson list = OrderedJson::array();
    const OrderedJson actor = actor_of(data);
    const std::string ip = text_at(data, {"actor", "ip"});
    for (const OrderedJson& event : member(data, "events")) {
        OrderedJson evidence;
        if (!actor.empty()) evidence["actor"] = actor;
        if (!ip.empty()) evidence["src_endpoint"]["ip"] = ip;
        evidence["data"] = event;
        list.push_back(std::move(evidence));
    }
    return list;
}

OrderedJson resources_of(const OrderedJson& data) {
    OrderedJson list = OrderedJson::array();
    const auto add = [&](const OrderedJson& target) {
        OrderedJson resource;
        put_text(resource, "uid", text_at(target, {"id"}));
        put_text(resource, "name", text_at(target, {"name"}));
        put_text(resource, "type", text_at(target, {"kind"}));
        if (!resource.empty()) list.push_back(std::move(resource));
    };
    add(member(data, "target"));
    for (const OrderedJson& target : member(data, "other_targets"))
        add(target);
    return list;
}

OrderedJson observables_of(const OrderedJson& data) {
    OrderedJson list = OrderedJson::array();
    add_observable(list, "evidences.src_endpoint.ip", Observable::ip_address, text_at(data, {"actor", "ip"}));
    add_observable(list, "evidences.actor.user.name", Observable::user_name,
                   text_at(data, {"actor", "name"}));
    add_observable(list, "evidences.actor.user.uid", Observable::user_id, text_at(data, {"actor", "id"}));
    return list;
}

OrderedJson unmapped_of(const OrderedJson& data) {
    OrderedJson rest = OrderedJson::object();
    for (const char* key : {"tenant", "tenant_id", "dedup_key", "acknowledged", "resolved", "actor",
                            "changes", "differences", "further_differences", "context", "digest", "update",
                            "follow_up", "merged", "test", "drill", "shed"}) {
        if (data.contains(key)) rest[key] = data[key];
    }
    put_text(rest, "runbook", text_at(data, {"rule", "runbook"}));
    return rest;
}

OrderedJson metadata_of(const Notification& notification) {
    OrderedJson metadata;
    metadata["version"] = ocsf_version;
    metadata["product"] = {{"name", "Entrawatch"}, {"vendor_name", "Entrawatch"}};
    metadata["uid"] = safe_text(notification.webhook_id);
    metadata["event_code"] = safe_text(notification.type);
    return metadata;
}

OrderedJson finding_of(const Notification& notification, const OrderedJson& stored, const OrderedJson& data) {
    const Severity severity = severity_of(text_at(data, {"severity"})).value_or(notification.severity);
    OrderedJson body;
    body["activity_id"] = activity_of(notification.type);
    body["category_uid"] = 2;
    body["class_uid"] = class_uid;
    body["type_uid"] = class_uid * 100 + activity_of(notification.type);
    body["time"] = 0;
    put_time(body, "time", text_at(stored, {"timestamp"}));
    body["severity_id"] = static_cast<int>(severity) + 1;
    body["severity"] = name_of(severity);
    body["status_id"] = status_of(notification.type);
    body["is_alert"] = true;
    put_text(body, "message", text_at(data, {"summary"}));
    if (data.contains("count")) body["count"] = data["count"];
    body["metadata"] = metadata_of(notification);
    body["finding_info"] = finding_info(data, notification);
    for (auto&& [key, list] :
         {std::pair{"evidences", evidences_of(data)}, std::pair{"resources", resources_of(data)},
          std::pair{"observables", observables_of(data)}}) {
        if (!list.empty()) body[key] = list;
    }
    body["unmapped"] = unmapped_of(data);
    return body;
}

}  // namespace ocsf_body
}  // namespace

RenderedRequest ocsf_request(const Notification& notification) {
    using namespace ocsf_body;
    return fitted_document(notification.body, [&](const OrderedJson& stored, const OrderedJson& data) {
        return finding_of(notification, stored, data);
    });
}

}  // namespace entrawatch
