#include "tests/simulator/demo/notification.hpp"

namespace entrawatch::simulator {
namespace {

using Json = nlohmann::json;

std::string text(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string party(const Json& data, const char* name) {
    const auto found = data.find(name);
    if (found == data.end() || !found->is_object()) return {};
    const std::string shown = text(*found, "name").empty() ? text(*found, "id") : text(*found, "name");
    const std::string ip = text(*found, "ip");
    if (shown.empty()) return text(*found, "kind");
    return shown + " (" + text(*found, "kind") + ")" + (ip.empty() ? "" : " from " + ip);
}

// An object where the contract has one; otherwise an empty one, so that reading on is safe.
Json object_at(const Json& parent, const char* name) {
    const auto found = parent.find(name);
    return found != parent.end() && found->is_object() ? *found : Json::object();
}

Json list_at(const Json& parent, const char* name) {
    const auto found = parent.find(name);
    return found != parent.end() && found->is_array() ? *found : Json::array();
}

}  // namespace

Result<Notification> read_notification(const Received& received) {
    const Json body = Json::parse(received.body, nullptr, false);
    if (!body.is_object() || !body.contains("type") || !body.contains("data") || !body["data"].is_object()) {
        return fail(ErrorCode::invalid, "a webhook body is not the JSON object that was promised");
    }
    const Json& data = body["data"];
    const Json rule = object_at(data, "rule");
    Notification read;
    read.at = received.at;
    read.verified = received.verified;
    read.why_not = received.why_not;
    read.type = text(body, "type");
    read.webhook_id = received.headers.get("webhook-id");
    read.alert_id = text(data, "alert_id");
    read.rule = text(rule, "name");
    read.scenario = text(rule, "scenario");
    read.summary = text(data, "summary");
    read.severity = severity_of(text(data, "severity")).value_or(Severity::informational);
    read.actor = party(data, "actor");
    read.target = party(data, "target");
    read.target_id = text(object_at(data, "target"), "id");
    for (const Json& difference : list_at(data, "differences")) {
        if (difference.is_object()) read.differences.push_back(text(difference, "text"));
    }
    for (const Json& event : list_at(data, "events")) {
        if (event.is_object()) read.event_ids.push_back(text(event, "id"));
    }
    const auto count = data.find("count");
    if (count != data.end() && count->is_number_integer()) read.count = count->get<int>();
    return read;
}

}  // namespace entrawatch::simulator
