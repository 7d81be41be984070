#include "tests/simulator/story.hpp"

#include "tests/simulator/audit_records.hpp"
#include "tests/simulator/must.hpp"
#include "tests/simulator/sign_in_records.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr FeedId audits = FeedId::directory_audits;

std::string short_name(const Person& person) {
    return person.principal_name.substr(0, person.principal_name.find('@'));
}

AuditRow core_directory_row(Stage& stage, const std::string& category, const std::string& activity) {
    AuditRow row;
    row.category = category;
    row.activity = activity;
    row.time = stage.at();
    row.correlation_id = stage.dice().guid();
    return row;
}

AuditRow role_row(Stage& stage, const std::string& activity, const std::string& operation) {
    AuditRow row = core_directory_row(stage, "RoleManagement", activity);
    row.operation = operation;
    return row;
}

struct PimAct {
    std::string activity;
    std::string audit_type;
    std::string operation = "Update";
    std::string justification;
    std::string request_id;
};

// PIM lists the role first, then the request, the holder, the directory and the schedule.
AuditRow pim_row(Stage& stage, const Role& role, Document holder, const PimAct& pim, Instant time) {
    AuditRow row = role_row(stage, pim.activity, pim.operation);
    row.service = "PIM";
    row.time = time;
    row.reason = pim.justification;
    row.targets = {target("Role", role.template_id, role.name,
                          {property("RoleDefinitionOriginId", json_text(""), json_text(role.template_id)),
                           property("RoleDefinitionOriginType", json_text(""), json_text("BuiltInRole")),
                           property("TemplateId", json_text(""), json_text(role.template_id))}),
                   target("Request", pim.request_id, ""), std::move(holder),
                   target("Directory", cast().tenant_id, cast().tenant_name),
                   target("Other", stage.dice().guid(), "")};
    row.details = {{"RoleDefinitionOriginId", role.template_id},
                   {"RoleDefinitionOriginType", "BuiltInRole"},
                   {"TemplateId", role.template_id},
                   {"StartTime", to_iso(time)},
                   {"AuditType", pim.audit_type},
                   {"tid", cast().tenant_id},
                   {"RequestId", pim.request_id}};
    return row;
}

void add_requester(AuditRow& row, const Person& person, const std::string& justification) {
    const std::string ip = cast().places.front().ip;
    row.initiated_by = by_user(person, "");
    row.details.insert(row.details.end(), {{"Justification", justification},
                                           {"IsAuthenticatedWithMfa", "True"},
                                           {"IsActivationRequireApproval", "False"},
                                           {"oid", person.id},
                                           {"wids", "b79fbf4d-3ef9-4689-8143-76b194e85509"},
                                           {"ipaddr", ip}});
}

// The form that Conditional Access itself logs; without grantControls nothing is demanded any more.
std::string policy_object(const std::string& id, const std::string& modified, bool demands_mfa) {
    Document policy = {{"id", id},
                       {"displayName", "Require MFA for all users"},
                       {"createdDateTime", "2026-02-11T09:14:27.5512034+00:00"},
                       {"modifiedDateTime", modified},
                       {"state", "enabled"},
                       {"conditions",
                        {{"applications",
                          {{"includeApplications", Document::array({"All"})},
                           {"excludeApplications", Document::array()},
                           {"includeUserActions", Document::array()}}},
                         {"users",
                          {{"includeUsers", Document::array({"All"})},
                           {"excludeUsers", Document::array({cast().emergency.id})},
                           {"includeGroups", Document::array()},
                           {"excludeGroups", Document::array()}}},
                         {"userRiskLevels", Document::array()},
                         {"signInRiskLevels", Document::array()},
                         {"clientAppTypes", Document::array({"all"})}}}};
    if (demands_mfa) {
        policy["grantControls"] = {{"operator", "OR"},
                                   {"builtInControls", Document::array({"mfa"})},
                                   {"customAuthenticationFactors", Document::array()},
                                   {"termsOfUse", Document::array()}};
    }
    policy["sessionControls"] = {
        {"signInFrequency", {{"value", 12}, {"type", "hours"}, {"isEnabled", true}}}};
    return policy.dump();
}

// The form that the directory logs for the same change: a list with one text that holds JSON.
std::string policy_detail(const std::string& modified, bool demands_mfa) {
    Document detail = {
        {"Version", 1},
        {"CreatedDateTime", "2026-02-11T09:14:27.5512034Z"},
        {"ModifiedDateTime", modified},
        {"State", "Enabled"},
        {"Conditions",
         {{"Applications", {{"Include", Document::array({{{"Applications", Document::array({"All"})}}})}}},
          {"Users",
           {{"Include", Document::array({{{"Users", Document::array({"All"})}}})},
            {"Exclude", Document::array({{{"Users", Document::array({cast().emergency.id})}}})}}}}}};
    if (demands_mfa) detail["Controls"] = Document::array({{{"Control", Document::array({"Mfa"})}}});
    detail["EnforceAllPoliciesForEas"] = true;
    return Document::array({detail.dump()}).dump();
}

std::string key_text(const std::string& id, const std::string& name) {
    return "[KeyIdentifier=" + id + ",KeyType=Password,KeyUsage=Verify,DisplayName=" + name + "]";
}

}  // namespace

void Stage::write(Act& act, FeedId feed, const Document& row, Instant time) {
    must(tenant_.add(feed, row, time + lateness_));
    act.rows.push_back({feed, row.at("id").get<std::string>(), time + lateness_});
}

Act synced_account_holds_a_role(Stage stage) {
    const Person& who = cast().old_hand;
    stage.directory().members[cast().helpdesk.id].push_back(who.id);
    Act act;
    act.sentence = short_name(who) + ", synced from on-premises, is a member of " + cast().helpdesk.name +
                   ", which holds " + role(helpdesk_administrator).name;
    act.alert = ExpectedAlert{{"PR-4"}, Severity::critical};
    act.found = FoundInDirectory{who.id, stage.at()};
    return act;
}

Act administrator_activates_role(Stage stage) {
    const Person& person = cast().administrator;
    const Role& granted = role(user_administrator);
    Act act;
    act.sentence = short_name(person) + " activates the role " + granted.name + " through PIM";
    PimAct pim{"Add member to role requested (PIM activation)", "CreateRequestRoleActivation", "Update",
               "Ticket 4711: new starters", stage.dice().guid()};
    AuditRow requested = pim_row(stage, granted, user_target(person), pim, stage.at());
    add_requester(requested, person, pim.justification);
    stage.write(act, audits, audit(requested, stage.dice()), requested.time);

    AuditRow written = role_row(stage, "Add member to role", "Assign");
    written.time = stage.at() + milliseconds{700};
    written.initiated_by = by_app(cast().ms_pim);
    written.targets = {user_target(person, role_properties(granted, false)),
                       target("Role", granted.object_id, "")};
    stage.write(act, audits, audit(written, stage.dice()), written.time);

    pim.activity = "Add member to role completed (PIM activation)";
    AuditRow completed = pim_row(stage, granted, user_target(person), pim, stage.at() + milliseconds{1100});
    add_requester(completed, person, pim.justification);
    stage.write(act, audits, audit(completed, stage.dice()), completed.time);
    return act;
}

Act activation_runs_out(Stage stage) {
    const Person& person = cast().administrator;
    const Role& granted = role(user_administrator);
    Act act;
    act.sentence = "the activation of " + short_name(person) + " runs out; PIM takes the role back";
    AuditRow removed = role_row(stage, "Remove member from role", "Unassign");
    removed.initiated_by = by_app(cast().ms_pim);
    removed.targets = {user_target(person, role_properties(granted, true)),
                       target("Role", granted.object_id, "")};
    stage.write(act, audits, audit(removed, stage.dice()), removed.time);

    const PimAct pim{"Remove member from role (PIM activation expired)", "RemoveActivatedRole", "Delete", "",
                     stage.dice().guid()};
    AuditRow expired = pim_row(stage, granted, user_target(person), pim, stage.at() + seconds{6});
    expired.initiated_by = by_pim_platform();
    stage.write(act, audits, audit(expired, stage.dice()), expired.time);
    return act;
}

Act emergency_account_signs_in(Stage stage) {
    UserSignIn sign_in;
    sign_in.person = cast().emergency;
    sign_in.place = cast().elsewhere;
    sign_in.application = {"", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "Azure Portal"};
    sign_in.resource = {"", "797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"};
    sign_in.time = stage.at();
    Act act;
    act.sentence =
        "the emergency account " + short_name(sign_in.person) + " signs in from " + sign_in.place.ip;
    act.alert = ExpectedAlert{{"EA-1"}, Severity::critical};
    stage.write(act, FeedId::sign_ins_interactive, user_sign_in(sign_in, stage.dice()), stage.at());
    return act;
}

Act service_principal_becomes_global_administrator(Stage stage) {
    const ServicePrincipal& app = cast().pipeline;
    const Role& granted = role(global_administrator);
    Act act;
    act.sentence = short_name(cast().intruder) + " gives the service principal " + app.name + " the role " +
                   granted.name + ", outside PIM";
    act.alert = ExpectedAlert{{"PR-1", "PR-2"}, Severity::critical};
    AuditRow row = role_row(stage, "Add member to role", "Assign");
    row.initiated_by = by_user(cast().intruder, cast().elsewhere.ip);
    row.targets = {target("ServicePrincipal", app.id, app.name, role_properties(granted, false)),
                   target("Role", granted.object_id, "")};
    stage.write(act, audits, audit(row, stage.dice()), row.time);
    return act;
}

Act pim_notices_the_assignment(Stage stage) {
    const ServicePrincipal& app = cast().pipeline;
    Act act;
    act.sentence = "PIM notices that standing assignment and logs its reminder of it";
    const PimAct pim{"Add member to role outside of PIM (permanent)", "RoleElevatedOutsidePimAlert", "Update",
                     "", stage.dice().guid()};
    AuditRow row = pim_row(stage, role(global_administrator), target("ServicePrincipal", app.id, app.name),
                           pim, stage.at());
    row.initiated_by = by_user(cast().intruder, "");
    stage.write(act, audits, audit(row, stage.dice()), row.time);
    return act;
}

Act conditional_access_loses_mfa(Stage stage) {
    const std::string id = "6c3f0b7e-95d1-4a28-8e47-f1a2d0b95c63";
    const std::string before = "2026-05-19T13:02:44.1200817+00:00";
    const std::string after = to_iso(stage.at());
    Act act;
    act.sentence =
        short_name(cast().intruder) + " removes the MFA requirement from a Conditional Access policy";
    act.alert = ExpectedAlert{{"TW-6"}, Severity::critical};
    AuditRow twin = core_directory_row(stage, "Policy", "Update policy");
    twin.initiated_by = by_user(cast().intruder, cast().elsewhere.ip);
    twin.targets = {
        target("Policy", id, "Require MFA for all users",
               {property("PolicyDetail", policy_detail(before, true), policy_detail(after, false)),
                property("Included Updated Properties", std::nullopt, json_text("PolicyDetail"))})};
    stage.write(act, audits, audit(twin, stage.dice()), twin.time);

    AuditRow row = core_directory_row(stage, "Policy", "Update conditional access policy");
    row.service = "Conditional Access";
    row.time = stage.at() + milliseconds{400};
    row.initiated_by = twin.initiated_by;
    row.targets = {target("Policy", id, "Require MFA for all users",
                          {property("ConditionalAccessPolicy", policy_object(id, before, true),
                                    policy_object(id, after, false))})};
    row.details = {{"Category", "Conditional Access"}};
    stage.write(act, audits, audit(row, stage.dice()), row.time);
    return act;
}

Act secret_added_to_service_principal(Stage stage) {
    const ServicePrincipal& app = cast().payroll;
    const std::string old_key = key_text("3d8e1f06-72ba-4c59-9b14-c08f5e6a7d21", "Installer 2025");
    const std::string new_key = key_text(stage.dice().guid(), "tmp");
    Act act;
    act.sentence = short_name(cast().intruder) + " adds a secret to the service principal " + app.name;
    act.alert = ExpectedAlert{{"AP-3"}, Severity::high};
    AuditRow row = core_directory_row(stage, "ApplicationManagement", "Add service principal credentials");
    row.initiated_by = by_user(cast().intruder, cast().elsewhere.ip);
    // The order of keys changes with every write: the added one is not simply the last.
    row.targets = {target("ServicePrincipal", app.id, app.name,
                          {property("KeyDescription", Document::array({old_key}).dump(),
                                    Document::array({new_key, old_key}).dump()),
                           property("Included Updated Properties", std::nullopt, json_text("KeyDescription")),
                           property("TargetId.ServicePrincipalNames", std::nullopt, json_text(app.app_id))})};
    row.details = {{"User-Agent", "python-requests/2.32.3"}, {"AppId", app.app_id}};
    stage.write(act, audits, audit(row, stage.dice()), row.time);

    row.activity = "Update service principal";
    row.targets = {target("ServicePrincipal", app.id, app.name,
                          {property("Included Updated Properties", std::nullopt, json_text("KeyDescription")),
                           property("TargetId.ServicePrincipalNames", std::nullopt, json_text(app.app_id))})};
    stage.write(act, audits, audit(row, stage.dice()), row.time);
    return act;
}

}  // namespace entrawatch::simulator
