#include "daemon/commands/check_credentials.hpp"

#include <ostream>

#include "config/credential_files.hpp"
#include "core/base/text.hpp"
#include "daemon/graph/managed_identity.hpp"

namespace entrawatch {
namespace {

constexpr auto ends_soon = std::chrono::hours{24 * 30};

// Empty when the certificate is good now.
std::string print_certificate(const CertificateAndKey& files, Instant now, std::ostream& out) {
    const auto pair = read_certificate(files);
    if (!pair) return pair.error().text();
    const Certificate& certificate = pair->certificate;
    out << "certificate " << certificate.portal_thumbprint() << ", good until "
        << to_iso(certificate.not_after()) << "\n";
    if (const auto good = check_validity(certificate, now, files.certificate_file); !good)
        return good.error().text();
    if (const Ticks left = certificate.not_after() - now; left < Ticks{ends_soon})
        out << "  warning: it ends in " << to_words(left)
            << "; upload a new one to the app registration before, then put it here with its key\n";
    return {};
}

// Where the identity will be asked for; what is wrong with that place.
std::string print_identity(const ManagedIdentity& identity, const TenantSettings& tenant, std::ostream& out) {
    const auto request = graph::identity_request(graph::azure_environment(), identity, tenant.graph_url);
    if (!request) return request.error().text();
    out << "managed identity, asked for at " << request->url.origin()
        << (tenant.proxy ? ", never through the proxy" : "") << "\n";
    return {};
}

std::string print_credential(const TenantSettings& tenant, Instant now, std::ostream& out) {
    if (const auto* secret = std::get_if<ClientSecret>(&tenant.credential)) {
        out << "client secret in " << for_terminal(secret->file.string()) << "\n";
    } else if (const auto* token = std::get_if<FederatedToken>(&tenant.credential)) {
        out << "federated token in " << for_terminal(token->file.string()) << "\n";
    } else if (const auto* files = std::get_if<CertificateAndKey>(&tenant.credential)) {
        return print_certificate(*files, now, out);
    } else if (const auto* identity = std::get_if<ManagedIdentity>(&tenant.credential)) {
        return print_identity(*identity, tenant, out);
    }
    return {};
}

}  // namespace

bool check_credentials(const Settings& settings, Instant now, std::ostream& out) {
    bool fine = true;
    for (const TenantSettings& tenant : settings.tenants) {
        out << "credential of " << for_terminal(tenant.name) << ": ";
        const std::string problem = print_credential(tenant, now, out);
        if (problem.empty()) continue;
        out << "  problem: " << for_terminal(problem) << "\n";
        fine = false;
    }
    return fine;
}

}  // namespace entrawatch
