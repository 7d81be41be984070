#include "tests/simulator/provisioning_records.hpp"

namespace entrawatch::simulator {
namespace {

Document step(const std::string& name, const std::string& type, const std::string& status) {
    return {{"name", name},
            {"provisioningStepType", type},
            {"status", status},
            {"description", nullptr},
            {"details", Document::object()}};
}

Document status_of(const ProvisioningRow& row) {
    if (!row.conflict) return {{"status", "success"}, {"errorInformation", nullptr}};
    return {{"status", "failure"},
            {"errorInformation",
             {{"errorCode", "SystemForCrossDomainIdentityManagementEntryConflict"},
              {"reason", row.application.name + " knows another user of that name."},
              {"additionalDetails", nullptr},
              {"errorCategory", "nonServiceFailure"},
              {"recommendedAction", nullptr}}}};
}

Document changed(const std::string& name, const Document& before, const Document& after) {
    return {{"displayName", name}, {"oldValue", before}, {"newValue", after}};
}

}  // namespace

Document provisioning_row(const ProvisioningRow& row, Dice& dice) {
    const std::string id = dice.guid();
    const std::string outcome = row.conflict ? "failure" : "success";
    const bool disables = row.action == "disable";
    Document changes = Document::array({changed("objectId", nullptr, row.person.id)});
    changes.push_back(disables ? changed("active", "True", "False")
                               : changed("displayName", nullptr, row.person.name));
    return {{"id", id},
            {"activityDateTime", to_iso(row.time)},
            {"tenantId", cast().tenant_id},
            {"jobId", "scim." + cast().tenant_id + "." + row.application.id},
            {"cycleId", dice.guid()},
            {"changeId", dice.guid()},
            {"provisioningAction", row.action},
            {"durationInMilliseconds", 1 + dice.next() % 4000},
            {"provisioningStatusInfo", status_of(row)},
            {"provisioningSteps", Document::array({step("EntryImport", "import", "success"),
                                                   step("EntrySynchronization", "matching", "success"),
                                                   step("EntryExport", "export", outcome)})},
            {"modifiedProperties", changes},
            {"servicePrincipal", {{"id", row.application.id}, {"displayName", row.application.name}}},
            {"sourceSystem",
             {{"id", dice.guid()}, {"displayName", "Microsoft Entra ID"}, {"details", Document::object()}}},
            {"targetSystem",
             {{"id", dice.guid()},
              {"displayName", row.application.name},
              {"details",
               {{"ApplicationId", row.application.app_id}, {"ServicePrincipalId", row.application.id}}}}},
            {"initiatedBy",
             {{"id", ""}, {"displayName", "Azure AD Provisioning Service"}, {"initiatorType", "system"}}},
            {"sourceIdentity",
             {{"id", row.person.id},
              {"displayName", row.person.name},
              {"identityType", "User"},
              {"details", {{"userPrincipalName", row.person.principal_name}}}}},
            {"targetIdentity",
             {{"id", row.conflict ? "" : dice.guid()},
              {"displayName", row.conflict ? "" : row.person.principal_name},
              {"identityType", "User"},
              {"details", Document::object()}}}};
}

}  // namespace entrawatch::simulator
