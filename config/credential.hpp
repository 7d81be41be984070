// credential: how an application proves itself to Entra, as the settings name it.
//
// Files are read again at every request for a token, so that what is rotated needs no restart. Made by
// read_credential() (load_parts.hpp), used by daemon/graph/token. Read next: credential_files.hpp.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace entrawatch {

struct ClientSecret {
    std::filesystem::path file;
};

// Both in PEM form.
struct CertificateAndKey {
    std::filesystem::path certificate_file;
    std::filesystem::path key_file;
};

// The token of a workload identity: somebody else writes it, and often.
struct FederatedToken {
    std::filesystem::path file;
};

// The identity that Azure gives to the machine we run on. Of several user-assigned ones at most one of the
// ids says which.
struct ManagedIdentity {
    std::string client_id;
    std::string object_id;
    std::string resource_id;
};

using Credential = std::variant<ClientSecret, CertificateAndKey, FederatedToken, ManagedIdentity>;

// Who asks for a token, and where.
struct Application {
    std::string name;       // of the tenant or destination it works for, for messages
    std::string login_url;  // without a trailing slash
    std::string tenant_id;
    std::string client_id;
    Credential credential;
};

}  // namespace entrawatch
