// machine_identity: the identity service of an Azure machine (IMDS), where a managed identity asks for
// tokens.
//
// Answers with numbers as texts, wants `Metadata: true` and takes nothing that came through a proxy. Used by
// tenant.
#pragma once

#include <deque>
#include <string>

#include "daemon/http/message.hpp"
#include "tests/simulator/token_service.hpp"

namespace entrawatch::simulator {

inline constexpr std::string_view machine_identity_path = "/metadata/identity/oauth2/token";

struct MachineIdentity {
    bool assigned = true;
    std::deque<int> statuses;  // of the next answers, before it answers well: 410, 404, 429 …
};

[[nodiscard]] http::Response answer_of_machine(MachineIdentity& machine, TokenService& tokens,
                                               const http::Request& request, const Registration& registration,
                                               Instant now);

}  // namespace entrawatch::simulator
