// The section `credential:` of a tenant.
#include "config/load_parts.hpp"

namespace entrawatch {

Credential read_credential(const Section& owner, LoadContext& context) {
    const Section section = owner.section("credential");
    int kinds = 0;
    for (const std::string_view kind :
         {"secret_file", "certificate_file", "federated_token_file", "managed_identity"}) {
        if (section.has(kind)) ++kinds;
    }
    if (kinds != 1)
        context.error(owner.line_of("credential"), "`credential` takes exactly one kind: `secret_file`");
    auto file = file_at(section, "secret_file", context);
    if (!file) return {};
    // Read to tell a file that cannot be used; the daemon reads it again whenever it needs a token.
    static_cast<void>(secret_at(section, "secret_file", context));
    return ClientSecret{std::move(*file)};
}

}  // namespace entrawatch
