// assertion: the signed word of an application that it is itself (RFC 7523), as Entra wants it: a JSON Web
// Token with PS256 and the certificate's SHA-256 thumbprint.
//
// Pure: time, id and key are passed in. Used by proof.
#pragma once

#include <string>

#include "config/credential_files.hpp"
#include "core/base/time.hpp"

namespace entrawatch::graph {

struct AssertionClaims {
    std::string audience;   // the token endpoint, exactly as it is posted to
    std::string client_id;  // issuer and subject
    std::string id;         // a GUID that no other assertion has
    Instant now;
};

// Good from a minute before `now`, for clocks that differ a little, and for ten minutes.
[[nodiscard]] std::string client_assertion(const CertificatePair& pair, const AssertionClaims& claims);

}  // namespace entrawatch::graph
