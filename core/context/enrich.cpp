#include "core/context/enrich.hpp"

namespace entrawatch {

void enrich(Event& event, const Directory& directory) {
    EventContext context;
    if (const EmergencyAccount* account = directory.emergency_account(event.actor.id, event.actor.name);
        account != nullptr && event.actor.kind != ActorKind::app) {
        context.actor_is_emergency = Known::yes;
        context.emergency_name = account->name;
    }
    for (const Target& target : event.targets) {
        const EmergencyAccount* account = directory.emergency_account(target.id, target.name);
        if (account == nullptr) continue;
        context.target_is_emergency = Known::yes;
        if (context.emergency_name.empty()) context.emergency_name = account->name;
        break;
    }
    context.actor_is_ms_pim = directory.is_ms_pim(event.actor);
    if (event.role) {
        const RoleInfo* role = directory.role(event.role->template_id);
        context.role_tier = role != nullptr ? role->tier : std::string{};
        context.role_name = role != nullptr && !role->name.empty() ? role->name : event.role->name;
    }
    event.context = std::move(context);
}

}  // namespace entrawatch
