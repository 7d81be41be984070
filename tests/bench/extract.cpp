#include "tests/bench/extract.hpp"

#include <cstring>
#include <utility>

namespace entrawatch::bench {
namespace {

namespace ondemand = simdjson::ondemand;

std::string_view text(ondemand::value value) {
    std::string_view octets;
    return value.get_string().get(octets) == simdjson::SUCCESS ? octets : std::string_view{};
}

template <class Each>
void members(ondemand::object object, Each&& each) {
    for (auto result : object) {
        ondemand::field field;
        if (const auto error = std::move(result).get(field)) throw simdjson::simdjson_error{error};
        const char* key = field.key().raw();
        each(std::string_view{key, static_cast<std::size_t>(std::strchr(key, '"') - key)}, field.value());
    }
}

// The members of a value that may be null.
template <class Each>
void members_of(ondemand::value value, Each&& each) {
    ondemand::object object;
    if (value.get_object().get(object) == simdjson::SUCCESS) members(object, each);
}

template <class Each>
void elements_of(ondemand::value value, Each&& each) {
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return;
    for (auto element : array)
        each(std::move(element).value());
}

void read_actor(ondemand::value initiator, Extracted& out) {
    members_of(initiator, [&](std::string_view side, ondemand::value value) {
        members_of(value, [&](std::string_view key, ondemand::value member) {
            if (key == "id" || key == "servicePrincipalId") out.actor_id = text(member);
            if (key == "userPrincipalName" || (key == "displayName" && side == "app"))
                out.actor_name = text(member);
            if (key == "ipAddress") out.actor_ip = text(member);
            out.actor_kind = side;
        });
    });
}

void read_change(ondemand::value entry, Extracted& out) {
    ExtractedChange change;
    members_of(entry, [&](std::string_view key, ondemand::value value) {
        if (key == "displayName") change.property = text(value);
        if (key == "oldValue") {
            change.old_value = text(value);
            change.has_old = change.old_value.data() != nullptr;
        }
        if (key == "newValue") {
            change.new_value = text(value);
            change.has_new = change.new_value.data() != nullptr;
        }
    });
    out.changes.push_back(change);
}

void read_target(ondemand::value entry, Extracted& out) {
    std::string_view kind, id, name;
    members_of(entry, [&](std::string_view key, ondemand::value value) {
        if (key == "id") id = text(value);
        if (key == "type") kind = text(value);
        if (key == "displayName" || key == "userPrincipalName") {
            if (const std::string_view given = text(value); !given.empty()) name = given;
        }
        if (key == "modifiedProperties")
            elements_of(value, [&](ondemand::value change) { read_change(change, out); });
    });
    out.touch("target", id);
    out.touch("target", name);
    if (!out.target_id.empty()) return;
    out.target_kind = kind;
    out.target_id = id;
    out.target_name = name;
}

void read_audit(ondemand::object record, Extracted& out) {
    members(record, [&](std::string_view key, ondemand::value value) {
        if (key == "id")
            out.id = text(value);
        else if (key == "category")
            out.category = text(value);
        else if (key == "correlationId")
            out.correlation = text(value);
        else if (key == "result")
            out.outcome = text(value);
        else if (key == "activityDisplayName")
            out.activity = text(value);
        else if (key == "activityDateTime")
            out.time = text(value);
        else if (key == "loggedByService")
            out.service = text(value);
        else if (key == "initiatedBy")
            read_actor(value, out);
        else if (key == "targetResources")
            elements_of(value, [&](ondemand::value entry) { read_target(entry, out); });
    });
}

void read_status(ondemand::value status, Extracted& out) {
    members_of(status, [&](std::string_view key, ondemand::value value) {
        std::int64_t code = 0;
        if (key == "errorCode" && value.get_int64().get(code) == simdjson::SUCCESS)
            out.outcome = code == 0 ? "success" : "failure";
    });
}

void read_device(ondemand::value device, Extracted& out) {
    members_of(device, [&](std::string_view key, ondemand::value value) {
        if (key == "deviceId") out.touch("device", text(value));
    });
}

void read_sign_in_member(std::string_view key, ondemand::value value, Extracted& out) {
    switch (key.size()) {
        case 2:
            if (key == "id") out.id = text(value);
            break;
        case 5:
            if (key == "appId") out.touch("app", text(value));
            break;
        case 6:
            if (key == "status") read_status(value, out);
            if (key == "userId" && out.actor_id.empty()) out.actor_id = text(value);
            break;
        case 9:
            if (key == "ipAddress") out.actor_ip = text(value);
            if (key == "sessionId") out.touch("session", text(value));
            break;
        case 10:
            if (key == "resourceId") out.target_id = text(value);
            break;
        case 12:
            if (key == "deviceDetail") read_device(value, out);
            break;
        case 13:
            if (key == "correlationId") out.correlation = text(value);
            break;
        case 14:
            if (key == "appDisplayName") out.touch("app", text(value));
            break;
        case 15:
            if (key == "createdDateTime") out.time = text(value);
            break;
        case 17:
            if (key == "userPrincipalName") out.actor_name = text(value);
            break;
        case 18:
            if (key == "servicePrincipalId" && out.actor_id.empty()) out.actor_id = text(value);
            break;
        case 19:
            if (key == "resourceDisplayName") out.target_name = text(value);
            break;
        case 20:
            if (key == "servicePrincipalName" && out.actor_name.empty()) out.actor_name = text(value);
            break;
        default:
            break;
    }
}

void read_sign_in(ondemand::object record, Extracted& out) {
    out.activity = "Sign-in";
    out.category = "SignIn";
    out.service = "Sign-ins";
    out.actor_kind = "user";
    out.target_kind = "app";
    members(record,
            [&](std::string_view key, ondemand::value value) { read_sign_in_member(key, value, out); });
    out.touch("resource", out.target_id);
    out.touch("resource", out.target_name);
    out.touch("target", out.target_id);
    out.touch("target", out.target_name);
}

void read_risk(ondemand::object record, Extracted& out) {
    out.actor_kind = "user";
    members(record, [&](std::string_view key, ondemand::value value) {
        if (key == "id")
            out.id = text(value);
        else if (key == "riskEventType")
            out.activity = text(value);
        else if (key == "source")
            out.service = text(value);
        else if (key == "riskState")
            out.outcome = text(value);
        else if (key == "activityDateTime")
            out.time = text(value);
        else if (key == "lastUpdatedDateTime")
            out.updated = text(value);
        else if (key == "correlationId")
            out.correlation = text(value);
        else if (key == "userId")
            out.actor_id = text(value);
        else if (key == "userPrincipalName")
            out.actor_name = text(value);
        else if (key == "ipAddress")
            out.actor_ip = text(value);
    });
    out.target_kind = "user";
    out.target_id = out.actor_id;
    out.target_name = out.actor_name;
    out.touch("target", out.target_id);
    out.touch("target", out.target_name);
}

}  // namespace

void Extracted::clear() {
    auto kept_entities = std::move(entities);
    auto kept_changes = std::move(changes);
    *this = {};
    entities = std::move(kept_entities);
    changes = std::move(kept_changes);
    entities.clear();
    changes.clear();
}

void Extractor::read(RecordKind kind, ondemand::object record) {
    record_.clear();
    if (kind == RecordKind::directory_audit) {
        read_audit(record, record_);
    } else if (kind == RecordKind::sign_in) {
        read_sign_in(record, record_);
    } else {
        read_risk(record, record_);
    }
    record_.raw = record.raw_json();
    record_.touch("activity", record_.activity);
    record_.touch("actor", record_.actor_id);
    record_.touch("actor", record_.actor_name);
    record_.touch("ip", record_.actor_ip);
}

}  // namespace entrawatch::bench
