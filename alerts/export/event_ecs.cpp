// Events in the Elastic Common Schema 8.11. What the schema has no field for stands in `labels`, its place
// for keywords of one's own, and in the record itself, `event.original`.
//
// Names stay as Entra sent them.
#include <algorithm>
#include <array>

#include "alerts/export/event_facts.hpp"
#include "alerts/payload/schema_parts.hpp"

namespace entrawatch {
namespace {
namespace ecs_event_fields {

using Facts = const EventFacts&;

std::string_view target_kind_of(Facts f) {
    return f.target() == nullptr ? std::string_view{} : f.target()->kind;
}

bool is_configuration(Facts f) {
    constexpr std::array kinds{"policy", "application", "serviceprincipal", "directory", "domain"};
    return std::ranges::find(kinds, target_kind_of(f)) != kinds.end();
}

// What categories are about people and what they may do, and what is set up.
OrderedJson categories(Facts f) {
    if (f.act.kind == ActKind::sign_in) return OrderedJson::array({"authentication"});
    if (f.act.kind == ActKind::finding) return OrderedJson::array({"iam"});
    return OrderedJson::array(
        {f.act.kind == ActKind::other && is_configuration(f) ? "configuration" : "iam"});
}

std::string_view verb_type(ActVerb verb) {
    switch (verb) {
        case ActVerb::create:
            return "creation";
        case ActVerb::remove:
            return "deletion";
        case ActVerb::read:
            return "info";
        case ActVerb::unknown:
        case ActVerb::update:
        case ActVerb::enable:
        case ActVerb::disable:
        case ActVerb::change_password:
        case ActVerb::reset_password:
        case ActVerb::add_factor:
        case ActVerb::remove_factor:
        case ActVerb::unlock:
        case ActVerb::assign:
        case ActVerb::revoke:
            break;
    }
    return "change";
}

// Only those that the schema expects with the category.
OrderedJson types(Facts f) {
    switch (f.act.kind) {
        case ActKind::sign_in:
            return OrderedJson::array({"start"});
        case ActKind::finding:
            return OrderedJson::array({"info"});
        case ActKind::account:
            return OrderedJson::array({"user", verb_type(f.act.verb)});
        case ActKind::access:
            return OrderedJson::array({"admin", verb_type(f.act.verb)});
        case ActKind::other:
            break;
    }
    OrderedJson types = OrderedJson::array();
    if (target_kind_of(f) == "user" || target_kind_of(f) == "group") types.push_back(target_kind_of(f));
    types.push_back(verb_type(f.act.verb));
    return types;
}

OrderedJson outcome(Facts f) {
    const bool is_known = f.event.outcome == Outcome::success || f.event.outcome == Outcome::failure;
    return is_known ? name_of(f.event.outcome) : "unknown";
}

// The first target of a kind.
OrderedJson target_text(Facts f, std::string_view kind, std::string Target::*text) {
    const auto found = std::ranges::find(f.event.targets, kind, &Target::kind);
    return found == f.event.targets.end() ? OrderedJson() : OrderedJson((*found).*text);
}

// A finding's target is whoever it is about, who is the user already.
OrderedJson target_user(Facts f, std::string Target::*text) {
    return f.act.kind == ActKind::finding ? OrderedJson() : target_text(f, "user", text);
}

OrderedJson target_service(Facts f, std::string Target::*text) {
    for (const std::string_view kind : {"serviceprincipal", "application", "app"}) {
        if (OrderedJson value = target_text(f, kind, text); !value.is_null()) return value;
    }
    return {};
}

OrderedJson service_id(Facts f) {
    return f.act.kind == ActKind::sign_in ? OrderedJson(f.sign_in.app_id) : target_service(f, &Target::id);
}
OrderedJson service_name(Facts f) {
    return f.act.kind == ActKind::sign_in ? OrderedJson(f.sign_in.app_name)
                                          : target_service(f, &Target::name);
}

OrderedJson related_users(Facts f) {
    OrderedJson list = OrderedJson::array();
    const auto add = [&](const std::string& value) {
        if (!value.empty() && std::ranges::find(list, OrderedJson(value)) == list.end())
            list.push_back(value);
    };
    add(f.event.actor.id);
    add(f.event.actor.name);
    for (const Target& target : f.event.targets) {
        if (target.kind != "user") continue;
        add(target.id);
        add(target.name);
    }
    return list;
}

OrderedJson risk_level(Facts f) {
    constexpr std::array levels{"low", "medium", "high"};
    const bool is_said = std::ranges::find(levels, f.event.risk_level) != levels.end();
    return is_said && f.event.actor.kind == ActorKind::user ? OrderedJson(f.event.risk_level) : OrderedJson();
}

OrderedJson when_failed(Facts f, const std::string& text) {
    return f.event.outcome == Outcome::failure ? OrderedJson(text) : OrderedJson();
}

constexpr std::array fields{
    SchemaField{"@timestamp", [](Facts f) -> OrderedJson { return to_iso(f.event.time); }},
    SchemaField{"ecs.version", [](Facts) -> OrderedJson { return ecs_version; }},
    SchemaField{"message", [](Facts f) -> OrderedJson { return f.event.activity; }},
    SchemaField{"event.kind",
                [](Facts f) -> OrderedJson { return f.act.kind == ActKind::finding ? "alert" : "event"; }},
    SchemaField{"event.category", categories},
    SchemaField{"event.type", types},
    SchemaField{"event.action", [](Facts f) -> OrderedJson { return f.event.activity; }},
    SchemaField{"event.outcome", outcome},
    SchemaField{"event.reason", [](Facts f) -> OrderedJson { return f.event.reason; }},
    SchemaField{"event.id", [](Facts f) -> OrderedJson { return f.row.id; }},
    SchemaField{"event.module", [](Facts) -> OrderedJson { return "entra"; }},
    SchemaField{"event.dataset",
                [](Facts f) -> OrderedJson { return "entra." + std::string{feed_of(f.row.feed).name}; }},
    SchemaField{"event.provider", [](Facts f) -> OrderedJson { return f.event.service; }},
    SchemaField{"event.created", [](Facts f) -> OrderedJson { return to_iso(f.row.received_at); }},
    SchemaField{"error.code", [](Facts f) -> OrderedJson { return when_failed(f, f.sign_in.error_code); }},
    SchemaField{"error.message", [](Facts f) -> OrderedJson { return when_failed(f, f.event.reason); }},
    SchemaField{"user.id", [](Facts f) -> OrderedJson { return f.event.actor.id; }},
    SchemaField{"user.name", [](Facts f) -> OrderedJson { return f.event.actor.name; }},
    SchemaField{"user.full_name", [](Facts f) -> OrderedJson { return f.event.actor.display_name; }},
    SchemaField{"user.risk.static_level", risk_level},
    SchemaField{"user.target.id", [](Facts f) -> OrderedJson { return target_user(f, &Target::id); }},
    SchemaField{"user.target.name", [](Facts f) -> OrderedJson { return target_user(f, &Target::name); }},
    SchemaField{"group.id", [](Facts f) -> OrderedJson { return target_text(f, "group", &Target::id); }},
    SchemaField{"group.name", [](Facts f) -> OrderedJson { return target_text(f, "group", &Target::name); }},
    SchemaField{"service.target.id", service_id},
    SchemaField{"service.target.name", service_name},
    SchemaField{"source.ip", [](Facts f) -> OrderedJson { return f.event.actor.ip; }},
    SchemaField{"source.geo.city_name", [](Facts f) -> OrderedJson { return f.sign_in.city; }},
    SchemaField{"source.geo.region_name", [](Facts f) -> OrderedJson { return f.sign_in.region; }},
    SchemaField{"source.geo.country_iso_code", [](Facts f) -> OrderedJson { return f.sign_in.country; }},
    SchemaField{"user_agent.original", [](Facts f) -> OrderedJson { return f.event.actor.user_agent; }},
    SchemaField{"organization.id", [](Facts f) -> OrderedJson { return f.tenant.tenant_id; }},
    SchemaField{"organization.name", [](Facts f) -> OrderedJson { return f.tenant.name; }},
    SchemaField{"related.user", related_users},
    SchemaField{"related.ip",
                [](Facts f) -> OrderedJson {
                    return f.event.actor.ip.empty() ? OrderedJson() : OrderedJson::array({f.event.actor.ip});
                }},
    SchemaField{"labels.correlation_id", [](Facts f) -> OrderedJson { return f.event.correlation_id; }},
    SchemaField{"labels.category", [](Facts f) -> OrderedJson { return f.event.category; }},
    SchemaField{"labels.role", [](Facts f) -> OrderedJson { return f.act.privilege; }},
    SchemaField{"labels.revision", [](Facts f) -> OrderedJson { return std::to_string(f.row.revision); }},
    SchemaField{"event.original", [](Facts f) -> OrderedJson { return f.row.raw; }},
};

}  // namespace ecs_event_fields
}  // namespace

OrderedJson ecs_event(const EventFacts& facts) {
    OrderedJson object = OrderedJson::object();
    put_fields(object, ecs_event_fields::fields, facts);
    return object;
}

}  // namespace entrawatch
