#include <array>

#include "tests/bench/full_records.hpp"
#include "tests/simulator/audit_records.hpp"
#include "tests/simulator/risk_records.hpp"

namespace entrawatch::bench {
namespace {

using simulator::AuditRow;
using simulator::by_app;
using simulator::Dice;
using simulator::Document;
using simulator::json_text;
using simulator::property;
using simulator::remediated;
using simulator::target;

AuditRow row_by(const Population& population, Instant time, Dice& dice) {
    AuditRow row;
    row.time = time;
    row.correlation_id = dice.guid();
    row.initiated_by = by_user(skewed(population.people, dice), skewed(population.places, dice).ip);
    row.details = {{"User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"}};
    return row;
}

// Licences as Entra writes them: an array of objects inside a string.
std::string plans(std::size_t count, Instant time) {
    Document list = Document::array();
    for (std::size_t i = 0; i < count; ++i) {
        list.push_back({{"SubscribedPlanId", "5d3f8a10-7c42-4e9b-8f60-2b1c9e4d" + std::to_string(1000 + i)},
                        {"ServiceInstance", "Exchange/EURP" + std::to_string(190 + i % 4) + "-001-01"},
                        {"CapabilityStatus", 0},
                        {"AssignedTimestamp", to_iso(time)},
                        {"ServicePlanId", "efb87545-963c-4e0d-99df-69c6916d" + std::to_string(1000 + i)}});
    }
    return list.dump();
}

Document user_updated(const Population& population, Instant time, Dice& dice) {
    AuditRow row = row_by(population, time, dice);
    row.category = "UserManagement";
    row.activity = "Update user";
    row.targets = {user_target(
        skewed(population.people, dice),
        {property("AssignedPlan", plans(2, time), plans(3, time)),
         property("Department", R"(["Sales"])", R"(["Logistics"])"),
         property("Included Updated Properties", std::nullopt, json_text("AssignedPlan, Department")),
         property("Action Client Name", std::nullopt, json_text("DirectorySync")),
         property("TargetId.UserType", std::nullopt, json_text("Member"))})};
    return audit(row, dice);
}

Document group_joined(const Population& population, Instant time, Dice& dice) {
    const std::size_t group = dice.below(60);
    const std::string id = "b91d7e42-06c3-4f58-8e2a-17a4d0c5" + std::to_string(9600 + group);
    const std::string name = "Project room " + std::to_string(group) + ", " + std::string(160, 'x');
    AuditRow row = row_by(population, time, dice);
    row.category = "GroupManagement";
    row.activity = "Add member to group";
    row.operation = "Assign";
    row.targets = {user_target(skewed(population.people, dice),
                               {property("Group.ObjectID", std::nullopt, json_text(id)),
                                property("Group.DisplayName", std::nullopt, json_text(name)),
                                property("Group.WellKnownObjectName", std::nullopt, std::nullopt),
                                property("AssignedPlan", plans(1, time), plans(2, time))}),
                   target("Group", id, "")};
    return audit(row, dice);
}

Document device_updated(const Population& population, Instant time, Dice& dice) {
    const simulator::Person& owner = skewed(population.people, dice);
    AuditRow row = row_by(population, time, dice);
    row.initiated_by = by_app({"5b8e0f27-91ac-4d63-b5e4-0c2d7a9f1e38", "", "Device Registration Service"});
    row.category = "Device";
    row.activity = "Update device";
    const std::string key = std::string(340, 'A') + dice.capitals(60);
    row.targets = {target(
        "Device", owner.id, "LAPTOP-" + owner.id.substr(0, 7),
        {property("DeviceOSVersion", R"(["10.0.22631.4460"])", R"(["10.0.26100.2454"])"),
         property(
             "DevicePhysicalIds",
             Document::array({"[USER-GID]:" + owner.id + ":6966518641169130", "[HWID]:h:6966518641169130"})
                 .dump(),
             Document::array({"[USER-GID]:" + owner.id + ":6966518641169131", "[HWID]:h:6966518641169131"})
                 .dump()),
         property("AlternativeSecurityId", Document::array({{{"Type", 2}, {"Key", key}}}).dump(),
                  Document::array({{{"Type", 2}, {"Key", key}}}).dump()),
         property("Included Updated Properties", std::nullopt,
                  json_text("DeviceOSVersion, DevicePhysicalIds"))})};
    return audit(row, dice);
}

std::string key_text(const std::string& id, std::string_view name) {
    return "[KeyIdentifier=" + id + ",KeyType=Password,KeyUsage=Verify,DisplayName=" + std::string{name} +
           "]";
}

}  // namespace

Document full_audit(const Population& population, Instant time, Dice& dice) {
    static constexpr std::array kinds = {user_updated, user_updated, group_joined, device_updated};
    return kinds[dice.below(kinds.size())](population, time, dice);
}

Document credential_added(const Population& population, Instant time, Dice& dice) {
    const simulator::ServicePrincipal app{dice.guid(), dice.guid(), "Connector " + dice.capitals(6)};
    const std::string old_key = key_text(dice.guid(), "2025");
    AuditRow row = row_by(population, time, dice);
    row.category = "ApplicationManagement";
    row.activity = "Add service principal credentials";
    row.targets = {target("ServicePrincipal", app.id, app.name,
                          {property("KeyDescription", Document::array({old_key}).dump(),
                                    Document::array({key_text(dice.guid(), "2026"), old_key}).dump()),
                           property("Included Updated Properties", std::nullopt, json_text("KeyDescription")),
                           property("TargetId.ServicePrincipalNames", std::nullopt, json_text(app.app_id))})};
    return audit(row, dice);
}

// Closed when it is read, as most are; an open one alerts.
Document full_risk(const Population& population, Instant time, Dice& dice) {
    const simulator::RiskTimes times{time, time + std::chrono::seconds{20}, time + std::chrono::minutes{4}};
    return remediated(
        risk_detection(skewed(population.people, dice), skewed(population.places, dice), times, dice),
        time + std::chrono::hours{1});
}

}  // namespace entrawatch::bench
