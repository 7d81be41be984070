#include "core/base/rsa.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <new>
#include <optional>

#include "core/base/digest.hpp"
#include "core/base/pem_text.hpp"

namespace entrawatch {

namespace {

constexpr int least_bits = 2048;  // Entra takes no shorter key

using SignContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

SignContext new_context() {
    SignContext context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    if (!context) throw std::bad_alloc{};
    return context;
}

bool set_pss(EVP_PKEY_CTX* key) {
    return EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(key, RSA_PSS_SALTLEN_DIGEST) == 1;
}

bool has_password(std::string_view pem) {
    return pem.find("ENCRYPTED") != std::string_view::npos;
}

std::optional<Instant> instant_in(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + 1900},
                                          std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1U},
                                          std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    if (!day.ok() || day.year() > std::chrono::year{9999}) return std::nullopt;
    return Instant{std::chrono::sys_days{day}} + std::chrono::hours{parts.tm_hour} +
           std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

std::string digest_of(const X509* certificate, const EVP_MD* algorithm) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    if (X509_digest(certificate, algorithm, octets.data(), &size) != 1) throw std::bad_alloc{};
    return {reinterpret_cast<const char*>(octets.data()), size};
}

}  // namespace

Result<PrivateKey> PrivateKey::parse(std::string_view pem) {
    const PemReader in{pem};
    const std::shared_ptr<EVP_PKEY> key{PEM_read_bio_PrivateKey(in.get(), nullptr, no_password, nullptr),
                                        EVP_PKEY_free};
    ERR_clear_error();
    if (!key && has_password(pem)) {
        return fail(ErrorCode::invalid,
                    "is encrypted, and nobody is here to type its password; `openssl pkey -in KEY -out "
                    "NEW_KEY` writes it without one (mode 0600)");
    }
    if (!key) {
        return fail(
            ErrorCode::invalid,
            "holds no private key in PEM form (-----BEGIN PRIVATE KEY-----); of a .pfx file, `openssl "
            "pkcs12 -in FILE -nocerts -noenc` prints it");
    }
    return PrivateKey{key};
}

Result<RsaKey> RsaKey::parse(std::string_view pem) {
    auto key = PrivateKey::parse(pem);
    if (!key) return fail(key.error());
    if (EVP_PKEY_get_base_id(key->key_.get()) != EVP_PKEY_RSA) {
        return fail(ErrorCode::invalid,
                    "is no RSA key, and Entra takes no other; `openssl req -x509 -newkey rsa:2048 -noenc "
                    "-keyout KEY -out CERTIFICATE -days 365` makes one with its certificate");
    }
    if (const int bits = EVP_PKEY_get_bits(key->key_.get()); bits < least_bits) {
        return fail(ErrorCode::invalid,
                    "is an RSA key of " + std::to_string(bits) + " bits: Entra takes 2048 or more");
    }
    return RsaKey{std::move(*key)};
}

std::string RsaKey::sign_ps256(std::string_view message) const {
    const SignContext context = new_context();
    EVP_PKEY_CTX* key = nullptr;
    const auto* octets = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    std::string signature(size, '\0');
    // Fails for want of memory only: the key was looked at when it was read.
    if (EVP_DigestSignInit(context.get(), &key, EVP_sha256(), nullptr, key_.get()) != 1 || !set_pss(key) ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, octets,
                       message.size()) != 1)
        throw std::bad_alloc{};
    signature.resize(size);
    return signature;
}

Result<Certificate> Certificate::parse(std::string_view pem) {
    const PemReader in{pem};
    const std::shared_ptr<X509> certificate{PEM_read_bio_X509(in.get(), nullptr, no_password, nullptr),
                                            X509_free};
    ERR_clear_error();
    if (!certificate) {
        return fail(
            ErrorCode::invalid,
            "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----); of a .pfx file, `openssl "
            "pkcs12 -in FILE -clcerts -nokeys` prints it");
    }
    const auto from = instant_in(X509_get0_notBefore(certificate.get()));
    const auto to = instant_in(X509_get0_notAfter(certificate.get()));
    if (!from || !to) return fail(ErrorCode::invalid, "holds a certificate without a time that can be read");
    return Certificate{certificate, *from, *to};
}

bool Certificate::belongs_to(const PrivateKey& key) const {
    const bool fits = X509_check_private_key(certificate_.get(), key.key_.get()) == 1;
    ERR_clear_error();
    return fits;
}

bool Certificate::verifies_ps256(std::string_view message, std::string_view signature) const {
    const SignContext context = new_context();
    EVP_PKEY_CTX* key = nullptr;
    EVP_PKEY* owner = X509_get0_pubkey(certificate_.get());
    const bool good =
        owner != nullptr && EVP_PKEY_get_base_id(owner) == EVP_PKEY_RSA &&
        EVP_DigestVerifyInit(context.get(), &key, EVP_sha256(), nullptr, owner) == 1 && set_pss(key) &&
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                         signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                         message.size()) == 1;
    ERR_clear_error();
    return good;
}

std::string Certificate::sha256_thumbprint() const {
    return digest_of(certificate_.get(), EVP_sha256());
}

std::string Certificate::portal_thumbprint() const {
    std::string hex = to_hex(digest_of(certificate_.get(), EVP_sha1()));
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return hex;
}

}  // namespace entrawatch
