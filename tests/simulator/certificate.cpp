#include "tests/simulator/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <memory>

namespace entrawatch::simulator {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using X509Ptr = std::unique_ptr<X509, Free>;

constexpr long day = 24L * 60L * 60L;

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value)};
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A certificate of `name` for `key`, not yet signed. Serial numbers must differ under one authority.
X509Ptr unsigned_certificate(EVP_PKEY* key, const char* name, long serial) {
    X509Ptr certificate{X509_new()};
    if (!certificate) return certificate;
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 7 * day);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name),  // OpenSSL's type for text
                               -1, -1, 0);
    return certificate;
}

X509Ptr make_authority(EVP_PKEY* key) {
    X509Ptr authority = unsigned_certificate(key, "Simulated authority", 1);
    if (!authority) return {};
    X509_set_issuer_name(authority.get(), X509_get_subject_name(authority.get()));
    const bool done =
        add_extension(authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE") &&
        add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
        add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash") &&
        X509_sign(authority.get(), key, EVP_sha256()) > 0;
    return done ? std::move(authority) : X509Ptr{};
}

X509Ptr make_server(EVP_PKEY* key, X509* authority, EVP_PKEY* authority_key) {
    X509Ptr server = unsigned_certificate(key, "localhost", 2);
    if (!server) return {};
    X509_set_issuer_name(server.get(), X509_get_subject_name(authority));
    const bool done =
        add_extension(server.get(), authority, NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(server.get(), authority, NID_ext_key_usage, "serverAuth") &&
        add_extension(server.get(), authority, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost") &&
        add_extension(server.get(), authority, NID_authority_key_identifier, "keyid") &&
        X509_sign(server.get(), authority_key, EVP_sha256()) > 0;
    return done ? std::move(server) : X509Ptr{};
}

template <class Write>
std::string pem_of(Write write) {
    const std::unique_ptr<BIO, Free> memory{BIO_new(BIO_s_mem())};
    if (!memory || write(memory.get()) != 1) return {};
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

}  // namespace

Result<Certificate> make_loopback_certificate() {
    const Key authority_key{EVP_EC_gen("P-256")};
    const Key server_key{EVP_EC_gen("P-256")};
    const X509Ptr authority = authority_key ? make_authority(authority_key.get()) : X509Ptr{};
    const X509Ptr server = authority && server_key
                               ? make_server(server_key.get(), authority.get(), authority_key.get())
                               : X509Ptr{};
    if (!server)
        return fail(ErrorCode::unavailable, "OpenSSL could not make a certificate for the loopback address");
    return Certificate{
        pem_of([&](BIO* out) { return PEM_write_bio_X509(out, authority.get()); }),
        pem_of([&](BIO* out) { return PEM_write_bio_X509(out, server.get()); }), pem_of([&](BIO* out) {
            return PEM_write_bio_PrivateKey(out, server_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        })};
}

}  // namespace entrawatch::simulator
