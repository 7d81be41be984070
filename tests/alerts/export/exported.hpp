// Records of ours as objects of the published schemas, and what the schemas say of such objects. For the
// tests of alerts/export.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "alerts/export/event_export.hpp"
#include "core/event/normalize.hpp"
#include "tests/support/records.hpp"

namespace entrawatch::test {

using nlohmann::json;

struct Sample {
    std::string name;
    FeedId feed;
    std::string record;
};

// One of each kind of record and of act.
inline std::vector<Sample> samples() {
    using namespace records;
    Audit password;
    password.activity = "Reset user password";
    password.targets = {target("User", bob_id, bob_name)};
    Audit nobody;
    nobody.activity = "Set Company Information";
    nobody.initiator = "{}";
    nobody.service.clear();
    SignIn failed;
    failed.error_code = 50126;
    failed.failure_reason = "Invalid username or password.";
    SignIn application;
    application.kind = SignInKind::service_principal;
    Risk risk;
    return {
        {"role_added", FeedId::directory_audits, role_added().json()},
        {"role_removed", FeedId::directory_audits, role_removed().json()},
        {"pim_activation", FeedId::directory_audits, pim_activation_completed().json()},
        {"app_role_granted", FeedId::directory_audits, app_role_granted("Mail.Read").json()},
        {"password_reset", FeedId::directory_audits, password.json()},
        {"policy_changed", FeedId::directory_audits, policy_changed().json()},
        {"nobody", FeedId::directory_audits, nobody.json()},
        {"sign_in", FeedId::sign_ins_interactive, SignIn{}.json()},
        {"failed_sign_in", FeedId::sign_ins_interactive, failed.json()},
        {"application_sign_in", FeedId::sign_ins_service_principal, application.json()},
        {"risk", FeedId::risk_detections, risk.json()},
        {"alert", FeedId::security_alerts,
         R"({"id":"al1","createdDateTime":"2026-11-20T10:00:00Z","title":"Suspicious","severity":"high"})"},
        {"pim_alert", FeedId::pim_alerts,
         R"({"id":"p1","alertDefinitionId":"DirectoryRole_t_StaleSignInAlert","isActive":true,"lastScannedDateTime":"2026-11-20T10:00:00Z"})"},
        {"provisioning", FeedId::provisioning,
         R"({"id":"pr1","activityDateTime":"2026-11-20T10:00:00Z","provisioningAction":"create"})"},
        {"risky", FeedId::risky_users,
         R"({"id":"00000000-0000-4000-8000-0000000000a1","riskLastUpdatedDateTime":"2026-11-20T10:00:00Z","riskLevel":"high"})"},
        {"posture", FeedId::posture,
         R"({"id":"po1","activityDateTime":"2026-11-20T10:00:00Z","activityDisplayName":"Privileged role held by guest"})"}};
}

inline EventRow row_of(const Sample& sample) {
    JsonReader reader;
    const auto record = reader.parse(sample.record);
    EXPECT_TRUE(record) << sample.name;
    const auto event = normalize(feed_of(sample.feed), *record);
    EXPECT_TRUE(event) << sample.name << ": " << (event ? "" : event.error().text());
    EventRow row;
    row.feed = sample.feed;
    row.id = event->id;
    row.occurred_at = event->time;
    row.received_at = *parse_iso("2026-11-22T10:00:00.5Z");
    row.raw = sample.record;
    return row;
}

inline json exported(EventSchema schema, const EventRow& row) {
    EventExporter exporter{schema, {.name = "contoso", .tenant_id = "11111111-2222-3333-4444-555555555555"}};
    return json::parse(
        exporter.of(row).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

// The dotted paths of the members, down to values and lists.
inline void collect_paths(const json& object, const std::string& before, std::set<std::string>& paths) {
    for (const auto& [name, value] : object.items()) {
        const std::string path = before.empty() ? name : before + "." + name;
        value.is_object() ? collect_paths(value, path, paths) : void(paths.insert(path));
    }
}
inline std::set<std::string> paths_of(const json& object) {
    std::set<std::string> paths;
    collect_paths(object, "", paths);
    return paths;
}

}  // namespace entrawatch::test
