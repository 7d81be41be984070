#include "daemon/redactor.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "config/credential_files.hpp"
#include "config/load.hpp"
#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
void Redactor::add(std::string_view secret) {
    secret = trim(secret);
    if (secret.size() < min_secret_bytes) return;
    for (auto& form : {std::string{secret}, percent_encoded(secret), percent_encoded(secret, kept_in_forms),
                       to_base64(secret)}) {
        if (std::find(needles_.begin(), needles_.end(), form) == needles_.end()) needles_.push_back(form);
    }
    // A secret that holds another must go first, or its rest would be left standing.
    std::stable_sort(needles_.begin(), needles_.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

// The path alone is as good as the URL where the host is known.
void Redactor::add_url(std::string_view url) {
    add(url);
    const auto scheme = url.find("://");
    const auto path = scheme == std::string_view::npos ? scheme : url.find('/', scheme + 3);
    if (path != std::string_view::npos) add(url.substr(path));
}

// Of a key in PEM form every line: a log would never hold it in one piece.
void Redactor::add_credential(const Credential& credential) {
    if (const auto* secret = std::get_if<ClientSecret>(&credential)) {
        if (const auto value = read_secret(secret->file)) add(value->reveal());
    } else if (const auto* token = std::get_if<FederatedToken>(&credential)) {
        if (const auto value = read_federated_token(*token)) add(value->reveal());
    } else if (const auto* files = std::get_if<CertificateAndKey>(&credential)) {
        const auto pem = read_secret(files->key_file);
        std::string_view rest = pem ? pem->reveal() : std::string_view{};
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            if (!rest.starts_with("-----")) add(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

// Its answers may hold either the password or what Basic makes of both.
void Redactor::add_proxy(const SharedProxy& proxy) {
    if (!proxy || proxy->credentials.empty()) return;
    const std::string_view both = proxy->credentials.reveal();
    add(both);
    add(both.substr(both.find(':') + 1));
}

void Redactor::add_all(const Settings& settings) {
    add_proxy(settings.proxy);
    if (settings.heartbeat) add_url(settings.heartbeat->url.reveal());
    for (const auto& tenant : settings.tenants) {
        add_credential(tenant.credential);
    }
    for (const auto& destination : settings.destinations) {
        add_proxy(destination.proxy);
        add(destination.key.reveal());
        if (!destination.username.empty())
            add(destination.username + ":" + std::string{destination.key.reveal()});
        add_credential(destination.ingestion.application.credential);
        if (has_secret_url(destination.type)) add_url(destination.url.reveal());
        for (const auto& key : destination.signing_keys) {
            add(to_base64(key.bytes()));
            add(key.bytes());
        }
    }
}

std::string Redactor::redact(std::string text) const {
    constexpr std::string_view mark = "[redacted]";
    for (const auto& needle : needles_) {
        for (auto at = text.find(needle); at != std::string::npos; at = text.find(needle, at + mark.size())) {
            text.replace(at, needle.size(), mark);
        }
    }
    return text;
}

}  // namespace entrawatch
