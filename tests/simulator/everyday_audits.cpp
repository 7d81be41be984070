#include "tests/simulator/everyday_audits.hpp"

#include <array>

#include "tests/simulator/audit_records.hpp"

namespace entrawatch::simulator {
namespace {

using Rows = std::vector<Document>;

AuditRow row_by(const Person& person, Instant time, Dice& dice) {
    AuditRow row;
    row.time = time;
    row.correlation_id = dice.guid();
    row.initiated_by = by_user(person, dice.choose(cast().places).ip);
    return row;
}

Rows profile_changed(Instant time, Dice& dice) {
    const Person person = dice.choose(cast().people);
    AuditRow row = row_by(dice.choose(cast().people), time, dice);
    row.category = "UserManagement";
    row.activity = "Update user";
    row.targets = {
        user_target(person, {property("Department", R"(["Sales"])", R"(["Logistics"])"),
                             property("Included Updated Properties", std::nullopt, json_text("Department")),
                             property("TargetId.UserType", std::nullopt, json_text("Member"))})};
    return {audit(row, dice)};
}

// Entra writes one of these at every multi-factor sign-in: only a timestamp changes.
Rows strong_authentication_touched(Instant time, Dice& dice) {
    const Person person = dice.choose(cast().people);
    AuditRow row = row_by(person, time, dice);
    row.initiated_by =
        by_app({"e0c7b1a4-5d2f-4936-8a0e-b7f1c3d26a55", "", "Azure MFA StrongAuthenticationService"});
    row.category = "UserManagement";
    row.activity = "Update user";
    row.targets = {user_target(
        person,
        {property("StrongAuthenticationPhoneAppDetail",
                  R"([{"DeviceName":"Pixel 9","LastAuthenticatedTimestamp":"2026-11-02T07:31:10Z"}])",
                  R"([{"DeviceName":"Pixel 9","LastAuthenticatedTimestamp":"2026-11-03T07:29:44Z"}])"),
         property("Included Updated Properties", std::nullopt,
                  json_text("StrongAuthenticationPhoneAppDetail"))})};
    return {audit(row, dice)};
}

Rows group_joined(Instant time, Dice& dice) {
    const std::string group = "b91d7e42-06c3-4f58-8e2a-17a4d0c5960" + std::to_string(dice.below(4));
    AuditRow row = row_by(dice.choose(cast().people), time, dice);
    row.category = "GroupManagement";
    row.activity = "Add member to group";
    row.operation = "Assign";
    row.targets = {user_target(dice.choose(cast().people),
                               {property("Group.ObjectID", std::nullopt, json_text(group)),
                                property("Group.DisplayName", std::nullopt, json_text("Canteen committee")),
                                property("Group.WellKnownObjectName", std::nullopt, std::nullopt)}),
                   target("Group", group, "")};
    return {audit(row, dice)};
}

Rows password_changed(Instant time, Dice& dice) {
    const Person person = dice.choose(cast().people);
    AuditRow row = row_by(person, time, dice);
    row.service = "Self-service Password Management";
    row.category = "UserManagement";
    row.activity = "Change password (self-service)";
    row.reason = "User submitted a new password";
    row.targets = {user_target(person)};
    Rows rows = {audit(row, dice)};
    row.service = "Core Directory";
    row.activity = "Change user password";
    row.reason = "";
    rows.push_back(audit(row, dice));
    return rows;
}

Rows device_updated(Instant time, Dice& dice) {
    AuditRow row = row_by(dice.choose(cast().people), time, dice);
    row.initiated_by = by_app({"5b8e0f27-91ac-4d63-b5e4-0c2d7a9f1e38", "", "Device Registration Service"});
    row.category = "Device";
    row.activity = "Update device";
    row.targets = {
        target("Device", dice.guid(), "LAPTOP-" + dice.capitals(7),
               {property("DeviceOSVersion", R"(["10.0.22631.4460"])", R"(["10.0.26100.2454"])"),
                property("Included Updated Properties", std::nullopt, json_text("DeviceOSVersion"))})};
    return {audit(row, dice)};
}

// No key is added, although the activity's name speaks of secrets.
Rows application_registered(Instant time, Dice& dice) {
    const ServicePrincipal app = dice.choose(cast().applications);
    AuditRow row = row_by(dice.choose(cast().people), time, dice);
    row.category = "ApplicationManagement";
    row.activity = "Create application \xE2\x80\x93 Certificates and secrets management ";
    row.targets = {target("Application", dice.guid(), app.name,
                          {property("KeyDescription", "[]", "[]"),
                           property("Included Updated Properties", std::nullopt, json_text(""))})};
    row.details = {{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
                   {"AppId", app.app_id}};
    return {audit(row, dice)};
}

// Removed rights stand in oldValue; PIM's own row follows some seconds after the directory's.
Rows activation_ran_out(Instant time, Dice& dice) {
    const Role& helpdesk = role("729827e3-9c14-49f7-bb1b-9608f156bbb8");
    const Person person = dice.choose(cast().people);
    AuditRow row = row_by(person, time, dice);
    row.category = "RoleManagement";
    row.activity = "Remove member from role";
    row.operation = "Unassign";
    row.initiated_by = by_app(cast().ms_pim);
    row.targets = {user_target(person, role_properties(helpdesk, true))};
    Rows rows = {audit(row, dice)};
    AuditRow pim = row_by(person, time + std::chrono::seconds{6}, dice);
    pim.service = "PIM";
    pim.category = "RoleManagement";
    pim.activity = "Remove member from role (PIM activation expired)";
    pim.operation = "Delete";
    pim.initiated_by = by_pim_platform();
    pim.targets = {target("Role", helpdesk.template_id, helpdesk.name), user_target(person)};
    pim.details = {{"AuditType", "RemoveActivatedRole"}, {"TemplateId", helpdesk.template_id}};
    rows.push_back(audit(pim, dice));
    return rows;
}

}  // namespace

std::vector<Document> everyday_audit(Instant time, Dice& dice) {
    static constexpr std::array kinds = {profile_changed,
                                         strong_authentication_touched,
                                         strong_authentication_touched,
                                         group_joined,
                                         password_changed,
                                         device_updated,
                                         device_updated,
                                         application_registered,
                                         activation_ran_out};
    return kinds[dice.below(kinds.size())](time, dice);
}

}  // namespace entrawatch::simulator
