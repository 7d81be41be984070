// Alerts of Microsoft's security products (alerts_v2): Defender for Identity, for Cloud Apps and their kin.
// What they are about stands in the evidence, which grows for days.
#include <array>

#include "core/base/text.hpp"
#include "core/event/normalize.hpp"
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t {
    id,
    created_time,
    updated_time,
    title,
    category,
    product,
    source,
    description,
    severity,
    status,
    actor_name,
    evidence,
    count
};

constexpr MemberPicker<count> picker{{"id", "createdDateTime", "lastUpdateDateTime", "title", "category",
                                      "productName", "serviceSource", "description", "severity", "status",
                                      "actorDisplayName", "evidence"}};
using Picked = MemberPicker<count>::Picked;

std::string first_of(Json object, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (const std::string_view text = text_of(object, name); !text.empty()) return std::string{text};
    }
    return {};
}

// The first person is the one it is about, as far as is known: the one who acted, or was acted upon.
void add_user(Json evidence, Event& event) {
    const auto account = member(evidence, "userAccount");
    if (!account) return;
    const std::string user_id = first_of(*account, {"azureAdUserId"});
    const std::string name = first_of(*account, {"userPrincipalName", "displayName", "accountName"});
    if (event.actor.kind == ActorKind::unknown) {
        event.actor.kind = ActorKind::user;
        event.actor.id = user_id;
        event.actor.name = name;
        event.actor.display_name = first_of(*account, {"displayName"});
    }
    event.targets.push_back({"user", user_id, name});
}

void add_address(Json evidence, Event& event) {
    const std::string address = first_of(evidence, {"ipAddress"});
    if (event.actor.ip.empty()) event.actor.ip = address;
    add_entity(event, "ip", address);
}

struct ObjectEvidence {
    std::string_view type;  // after "#microsoft.graph.security."
    std::string_view kind;
    std::array<std::string_view, 2> ids, names;
};
constexpr std::array objects{
    ObjectEvidence{
        "deviceEvidence", "device", {"azureAdDeviceId", "mdeDeviceId"}, {"deviceDnsName", "hostName"}},
    ObjectEvidence{
        "oauthApplicationEvidence", "application", {"objectId", "appId"}, {"displayName", "publisher"}},
    ObjectEvidence{
        "cloudApplicationEvidence", "application", {"appId", "saasAppId"}, {"displayName", "instanceName"}},
    ObjectEvidence{"servicePrincipalEvidence",
                   "serviceprincipal",
                   {"servicePrincipalObjectId", "appId"},
                   {"servicePrincipalName", "displayName"}},
    ObjectEvidence{"securityGroupEvidence",
                   "group",
                   {"securityGroupId", "activeDirectoryObjectGuid"},
                   {"displayName", "sid"}},
};

void add_object(std::string_view type, Json evidence, Event& event) {
    for (const ObjectEvidence& object : objects) {
        if (!equal_ignoring_ascii_case(object.type, type)) continue;
        event.targets.push_back({std::string{object.kind}, first_of(evidence, {object.ids[0], object.ids[1]}),
                                 first_of(evidence, {object.names[0], object.names[1]})});
    }
}

Result<> read_evidence(const std::optional<Json>& list, Event& event) {
    JsonArray pieces;
    if (!list || list->get(pieces) != simdjson::SUCCESS) return {};
    for (const Json piece : pieces) {
        constexpr std::string_view prefix = "#microsoft.graph.security.";
        std::string_view type = text_of(piece, "@odata.type");
        if (type.starts_with(prefix)) type.remove_prefix(prefix.size());
        if (event.targets.size() == max_targets)
            return fail(ErrorCode::too_large,
                        "the alert has more than " + std::to_string(max_targets) + " pieces of evidence");
        if (equal_ignoring_ascii_case(type, "userEvidence")) {
            add_user(piece, event);
        } else if (equal_ignoring_ascii_case(type, "ipEvidence")) {
            add_address(piece, event);
        } else {
            add_object(type, piece, event);
        }
    }
    return {};
}

}  // namespace

Result<> normalize_security_alert(JsonObject object, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    event.updated = time_of(record[updated_time]);
    if (auto set = set_time(
            {{"createdDateTime", time_of(record[created_time])}, {"lastUpdateDateTime", event.updated}},
            event);
        !set)
        return set;
    event.activity = text_or_empty(record[title]);
    event.category = text_or_empty(record[category]);
    event.service = text_or_empty(record[product]);
    if (event.service.empty()) event.service = text_or_empty(record[source]);
    event.reason = text_or_empty(record[description]);
    event.risk_level = text_or_empty(record[severity]);
    event.risk_state = text_or_empty(record[status]);
    if (auto read = read_evidence(record[evidence], event); !read) return read;
    if (event.actor.kind == ActorKind::unknown) event.actor.name = text_or_empty(record[actor_name]);
    add_entity(event, "actor", event.actor.id);
    add_entity(event, "actor", event.actor.name);
    for (const Target& target : event.targets) {
        add_entity(event, "target", target.id);
        add_entity(event, "target", target.name);
    }
    return {};
}

}  // namespace entrawatch
