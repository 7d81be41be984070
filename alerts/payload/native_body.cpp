// The body of a notification, and what is left out when it grows too large.
#include <algorithm>
#include <array>
#include <utility>

#include "alerts/payload/native.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_when_shed = 10;
constexpr std::size_t longest_when_shed = 256;

void shorten_list(OrderedJson& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) return;
    while (found->size() > most_when_shed)
        found->erase(found->size() - 1);
}

void shorten_texts(OrderedJson& value) {
    if (value.is_string()) {
        value = safe_text(value.get_ref<const std::string&>(), longest_when_shed);
    } else if (value.is_structured()) {
        for (auto& member : value)
            shorten_texts(member);
    }
}

void shed_events(OrderedJson& data) {
    shorten_list(data, "events");
    if (data.contains("digest")) shorten_list(data["digest"], "listed");
}

void shed_changes(OrderedJson& data) {
    shorten_list(data, "changes");
    const std::size_t before = member(data, "differences").size();
    shorten_list(data, "differences");
    const std::size_t gone = before - member(data, "differences").size();
    if (gone == 0) return;
    const OrderedJson further = member(data, "further_differences");
    data["further_differences"] = gone + (further.is_number_unsigned() ? further.get<std::size_t>() : 0);
}

void shed_bystanders(OrderedJson& data) {
    data.erase("other_targets");
    if (data.contains("context") && data["context"].is_object()) data["context"].erase("also");
}

void shed_texts(OrderedJson& data) {
    shorten_texts(data);
}

// What the alert is, who, whom and when: short texts and numbers only, so that it fits whatever they hold.
void shed_details(OrderedJson& data) {
    constexpr std::array kept{
        "alert_id", "tenant", "tenant_id", "severity",       "summary",       "acknowledged", "resolved",
        "actor",    "target", "count",     "first_event_at", "last_event_at", "detected_at",  "dedup_key",
        "digest",   "update", "follow_up", "merged",         "drill",         "test",         "links"};
    OrderedJson small;
    for (const char* key : kept) {
        if (std::string_view{key} == "digest" && data.contains(key) && data[key].is_object()) {
            data[key].erase("listed");
            data[key].erase("rules");
        }
        if (data.contains(key)) small[key] = std::move(data[key]);
        if (std::string_view{key} != "tenant_id" || !data.contains("rule") || !data["rule"].is_object())
            continue;
        for (const char* part : {"id", "name", "title", "scenario"}) {
            if (data["rule"].contains(part)) small["rule"][part] = std::move(data["rule"][part]);
        }
    }
    data = std::move(small);
}

constexpr std::array<std::pair<const char*, void (*)(OrderedJson&)>, 5> shedding{{
    {"events", shed_events},
    {"changes", shed_changes},
    {"bystanders", shed_bystanders},
    {"texts", shed_texts},
    {"details", shed_details},
}};

OrderedJson data_of(const AlertRow& row) {
    OrderedJson data;
    data["alert_id"] = safe_text(row.id);
    data["rule"]["id"] = safe_text(row.rule_id);
    data["rule"]["name"] = safe_text(row.rule_name);
    if (!row.title.empty()) data["rule"]["title"] = safe_text(row.title);
    if (!row.scenario.empty()) data["rule"]["scenario"] = safe_text(row.scenario);
    data["severity"] = name_of(row.severity);
    data["summary"] = safe_sentence(row.summary);
    data["actor"]["kind"] = "unknown";
    data["count"] = row.count;
    data["first_event_at"] = to_iso(row.first_event_at);
    data["last_event_at"] = to_iso(row.last_event_at);
    data["detected_at"] = to_iso_millis(row.opened_at);
    data["dedup_key"] = safe_text(row.dedup_key);
    data["drill"] = false;
    data["test"] = row.test;
    return data;
}

std::string body_of(std::string_view type, Instant now, const OrderedJson& data) {
    OrderedJson body;
    body["type"] = std::string{type};
    body["timestamp"] = to_iso_millis(now);
    body["data"] = data;
    return dump(body);
}

}  // namespace

std::string fitted_body(OrderedJson& data, const std::function<std::string(const OrderedJson&)>& build,
                        std::size_t budget) {
    std::string body = build(data);
    for (const auto& [name, step] : shedding) {
        if (body.size() <= budget) break;
        // What went before stays named: a step may have been taken when the alert was stored.
        std::vector<std::string> shed = shed_of(data);
        step(data);
        if (std::find(shed.begin(), shed.end(), name) == shed.end()) shed.emplace_back(name);
        data["shed"] = std::move(shed);
        body = build(data);
    }
    return body;
}

std::string native_body(std::string_view type, Instant now, OrderedJson data, const AlertRow& row) {
    if (!data.is_object()) data = data_of(row);
    return fitted_body(data, [&](const OrderedJson& fitting) { return body_of(type, now, fitting); });
}

}  // namespace entrawatch
