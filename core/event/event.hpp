// Event: what happened, in our words. One Graph record becomes one Event, whatever its feed or shape.
//
// Made by normalize(), enriched by context/enrich, read by rules, stored by the store, printed by query and
// alerts. Plain values; the raw octets travel beside it, not inside. Read next: fields.hpp (its names in
// rules and queries).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/event/changes.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch {

enum class ActorKind { unknown, user, app, system };
[[nodiscard]] std::string_view name_of(ActorKind kind);

// Who did it. For an app the id is the service principal's object id, because appId is null in practice.
struct Actor {
    ActorKind kind = ActorKind::unknown;
    std::string id;  // object id, as sent
    std::string
        name;  // userPrincipalName, else display name. A display name is chosen by whoever made the object.
    std::string display_name;
    std::string app_id;  // client id, where given
    std::string ip;
    std::string user_agent;
};

// What it was done to. Kind in lower case: user, group, serviceprincipal, application, role, policy, device,
// directory, request, other.
struct Target {
    std::string kind;
    std::string id;
    std::string name;  // userPrincipalName, else display name
};

// A directory role that the record names. The template id decides; the name is for people.
struct RoleRef {
    std::string template_id;  // lower case
    std::string name;
};

enum class Outcome { unknown, success, failure, timeout, interrupted };
[[nodiscard]] std::string_view name_of(Outcome outcome);

// An id or a name that the event touches, and its part in it, so that "everything that touched X" is one
// index walk.
struct Entity {
    std::string_view role;  // actor, target, app, resource, role, group, device, ip, session
    std::string value;      // an id or a name, as sent (compared folded)
};

// What the directory says; each fact is yes, no or not known. Filled by context/enrich; `unknown` must never
// silence a rule.
enum class Known { unresolved, no, yes };

struct EventContext {
    Known actor_is_emergency = Known::no;   // object ids are settings: always known
    Known target_is_emergency = Known::no;  // any target
    std::string emergency_name;             // which account, for people
    Known actor_is_ms_pim = Known::unresolved;
    // Of those whom the directory reading names: who holds a privileged role or may activate one, who is
    // mastered on-premises, who is a guest or an application of another organisation. Of targets: any.
    Known actor_is_privileged = Known::unresolved;
    Known target_is_privileged = Known::unresolved;
    Known group_is_privileged = Known::unresolved;  // a group among the targets
    Known actor_is_synced = Known::unresolved;
    Known target_is_synced = Known::unresolved;
    Known actor_is_external = Known::unresolved;
    Known target_is_external = Known::unresolved;
    // Where it was done from, among the named locations of Conditional Access.
    Known actor_at_trusted_location = Known::unresolved;
    std::string actor_named_location;  // empty: in none
    // How old the directory's word is that the facts above rest on; none: it said nothing.
    std::optional<Instant> directory_read_at;
    std::string role_tier;  // critical | high | medium | low (not privileged) | "" = not known
    std::string role_name;  // as the directory names it now
};

struct Event {
    FeedId feed = FeedId::directory_audits;
    std::string id;                  // opaque, case-sensitive, may hold blanks
    Instant time;                    // when it happened
    bool time_known = true;          // false: no readable time; `time` is when we received it
    std::optional<Instant> updated;  // lastUpdatedDateTime, where the record has it
    std::string activity;            // as sent, unfolded; "Sign-in" for sign-ins, riskEventType for risk
    std::string category;
    std::string service;
    std::string operation;
    Outcome outcome = Outcome::unknown;
    bool echo = false;   // the service says again what lasts: PIM, every two hours, of a standing role
    std::string reason;  // resultReason, failureReason, riskDetail
    Actor actor;
    std::vector<Target>
        targets;  // the one the act is about first (normalize chooses; PIM rows list the role first)
    std::optional<RoleRef> role;
    std::string correlation_id;
    std::string client;    // clientAppUsed
    std::string location;  // "London, England, GB"
    std::string risk_level, risk_state;
    std::vector<Change> changes;  // modifiedProperties, decoded
    std::vector<Entity> entities;
    EventContext context;
};

}  // namespace entrawatch
