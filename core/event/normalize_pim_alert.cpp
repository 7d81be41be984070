// Alerts of Privileged Identity Management: how things stand with one kind of them now. The row is revised
// for as long as PIM is in use.
#include <array>

#include "core/base/text.hpp"
#include "core/event/normalize_parts.hpp"

namespace entrawatch {
namespace {

enum Member : std::size_t { id, definition, scanned_time, modified_time, is_active, count };

constexpr MemberPicker<count> picker{
    {"id", "alertDefinitionId", "lastScannedDateTime", "lastModifiedDateTime", "isActive"}};
using Picked = MemberPicker<count>::Picked;

struct Title {
    std::string_view kind, words;
};
// As the portal and the audit rows name them.
constexpr std::array titles{
    Title{"InvalidLicenseAlert",
          "The organization doesn't have Microsoft Entra ID P2 or Microsoft Entra ID Governance"},
    Title{"NoMfaOnRoleActivationAlert", "Roles don't require multifactor authentication for activation"},
    Title{"RedundantAssignmentAlert", "Administrators aren't using their privileged roles"},
    Title{"RolesAssignedOutsidePimAlert",
          "Roles are being assigned outside of Privileged Identity Management"},
    Title{"SequentialActivationRenewalsAlert", "Roles are being activated too frequently"},
    Title{"StaleSignInAlert", "Potential stale accounts in a privileged role"},
    Title{"TooManyGlobalAdminsAssignedToTenantAlert", "There are too many global administrators"},
};

// "DirectoryRole_<tenant>_StaleSignInAlert" ends in the kind; one that is not known is its own title.
std::string_view title_of(std::string_view definition_id) {
    const std::size_t before = definition_id.rfind('_');
    const std::string_view kind =
        before == std::string_view::npos ? definition_id : definition_id.substr(before + 1);
    for (const Title& title : titles) {
        if (equal_ignoring_ascii_case(title.kind, kind)) return title.words;
    }
    return kind;
}

}  // namespace

Result<> normalize_pim_alert(JsonObject object, Event& event) {
    const Picked record = picker.pick(object);
    if (auto set = set_id(record[id], event); !set) return set;
    // When PIM last looked is when it was so. An alert that has never been modified says so with the zero
    // date.
    event.updated = time_of(record[scanned_time]);
    if (auto set = set_time({{"lastScannedDateTime", event.updated},
                             {"lastModifiedDateTime", time_of(record[modified_time])}},
                            event);
        !set)
        return set;
    const std::string active = text_or_empty(record[is_active]);
    event.activity = active == "true" ? "PIM alert active" : "PIM alert inactive";
    if (active != "true" && active != "false") event.activity = "PIM alert";
    event.category = "RoleManagementAlert";
    event.service = "PIM";
    event.actor.kind = ActorKind::system;
    event.actor.name = event.actor.display_name = "Privileged Identity Management";
    std::string definition_id = text_or_empty(record[definition]);
    if (definition_id.empty()) definition_id = event.id;
    event.targets.push_back({"alert", definition_id, std::string{title_of(definition_id)}});
    add_entity(event, "actor", event.actor.name);
    add_entity(event, "target", event.targets.front().id);
    add_entity(event, "target", event.targets.front().name);
    return {};
}

}  // namespace entrawatch
