#include "alerts/payload/links.hpp"

#include "core/base/guid.hpp"

namespace entrawatch {
namespace {

std::string user_page(std::string_view id) {
    return "/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/" + std::string{id};
}

std::string group_page(std::string_view id) {
    return "/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/" + std::string{id};
}

std::string app_page(std::string_view id, std::string_view app_id) {
    return "/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/" + std::string{id} + "/appId/" +
           std::string{app_id};
}

std::string target_page(const Event& event) {
    if (event.targets.empty() || !is_guid(event.targets.front().id)) return {};
    const Target& target = event.targets.front();
    if (target.kind == "user") return user_page(target.id);
    if (target.kind == "group") return group_page(target.id);
    return {};
}

std::string actor_page(const Actor& actor) {
    if (!is_guid(actor.id)) return {};
    if (actor.kind == ActorKind::user) return user_page(actor.id);
    if (actor.kind == ActorKind::app && is_guid(actor.app_id)) return app_page(actor.id, actor.app_id);
    return {};
}

}  // namespace

std::string entra_link(std::string_view portal, const Event& event) {
    if (portal.empty()) return {};
    std::string page = target_page(event);
    if (page.empty()) page = actor_page(event.actor);
    return page.empty() ? page : std::string{portal} + page;
}

}  // namespace entrawatch
