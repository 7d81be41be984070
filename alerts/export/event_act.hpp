// EventAct: what kind of act an event is, in the terms that schemas share: a sign-in, a change of an account,
// of what somebody may do, of anything else, or a finding of Microsoft's about somebody.
//
// Decided by the feed and, for audits, by the activity's name; every event is exactly one kind. Used by the
// tables of event_export. Read next: event_facts.hpp.
#pragma once

#include <cstdint>
#include <string>

#include "core/event/event.hpp"

namespace entrawatch {

enum class ActKind : std::uint8_t {
    sign_in,
    account,  // a user's account was made, changed, ended; `subject` is whose
    access,   // a role or an application role was given or taken; `subject` is who has it, `privilege` which
    other,
    finding,  // risks, alerts, and what is wrong with how things stand
};

enum class ActVerb : std::uint8_t {
    unknown,
    create,
    read,
    update,
    remove,
    enable,
    disable,
    change_password,
    reset_password,
    add_factor,
    remove_factor,
    unlock,
    assign,
    revoke,
};

struct EventAct {
    ActKind kind = ActKind::other;
    ActVerb verb = ActVerb::unknown;
    const Target* subject = nullptr;  // of kinds account and access; lives as long as the event
    std::string privilege;            // of kind access: the role's name, else its id
};

[[nodiscard]] EventAct act_of(const Event& event);

}  // namespace entrawatch
