#include "tests/support/test_certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <vector>

namespace entrawatch::test {

namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Bio = std::unique_ptr<BIO, Free>;

constexpr long day = 24L * 60L * 60L;
constexpr const char* here = "IP:127.0.0.1,IP:::1,DNS:localhost";

struct Wish {
    std::string common_name;
    std::string subject_alt_names;  // empty for a CA
    long not_before = -day;         // seconds from now
    long not_after = day;
    std::optional<Span> span{};  // instead
};

void must(bool worked) {
    if (!worked) throw std::runtime_error{"OpenSSL cannot make a test certificate"};
}

Key new_key() {
    Key key{EVP_EC_gen("P-256")};
    must(key != nullptr);
    return key;
}

std::time_t unix_time(Instant time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

std::uint64_t random_number() {
    std::uint64_t number = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) == 1);
    return number >> 1U;
}

// Signed by itself when there is no issuer.
Certificate certify(const Wish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
    Certificate certificate{X509_new()};
    must(certificate != nullptr);
    X509* const raw = certificate.get();
    must(X509_set_version(raw, X509_VERSION_3) == 1);
    must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(raw), random_number()) == 1);
    if (wish.span) {
        must(ASN1_TIME_set(X509_getm_notBefore(raw), unix_time(wish.span->from)) != nullptr);
        must(ASN1_TIME_set(X509_getm_notAfter(raw), unix_time(wish.span->to)) != nullptr);
    } else {
        X509_gmtime_adj(X509_getm_notBefore(raw), wish.not_before);
        X509_gmtime_adj(X509_getm_notAfter(raw), wish.not_after);
    }
    must(X509_set_pubkey(raw, key) == 1);
    const auto* name = reinterpret_cast<const unsigned char*>(wish.common_name.c_str());
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1);
    must(X509_set_issuer_name(raw, X509_get_subject_name(issuer ? issuer : raw)) == 1);
    if (wish.subject_alt_names.empty()) {
        extend(raw, raw, NID_basic_constraints, "critical,CA:TRUE");
        extend(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        extend(raw, issuer ? issuer : raw, NID_basic_constraints, "critical,CA:FALSE");
        extend(raw, issuer ? issuer : raw, NID_subject_alt_name, wish.subject_alt_names);
    }
    must(X509_sign(raw, issuer_key ? issuer_key : key, EVP_sha256()) != 0);
    return certificate;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    const Bio bio{BIO_new(BIO_s_mem())};
    must(PEM_write_bio_X509(bio.get(), certificate) == 1);
    return text_of(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
    const Bio bio{BIO_new(BIO_s_mem())};
    must(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return text_of(bio.get());
}

}  // namespace

struct TestAuthority::Impl {
    Key key = new_key();
    // Every CA has a name of its own, so that one is never taken for another with a bad signature.
    Certificate certificate =
        certify({"Entrawatch test CA " + std::to_string(random_number()), ""}, key.get(), nullptr, nullptr);
    std::string pem = to_pem(certificate.get());

    [[nodiscard]] PemPair issue(const Wish& wish) const {
        const Key own = new_key();
        return {to_pem(certify(wish, own.get(), certificate.get(), key.get()).get()), to_pem(own.get())};
    }
};

TestAuthority::TestAuthority() : impl_(std::make_unique<Impl>()) {}
TestAuthority::~TestAuthority() = default;
const std::string& TestAuthority::ca_pem() const {
    return impl_->pem;
}
PemPair TestAuthority::good() const {
    return impl_->issue({"localhost", here});
}
PemPair TestAuthority::expired() const {
    return impl_->issue({"localhost", here, -2 * day, -day});
}
PemPair TestAuthority::not_yet_valid() const {
    return impl_->issue({"localhost", here, day, 2 * day});
}
PemPair TestAuthority::for_another_host() const {
    return impl_->issue({"elsewhere.example", "DNS:elsewhere.example"});
}

PemPair self_signed() {
    const Key own = new_key();
    return {to_pem(certify({"localhost", here}, own.get(), nullptr, nullptr).get()), to_pem(own.get())};
}

PemPair application_certificate(const ApplicationWish& wish) {
    const Key own{EVP_RSA_gen(static_cast<unsigned>(wish.bits))};
    must(own != nullptr);
    Wish certificate{"Entrawatch test application", here};
    certificate.span = Span{wish.not_before, wish.not_after};
    return {to_pem(certify(certificate, own.get(), nullptr, nullptr).get()), to_pem(own.get())};
}

std::string with_password(const std::string& key_pem) {
    const Bio in{BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size()))};
    const Key key{PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr)};
    const Bio out{BIO_new(BIO_s_mem())};
    std::string password = "a password";
    must(key && PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), password.data(),
                                              static_cast<int>(password.size()), nullptr, nullptr) == 1);
    return text_of(out.get());
}

TemporaryFile::TemporaryFile(const std::string& content) {
    std::string name = (std::filesystem::temp_directory_path() / "entrawatch-test-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    must(descriptor >= 0);
    ::close(descriptor);
    path_ = name;
    write(content);
}

TemporaryFile::~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void TemporaryFile::write(const std::string& content) const {
    std::ofstream{path_, std::ios::binary} << content;
}

}  // namespace entrawatch::test
