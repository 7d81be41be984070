// credential_files: what stands in the files of a credential, read and checked. Errors name the file, what is
// wrong with it and the remedy, never what is in it.
//
// Used when settings are loaded, by daemon/graph/proof at every request for a token, and by `check`.
#pragma once

#include "config/credential.hpp"
#include "config/secret.hpp"
#include "core/base/error.hpp"
#include "core/base/rsa.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

struct CertificatePair {
    Certificate certificate;
    RsaKey key;
};

[[nodiscard]] Result<Certificate> read_certificate_file(const std::filesystem::path& file);
// Both files, and that they belong together.
[[nodiscard]] Result<CertificatePair> read_certificate(const CertificateAndKey& files);
// What a client shows to a receiver over TLS: a chain of certificates, all of them readable, and the private
// key of the first, of any kind.
[[nodiscard]] Result<> check_client_certificate(const CertificateAndKey& files);
// Whether the certificate is good at `now`: an Error when it has expired or is not valid yet.
[[nodiscard]] Result<> check_validity(const Certificate& certificate, Instant now,
                                      const std::filesystem::path& certificate_file);
// A JSON Web Token, blanks around it cut.
[[nodiscard]] Result<Secret> read_federated_token(const FederatedToken& token);

}  // namespace entrawatch
