// credential: how an application proves itself to Entra, as the settings name it.
//
// Files are read again at every request for a token, so that what is rotated needs no restart. Made by
// read_credential() (load_parts.hpp), used by daemon/graph/token.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace entrawatch {

struct ClientSecret {
    std::filesystem::path file;
};

using Credential = std::variant<ClientSecret>;

// Who asks for a token, and where.
struct Application {
    std::string name;       // of the tenant or destination it works for, for messages
    std::string login_url;  // without a trailing slash
    std::string tenant_id;
    std::string client_id;
    Credential credential;
};

}  // namespace entrawatch
