#include "daemon/http/tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <array>
#include <filesystem>
#include <map>

namespace entrawatch::http {

namespace {

namespace ssl = boost::asio::ssl;

// HTTP/1.1 is all we speak; saying so keeps a server from picking HTTP/2.
constexpr std::array<unsigned char, 9> http_1_1 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

bool keep_to_tls_1_2_and_up(ssl::context& context) {
    return SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) == 1;
}

// The certificate's own fault, told apart from a mismatch of names, because the remedies differ.
std::string words_for(long verdict, const Url& url) {
    switch (verdict) {
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "the server's certificate is not for " + url.host +
                   "; check the URL, or give the server a certificate for it";
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "the server's certificate has expired; renew it (or mend this machine's clock)";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "the server's certificate is not valid yet; mend the clock of this machine or of the "
                   "server";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return "the server's certificate comes from a CA that is not trusted here; name the CA with "
                   "`ca_file`";
        default:
            return std::string{"the server's certificate was refused: "} +
                   X509_verify_cert_error_string(verdict);
    }
}

Result<> show_certificate(ssl::context& context, const std::filesystem::path& certificate,
                          const std::filesystem::path& key) {
    boost::system::error_code error;
    // A key with a passphrase would be asked for on the terminal.
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string{}; },
                                  error);
    context.use_certificate_chain_file(certificate.string(), error);
    if (error) {
        return fail(ErrorCode::not_found, "no certificate can be read here (" + error.message() + ")",
                    certificate.string());
    }
    context.use_private_key_file(key.string(), ssl::context::pem, error);
    if (error) {
        return fail(ErrorCode::not_found,
                    "no key of the certificate can be read here (" + error.message() + ")", key.string());
    }
    return {};
}

Result<ssl::context> make_client_context(const TlsSettings& settings) {
    const auto& ca_file = settings.ca_file;
    ssl::context context{ssl::context::tls_client};
    boost::system::error_code error;
    if (!keep_to_tls_1_2_and_up(context))
        return fail(ErrorCode::unavailable, "this OpenSSL offers no TLS 1.2");
    context.set_verify_mode(ssl::verify_peer, error);
    if (error)
        return fail(ErrorCode::unavailable, "certificate checks cannot be switched on: " + error.message());
    // A machine without CA certificates can still reach a server whose CA is named.
    context.set_default_verify_paths(error);
    if (ca_file) {
        context.load_verify_file(ca_file->string(), error);
        if (error) {
            return fail(
                ErrorCode::not_found,
                "no CA certificate can be read here (" + error.message() + "); a PEM file is expected",
                ca_file->string());
        }
    }
    if (settings.certificate_file && settings.key_file) {
        if (auto shown = show_certificate(context, *settings.certificate_file, *settings.key_file); !shown)
            return fail(shown.error());
    }
    // Kept connections are idle nearly always: without it each holds two buffers of 16 KiB meanwhile.
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_protos(context.native_handle(), http_1_1.data(), static_cast<unsigned>(http_1_1.size()));
    return context;
}

// The files as they are now: what was replaced meanwhile is read again.
std::string fingerprint_of(const TlsSettings& settings) {
    std::string text;
    for (const auto& file : {settings.ca_file, settings.certificate_file, settings.key_file}) {
        std::error_code unreadable;
        text += file ? file->string() : "";
        text += '\n';
        if (file)
            text += std::to_string(
                std::filesystem::last_write_time(*file, unreadable).time_since_epoch().count());
        text += '\n';
    }
    return text;
}

}  // namespace

Result<std::shared_ptr<ssl::context>> client_context(const TlsSettings& settings) {
    thread_local std::map<std::string, std::weak_ptr<ssl::context>> contexts;
    std::erase_if(contexts, [](const auto& entry) { return entry.second.expired(); });
    const std::string fingerprint = fingerprint_of(settings);
    if (auto living = contexts[fingerprint].lock()) return living;
    auto made = make_client_context(settings);
    if (!made) return fail(made.error());
    auto context = std::make_shared<ssl::context>(std::move(*made));
    contexts[fingerprint] = context;
    return context;
}

Result<ssl::context> server_context(const std::string& certificate_pem, const std::string& key_pem) {
    ssl::context context{ssl::context::tls_server};
    boost::system::error_code error;
    if (!keep_to_tls_1_2_and_up(context))
        return fail(ErrorCode::unavailable, "this OpenSSL offers no TLS 1.2");
    context.use_certificate_chain(boost::asio::buffer(certificate_pem), error);
    if (error)
        return fail(ErrorCode::invalid, "the server's certificate is no PEM certificate: " + error.message());
    context.use_private_key(boost::asio::buffer(key_pem), ssl::context::pem, error);
    if (error)
        return fail(ErrorCode::invalid,
                    "the server's key is no PEM key of its certificate: " + error.message());
    return context;
}

bool expect_host(SSL* ssl, const Url& url) {
    X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl);
    if (url.has_address()) return X509_VERIFY_PARAM_set1_ip_asc(parameters, url.host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_host(parameters, url.host.data(), url.host.size()) != 1) return false;
    // What SSL_set_tlsext_host_name() does, without the macro's C cast; OpenSSL copies the name.
    std::string name = url.host;
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

std::string certificate_fault(SSL* ssl, const Url& url) {
    const long verdict = SSL_get_verify_result(ssl);
    return verdict == X509_V_OK ? std::string{} : words_for(verdict, url);
}

}  // namespace entrawatch::http
