#include "daemon/graph/proof.hpp"

#include "config/credential_files.hpp"
#include "config/load.hpp"
#include "core/base/text.hpp"
#include "daemon/graph/assertion.hpp"
#include "daemon/graph/random_guid.hpp"

namespace entrawatch::graph {

namespace {

Result<Proof> by_secret(const ClientSecret& secret) {
    const auto value = read_secret(secret.file);
    if (!value) return fail(value.error());
    return Proof{false, Secret{std::string{trim(value->reveal())}}};
}

Result<Proof> by_certificate(const CertificateAndKey& files, const Application& application, Instant now) {
    const auto pair = read_certificate(files);
    if (!pair) return fail(pair.error());
    if (const auto good = check_validity(pair->certificate, now, files.certificate_file); !good)
        return fail(good.error());
    return Proof{true, Secret{client_assertion(
                           *pair, {token_endpoint(application), application.client_id, random_guid(), now})}};
}

Result<Proof> by_federated_token(const FederatedToken& token) {
    auto value = read_federated_token(token);
    if (!value) return fail(value.error());
    return Proof{true, std::move(*value)};
}

}  // namespace

std::string token_endpoint(const Application& application) {
    return application.login_url + "/" + application.tenant_id + "/oauth2/v2.0/token";
}

Result<Proof> prove(const Application& application, Instant now) {
    if (const auto* secret = std::get_if<ClientSecret>(&application.credential)) return by_secret(*secret);
    if (const auto* files = std::get_if<CertificateAndKey>(&application.credential))
        return by_certificate(*files, application, now);
    if (const auto* token = std::get_if<FederatedToken>(&application.credential))
        return by_federated_token(*token);
    return fail(ErrorCode::invalid, "a managed identity proves itself to the machine, not to Entra");
}

}  // namespace entrawatch::graph
