// Elastic Common Schema: an alert document. What the schema has no field for stands below `entrawatch`, where
// the schema will never have one.
//
// Names stay as Entra sent them: this is for machines.
#include "alerts/payload/native.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/schema_parts.hpp"
#include "alerts/payload/shedding.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace ecs_body {

struct Kind {
    const char* category;
    const char* type;
};

Kind kind_of(std::string_view feed) {
    if (feed.starts_with("sign_ins")) return {"authentication", "info"};
    return feed == "directory_audits" ? Kind{"iam", "change"} : Kind{"iam", "info"};
}

OrderedJson event_of(const Notification& notification, const OrderedJson& data, Severity severity) {
    const OrderedJson events = member(data, "events");
    const OrderedJson first = events.is_array() && !events.empty() ? events.front() : OrderedJson{};
    const std::string feed = text_at(first, {"feed"});
    OrderedJson event;
    event["kind"] = "alert";
    event["category"] = OrderedJson::array({kind_of(feed).category});
    event["type"] = OrderedJson::array({kind_of(feed).type});
    event["id"] = safe_text(notification.webhook_id);
    event["code"] = safe_text(notification.type);
    event["severity"] = static_cast<int>(severity) + 1;
    event["risk_score"] = static_cast<int>(severity) * 25;
    event["provider"] = "entrawatch";
    put_text(event, "dataset", feed.empty() ? "" : "entra." + feed);
    put_text(event, "action", text_at(first, {"activity"}));
    const std::string outcome = text_at(first, {"outcome"});
    event["outcome"] = outcome == "success" || outcome == "failure" ? outcome : "unknown";
    put_text(event, "reason", text_at(data, {"summary"}));
    put_text(event, "start", text_at(data, {"first_event_at"}));
    put_text(event, "end", text_at(data, {"last_event_at"}));
    put_text(event, "created", text_at(data, {"detected_at"}));
    put_text(event, "url", text_at(data, {"links", "entra"}));
    return event;
}

OrderedJson rule_of(const OrderedJson& data) {
    OrderedJson rule;
    put_text(rule, "id", text_at(data, {"rule", "id"}));
    put_text(rule, "uuid", text_at(data, {"rule", "id"}));
    put_text(rule, "name", text_at(data, {"rule", "name"}));
    put_text(rule, "description", text_at(data, {"rule", "title"}));
    put_text(rule, "category", text_at(data, {"rule", "scenario"}));
    put_text(rule, "reference", text_at(data, {"rule", "runbook"}));
    return rule;
}

OrderedJson party(const OrderedJson& data, const char* which) {
    OrderedJson out;
    put_text(out, "id", text_at(data, {which, "id"}));
    put_text(out, "name", text_at(data, {which, "name"}));
    return out;
}

void put_parties(OrderedJson& body, const OrderedJson& data) {
    OrderedJson user = party(data, "actor");
    OrderedJson target = party(data, "target");
    OrderedJson names = OrderedJson::array();
    for (const OrderedJson* one : {&user, &target}) {
        if (one->contains("name")) names.push_back((*one)["name"]);
    }
    const std::string kind = text_at(data, {"target", "kind"});
    if (kind == "group" && !target.empty()) body["group"] = target;
    if (kind == "user" && !target.empty()) user["target"] = std::move(target);
    if (!user.empty()) body["user"] = std::move(user);
    const std::string ip = text_at(data, {"actor", "ip"});
    if (!ip.empty()) body["source"]["ip"] = ip;
    if (!names.empty()) body["related"]["user"] = std::move(names);
    if (!ip.empty()) body["related"]["ip"] = OrderedJson::array({ip});
}

// What has a field above is not said twice.
OrderedJson own_part(const Notification& notification, const OrderedJson& data) {
    OrderedJson own;
    own["alert_id"] = safe_text(notification.alert_id);
    for (const char* key : {"dedup_key", "count", "acknowledged", "resolved", "actor", "target",
                            "other_targets", "changes", "differences", "further_differences", "context",
                            "digest", "update", "follow_up", "merged", "events", "test", "drill", "shed"}) {
        if (data.contains(key)) own[key] = data[key];
    }
    return own;
}

OrderedJson document_of(const Notification& notification, const OrderedJson& stored,
                        const OrderedJson& data) {
    const Severity severity = severity_of(text_at(data, {"severity"})).value_or(notification.severity);
    OrderedJson body;
    const std::string time = text_at(stored, {"timestamp"});
    body["@timestamp"] = parse_iso(time) ? time : to_iso_millis(Instant{});
    body["ecs"]["version"] = ecs_version;
    put_text(body, "message", text_at(data, {"summary"}));
    body["event"] = event_of(notification, data, severity);
    if (OrderedJson rule = rule_of(data); !rule.empty()) body["rule"] = std::move(rule);
    const OrderedJson attack = member(member(data, "rule"), "attack");
    if (attack.is_array() && !attack.empty()) {
        body["threat"]["framework"] = "MITRE ATT&CK";
        body["threat"]["technique"]["id"] = attack;
    }
    put_parties(body, data);
    if (const std::string id = text_at(data, {"tenant_id"}); !id.empty()) body["organization"]["id"] = id;
    if (const std::string name = text_at(data, {"tenant"}); !name.empty())
        body["organization"]["name"] = name;
    body["observer"]["product"] = "Entrawatch";
    body["entrawatch"] = own_part(notification, data);
    return body;
}

}  // namespace ecs_body
}  // namespace

RenderedRequest ecs_request(const Notification& notification) {
    using namespace ecs_body;
    return fitted_document(notification.body, [&](const OrderedJson& stored, const OrderedJson& data) {
        return document_of(notification, stored, data);
    });
}

}  // namespace entrawatch
