#include "core/context/enrich.hpp"

namespace entrawatch {
namespace {

// One fact of several objects: one yes is enough; a no only while nobody is unknown.
class OfAny {
  public:
    void add(Known fact) {
        asked_ = true;
        yes_ = yes_ || fact == Known::yes;
        open_ = open_ || fact == Known::unresolved;
    }
    [[nodiscard]] Known answer() const {
        if (yes_) return Known::yes;
        return asked_ && !open_ ? Known::no : Known::unresolved;
    }

  private:
    bool asked_ = false, yes_ = false, open_ = false;
};

bool is_principal(const Target& target) {
    return target.kind == "user" || target.kind == "serviceprincipal" || target.kind == "group";
}

void set_target_facts(const Event& event, const Directory& directory, EventContext& context) {
    OfAny privileged;
    OfAny privileged_group;
    OfAny synced;
    OfAny external;
    for (const Target& target : event.targets) {
        if (target.id.empty() || !is_principal(target)) continue;
        const Principal* principal = directory.principal(target.id);
        const Known holds = directory.is_privileged(target.id);
        privileged.add(holds);
        if (target.kind == "group") privileged_group.add(holds);
        synced.add(principal != nullptr ? principal->synced : Known::unresolved);
        external.add(principal != nullptr ? principal->external : Known::unresolved);
    }
    context.target_is_privileged = privileged.answer();
    context.group_is_privileged = privileged_group.answer();
    context.target_is_synced = synced.answer();
    context.target_is_external = external.answer();
}

// "London, England, GB": the record's last word, where it is a country's.
std::string_view country_in(std::string_view location) {
    const std::size_t comma = location.rfind(' ');
    const std::string_view last = comma == std::string_view::npos ? location : location.substr(comma + 1);
    return last.size() == 2 ? last : std::string_view{};
}

void set_actor_facts(const Actor& actor, const Directory& directory, EventContext& context) {
    if (actor.id.empty()) return;
    context.actor_is_privileged = directory.is_privileged(actor.id);
    const Principal* principal = directory.principal(actor.id);
    if (principal == nullptr) return;
    context.actor_is_synced = principal->synced;
    context.actor_is_external = principal->external;
}

}  // namespace

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
    if (directory.knows_principals()) {
        set_actor_facts(event.actor, directory, context);
        set_target_facts(event, directory, context);
    }
    const Whereabouts where = directory.whereabouts(event.actor.ip, country_in(event.location));
    context.actor_at_trusted_location = where.trusted;
    context.actor_named_location = where.name;
    context.directory_read_at = directory.read_at_for(event);
    if (event.role) {
        const RoleInfo* role = directory.role(event.role->template_id);
        context.role_tier = role != nullptr ? role->tier : std::string{};
        context.role_name = role != nullptr && !role->name.empty() ? role->name : event.role->name;
    }
    event.context = std::move(context);
}

}  // namespace entrawatch
