// tls: how we speak TLS, as a client that always verifies and as a server. TLS 1.2 is the floor on both
// sides.
//
// Used by client and server only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::http {

// Trusts the system's CAs and those of `ca_file`. Error when the file cannot be read or holds no certificate.
[[nodiscard]] Result<boost::asio::ssl::context> client_context(
    const std::optional<std::filesystem::path>& ca_file);
// Error when the PEM texts are no certificate chain and no key, or do not belong together.
[[nodiscard]] Result<boost::asio::ssl::context> server_context(const std::string& certificate_pem,
                                                               const std::string& key_pem);

// Makes the handshake of `ssl` fail unless the certificate is for the URL's host (name or address); sends SNI
// for names.
[[nodiscard]] bool expect_host(SSL* ssl, const Url& url);
// Why the peer's certificate was not accepted, in words; empty when the certificate was not the reason.
[[nodiscard]] std::string certificate_fault(SSL* ssl, const Url& url);

}  // namespace entrawatch::http
