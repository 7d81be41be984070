// rsa: private keys and certificates: of any kind, as TLS takes them, and RSA, with which an application
// proves itself (RFC 7518, PS256). OpenSSL does the work.
//
// All are read from PEM, as `openssl req -x509 -newkey rsa:2048` writes them. A key has no text form. Used
// by config/credential_files and daemon/graph/assertion.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/time.hpp"

struct evp_pkey_st;
struct x509_st;

namespace entrawatch {

// Of any kind.
class PrivateKey {
  public:
    // Refuses keys with a password. Errors say so with the remedy and never quote the text.
    [[nodiscard]] static Result<PrivateKey> parse(std::string_view pem);

  private:
    friend class RsaKey;
    friend class Certificate;
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

class RsaKey : public PrivateKey {
  public:
    // Refuses what PrivateKey refuses, keys of another kind, and those of less than 2048 bits.
    [[nodiscard]] static Result<RsaKey> parse(std::string_view pem);
    // RSASSA-PSS with SHA-256, MGF1 with SHA-256, a salt of 32 octets.
    [[nodiscard]] std::string sign_ps256(std::string_view message) const;

  private:
    explicit RsaKey(PrivateKey key) : PrivateKey(std::move(key)) {}
};

class Certificate {
  public:
    // The first certificate of the text; the rest of a chain is not looked at.
    [[nodiscard]] static Result<Certificate> parse(std::string_view pem);

    [[nodiscard]] bool belongs_to(const PrivateKey& key) const;
    // `signature` as RsaKey::sign_ps256() makes it; false for anything else.
    [[nodiscard]] bool verifies_ps256(std::string_view message, std::string_view signature) const;
    [[nodiscard]] Instant not_before() const { return not_before_; }
    [[nodiscard]] Instant not_after() const { return not_after_; }  // the last moment at which it is good
    [[nodiscard]] std::string sha256_thumbprint() const;            // 32 octets, of the DER form
    // SHA-1 in upper-case hex, as the Entra portal lists certificates.
    [[nodiscard]] std::string portal_thumbprint() const;

  private:
    Certificate(std::shared_ptr<x509_st> certificate, Instant not_before, Instant not_after)
        : certificate_(std::move(certificate)), not_before_(not_before), not_after_(not_after) {}
    std::shared_ptr<x509_st> certificate_;
    Instant not_before_, not_after_;
};

}  // namespace entrawatch
