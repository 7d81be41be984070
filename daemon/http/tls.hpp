// tls: how we speak TLS, as a client that always verifies and as a server. TLS 1.2 is the floor on both
// sides.
//
// Used by client and server only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "core/base/error.hpp"
#include "daemon/http/client.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::http {

// Trusts the system's CAs and those of `ca_file`, and shows the certificate of our own to servers that ask.
// Error when a file cannot be read or holds nothing of the kind. Clients of one thread that trust and show
// the same share one: the system's CA certificates alone are nearly a megabyte, and there may be a client for
// each of hundreds of tenants. For one thread alone.
[[nodiscard]] Result<std::shared_ptr<boost::asio::ssl::context>> client_context(const TlsSettings& settings);
// Error when the PEM texts are no certificate chain and no key, or do not belong together.
[[nodiscard]] Result<boost::asio::ssl::context> server_context(const std::string& certificate_pem,
                                                               const std::string& key_pem);

// Makes the handshake of `ssl` fail unless the certificate is for the URL's host (name or address); sends SNI
// for names.
[[nodiscard]] bool expect_host(SSL* ssl, const Url& url);
// Why the peer's certificate was not accepted, in words; empty when the certificate was not the reason.
[[nodiscard]] std::string certificate_fault(SSL* ssl, const Url& url);

}  // namespace entrawatch::http
