#include "core/context/posture.hpp"

#include <set>

#include "core/base/digest.hpp"
#include "core/context/posture_facts.hpp"
#include "core/feed/json.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t id_digits = 32;

std::string json_detail(const std::pair<std::string, std::string>& detail) {
    JsonObjectWriter writer;
    writer.text("key", detail.first);
    writer.text("value", detail.second);
    return std::move(writer).take();
}

// Values are JSON inside a text, as in Graph's own records.
void write_side(JsonObjectWriter& writer, std::string_view side, const std::optional<std::string>& value) {
    if (value) {
        writer.text(side, json_text(*value));
    } else {
        writer.raw(side, "null");
    }
}

std::string json_property(const PostureProperty& property) {
    JsonObjectWriter writer;
    writer.text("displayName", property.name);
    write_side(writer, "oldValue", property.old_value);
    write_side(writer, "newValue", property.new_value);
    return std::move(writer).take();
}

std::string json_target(const PostureTarget& target, const std::vector<PostureProperty>& properties) {
    JsonObjectWriter writer;
    writer.text("id", target.id);
    writer.text("type", target.type);
    writer.text(target.type == "User" ? "userPrincipalName" : "displayName", target.name);
    writer.raw("modifiedProperties", json_list(properties, json_property));
    return std::move(writer).take();
}

std::string json_targets(const PostureFact& fact) {
    const PostureTarget* first = fact.targets.data();
    return json_list(fact.targets, [&](const PostureTarget& target) {
        return json_target(target, &target == first ? fact.properties : std::vector<PostureProperty>{});
    });
}

// The same fact seen since the same moment has the same id, however often it is judged.
std::string id_of(const PostureFact& fact, Instant since) {
    const std::string digest = to_hex(as_bytes(sha256(key_of(fact) + '\n' + to_iso(since))));
    return "posture_" + fact.check + "_" + digest.substr(0, id_digits);
}

std::string record_of(const PostureFact& fact, std::string_view state, Instant since) {
    auto details = fact.details;
    details.emplace_back("State", state);
    JsonObjectWriter writer;
    writer.text("id", id_of(fact, since));
    writer.text("activityDateTime", to_iso(since));
    writer.text("activityDisplayName", fact.activity);
    writer.text("category", "Posture");
    writer.text("loggedByService", "Entrawatch");
    writer.text("operationType", "Observe");
    writer.text("result", "success");
    writer.text("resultReason", fact.says);
    writer.raw("initiatedBy", "null");
    writer.raw("targetResources", json_targets(fact));
    writer.raw("additionalDetails", json_list(details, json_detail));
    return std::move(writer).take();
}

// The stored record once more, as it ends.
std::string closed_record(std::string_view open_record, Instant now) {
    JsonReader reader;
    const auto json = reader.parse(open_record);
    JsonObject members;
    if (!json || json->get(members) != simdjson::SUCCESS) return {};
    std::vector<std::pair<std::string, std::string>> details;
    JsonArray list;
    if (const auto old = member(*json, "additionalDetails"); old && old->get(list) == simdjson::SUCCESS) {
        for (const Json detail : list) {
            if (text_of(detail, "key") != "State")
                details.emplace_back(text_of(detail, "key"), text_of(detail, "value"));
        }
    }
    details.emplace_back("State", "closed");
    details.emplace_back("ClosedDateTime", to_iso(now));
    JsonObjectWriter writer;
    for (const auto& [name, value] : members) {
        if (name != "additionalDetails") writer.value(name, value);
    }
    writer.raw("additionalDetails", json_list(details, json_detail));
    return std::move(writer).take();
}

// The checks whose part of the directory is known now.
std::set<std::string, std::less<>> known_checks(const DirectoryReading& reading) {
    std::set<std::string, std::less<>> checks;
    if (reading.privileges) checks.insert("privilege");
    if (reading.emergency) checks.insert("emergency");
    if (reading.policies && reading.emergency && reading.emergency_groups && reading.privileges)
        checks.insert("policy");
    if (reading.sync) checks.insert("sync");
    if (reading.own) checks.insert("application");
    return checks;
}

class Judge {
  public:
    Judge(const Directory& directory, const DirectoryReading& before, Instant now)
        : directory_(directory), before_(before), now_(now) {}

    Posture judge() && {
        keep(privilege_facts(directory_));
        keep(emergency_facts(directory_));
        keep(policy_facts(directory_));
        keep(sync_facts(directory_, now_));
        keep(application_facts(directory_, now_));
        close_what_ended();
        tell(domain_changes(before_, directory_.reading()));
        tell(location_changes(before_, directory_.reading()));
        tell(application_changes(before_, directory_.reading()));
        return std::move(posture_);
    }

  private:
    void keep(const std::vector<PostureFact>& facts) {
        for (const PostureFact& fact : facts) {
            const std::string key = key_of(fact);
            if (const auto known = before_.open.find(key); known != before_.open.end()) {
                posture_.open.emplace(key, known->second);
                continue;
            }
            std::string record = record_of(fact, "open", now_);
            if (posture_.open.emplace(key, OpenFact{now_, record}).second)
                posture_.records.push_back(std::move(record));
        }
    }

    // What is not known any more has not ended.
    void close_what_ended() {
        const auto checks = known_checks(directory_.reading());
        for (const auto& [key, fact] : before_.open) {
            if (posture_.open.contains(key)) continue;
            if (!checks.contains(key.substr(0, key.find('|')))) {
                posture_.open.emplace(key, fact);
            } else if (std::string record = closed_record(fact.record, now_); !record.empty()) {
                posture_.records.push_back(std::move(record));
            }
        }
    }

    void tell(const std::vector<PostureFact>& changes) {
        for (const PostureFact& change : changes)
            posture_.records.push_back(record_of(change, "changed", now_));
    }

    const Directory& directory_;
    const DirectoryReading& before_;
    Instant now_;
    Posture posture_;
};

}  // namespace

std::string key_of(const PostureFact& fact) {
    return fact.check + '|' + fact.subject;
}

Posture judge_posture(const Directory& directory, const DirectoryReading& before, Instant now) {
    return Judge{directory, before, now}.judge();
}

std::string posture_page(const std::vector<std::string>& records) {
    JsonObjectWriter writer;
    writer.raw("value", json_list(records, [](const std::string& record) { return record; }));
    return std::move(writer).take();
}

}  // namespace entrawatch
