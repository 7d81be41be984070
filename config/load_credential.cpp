// The section `credential:` of a tenant, and of whatever else asks Entra for tokens.
#include "config/credential_files.hpp"
#include "config/files.hpp"
#include "config/load_parts.hpp"

namespace entrawatch {
namespace {

constexpr const char* every_kind =
    "`secret_file`, `certificate_file` with `key_file`, `federated_token_file` or `managed_identity`";

int kinds_in(const Section& section) {
    int kinds = section.has("certificate_file") || section.has("key_file") ? 1 : 0;
    for (const char* kind : {"secret_file", "federated_token_file", "managed_identity"})
        kinds += section.has(kind) ? 1 : 0;
    return kinds;
}

// Every file is read here to tell one that cannot be used; the daemon reads it again whenever it needs a
// token.
Credential read_client_secret(const Section& section, LoadContext& context) {
    static_cast<void>(secret_at(section, "secret_file", context));
    return ClientSecret{file_at(section, "secret_file", context).value_or("")};
}

Credential read_certificate_and_key(const Section& section, LoadContext& context) {
    for (const auto& [one, other] :
         {std::pair{"certificate_file", "key_file"}, {"key_file", "certificate_file"}}) {
        if (section.has(one) && !section.has(other)) {
            context.error(section.line_of(one), "`" + std::string{one} + "` needs `" + other + "` beside it");
            return CertificateAndKey{};
        }
    }
    const auto certificate = file_at(section, "certificate_file", context);
    const auto key = secret_file_at(section, "key_file", context);
    if (!certificate || !key) return CertificateAndKey{};
    CertificateAndKey files{*certificate, *key};
    if (const auto good = read_certificate_file(*certificate); !good) {
        context.error(section.line_of("certificate_file"), "`certificate_file`: " + good.error().text());
    } else if (const auto pair = read_certificate(files); !pair) {
        context.error(section.line_of("key_file"), "`key_file`: " + pair.error().text());
    } else if (const auto exposed = exposure_of(*key)) {
        context.warning(section.line_of("key_file"), "`key_file`: " + *exposed);
    }
    return files;
}

// Its mode is the issuer's business: Kubernetes writes it for the whole pod to read.
Credential read_federated(const Section& section, LoadContext& context) {
    const auto file = secret_file_at(section, "federated_token_file", context);
    if (!file) return FederatedToken{};
    FederatedToken token{*file};
    if (const auto read = read_federated_token(token); !read) {
        context.error(section.line_of("federated_token_file"),
                      "`federated_token_file`: " + read.error().text());
    }
    return token;
}

Credential read_managed_identity(const Section& section, LoadContext& context) {
    ManagedIdentity identity{section.text("client_id"), section.text("object_id"),
                             section.text("resource_id")};
    int ids = 0;
    for (const auto& id : {identity.client_id, identity.object_id, identity.resource_id})
        ids += id.empty() ? 0 : 1;
    if (ids > 1) {
        context.error(section.line(),
                      "`managed_identity` takes one of `client_id`, `object_id` and `resource_id`, or none");
    }
    return identity;
}

}  // namespace

Credential read_credential(const Section& owner, LoadContext& context) {
    const Section section = owner.section("credential");
    if (kinds_in(section) != 1) {
        context.error(owner.line_of("credential"),
                      "`credential` takes exactly one kind: " + std::string{every_kind});
        return {};
    }
    if (section.has("secret_file")) return read_client_secret(section, context);
    if (section.has("federated_token_file")) return read_federated(section, context);
    if (section.has("managed_identity"))
        return read_managed_identity(section.section("managed_identity"), context);
    return read_certificate_and_key(section, context);
}

}  // namespace entrawatch
