// Events for store tests: plain values that look like what normalize makes, without going through it.
#pragma once

#include <string>
#include <string_view>

#include "core/event/event.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {

inline std::string uuid_number(int n) {
    std::string digits = std::to_string(n);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// An administrator gives somebody a role.
inline Event role_assignment(std::string id, std::string_view time) {
    Event event;
    event.feed = FeedId::directory_audits;
    event.id = std::move(id);
    event.time = at(time);
    event.activity = "Add member to role";
    event.category = "RoleManagement";
    event.service = "Core Directory";
    event.outcome = Outcome::success;
    event.actor = {
        ActorKind::user, uuid_number(1), "Admin@contoso.example", "Administrator", "", "192.0.2.10", ""};
    event.targets = {{"user", uuid_number(2), "eve@contoso.example"},
                     {"role", uuid_number(3), "Global Administrator"}};
    event.correlation_id = uuid_number(900);
    event.changes.push_back({"Role.DisplayName", "", "Global Administrator", false, true, {}, {}});
    event.entities = {{"actor", uuid_number(1)},  {"actor", "Admin@contoso.example"},
                      {"target", uuid_number(2)}, {"target", "eve@contoso.example"},
                      {"role", uuid_number(3)},   {"role", "Global Administrator"},
                      {"ip", "192.0.2.10"}};
    return event;
}

inline Event sign_in(std::string id, std::string_view time, std::string_view user = "eve@contoso.example") {
    Event event;
    event.feed = FeedId::sign_ins_interactive;
    event.id = std::move(id);
    event.time = at(time);
    event.activity = "Sign-in";
    event.category = "SignInLogs";
    event.outcome = Outcome::success;
    event.actor = {
        ActorKind::user, uuid_number(2), std::string{user}, "Eve", uuid_number(7), "2001:db8::7", ""};
    event.targets = {{"serviceprincipal", uuid_number(8), "Mail"}};
    event.correlation_id = uuid_number(901);
    event.entities = {{"actor", uuid_number(2)},
                      {"actor", std::string{user}},
                      {"app", uuid_number(7)},
                      {"ip", "2001:db8::7"},
                      {"session", uuid_number(77)}};
    return event;
}

inline Event risk_detection(std::string id, std::string_view time, std::string_view updated) {
    Event event;
    event.feed = FeedId::risk_detections;
    event.id = std::move(id);
    event.time = at(time);
    event.updated = at(updated);
    event.activity = "unfamiliarFeatures";
    event.actor = {ActorKind::user, uuid_number(2), "eve@contoso.example", "Eve", "", "198.51.100.4", ""};
    event.risk_state = "atRisk";
    return event;
}

}  // namespace entrawatch::test
