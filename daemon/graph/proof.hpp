// proof: what an application sends to the token endpoint to prove itself: a secret, or an assertion signed by
// itself or by another issuer.
//
// The files of the credential are read at every call, so that what is rotated needs no restart. Used by
// token_request.
#pragma once

#include <string>

#include "config/credential.hpp"
#include "config/secret.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"

namespace entrawatch::graph {

struct Proof {
    bool is_assertion = false;  // else a client secret
    Secret value;
};

// https://login…/<tenant>/oauth2/v2.0/token
[[nodiscard]] std::string token_endpoint(const Application& application);
// Every kind but a managed identity, which proves itself to the machine. `now`: of the assertion that is
// signed here.
[[nodiscard]] Result<Proof> prove(const Application& application, Instant now);

}  // namespace entrawatch::graph
